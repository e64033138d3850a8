import { z } from 'zod';
import type { WorkingTime } from '../calendars/calendar.model.ts';
import { type Limit, limitSchema } from '../calendars/limit.model.ts';

/**
 * The clock of one obligation, as a fold over its acts. The acts stand in the journal; folding them anew must give what
 * is stored, on any day. Time is counted on one of two scales: continuous, or the working time of a calendar.
 */
export const rungSchema = z.strictObject({
  /** When: a share of the time used up (0.8: four fifths gone), or a time after the deadline (null: at the deadline). */
  at: z.union([z.strictObject({ share: z.number().gt(0).lt(1) }), z.strictObject({ after: limitSchema.nullable() })]),
  /** Whom: those who owe it, the desk above, the desk at the top. */
  tell: z.enum(['owner', 'superior', 'top']),
});
export type Rung = z.infer<typeof rungSchema>;

export type Scale = 'continuous' | 'working';
export type ClockState = 'running' | 'paused' | 'suspended' | 'settled' | 'withdrawn';

export interface Clock {
  readonly scale: Scale;
  /** Time given, in milliseconds on the scale; null: no limit. */
  readonly budgetMs: number | null;
  /** Time used up to the last change, on the scale. */
  readonly usedMs: number;
  readonly runningSince: Date | null;
  readonly dueAt: Date | null;
  readonly provisional: boolean;
  readonly state: ClockState;
  readonly pauseReason: string | null;
  readonly suspendedUntil: Date | null;
  /** It was past its deadline when it was last stopped or ended. */
  readonly overran: boolean;
  readonly extensions: number;
  readonly exempt: boolean;
  readonly endedAt: Date | null;
  readonly ladder: readonly Rung[];
  readonly rung: number;
  readonly nextRungAt: Date | null;
}

/** Instants are ISO texts, since acts are journal data. */
const at = z.iso.datetime();
export const actSchema = z.discriminatedUnion('act', [
  /** `usedMs`: time an earlier obligation of the same body has already used (a case that comes back to it). */
  z.object({
    act: z.literal('open'),
    at,
    limit: limitSchema.nullable(),
    ladder: z.array(rungSchema),
    usedMs: z.number().optional(),
    /** A deadline that was given as an instant rather than as a time from the start; then there is no limit. */
    until: at.optional(),
  }),
  z.object({ act: z.literal('pause'), at, why: z.string() }),
  z.object({ act: z.literal('resume'), at }),
  z.object({ act: z.literal('suspend'), at, until: z.iso.datetime() }),
  z.object({ act: z.literal('extend'), at, by: limitSchema }),
  z.object({ act: z.literal('climb'), at }),
  /** `calendarVersion`: from now on it counts by that version, which is the same up to the act. */
  z.object({ act: z.literal('recount'), at, calendarVersion: z.number().optional() }),
  z.object({ act: z.literal('settle'), at }),
  z.object({ act: z.literal('withdraw'), at }),
  z.object({ act: z.literal('exempt'), at }),
]);
export type Act = z.infer<typeof actSchema>;

export function applyAct(given: Clock | null, act: Act, time: WorkingTime): Clock {
  const when = new Date(act.at);
  if (act.act === 'open') return opened(act, when, time);
  if (!given) throw new Error(`an obligation begins with open, not with ${act.act}`);
  const clock = woken(given, when, time);
  switch (act.act) {
    case 'pause':
      return { ...stopped(clock, when, time), state: 'paused', pauseReason: act.why, suspendedUntil: null };
    case 'suspend':
      return {
        ...stopped(clock, when, time),
        state: 'suspended',
        pauseReason: null,
        suspendedUntil: new Date(act.until),
      };
    case 'resume':
      if (clock.runningSince !== null) return clock;
      return runningFrom({ ...clock, pauseReason: null, suspendedUntil: null }, when, time);
    case 'extend':
      return recounted(extended(clock, act.by, when, time), time);
    case 'climb':
      return withNextRung({ ...clock, rung: clock.rung + 1 }, time);
    case 'recount':
      return recounted(clock, time);
    case 'settle':
    case 'withdraw':
      return {
        ...stopped(clock, when, time),
        dueAt: clock.dueAt,
        state: act.act === 'settle' ? 'settled' : 'withdrawn',
        pauseReason: null,
        suspendedUntil: null,
        endedAt: when,
      };
    case 'exempt':
      return { ...clock, exempt: true };
  }
}

/** `timeOf`: by which hours an act counts, where the calendar changed on the way. */
export function replay(acts: readonly Act[], opening: WorkingTime, timeOf?: (version: number) => WorkingTime) {
  let time = opening;
  return acts.reduce<Clock | null>((clock, act) => {
    const moved = versionAfter(act);
    if (moved !== null && timeOf) time = timeOf(moved);
    return applyAct(clock, act, time);
  }, null);
}

export const versionAfter = (act: Act): number | null => (act.act === 'recount' ? (act.calendarVersion ?? null) : null);

export const isOpen = (clock: Pick<Clock, 'state'>): boolean =>
  clock.state === 'running' || clock.state === 'paused' || clock.state === 'suspended';

/** Late now, or stopped or ended late. An exemption does not change it: the raw fact and the excuse are both kept. */
export function isLate(clock: Pick<Clock, 'dueAt' | 'overran' | 'state'>, now: Date): boolean {
  return clock.overran || (clock.state === 'running' && clock.dueAt !== null && now > clock.dueAt);
}

const HOUR = 3_600_000;

export const scaleOf = (limit: Limit | null): Scale =>
  limit?.unit === 'working_hours' || limit?.unit === 'working_days' ? 'working' : 'continuous';

/** A limit in milliseconds on its scale, for a clock that starts at `from`. A working day is one ordinary day's hours. */
export function limitMs(limit: Limit, from: Date, time: WorkingTime): number {
  switch (limit.unit) {
    case 'minutes':
      return limit.amount * 60_000;
    case 'urgent_hours':
    case 'working_hours':
      return limit.amount * HOUR;
    case 'working_days':
      return limit.amount * time.dayMs(from);
    case 'natural_days':
      return time.addNaturalDays(from, limit.amount).getTime() - from.getTime();
  }
}

function opened(act: Extract<Act, { act: 'open' }>, when: Date, time: WorkingTime): Clock {
  const fresh: Clock = {
    scale: scaleOf(act.limit),
    budgetMs: budgetOf(act, when, time),
    usedMs: act.usedMs ?? 0,
    runningSince: null,
    dueAt: null,
    provisional: false,
    state: 'running',
    pauseReason: null,
    suspendedUntil: null,
    overran: false,
    extensions: 0,
    exempt: false,
    endedAt: null,
    ladder: act.ladder,
    rung: 0,
    nextRungAt: null,
  };
  return runningFrom(fresh, when, time);
}

function budgetOf({ limit, until }: Extract<Act, { act: 'open' }>, when: Date, time: WorkingTime): number | null {
  if (until !== undefined) return Math.max(0, Date.parse(until) - when.getTime());
  return limit === null ? null : limitMs(limit, when, time);
}

/** A rest ends at its instant, however late the sweep comes to say so. */
function woken(clock: Clock, when: Date, time: WorkingTime): Clock {
  const { state, suspendedUntil } = clock;
  if (state !== 'suspended' || suspendedUntil === null || suspendedUntil > when) return clock;
  return runningFrom({ ...clock, suspendedUntil: null }, suspendedUntil, time);
}

function extended(clock: Clock, by: Limit, when: Date, time: WorkingTime): Clock {
  const budgetMs = clock.budgetMs === null ? null : clock.budgetMs + extensionMs(clock, by, when, time);
  const overran = clock.overran && budgetMs !== null && clock.usedMs >= budgetMs;
  return { ...clock, budgetMs, overran, extensions: clock.extensions + 1 };
}

/** An extension in another clock's unit is counted on this obligation's own scale. */
function extensionMs(clock: Clock, by: Limit, when: Date, time: WorkingTime): number {
  const from = clock.dueAt ?? when;
  if (scaleOf(by) === clock.scale) return limitMs(by, from, time);
  const end = endOf(scaleOf(by), from, limitMs(by, from, time), time).at;
  return clock.scale === 'working' ? time.between(from, end) : end.getTime() - from.getTime();
}

const elapsed = (scale: Scale, from: Date, to: Date, time: WorkingTime): number =>
  scale === 'working' ? time.between(from, to) : Math.max(0, to.getTime() - from.getTime());

const endOf = (scale: Scale, from: Date, ms: number, time: WorkingTime): { at: Date; provisional: boolean } =>
  scale === 'working' ? time.add(from, ms) : { at: new Date(from.getTime() + ms), provisional: false };

function stopped(clock: Clock, when: Date, time: WorkingTime): Clock {
  const used = clock.runningSince === null ? 0 : elapsed(clock.scale, clock.runningSince, when, time);
  return {
    ...clock,
    usedMs: clock.usedMs + used,
    overran: isLate(clock, when),
    runningSince: null,
    dueAt: null,
    provisional: false,
    nextRungAt: null,
  };
}

function runningFrom(clock: Clock, when: Date, time: WorkingTime): Clock {
  return recounted({ ...clock, state: 'running', runningSince: when }, time);
}

/** Deadline and next rung, from what is left of the budget. A clock that stands has neither. */
function recounted(clock: Clock, time: WorkingTime): Clock {
  if (clock.runningSince === null) return clock;
  if (clock.budgetMs === null) return { ...clock, dueAt: null, provisional: false, nextRungAt: null };
  const due = instantOfUse(clock, clock.runningSince, clock.budgetMs, time);
  return withNextRung({ ...clock, dueAt: due.at, provisional: due.provisional }, time);
}

/** When so much of the budget will have been used; a clock that came back already late is due where it stands. */
function instantOfUse(clock: Clock, since: Date, ms: number, time: WorkingTime): { at: Date; provisional: boolean } {
  return endOf(clock.scale, since, Math.max(0, ms - clock.usedMs), time);
}

function withNextRung(clock: Clock, time: WorkingTime): Clock {
  const rung = clock.ladder[clock.rung];
  const { runningSince, budgetMs, dueAt } = clock;
  if (!rung || runningSince === null || budgetMs === null || dueAt === null) return { ...clock, nextRungAt: null };
  if ('share' in rung.at)
    return { ...clock, nextRungAt: instantOfUse(clock, runningSince, Math.round(budgetMs * rung.at.share), time).at };
  const { after } = rung.at;
  return {
    ...clock,
    nextRungAt: after === null ? dueAt : endOf(scaleOf(after), dueAt, limitMs(after, dueAt, time), time).at,
  };
}
