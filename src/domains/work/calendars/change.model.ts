import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { type CalendarSpec, hoursOn, patternOn, patternSchema, type Slots, slotsSchema } from './calendar.model.ts';

/** A change of a calendar from a day on: single days, other hours of the week, or that a year is known to its end. */
const dayChange = z.strictObject({
  on: daySchema,
  slots: slotsSchema.nullable().describe('Empty: closed; null: as in every week'),
  why: z.string().trim().max(100),
});

export const changeForm = z.strictObject({
  baseVersion: z.int().min(1).describe('The version that was looked at'),
  days: z.array(dayChange).max(400).default([]),
  hours: patternSchema.nullable().default(null).describe('Hours of the week from a day on'),
  knownThrough: z
    .int()
    .min(2000)
    .max(2100)
    .nullable()
    .default(null)
    .describe('All holidays and make-up days up to the end of this year are in'),
});
export type CalendarChange = z.output<typeof changeForm>;

export function changedSpec(spec: CalendarSpec, { days, hours, knownThrough }: CalendarChange): CalendarSpec {
  const named = new Map(days.map((day) => [day.on, day]));
  const kept = spec.exceptions.filter(({ on }) => !named.has(on));
  const set = [...named.values()].flatMap(({ on, slots, why }) => (slots === null ? [] : [{ on, slots, why }]));
  return {
    ...spec,
    patterns: hours === null ? spec.patterns : withHours(spec.patterns, hours),
    exceptions: [...kept, ...set].sort((a, b) => (a.on < b.on ? -1 : 1)),
    ...(knownThrough !== null && { knownThrough: Math.max(knownThrough, spec.knownThrough ?? 0) }),
  };
}

/** The first hours hold for all days before them too: hours set before those begin only on their own day. */
function withHours(patterns: CalendarSpec['patterns'], hours: CalendarSpec['patterns'][number]) {
  const [first, ...others] = patterns;
  const begins = first && first.from > hours.from ? { ...first, from: '1900-01-01' } : first;
  const all = [...(begins ? [begins] : []), ...others].filter(({ from }) => from !== hours.from);
  return [...all, hours].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Days in a row that change alike. */
export interface DaysChanged {
  readonly from: string;
  readonly to: string;
  readonly was: Slots;
  readonly becomes: Slots;
  readonly why: string;
}

export interface Changes {
  readonly days: readonly DaysChanged[];
  readonly hours: {
    readonly from: string;
    readonly was: CalendarSpec['patterns'][number];
    readonly becomes: CalendarSpec['patterns'][number];
  } | null;
  readonly knownThrough: number | null;
}

export function changesOf(before: CalendarSpec, form: CalendarChange): Changes {
  const after = changedSpec(before, form);
  const { hours } = form;
  const was = hours && patternOn(before, hours.from);
  const isSame = hours && was && said({ ...was, from: hours.from }) === said(hours);
  const known = after.knownThrough !== before.knownThrough ? (after.knownThrough ?? null) : null;
  return {
    days: inRows(daysOf(before, after, form)),
    hours: hours && was && !isSame ? { from: hours.from, was, becomes: hours } : null,
    knownThrough: known,
  };
}

/** Only days on which it is really otherwise. */
const daysOf = (before: CalendarSpec, after: CalendarSpec, { days }: CalendarChange): DaysChanged[] =>
  [...new Map(days.map((day) => [day.on, day])).values()]
    .map(({ on, why }) => ({ from: on, to: on, was: hoursOn(before, on), becomes: hoursOn(after, on), why }))
    .filter(({ was, becomes }) => said(was) !== said(becomes))
    .sort((a, b) => (a.from < b.from ? -1 : 1));

function inRows(days: readonly DaysChanged[]): DaysChanged[] {
  const rows: DaysChanged[] = [];
  for (const day of days) {
    const last = rows.at(-1);
    const isNext = last && Temporal.PlainDate.from(last.to).add({ days: 1 }).toString() === day.from;
    const isAlike = last && said([last.was, last.becomes, last.why]) === said([day.was, day.becomes, day.why]);
    if (last && isNext && isAlike) rows[rows.length - 1] = { ...last, to: day.to };
    else rows.push(day);
  }
  return rows;
}

/** The first day that is otherwise; null: nothing changes. */
export function movesFrom({ days, hours, knownThrough }: Changes, before: CalendarSpec, today: string): string | null {
  const tomorrow = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
  const year = `${Math.max(before.knownThrough ?? 0, Number(today.slice(0, 4))) + 1}-01-01`;
  const known = knownThrough === null ? [] : [year > tomorrow ? year : tomorrow];
  const [first] = [...days.map(({ from }) => from), ...(hours ? [hours.from] : []), ...known].sort();
  return first ?? null;
}

/** What was written beside the days that differ between two versions, of those within a stretch of time. */
export function whyBetween(before: CalendarSpec, after: CalendarSpec, from: Date, to: Date): string {
  const dayOf = (at: Date): string =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(after.zone).toPlainDate().toString();
  const [first, last] = [dayOf(from), dayOf(to)];
  const known = new Set(before.exceptions.map(({ on, slots }) => said([on, slots])));
  const fresh = after.exceptions.filter(({ on, slots }) => on >= first && on <= last && !known.has(said([on, slots])));
  return [...new Set(fresh.map(({ why }) => why).filter((why) => why !== ''))].slice(0, 3).join('、');
}

const said = (value: unknown): string => JSON.stringify(value);
