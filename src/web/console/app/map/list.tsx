import { Link } from 'wouter';
import { levelWords } from '../../../../domains/land/areas/area.model.ts';
import { mapStateWords } from '../../../../domains/work/finding/map.model.ts';
import { ClockWords } from '../clock.tsx';
import { useFrame } from '../frame.tsx';
import type { MapArea, MapCase, useAreas } from '../questions.ts';
import { Mark } from './mark.tsx';

type Areas = NonNullable<ReturnType<typeof useAreas>['data']>;

interface ListProps {
  readonly seen: MapArea;
  readonly areas: Areas;
  readonly chosen: readonly string[];
  readonly onHover: (areaId: string | null) => void;
  readonly onChoose: (caseId: string) => void;
}

/** All that is on the map, for the keyboard and for readers of screens: where one is, what is below, which cases. */
export function MapList({ seen, areas, chosen, onHover, onChoose }: ListProps) {
  const { t, say, me } = useFrame();
  const named = new Map(areas.map((area) => [area.id, area] as const));
  const here = named.get(seen.areaId);
  const level = seen.below.map(({ areaId }) => named.get(areaId)?.level).find((one) => one !== undefined);
  return (
    <>
      <Crumbs id={seen.areaId} named={named} />
      <h1>{here?.name}</h1>
      {me.posts.some(({ role }) => role === 'admin') && (
        <p>
          <Link href={`/areas/${seen.areaId}`}>{t('改这个区域', 'Change this area')}</Link>
        </p>
      )}
      <p className="soft">
        {t(`未了结 ${seen.total} 件`, `${seen.total} open`)}
        <LateCount late={seen.late} />
        {seen.unplaced > 0 &&
          t(`，${seen.unplaced} 件没有坐标，只在列表里`, `, ${seen.unplaced} without coordinates, in the list only`)}
      </p>
      {seen.below.length > 0 && (
        <section>
          <h2>{level ? say(levelWords[level as keyof typeof levelWords]) : t('下级', 'Below')}</h2>
          <ul className="plain">
            {seen.below.map(({ areaId, cases, late }) => (
              <li key={areaId}>
                <Link
                  href={`/map/${areaId}`}
                  className="below"
                  onMouseEnter={() => onHover(areaId)}
                  onMouseLeave={() => onHover(null)}
                  onFocus={() => onHover(areaId)}
                  onBlur={() => onHover(null)}
                >
                  <span>{named.get(areaId)?.name}</span>
                  <span className="number">
                    {t(`${cases} 件`, String(cases))}
                    <LateCount late={late} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t('案卷，先到期的在前', 'Cases, what falls due first')}</h2>
        {seen.cases.length === 0 && <p className="soft">{t('这里没有未了结的案卷。', 'No case is open here.')}</p>}
        <ul className="plain">
          {seen.cases.map((file) => (
            <li key={file.id}>
              <CaseButton file={file} isChosen={chosen.includes(file.id)} onChoose={onChoose} />
            </li>
          ))}
        </ul>
        {seen.more && (
          <p className="soft">
            {t(
              `只列出前 ${seen.cases.length} 件；到下级去看其余的。`,
              `The first ${seen.cases.length}; go to an area below for the others.`,
            )}
          </p>
        )}
      </section>
    </>
  );
}

function LateCount({ late }: { late: number }) {
  const { t } = useFrame();
  if (late === 0) return null;
  return (
    <span className="late">
      {' '}
      <span aria-hidden="true">●</span> {t(`超期 ${late}`, `${late} late`)}
    </span>
  );
}

/** From the county down to where one is. */
function Crumbs({ id, named }: { id: string; named: ReadonlyMap<string, Areas[number]> }) {
  const { t } = useFrame();
  const chain: Areas[number][] = [];
  for (let at = named.get(id); at; at = named.get(at.parentId ?? '')) chain.unshift(at);
  return (
    <nav className="crumbs" aria-label={t('所在层级', 'Where you are')}>
      <ol>
        {chain.map((area) => (
          <li key={area.id}>
            {area.id === id ? (
              <span aria-current="location">{area.name}</span>
            ) : (
              <Link href={`/map/${area.id}`}>{area.name}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function CaseButton({
  file,
  isChosen,
  onChoose,
}: {
  file: MapCase;
  isChosen: boolean;
  onChoose: (id: string) => void;
}) {
  const { t, say } = useFrame();
  const { id, title, place, kind, state, clock, point } = file;
  return (
    <button type="button" className="onmap" aria-pressed={isChosen} onClick={() => onChoose(id)}>
      <Mark kind={kind} state={state} />
      <span>
        <span className="what">
          <strong>{say(title)}</strong>
          <span>
            {clock?.dueAt ? <ClockWords clock={clock} /> : <span className="soft">{say(mapStateWords[state])}</span>}
          </span>
        </span>
        <span className="soft small">
          {place}
          {point === null && t(' · 没有坐标', ' · no coordinates')}
        </span>
      </span>
    </button>
  );
}
