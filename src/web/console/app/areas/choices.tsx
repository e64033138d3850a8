import { useFrame } from '../frame.tsx';

/** A post that ends with its area. */
export const CLOSE = 'close';

interface ChoicesProps {
  readonly legend: string;
  readonly lines: readonly { readonly id: string; readonly name: string }[];
  readonly parts: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly mayClose?: boolean;
  readonly onChoose: (chosen: Readonly<Record<string, string>>) => void;
}

/** For each of them the part to which it goes; left alone, the rule of the act decides. */
export function Choices({ legend, lines, parts, chosen, mayClose = false, onChoose }: ChoicesProps) {
  const { t } = useFrame();
  if (lines.length === 0) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {lines.map(({ id, name }) => (
        <p key={id}>
          <label htmlFor={`to-${id}`}>{name}</label>
          <select
            id={`to-${id}`}
            value={chosen[id] ?? ''}
            onChange={({ target }) => onChoose({ ...chosen, [id]: target.value })}
          >
            <option value="">
              {mayClose ? t('跟没有位置的一起', 'with what has no place') : t('按位置', 'by where it lies')}
            </option>
            {parts.map((part, i) => (
              <option key={part.id} value={part.id}>
                {part.name || t(`第 ${i + 1} 块`, `part ${i + 1}`)}
              </option>
            ))}
            {mayClose && <option value={CLOSE}>{t('撤销这个岗位', 'close the post')}</option>}
          </select>
        </p>
      ))}
    </fieldset>
  );
}
