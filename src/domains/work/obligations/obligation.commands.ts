import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { EntryBody, Subject } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type Calendar, calendarsOf, deskCalendar, type Limit } from '../calendars/index.ts';
import { type Act, applyAct, type Clock, isOpen, type Rung, versionAfter } from './clock.model.ts';
import { type Obligation, type OwedBy, obligationProblems } from './obligation.model.ts';
import {
  type Grant,
  grantTo,
  insertObligation,
  insertObligations,
  saveAssignee,
  saveCalendar,
  saveClock,
} from './obligation.queries.ts';

/** What a command did to an obligation, for its journal entry: from these acts alone the clock can be computed anew. */
export type DutyAct = EntryBody;

export interface NewDuty {
  readonly duty: string;
  readonly about: Subject;
  readonly owedBy: OwedBy;
  readonly limit: Limit | null;
  readonly ladder: readonly Rung[];
  /** The body's calendar; without it that of the realm's desks. */
  readonly calendarId?: Id | undefined;
  readonly usedMs?: number;
  /** A deadline that is given as an instant; then there is no limit. */
  readonly until?: Date;
  /** What it is about, where the record is no case: a thing or a place, never a person. */
  readonly title?: string;
  /** Who else may read it from now on, noted with the right of whoever owes it. */
  readonly alsoRead?: readonly Grant[] | undefined;
}

export async function openDuty(
  ctx: Ctx,
  duty: NewDuty,
  at: Date = ctx.now,
): Promise<{ obligation: Obligation; act: DutyAct }> {
  const calendar =
    duty.calendarId === undefined ? await deskCalendar(ctx) : (await calendarsOf(ctx)).latest(duty.calendarId);
  const act: Act = {
    act: 'open',
    at: at.toISOString(),
    limit: duty.limit,
    ladder: [...duty.ladder],
    ...(duty.usedMs !== undefined && { usedMs: duty.usedMs }),
    ...(duty.until && { until: duty.until.toISOString() }),
  };
  const obligation = obligationOf(ctx.ids.newId(), duty, applyAct(null, act, calendar.time), calendar, at);
  insertObligation(ctx, obligation);
  grantTo(ctx, duty.about, [...(duty.alsoRead ?? []), { grantee: duty.owedBy.id, ground: 'duty' }], at);
  return { obligation, act: openingAct(obligation, act, calendar) };
}

/** A duty as a file tells of it: since when, until which instant, and when it was done. */
export interface PastDuty extends Omit<NewDuty, 'usedMs' | 'alsoRead' | 'until'> {
  readonly openedAt: Date;
  readonly until: Date | null;
  readonly settledAt: Date | null;
}

export interface OpenedDuty {
  readonly obligation: Obligation;
  /** For the entry that tells of the opening, and of the end where there was one. */
  readonly opened: DutyAct;
  readonly settled: DutyAct | null;
}

/** Many at once, each clock folded from the acts that its file tells of. The grants are for the caller to make. */
export async function openPastDuties(ctx: Ctx, duties: readonly PastDuty[]): Promise<OpenedDuty[]> {
  const desks = await deskCalendar(ctx);
  const calendars = await calendarsOf(ctx);
  const made = duties.map((duty) => {
    const calendar = duty.calendarId === undefined ? desks : calendars.latest(duty.calendarId);
    return openedPast(ctx.ids.newId(), duty, calendar);
  });
  insertObligations(
    ctx,
    made.map(({ obligation }) => obligation),
  );
  return made;
}

function openedPast(id: Id, duty: PastDuty, calendar: Calendar): OpenedDuty {
  const open: Act = {
    act: 'open',
    at: duty.openedAt.toISOString(),
    limit: duty.limit,
    ladder: [...duty.ladder],
    ...(duty.until && { until: duty.until.toISOString() }),
  };
  const settle = duty.settledAt && settleAt(duty.settledAt);
  const clock = [open, ...(settle ? [settle] : [])].reduce<Clock | null>(
    (before, one) => applyAct(before, one, calendar.time),
    null,
  ) as Clock;
  const obligation = obligationOf(id, duty, clock, calendar, duty.openedAt);
  return {
    obligation,
    opened: openingAct(obligation, open, calendar),
    settled: settle && { id, duty: duty.duty, ...(settle as unknown as EntryBody) },
  };
}

const obligationOf = (
  id: Id,
  { duty, about, owedBy, limit, title }: Pick<NewDuty, 'duty' | 'about' | 'owedBy' | 'limit' | 'title'>,
  clock: Clock,
  calendar: Calendar,
  openedAt: Date,
): Obligation => ({
  ...clock,
  id,
  duty,
  recordKind: about.kind,
  recordId: about.id,
  title: title ?? null,
  scopeNo: about.scopeNo,
  confidential: about.confidential,
  owedByKind: owedBy.kind,
  owedBy: owedBy.id,
  assigneeId: null,
  calendarId: calendar.id,
  calendarVersion: calendar.version,
  timeLimit: limit,
  openedAt,
});

const openingAct = (obligation: Obligation, act: Act, calendar: Calendar): DutyAct => ({
  id: obligation.id,
  duty: obligation.duty,
  owedByKind: obligation.owedByKind,
  owedBy: obligation.owedBy,
  calendarId: calendar.id,
  calendarVersion: calendar.version,
  ...(act as unknown as EntryBody),
});

/** Applies one act to an obligation and stores what it comes to. */
export async function act(ctx: Ctx, obligation: Obligation, what: Act): Promise<DutyAct> {
  if (!isOpen(obligation) && what.act !== 'exempt') throw new Problem(obligationProblems['obligation.not_open']);
  const moved = versionAfter(what);
  const time = await timeOf(ctx, moved === null ? obligation : { ...obligation, calendarVersion: moved });
  saveClock(ctx, obligation.id, applyAct(obligation, what, time));
  if (moved !== null) saveCalendar(ctx, obligation.id, moved);
  return { id: obligation.id, duty: obligation.duty, ...(what as unknown as EntryBody) };
}

async function timeOf(
  ctx: Ctx,
  obligation: Pick<Obligation, 'calendarId' | 'calendarVersion'>,
): Promise<Calendar['time']> {
  const calendars = await calendarsOf(ctx);
  return calendars.version(obligation.calendarId ?? '', obligation.calendarVersion ?? 0).time;
}

/** Settles, pauses or resumes all open obligations of a duty on a record; none open is no fault. */
export async function actOnDuty(ctx: Ctx, open: readonly Obligation[], duty: string, what: Act): Promise<DutyAct[]> {
  return Promise.all(
    open
      .filter((obligation) => obligation.duty === duty && isOpen(obligation))
      .map((obligation) => act(ctx, obligation, what)),
  );
}

export async function assignDuty(ctx: Ctx, obligation: Obligation, personId: Id): Promise<DutyAct> {
  saveAssignee(ctx, obligation.id, personId);
  const record = { kind: obligation.recordKind, id: obligation.recordId };
  grantTo(ctx, record, [{ grantee: personId, ground: 'duty' }]);
  return { id: obligation.id, duty: obligation.duty, act: 'assign', assigneeId: personId };
}

export const settleAt = (at: Date): Act => ({ act: 'settle', at: at.toISOString() });
export const withdrawAt = (at: Date): Act => ({ act: 'withdraw', at: at.toISOString() });
export const pauseAt = (at: Date, why: string): Act => ({ act: 'pause', at: at.toISOString(), why });
export const resumeAt = (at: Date): Act => ({ act: 'resume', at: at.toISOString() });
