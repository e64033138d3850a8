import { useId, useState } from 'react';
import { useFrame } from '../frame.tsx';
import { ActForm, type Done } from './act_form.tsx';
import { CornerField } from './corner_field.tsx';
import type { Standing } from './questions.ts';
import type { Sketch } from './sketch.ts';
import { Sketchy } from './sketchy.tsx';
import type { Drawing } from './use_drawing.ts';

interface CorrectProps {
  readonly area: Standing;
  readonly beside: readonly Standing[];
  readonly drawing: Drawing;
  readonly sketched: Sketch;
  readonly onDone: (done: Done) => void;
}

/** Corners moved or pasted; who gives way, who takes what is given up. */
export function Correct({ area, beside, drawing, sketched, onDone }: CorrectProps) {
  const { t } = useFrame();
  const [yields, setYields] = useState<readonly string[]>([]);
  const [toId, setToId] = useState('');
  const taker = useId();
  const { boundary, overlaps, leftM2 } = sketched;
  const fromIds = overlaps.map(({ id }) => id).filter((id) => yields.includes(id));
  const isReady = boundary && drawing.unread.length === 0;
  return (
    <ActForm
      path={`/api/areas/${area.id}/correct`}
      verb={t('改正边界', 'Correct the border')}
      form={isReady ? { boundary, fromIds, ...(toId && leftM2 > 0 && { toId }) } : null}
      onDone={onDone}
    >
      <CornerField label={t('界址点', 'Corners')} drawing={drawing} />
      <Sketchy fault={sketched.fault} />
      {overlaps.length > 0 && (
        <fieldset>
          <legend>{t('和邻居重叠的地方', 'Where it overlaps others')}</legend>
          {overlaps.map(({ id, name, m2 }) => (
            <label key={id} className="choice">
              <input
                type="checkbox"
                checked={yields.includes(id)}
                onChange={({ target }) =>
                  setYields(target.checked ? [...yields, id] : yields.filter((one) => one !== id))
                }
              />
              {t(
                `${name} ${m2.toLocaleString('en')} 平方米，由它让出`,
                `${name}, ${m2.toLocaleString('en')} m²: it gives way`,
              )}
            </label>
          ))}
        </fieldset>
      )}
      {leftM2 > 0 && (
        <p>
          <label htmlFor={taker}>
            {t(
              `退出来的 ${leftM2.toLocaleString('en')} 平方米归谁`,
              `Who takes the ${leftM2.toLocaleString('en')} m² given up`,
            )}
          </label>
          <select id={taker} value={toId} onChange={({ target }) => setToId(target.value)}>
            <option value="">{t('谁也不接（留下空档）', 'nobody (a gap is left)')}</option>
            {beside
              .filter((one) => one.boundary !== null)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </select>
        </p>
      )}
    </ActForm>
  );
}
