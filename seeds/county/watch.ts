import { type Act, applyAct, type Clock } from '../../src/domains/work/obligations/clock.model.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { EntryRow } from '../../src/kernel/journal.ts';
import { allDayCalendarId } from '../planting.ts';
import { REALM } from './founding.ts';
import { allDay, desk } from './hours.ts';

/**
 * Reads the journal as it grows and knows from it alone what falls due next: the acts on every duty stand there in
 * clear, and folding them gives its clock. So a sweep is called only for what is due.
 */
export interface Watch {
  note(entry: EntryRow): void;
  /** Records on which something is owed. */
  records(): Iterable<Id>;
  /** What falls due first among these records. */
  nextOf(records: readonly Id[]): Due | null;
  /** A duty on a case that a wish can be about: the one that runs, or, for an appeal, the one that ended late. */
  duty(casefileId: Id, duty: string, endedLate: boolean): Id | null;
  /** The wish on a case that was asked for last. */
  wish(casefileId: Id): Id | null;
}

/** Names of the sweeps of the domains. */
export type SweepName = 'obligation: climb' | 'obligation: wake' | 'casefile: lapse unanswered';

export interface Due {
  readonly at: number;
  readonly obligationId: Id;
  readonly sweep: SweepName;
}

interface Kept {
  readonly duty: string;
  readonly clock: Clock;
  readonly time: typeof desk;
}

export function openWatch(): Watch {
  const duties = new Map<Id, Kept>();
  const ofRecord = new Map<Id, Id[]>();
  const wishes = new Map<Id, Id>();

  const note = (entry: EntryRow): void => {
    if (entry.kind === 'adjustment.asked') wishes.set(entry.recordId, String(entry.body.id));
    for (const act of (entry.body.duties ?? []) as unknown as (Act & { id: Id; duty: string; calendarId?: Id })[]) {
      if (!isClockAct(act.act)) continue;
      const known = duties.get(act.id);
      if (!known) ofRecord.set(entry.recordId, [...(ofRecord.get(entry.recordId) ?? []), act.id]);
      const time = known?.time ?? (act.calendarId === allDayCalendarId(REALM) ? allDay : desk);
      duties.set(act.id, { duty: act.duty, time, clock: applyAct(known?.clock ?? null, act, time) });
    }
  };
  const duesOn = (recordId: Id): Due[] =>
    (ofRecord.get(recordId) ?? []).flatMap((id) => duesOf(id, duties.get(id) as Kept));
  return {
    note,
    records: () => ofRecord.keys(),
    nextOf(records) {
      const [first, ...others] = records.flatMap(duesOn);
      return first ? others.reduce((a, b) => (b.at < a.at ? b : a), first) : null;
    },
    duty(casefileId, duty, endedLate) {
      const isMeant = ({ clock }: Kept): boolean =>
        endedLate ? clock.state === 'settled' && clock.overran : clock.state === 'running';
      const own = (ofRecord.get(casefileId) ?? []).filter((id) => {
        const kept = duties.get(id);
        return kept?.duty === duty && isMeant(kept);
      });
      return own[0] ?? null;
    },
    wish: (casefileId) => wishes.get(casefileId) ?? null,
  };
}

/** Giving a duty to somebody by name leaves its clock alone. */
const isClockAct = (act: string): boolean => act !== 'assign';

function duesOf(obligationId: Id, { duty, clock }: Kept): Due[] {
  const due = (at: Date | null, sweep: SweepName): Due[] => (at ? [{ at: at.getTime(), obligationId, sweep }] : []);
  if (clock.state === 'suspended') return due(clock.suspendedUntil, 'obligation: wake');
  if (clock.state !== 'running') return [];
  return [
    ...due(clock.nextRungAt, 'obligation: climb'),
    ...(duty === 'casefile.answer' ? due(clock.dueAt, 'casefile: lapse unanswered') : []),
  ];
}
