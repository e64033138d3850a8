import { Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import {
  type BatchCommand,
  type BoardGroup,
  boardGroupNames,
  boardGroups,
  MOST_LISTED,
} from '../../../domains/work/desks/board.model.ts';
import { BatchPanel } from './batch_panel.tsx';
import { type BoardFilter, useBoardCounts, useBoardList } from './board.questions.ts';
import { BoardTable } from './board_table.tsx';
import { Choosing } from './choosing.tsx';
import './dispatch.css';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { useAreas, useBodies } from './questions.ts';

/** What waits to be given out and what is out and not done, in groups; several dealt with at once. */
export function Dispatch() {
  const { t } = useFrame();
  const [{ group, filter }, go] = useAddress();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [command, setCommand] = useState<BatchCommand | null>(null);
  const { data, error } = useBoardList(group, filter);
  const lines = data?.lines ?? [];
  const chosen = lines.filter(({ id }) => picked.has(id));
  const [acting, setActing] = useState<readonly (typeof chosen)[number][]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is another choice
  useEffect(() => setPicked(new Set()), [group, filter.areaId, filter.bodyId]);
  const begin = (next: BatchCommand): void => {
    setActing(chosen);
    setCommand(next);
  };
  const end = (): void => {
    setCommand(null);
    setPicked(new Set());
  };
  return (
    <main id="main" className="wide">
      <header>
        <h1>{t('派遣台', 'Dispatch board')}</h1>
        <Filters filter={filter} onChange={(next) => go({ group, filter: next })} />
      </header>
      <Groups group={group} filter={filter} />
      <div className={command ? 'board acting' : 'board'}>
        <div>
          <FaultBox error={error} />
          {!data && !error && <Skeleton active paragraph={{ rows: 8 }} />}
          {data && lines.length === 0 && <Empty group={group} isFiltered={Boolean(filter.areaId ?? filter.bodyId)} />}
          {lines.length > 0 && <BoardTable lines={lines} picked={picked} onPick={setPicked} />}
          {data?.more && (
            <p className="soft">
              {t(
                `只列出最要紧的 ${MOST_LISTED} 件；按区域或单位筛选可以看到其余的。`,
                `Only the ${MOST_LISTED} that matter most are listed; filter by area or body to see the others.`,
              )}
            </p>
          )}
          {chosen.length > 0 && command === null && (
            <Choosing chosen={chosen} onChoose={begin} onNone={() => setPicked(new Set())} />
          )}
        </div>
        {command && <BatchPanel key={`${command} ${acting[0]?.id}`} command={command} chosen={acting} onEnd={end} />}
      </div>
    </main>
  );
}

interface Address {
  readonly group: BoardGroup;
  readonly filter: BoardFilter;
}

/** Group and filters stand in the address: one can go back to them, and send them to somebody. */
function useAddress(): [Address, (to: Address) => void] {
  const [, go] = useLocation();
  const query = new URLSearchParams(useSearch());
  const asked = query.get('group');
  const group = boardGroupNames.find((name) => name === asked) ?? 'waiting';
  const filter = { areaId: query.get('area'), bodyId: query.get('body') };
  return [{ group, filter }, (to) => go(addressOf(to))];
}

const addressOf = ({ group, filter: { areaId, bodyId } }: Address): string =>
  `/dispatch?${new URLSearchParams({ group, ...(areaId && { area: areaId }), ...(bodyId && { body: bodyId }) })}`;

function Groups({ group, filter }: Address) {
  const { t, say, when } = useFrame();
  const { data } = useBoardCounts(filter);
  const tone = (name: BoardGroup, count: number): string =>
    count === 0 ? 'soft' : name === 'late' ? 'late' : name === 'near' ? 'near' : '';
  return (
    <nav
      className="groups"
      aria-label={t('各栏', 'Groups')}
      title={data ? t(`截至 ${when(data.at)}`, `as of ${when(data.at)}`) : ''}
    >
      {boardGroupNames.map((name) => {
        const count = data?.counts[name];
        return (
          <Link key={name} href={addressOf({ group: name, filter })} aria-current={name === group ? 'page' : undefined}>
            {say(boardGroups[name])} <strong className={tone(name, count ?? 0)}>{count ?? '—'}</strong>
          </Link>
        );
      })}
    </nav>
  );
}

function Filters({ filter, onChange }: { filter: BoardFilter; onChange: (next: BoardFilter) => void }) {
  const { t } = useFrame();
  const { data: areas = [] } = useAreas();
  const { data: bodies = [] } = useBodies();
  const search = { optionFilterProp: 'label' } as const;
  return (
    <div className="filters">
      <Select
        allowClear
        showSearch={search}
        aria-label={t('按区域筛选', 'Filter by area')}
        placeholder={t('全部区域', 'All areas')}
        options={areas
          .filter(({ level }) => level !== 'micro_grid')
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.areaId}
        onChange={(areaId: string | undefined) => onChange({ ...filter, areaId: areaId ?? null })}
      />
      <Select
        allowClear
        showSearch={search}
        aria-label={t('按单位筛选', 'Filter by body')}
        placeholder={t('全部单位', 'All bodies')}
        options={bodies.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.bodyId}
        onChange={(bodyId: string | undefined) => onChange({ ...filter, bodyId: bodyId ?? null })}
      />
    </div>
  );
}

function Empty({ group, isFiltered }: { group: BoardGroup; isFiltered: boolean }) {
  const { t, say } = useFrame();
  const name = say(boardGroups[group]);
  return (
    <p className="nothing panel">
      {isFiltered
        ? t(
            `筛选后“${name}”一件也没有。去掉筛选看全部。`,
            `Nothing stands in “${name}” under this filter. Take it off to see all.`,
          )
        : t(
            `“${name}”一件也没有。新的会自己出现在这里。`,
            `Nothing stands in “${name}”. What comes in appears here by itself.`,
          )}
    </p>
  );
}
