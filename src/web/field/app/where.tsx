import { useEffect, useState } from 'react';
import type { Point } from '../../../kernel/geo.ts';
import { AreaMap } from './area_map.tsx';
import { useFrame } from './frame.tsx';
import { type Ground, groundAt, metresToNearest, readPoint } from './ground.ts';
import { Note } from './note.tsx';
import { type Finding, type Fix, watchPlace } from './place.ts';
import type { Where } from './report.form.ts';

/** A fix vaguer than this names no grid. */
const VAGUE_M = 200;

interface WherePickerProps {
  readonly grounds: readonly Ground[];
  readonly where: Where;
  readonly onWhere: (where: Where) => void;
}

const farWords = (metres: number): readonly [string, string] =>
  metres < 2000
    ? [`${metres} 米`, `${metres} m`]
    : [`${Math.round(metres / 1000)} 公里`, `${Math.round(metres / 1000)} km`];

export function WherePicker({ grounds, where, onWhere }: WherePickerProps) {
  const { t } = useFrame();
  const [finding, setFinding] = useState<Finding>({ is: 'asking' });
  const [isOpen, setOpen] = useState(false);
  useEffect(() => watchPlace(setFinding), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new fix or the grids' arrival is the reason
  useEffect(() => {
    const hasGrids = grounds.length > 0;
    const next =
      finding.is === 'found' && !where.isChosen
        ? { ...where, ...placedBy(finding.fix, grounds), hasGrids }
        : { ...where, hasGrids };
    // The sky speaks every second; only what it says anew is written down.
    if (JSON.stringify(next) !== JSON.stringify(where)) onWhere(next);
  }, [finding, grounds]);
  const [isOutside, setOutside] = useState(false);
  const chosen = grounds.find(({ id }) => id === where.areaId);
  /** Put by hand: nothing better will come from the sky. */
  const put = (point: Point): void => {
    const standing = groundAt(point, grounds);
    setOutside(standing === null);
    if (standing) onWhere({ ...where, areaId: standing.ground.id, point, accuracyM: null, isChosen: true });
  };
  return (
    <section className="place" aria-label={t('在哪里', 'Where')}>
      <p className="name">
        {chosen?.name ?? (where.point ? t('已定位', 'Place found') : t('还没有定位置', 'No place yet'))}
      </p>
      {chosen && <p className="soft">{chosen.path.slice(-3, -1).join(' · ')}</p>}
      <Accuracy finding={finding} where={where} grounds={grounds} />
      {grounds.some(({ boundary }) => boundary !== null) && (
        <AreaMap
          grounds={grounds}
          chosenId={where.areaId}
          fix={finding.is === 'found' ? finding.fix : null}
          marker={where.point}
          markerName={t('报事的位置', 'the place')}
          onMove={put}
        />
      )}
      {isOutside && (
        <Note
          tone="near"
          title={t('那里不在您的网格里，位置没有改', 'That is not in your grids; the place was not changed')}
        />
      )}
      {grounds.length === 0 ? null : isOpen || !chosen ? (
        <Correct grounds={grounds} where={where} onWhere={onWhere} onDone={() => setOpen(false)} />
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          {t('不对，改位置', 'Correct the place')}
        </button>
      )}
      <label htmlFor="place-words">
        {t('门牌、路口', 'Door or corner')} <span className="soft">{t('可以不填', 'optional')}</span>
      </label>
      <input
        id="place-words"
        maxLength={200}
        value={where.words}
        onChange={({ target }) => onWhere({ ...where, words: target.value })}
      />
    </section>
  );
}

/** Only a fix that is sure enough names a grid; a vague one is said and not believed. */
function placedBy(
  { lon, lat, accuracyM }: Fix,
  grounds: readonly Ground[],
): Pick<Where, 'areaId' | 'point' | 'accuracyM'> {
  const point: Point = [lon, lat];
  const standing = accuracyM <= VAGUE_M ? groundAt(point, grounds) : null;
  const isSure = standing !== null || (grounds.length === 0 && accuracyM <= VAGUE_M);
  return { areaId: standing?.ground.id ?? null, point: isSure ? point : null, accuracyM };
}

function Accuracy({ finding, where, grounds }: { finding: Finding; where: Where; grounds: readonly Ground[] }) {
  const { t } = useFrame();
  if (where.isChosen) return <p className="soft">{t('由您选定', 'chosen by you')}</p>;
  if (finding.is === 'asking') return <p className="soft">{t('正在定位……', 'Looking for the place …')}</p>;
  if (finding.is === 'none')
    return (
      <Note
        tone="near"
        title={
          finding.why === 'refused'
            ? t('没有允许定位', 'Location is not allowed')
            : t('定不了位', 'The place cannot be found')
        }
      >
        <p>
          {grounds.length > 0
            ? t('从下面选网格也一样能报。', 'Choose the grid below: the report is as good.')
            : t('写明门牌、路口也一样能报。', 'Write the door or corner below: the report is as good.')}
        </p>
      </Note>
    );
  const { lon, lat, accuracyM } = finding.fix;
  const metres = accuracyM.toLocaleString('en');
  if (accuracyM > VAGUE_M)
    return (
      <Note tone="near" title={t(`位置不准，误差 ${metres} 米`, `The place is vague: ${metres} m`)}>
        <p>{t('请从下面选网格，或到空旷处等一会儿。', 'Choose the grid below, or wait under the open sky.')}</p>
      </Note>
    );
  if (where.areaId === null && grounds.length > 0) {
    const away = metresToNearest([lon, lat], grounds);
    return (
      <Note tone="near" title={t('不在您的网格里', 'This is not in your grids')}>
        <p>
          {away !== null && t(`离最近的网格 ${farWords(away)[0]}。`, `The nearest grid is ${farWords(away)[1]} away. `)}
          {t('请选一个网格。', 'Choose a grid.')}
        </p>
      </Note>
    );
  }
  return <p className="soft number">{t(`误差 ${metres} 米`, `within ${metres} m`)}</p>;
}

interface CorrectProps extends WherePickerProps {
  readonly onDone: () => void;
}

/** By the list, or by a point copied from a map. */
function Correct({ grounds, where, onWhere, onDone }: CorrectProps) {
  const { t } = useFrame();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const choose = (areaId: string): void => {
    onWhere({ ...where, areaId, point: null, accuracyM: null, isChosen: true });
    onDone();
  };
  const usePoint = (): void => {
    const point = readPoint(typed);
    const standing = point && groundAt(point, grounds);
    setWrong(!standing);
    if (!point || !standing) return;
    onWhere({ ...where, areaId: standing.ground.id, point, accuracyM: null, isChosen: true });
    onDone();
  };
  return (
    <>
      <label htmlFor="grid">{t('网格', 'Grid')}</label>
      <select id="grid" value={where.areaId ?? ''} onChange={({ target }) => choose(target.value)}>
        <option value="" disabled>
          {t('选一个网格', 'Choose a grid')}
        </option>
        {grounds.map(({ id, name, path }) => (
          <option key={id} value={id}>
            {[name, path.at(-2)].filter((part) => part !== undefined).join(' · ')}
          </option>
        ))}
      </select>
      <details>
        <summary>{t('输坐标', 'By a point')}</summary>
        <label htmlFor="point">{t('经度，纬度', 'Longitude, latitude')}</label>
        <input id="point" inputMode="text" value={typed} onChange={({ target }) => setTyped(target.value)} />
        {isWrong && (
          <Note tone="late" title={t('这个坐标看不懂，或者不在您的网格里', 'No such point, or not in your grids')} />
        )}
        <p>
          <button type="button" onClick={usePoint}>
            {t('用这个坐标', 'Use this point')}
          </button>
        </p>
      </details>
    </>
  );
}
