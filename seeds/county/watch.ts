import { type Act, applyAct, type Clock } from '../../src/domains/work/obligations/clock.model.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { EntryRow } from '../../src/kernel/journal.ts';
import { allDayCalendarId } from '../planting.ts';
import { REALM } from './founding.ts';
import { allDay, desk } from './hours.ts';

/**
 * Reads the journal as it grows and knows from it alone what falls due next: the acts on every duty stand there in
 * clear, and folding them gives its clock. So the sweeps need to be called only when there is something to sweep.
 */
export interface Watch {
  note(entry: EntryRow): void;
  /** What falls due next; what has moved since it was noted is left out. */
  next(): Due | null;
  take(due: Due): void;
  /** When the next thing falls due among these records; Infinity: nothing. */
  nextOf(records: readonly Id[]): number;
  /** A duty on a case that a wish can be about: the one that runs, or, for an appeal, the one that ended late. */
  duty(casefileId: Id, duty: string, endedLate: boolean): Id | null;
  /** The wish on a case that was asked for last. */
  wish(casefileId: Id): Id | null;
}

/** Names of the sweeps of the domains. */
export type SweepName = 'obligation: climb' | 'obligation: wake' | 'casefile: lapse unanswered';

export interface Due {
  readonly at: number;
  readonly recordId: Id;
  readonly obligationId: Id;
  readonly sweep: SweepName;
}

interface Kept {
  readonly recordId: Id;
  readonly duty: string;
  readonly clock: Clock;
  readonly time: typeof desk;
}

export function openWatch(): Watch {
  const duties = new Map<Id, Kept>();
  const ofRecord = new Map<Id, Id[]>();
  const wishes = new Map<Id, Id>();
  const line: Due[] = [];

  const note = (entry: EntryRow): void => {
    if (entry.kind === 'adjustment.asked') wishes.set(entry.recordId, String(entry.body.id));
    for (const act of (entry.body.duties ?? []) as unknown as (Act & { id: Id; duty: string; calendarId?: Id })[]) {
      if (!isClockAct(act.act)) continue;
      const known = duties.get(act.id);
      if (!known) ofRecord.set(entry.recordId, [...(ofRecord.get(entry.recordId) ?? []), act.id]);
      const time = known?.time ?? (act.calendarId === allDayCalendarId(REALM) ? allDay : desk);
      const kept = { recordId: entry.recordId, duty: act.duty, time, clock: applyAct(known?.clock ?? null, act, time) };
      duties.set(act.id, kept);
      for (const due of duesOf(act.id, kept)) insert(line, due);
    }
  };
  const holds = (due: Due): boolean => {
    const kept = duties.get(due.obligationId);
    return (
      kept !== undefined && duesOf(due.obligationId, kept).some(({ at, sweep }) => at === due.at && sweep === due.sweep)
    );
  };
  return {
    note,
    next() {
      while (line[0] && !holds(line[0])) line.shift();
      return line[0] ?? null;
    },
    take: (due) => void line.splice(line.indexOf(due), 1),
    nextOf: (records) =>
      Math.min(
        ...records
          .flatMap((recordId) => ofRecord.get(recordId) ?? [])
          .flatMap((id) => duesOf(id, duties.get(id) as Kept))
          .map(({ at }) => at),
      ),
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

function duesOf(obligationId: Id, { recordId, duty, clock }: Kept): Due[] {
  const due = (at: Date | null, sweep: SweepName): Due[] =>
    at ? [{ at: at.getTime(), recordId, obligationId, sweep }] : [];
  if (clock.state === 'suspended') return due(clock.suspendedUntil, 'obligation: wake');
  if (clock.state !== 'running') return [];
  return [
    ...due(clock.nextRungAt, 'obligation: climb'),
    ...(duty === 'casefile.answer' ? due(clock.dueAt, 'casefile: lapse unanswered') : []),
  ];
}

function insert(line: Due[], due: Due): void {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line[middle]?.at ?? 0) <= due.at) low = middle + 1;
    else high = middle;
  }
  line.splice(low, 0, due);
}
