import { Radio } from 'antd';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { levelWords } from '../../../../domains/land/areas/area.model.ts';
import { boxOf, polygonsOf } from '../../../../kernel/geo.ts';
import { useFrame } from '../frame.tsx';
import { MapCanvas } from '../map/canvas.tsx';
import type { Sketched } from '../map/drawing.ts';
import type { Done } from './act_form.tsx';
import { Correct } from './correct.tsx';
import { Merge } from './merge.tsx';
import { type Standing, useBeside } from './questions.ts';
import { Move, Rename } from './renaming.tsx';
import { type Deed, ringOf, sketch } from './sketch.ts';
import { Split } from './split.tsx';
import { useDrawing } from './use_drawing.ts';

const deedWords: Readonly<Record<Deed, { zh: string; en: string }>> = {
  correct: { zh: '改边界', en: 'Correct the border' },
  split: { zh: '拆分', en: 'Split' },
  merge: { zh: '合并', en: 'Merge' },
  rename: { zh: '更名', en: 'Rename' },
  move: { zh: '改属', en: 'Move' },
};

const hints: Readonly<Partial<Record<Deed, { zh: string; en: string }>>> = {
  correct: {
    zh: '在地图上拖动角点，拖线段中间的小点加一个角；靠近邻居的角点会贴上去。也可以直接改下面的表。Esc 重新画。',
    en: 'Pull corners on the map; pull the small dot amid a stretch to add one; near a corner of a neighbour it springs to it. Or change the table. Esc starts again.',
  },
  split: {
    zh: '在地图上从边界外点到边界外，画一条穿过它的线；也可以把点写在下面的表里。Esc 重新画。',
    en: 'Press points from outside through the area to outside again, or write them in the table. Esc starts again.',
  },
  merge: { zh: '在列表里勾，或者在地图上点旁边的区域。', en: 'Tick areas in the list, or press them on the map.' },
};

/** One area, what is to become of it, and the map beside. What is drawn stays when the act is refused. */
export function Acting({ area, head, onDone }: { area: Standing; head: ReactNode; onDone: (done: Done) => void }) {
  const { t, say } = useFrame();
  const [, go] = useLocation();
  const [deed, setDeed] = useState<Deed>('correct');
  const [joining, setJoining] = useState<readonly string[]>([]);
  const beside = useBeside(area);
  const border = useDrawing(ringOf(area.boundary));
  const line = useDrawing([]);
  const drawing = deed === 'correct' ? border : line;
  const draws = deed === 'correct' || deed === 'split';
  const { points } = drawing;
  const sketched = useMemo(() => {
    const others = deed === 'merge' ? beside.filter(({ id }) => joining.includes(id)) : beside;
    return sketch(deed, area, points, others);
  }, [deed, area, points, beside, joining]);
  const onMap = useMemo(
    (): Sketched => ({
      points: draws ? points : [],
      isRing: deed === 'correct',
      drawn: sketched.drawn,
      corners: beside.flatMap(({ boundary }) => (boundary ? polygonsOf(boundary).flatMap((one) => one.flat()) : [])),
    }),
    [sketched, points, draws, deed, beside],
  );
  const leaveOff = useEffectEvent(({ key }: KeyboardEvent) => {
    if (key === 'Escape' && draws) drawing.reset();
  });
  useEffect(() => {
    const listen = (press: KeyboardEvent): void => leaveOff(press);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const join = (id: string): void =>
    setJoining(joining.includes(id) ? joining.filter((one) => one !== id) : [...joining, id]);
  const box = useMemo(() => boxAround(area, beside, deed === 'merge'), [area, beside, deed]);
  const hint = hints[deed];
  const given = { area, sketched, onDone };
  return (
    <>
      <div className="maplist">
        {head}
        <h1>{area.name}</h1>
        <p className="soft">
          {say(levelWords[area.level as keyof typeof levelWords])} <span className="code">{area.code}</span>
        </p>
        <Radio.Group
          optionType="button"
          className="deeds"
          aria-label={t('办什么', 'What to do')}
          value={deed}
          options={Object.entries(deedWords).map(([value, words]) => ({ value, label: say(words) }))}
          onChange={({ target }) => setDeed(target.value as Deed)}
        />
        {hint && <p className="soft small">{say(hint)}</p>}
        {area.boundary === null && deed === 'split' && (
          <p className="near">{t('它还没有边界，先改边界再拆。', 'It has no border yet; correct that first.')}</p>
        )}
        {deed === 'correct' && <Correct {...given} beside={beside} drawing={border} />}
        {deed === 'split' && <Split {...given} drawing={line} />}
        {deed === 'merge' && <Merge {...given} beside={beside} joining={joining} onJoin={join} />}
        {deed === 'rename' && <Rename area={area} onDone={onDone} />}
        {deed === 'move' && <Move area={area} onDone={onDone} />}
      </div>
      <div className="mapside">
        <MapCanvas
          label={t(`地图：${area.name}和旁边的区域`, `Map: ${area.name} and what lies beside it`)}
          box={box}
          shown={{
            ...{ area: area.parentId, level: area.level, hovered: null, chosen: null },
            ...{ withCases: false, withDrawing: true },
          }}
          sketched={onMap}
          {...(draws
            ? { onPoints: drawing.setPoints }
            : { onArea: deed === 'merge' ? join : (id) => go(`/areas/${id}`) })}
        />
        <p className="legend">
          {deed === 'split' && t('蓝线：您画的', 'Blue: what you draw')}
          {deed === 'correct' &&
            t('蓝线：您画的 · 黄：退出的地 · 红：和邻居重叠', 'Blue: what you draw · yellow: given up · red: overlaps')}
          {deed === 'merge' && t('绿：合起来的样子', 'Green: what it becomes')}
        </p>
      </div>
    </>
  );
}

const AROUND = 0.25;

/** The area itself; what lies beside it too where that is to be pressed, or there is nothing else to see. */
function boxAround(area: Standing, beside: readonly Standing[], withBeside: boolean) {
  const own = area.boundary ? [area.boundary] : [];
  const around = withBeside || own.length === 0 ? beside.flatMap(({ boundary }) => boundary ?? []) : [];
  const polygons = [...own, ...around].flatMap((one) => [...polygonsOf(one)]);
  if (polygons.length === 0) return null;
  const [west, south, east, north] = boxOf(polygons);
  // Room around it to draw in, and to see what it borders on.
  const [wide, high] = [(east - west) * AROUND, (north - south) * AROUND];
  return [west - wide, south - high, east + wide, north + high] as const;
}
