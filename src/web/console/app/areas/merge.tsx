import { useFrame } from '../frame.tsx';
import { ActForm, type Done } from './act_form.tsx';
import type { Standing } from './questions.ts';
import type { Sketch } from './sketch.ts';
import { Sketchy } from './sketchy.tsx';

interface MergeProps {
  readonly area: Standing;
  readonly beside: readonly Standing[];
  readonly joining: readonly string[];
  readonly onJoin: (id: string) => void;
  readonly sketched: Sketch;
  readonly onDone: (done: Done) => void;
}

/** Areas beside it, pressed in the list or on the map, become part of this one; its border goes around all of them. */
export function Merge({ area, beside, joining, onJoin, sketched, onDone }: MergeProps) {
  const { t } = useFrame();
  const { boundary } = sketched;
  return (
    <ActForm
      path="/api/areas/merge"
      verb={t(`并入${area.name}`, `Merge into ${area.name}`)}
      form={joining.length > 0 ? { areaIds: joining, intoId: area.id, ...(boundary && { boundary }) } : null}
      onDone={onDone}
    >
      <fieldset>
        <legend>{t(`哪些并入${area.name}`, `Which become part of ${area.name}`)}</legend>
        {beside.length === 0 && (
          <p className="soft">{t('旁边没有同级的区域。', 'There is no area of its level beside it.')}</p>
        )}
        {beside.map(({ id, name }) => (
          <label key={id} className="choice">
            <input type="checkbox" checked={joining.includes(id)} onChange={() => onJoin(id)} />
            {name}
          </label>
        ))}
      </fieldset>
      <Sketchy fault={sketched.fault} />
    </ActForm>
  );
}
