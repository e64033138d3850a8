import { lazy, Suspense, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { dutyWords } from '../../../domains/work/obligations/duty.model.ts';
import type { CaseBody } from '../engine/case.ts';
import type { GateBody } from '../engine/checkpoint.ts';
import type { Held, OutboxItem } from '../engine/contract.ts';
import type { InspectionBody } from '../engine/inspection.ts';
import { isLeft } from '../engine/outbox.ts';
import type { PatrolBody } from '../engine/patrol.ts';
import type { VisitBody } from '../engine/visit.ts';
import { useFrame } from './frame.tsx';
import type { Fix } from './place.ts';
import { type RoundLine, roundsOf } from './rounds.ts';
import { type Names, useMe, useNames } from './scope.ts';
import { SendingState } from './sending.tsx';
import { dueOf, inOrder, metresTo, type Order, spoken, type Task } from './tasks.ts';
import { useFix } from './use_fix.ts';
import { useHeld, useOutbox, useStatus } from './work.tsx';

/** When a patrol is due is worked out in its own part, for phones that carry one. */
const PatrolsDue = lazy(async () => ({ default: (await import('./patrols.tsx')).PatrolsDue }));

const InspectionsDue = lazy(async () => ({ default: (await import('./inspections.tsx')).InspectionsDue }));
const GatesDue = lazy(async () => ({ default: (await import('./checkpoints.tsx')).GatesDue }));

/** One list: what is owed by me, by due time and then by who is nearest. Out of the phone's own store. */
export function Today() {
  const { t } = useFrame();
  const cases = useHeld<CaseBody>('casefile');
  const visits = useHeld<VisitBody>('visit');
  const patrols = useHeld<PatrolBody>('patrol') ?? [];
  const gates = useHeld<GateBody>('checkpoint') ?? [];
  const inspections = useHeld<InspectionBody>('inspection') ?? [];
  const outbox = useOutbox();
  const me = useMe();
  const names = useNames();
  const fix = useFix();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const { lastSyncAt } = useStatus();
  const [order, setOrder] = useState<Order>('due');
  const tasks = useMemo(() => inOrder(cases ?? [], me, fix, order), [cases, me, fix, order]);
  if (!cases || !outbox) return null;
  const rounds = roundsOf(visits ?? []).filter(({ left }) => left > 0);
  const mine = tasks.filter(({ duty }) => duty !== null);
  const others = tasks.filter(({ duty }) => duty === null);
  const isOpen = chosen ?? mine.length === 0;
  return (
    <>
      {mine.length === 0 && rounds.length + patrols.length + gates.length + inspections.length === 0 && (
        <p className="soft">
          {lastSyncAt === null
            ? t('还没有同步过。联网后，您的案卷会存到手机里。', 'Not synced yet: with a network your cases come here.')
            : t('现在没有要您办的。看到问题，按下面的“上报”。', 'Nothing waits for you. What you see, report below.')}
        </p>
      )}
      {fix && tasks.length > 1 && (
        <label className="pick">
          <input
            type="checkbox"
            checked={order === 'near'}
            onChange={({ target }) => setOrder(target.checked ? 'near' : 'due')}
          />
          {t('离我最近的在前', 'Nearest first')}
        </label>
      )}
      <Suspense>
        {patrols.length > 0 && <PatrolsDue patrols={patrols} />}
        {gates.length > 0 && <GatesDue gates={gates} />}
        {inspections.length > 0 && <InspectionsDue inspections={inspections} />}
      </Suspense>
      <Rounds rounds={rounds} />
      <TaskList tasks={mine} outbox={outbox} fix={fix} names={names} />
      {others.length > 0 && (
        <details open={isOpen}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the browser makes a summary a button */}
          <summary
            onClick={(click) => {
              click.preventDefault();
              setChosen(!isOpen);
            }}
          >
            {t(`我网格里的其他 ${others.length} 件`, `${others.length} others in my grids`)}
          </summary>
          {isOpen && <TaskList tasks={others} outbox={outbox} fix={fix} names={names} />}
        </details>
      )}
    </>
  );
}

/** Campaigns in which somebody is still to be visited. */
function Rounds({ rounds }: { rounds: readonly RoundLine[] }) {
  const { t } = useFrame();
  return (
    <ul className="list">
      {rounds.map(({ campaignId, title, dueOn, all, left, unit }) => (
        <li key={campaignId}>
          <Link href={`/visits/${campaignId}`} className="line">
            <div className="head">
              <strong>{t(`走访：${title}`, `Visits: ${title}`)}</strong>
              <span className="time number">{t(`还有 ${left} ${unit}`, `${left} left`)}</span>
            </div>
            <p className="soft number">{t(`共 ${all} ${unit} · ${dueOn} 前`, `of ${all} · by ${dueOn}`)}</p>
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface TaskListProps {
  readonly tasks: readonly Task[];
  readonly outbox: readonly OutboxItem[];
  readonly fix: Fix | null;
  readonly names: Names;
}

function TaskList({ tasks, outbox, fix, names }: TaskListProps) {
  return (
    <ul className="list">
      {tasks.map(({ held, duty }) => (
        <li key={held.id}>
          <Line
            held={held}
            duty={duty}
            fix={fix}
            names={names}
            unsent={outbox.find((item) => item.op.target === held.id && isLeft(item)) ?? null}
          />
        </li>
      ))}
    </ul>
  );
}

const NEAR_MS = 2 * 3_600_000;

interface LineProps {
  readonly held: Held<CaseBody>;
  readonly duty: Task['duty'];
  readonly fix: Fix | null;
  readonly names: Names;
  readonly unsent: OutboxItem | null;
}

function Line({ held, duty, fix, names, unsent }: LineProps) {
  const { t, say, left, now } = useFrame();
  const { body: file, leaving } = held;
  const due = dueOf(duty);
  const late = due !== null && new Date(due) < now;
  const metres = metresTo(file, fix);
  const near = due !== null && !late && Date.parse(due) - now.getTime() < NEAR_MS;
  return (
    <Link href={`/cases/${held.id}`} className="line">
      <div className="head">
        <strong>{say(names.title(file))}</strong>
        {due && (
          <span className={late ? 'time number late' : near ? 'time number near' : 'time number'}>
            <span aria-hidden="true">{late ? '● ' : near ? '◐ ' : ''}</span>
            {left(due)}
          </span>
        )}
      </div>
      <p className="soft">
        <span className="number">
          {[names.place(file.areaId), metres !== null && say(spoken(metres))].filter(Boolean).join(' · ')}
        </span>
      </p>
      {file.typeCode !== null && file.words !== '' && <p className="said">{file.words}</p>}
      <p>
        {file.flags.includes('urgent') && <span className="tag late">{t('紧急', 'urgent')}</span>}
        {leaving && <span className="tag near">{t('交接中', 'handing over')}</span>}
        {duty && <span>{say(dutyWords(duty.duty))} </span>}
        {unsent && <SendingState item={unsent} />}
      </p>
    </Link>
  );
}
