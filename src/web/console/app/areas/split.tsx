import { useState } from 'react';
import { newCommandId } from '../../../api/call.ts';
import { useFrame } from '../frame.tsx';
import { useAreas } from '../questions.ts';
import { ActForm, type Done } from './act_form.tsx';
import { Choices, CLOSE } from './choices.tsx';
import { freeCodes } from './codes.ts';
import { CornerField } from './corner_field.tsx';
import { type Standing, usePosts } from './questions.ts';
import type { Sketch } from './sketch.ts';
import { Sketchy } from './sketchy.tsx';
import type { Drawing } from './use_drawing.ts';

interface SplitProps {
  readonly area: Standing;
  readonly drawing: Drawing;
  readonly sketched: Sketch;
  readonly onDone: (done: Done) => void;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly code: string;
}

/** Parts are computed from the line; each gets a name, and who answers for it. */
export function Split({ area, drawing, sketched, onDone }: SplitProps) {
  const { t, say } = useFrame();
  const { data: areas = [] } = useAreas();
  const [typed, setTyped] = useState<readonly Partial<Named>[]>([]);
  const [ids] = useState(() => Array.from({ length: 20 }, newCommandId));
  const [rest, setRest] = useState(0);
  const [posts, setPosts] = useState<Readonly<Record<string, string>>>({});
  const [children, setChildren] = useState<Readonly<Record<string, string>>>({});
  const { data: standing = [] } = usePosts(area.id);
  const postLines = standing.map(({ id, roleWords, holders }) => ({
    ...{ id, name: `${say(roleWords)} ${holders.map(({ name }) => name).join(t('、', ', '))}` },
  }));
  const codes = freeCodes(areas, area, sketched.parts.length);
  const parts = sketched.parts.map((boundary, i) => ({
    ...{ id: ids[i] ?? '', name: typed[i]?.name ?? '', code: typed[i]?.code ?? codes[i] ?? '', boundary },
  }));
  const type = (i: number, change: Partial<Named>): void =>
    setTyped(parts.map((_, j) => (j === i ? { ...typed[j], ...change } : (typed[j] ?? {}))));
  const isReady = parts.length > 1 && parts.every(({ name, code }) => name.trim() !== '' && code !== '');
  const among = (id: string): boolean => parts.some((part) => part.id === id);
  return (
    <ActForm
      path={`/api/areas/${area.id}/split`}
      verb={t('拆分', 'Split')}
      form={
        isReady
          ? {
              parts,
              restId: parts[Math.min(rest, parts.length - 1)]?.id,
              posts: Object.entries(posts)
                .filter(([, to]) => to === CLOSE || among(to))
                .map(([postId, to]) =>
                  to === CLOSE ? { postId, does: 'close' } : { postId, does: 'move', toAreaId: to },
                ),
              children: Object.entries(children)
                .filter(([, partId]) => among(partId))
                .map(([areaId, partId]) => ({ areaId, partId })),
            }
          : null
      }
      onDone={onDone}
    >
      <CornerField label={t('分界线的点', 'Points of the line')} drawing={drawing} />
      <Sketchy fault={sketched.fault} />
      {parts.map(({ id, name, code }, i) => (
        <fieldset key={id}>
          <legend>{t(`第 ${i + 1} 块`, `Part ${i + 1}`)}</legend>
          <p>
            <label htmlFor={`name-${i}`}>{t('名称', 'Name')}</label>
            <input
              id={`name-${i}`}
              value={name}
              maxLength={60}
              onChange={({ target }) => type(i, { name: target.value })}
            />
          </p>
          <p>
            <label htmlFor={`code-${i}`}>{t('编码', 'Code')}</label>
            <input
              id={`code-${i}`}
              className="code"
              value={code}
              inputMode="numeric"
              onChange={({ target }) => type(i, { code: target.value })}
            />
          </p>
          <label className="choice">
            <input type="radio" name="rest" checked={rest === i} onChange={() => setRest(i)} />
            {t('没有位置的归这一块', 'takes what has no place')}
          </label>
        </fieldset>
      ))}
      {parts.length > 1 && (
        <>
          <Choices
            legend={t('谁负责哪一块', 'Who answers for which part')}
            lines={postLines}
            parts={parts}
            chosen={posts}
            mayClose
            onChoose={setPosts}
          />
          <Choices
            legend={t('下级归哪一块', 'To which part the areas below go')}
            lines={areas.filter(({ parentId }) => parentId === area.id)}
            parts={parts}
            chosen={children}
            onChoose={setChildren}
          />
        </>
      )}
    </ActForm>
  );
}
