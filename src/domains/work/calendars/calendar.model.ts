import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { chineseHolidays, type HolidayBook } from './holidays.model.ts';

export const calendarProblems = defineProblems({
  'calendar.not_found': {
    status: 404,
    title: { zh: '没有这个工作日历', en: 'There is no such calendar' },
    hint: { zh: '请从列表里重新选择。', en: 'Choose again from the list.' },
  },
  'calendar.changed_meanwhile': {
    status: 409,
    title: { zh: '刚才有人改过这个日历', en: 'Somebody has just changed this calendar' },
    hint: {
      zh: '您的改动没有保存。请看过现在的一版再改。',
      en: 'Your change was not kept. Look at the version that holds now and change that.',
    },
  },
  'calendar.day_too_early': {
    status: 422,
    title: { zh: '{day} 不能再改', en: '{day} can no longer be changed' },
    hint: {
      zh: '没有改动任何内容。只能改 {earliest} 起的日子：已经过去的时间不重算。',
      en: 'Nothing was changed. Only days from {earliest} on can be changed: time that has passed is not counted anew.',
    },
  },
  'calendar.nothing_changed': {
    status: 422,
    title: { zh: '和现在的日历一样', en: 'This is the same as the calendar' },
    hint: { zh: '没有可以施行的改动。', en: 'There is nothing to put in force.' },
  },
});

/**
 * When a body works. All deadlines that count working time are computed here: a calendar is unrolled, year by year,
 * into a line of intervals with running totals, and both questions (when are n working milliseconds over, how many lie
 * between two instants) are a binary search on it.
 */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM');
const slot = z.tuple([time, time]).refine(([from, to]) => from < to, 'a slot ends after it begins');
export const slotsSchema = z
  .array(slot)
  .max(6)
  .refine(
    (list) => list.every((s, i) => i === 0 || (list[i - 1]?.[1] ?? '') <= s[0]),
    'slots in order, without overlap',
  );

export const patternSchema = z.strictObject({
  from: daySchema,
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  slots: slotsSchema.min(1),
});

export const calendarSchema = z
  .strictObject({
    name: z.string().min(1).max(60),
    zone: z.string().refine(isZone, 'an IANA time zone'),
    /** `cn`: public holidays and make-up days of the State Council; `none`: every week is like the other. */
    holidays: z.enum(['cn', 'none']),
    /** Working hours from a day on (summer and winter hours are two patterns); the first covers all days before it. */
    patterns: z.array(patternSchema).min(1),
    /** Single days on which it is otherwise; no slots: closed. */
    exceptions: z
      .array(z.strictObject({ on: daySchema, slots: slotsSchema, why: z.string().max(100) }))
      .refine((list) => new Set(list.map(({ on }) => on)).size === list.length, 'one exception a day')
      .default([]),
    /** All days off and make-up days up to the end of this year stand among the exceptions, or are published. */
    knownThrough: z.int().min(2000).max(2100).optional(),
  })
  .refine(
    (spec) => spec.patterns.every((p, i) => i === 0 || (spec.patterns[i - 1]?.from ?? '') < p.from),
    'patterns in order of their days',
  );

export type CalendarSpec = z.infer<typeof calendarSchema>;
export type Slots = CalendarSpec['exceptions'][number]['slots'];

/** Last year whose days off are known to every calendar that keeps them: announced, or written down by somebody here. */
export function holidaysThrough(specs: readonly CalendarSpec[], book: HolidayBook = chineseHolidays): number {
  const kept = specs.filter(({ holidays }) => holidays === 'cn');
  const years = kept.map(({ knownThrough = 0 }) => Math.max(book.publishedThrough, knownThrough));
  return years.length === 0 ? book.publishedThrough : Math.min(...years);
}

export interface Interval {
  readonly from: Date;
  readonly to: Date;
}

export interface WorkingTime {
  /** The instant at which `ms` of working time after `from` are over; `provisional` when it reaches an unpublished year. */
  add(from: Date, ms: number): { readonly at: Date; readonly provisional: boolean };
  /** Working milliseconds from `from` to `to`; 0 when `to` is not later. */
  between(from: Date, to: Date): number;
  /** Working milliseconds of one ordinary working day, by the hours in force at `at`. */
  dayMs(at: Date): number;
  /** The same local clock time `days` natural days later. */
  addNaturalDays(from: Date, days: number): Date;
  /** Working intervals that overlap `from`–`to`, cut to it; for showing the arithmetic. */
  intervals(from: Date, to: Date): Interval[];
}

/** Nothing falls due later than this many years after its start. */
const FARTHEST_YEARS = 30;

interface Line {
  readonly starts: number[];
  readonly ends: number[];
  /** Working milliseconds before the interval of the same index. */
  readonly totals: number[];
}

export function workingTime(spec: CalendarSpec, book: HolidayBook = chineseHolidays): WorkingTime {
  const years = new Map<number, Line>();
  const yearLine = (year: number): Line => {
    const known = years.get(year) ?? unroll(spec, book, year);
    years.set(year, known);
    return known;
  };
  const yearStarts = new Map<number, number>();
  const startOf = (year: number): number => {
    const known = yearStarts.get(year) ?? startOfYear(year, spec.zone);
    yearStarts.set(year, known);
    return known;
  };
  /** That of Greenwich or one beside it: what a zone is apart is never a year. */
  const yearOf = (at: number): number => {
    const year = new Date(at).getUTCFullYear();
    if (at < startOf(year)) return year - 1;
    return at < startOf(year + 1) ? year : year + 1;
  };

  const add = (from: Date, ms: number): { at: Date; provisional: boolean } => {
    let left = ms;
    let at = from.getTime();
    const first = yearOf(at);
    for (let year = first; year <= first + FARTHEST_YEARS; year += 1) {
      const line = yearLine(year);
      const rest = workAfter(line, at);
      if (left <= rest)
        return {
          at: new Date(instantOf(line, at, left)),
          provisional: spec.holidays === 'cn' && year > Math.max(book.publishedThrough, spec.knownThrough ?? 0),
        };
      left -= rest;
      at = Math.max(at, startOf(year + 1));
    }
    throw new RangeError(`no ${ms} working milliseconds within ${FARTHEST_YEARS} years in calendar ${spec.name}`);
  };

  const between = (from: Date, to: Date): number => {
    if (to <= from) return 0;
    let sum = 0;
    for (let year = yearOf(from.getTime()); year <= yearOf(to.getTime()); year += 1) {
      const line = yearLine(year);
      sum += workAfter(line, from.getTime()) - workAfter(line, to.getTime());
    }
    return sum;
  };

  const intervals = (from: Date, to: Date): Interval[] => {
    const found: Interval[] = [];
    if (to <= from) return found;
    for (let year = yearOf(from.getTime()); year <= yearOf(to.getTime()); year += 1) {
      const { starts, ends } = yearLine(year);
      for (
        let i = firstEndingAfter(ends, from.getTime());
        i < starts.length && (starts[i] ?? 0) < to.getTime();
        i += 1
      ) {
        found.push({
          from: new Date(Math.max(starts[i] ?? 0, from.getTime())),
          to: new Date(Math.min(ends[i] ?? 0, to.getTime())),
        });
      }
    }
    return found;
  };

  return {
    add,
    between,
    intervals,
    dayMs: (at) => lengthOf(patternOn(spec, local(at, spec.zone).toPlainDate().toString()).slots),
    addNaturalDays: (from, days) => new Date(local(from, spec.zone).add({ days }).epochMilliseconds),
  };
}

function unroll(spec: CalendarSpec, book: HolidayBook, year: number): Line {
  const line: Line = { starts: [], ends: [], totals: [] };
  const exceptions = new Map(spec.exceptions.map((exception) => [exception.on, exception.slots]));
  let total = 0;
  for (let day = Temporal.PlainDate.from({ year, month: 1, day: 1 }); day.year === year; day = day.add({ days: 1 })) {
    for (const [from, to] of exceptions.get(day.toString()) ?? slotsOn(spec, book, day)) {
      const start = Math.max(instant(day, from, spec.zone), line.ends.at(-1) ?? Number.NEGATIVE_INFINITY);
      const end = instant(day, to, spec.zone);
      if (end <= start) continue;
      line.starts.push(start);
      line.ends.push(end);
      line.totals.push(total);
      total += end - start;
    }
  }
  return line;
}

/** The hours of one day, with all that is known of it. */
export const hoursOn = (spec: CalendarSpec, on: string, book: HolidayBook = chineseHolidays): Slots =>
  spec.exceptions.find((exception) => exception.on === on)?.slots ?? slotsOn(spec, book, Temporal.PlainDate.from(on));

function slotsOn(spec: CalendarSpec, book: HolidayBook, day: Temporal.PlainDate): Slots {
  const on = day.toString();
  const pattern = patternOn(spec, on);
  if (spec.holidays === 'cn') {
    if (book.isHoliday(on)) return [];
    if (book.isMakeUpDay(on)) return pattern.slots;
  }
  return pattern.weekdays.includes(day.dayOfWeek) ? pattern.slots : [];
}

export function patternOn(spec: CalendarSpec, on: string): CalendarSpec['patterns'][number] {
  const pattern = spec.patterns.findLast((candidate) => candidate.from <= on) ?? spec.patterns[0];
  if (!pattern) throw new RangeError(`calendar ${spec.name} has no hours`);
  return pattern;
}

/** Working milliseconds of the line that lie after the instant. */
function workAfter({ starts, ends, totals }: Line, at: number): number {
  const last = ends.length - 1;
  if (last < 0) return 0;
  const whole = (totals[last] ?? 0) + (ends[last] ?? 0) - (starts[last] ?? 0);
  const i = firstEndingAfter(ends, at);
  if (i > last) return 0;
  return whole - (totals[i] ?? 0) - Math.max(0, at - (starts[i] ?? 0));
}

/** The instant at which `ms` working milliseconds after `at` are over; the line must hold that many. */
function instantOf({ starts, ends, totals }: Line, at: number, ms: number): number {
  const first = firstEndingAfter(ends, at);
  if (ms === 0) return at;
  const target = (totals[first] ?? 0) + Math.max(0, at - (starts[first] ?? 0)) + ms;
  let low = first;
  let high = totals.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((totals[middle] ?? 0) < target) low = middle;
    else high = middle - 1;
  }
  return (starts[low] ?? 0) + target - (totals[low] ?? 0);
}

function firstEndingAfter(ends: readonly number[], at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

const lengthOf = (list: Slots): number =>
  list.reduce((sum, [from, to]) => sum + minutesOf(to) - minutesOf(from), 0) * 60_000;
const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function instant(day: Temporal.PlainDate, text: string, zone: string): number {
  if (text === '24:00') return instant(day.add({ days: 1 }), '00:00', zone);
  return day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(text) }).epochMilliseconds;
}

const startOfYear = (year: number, zone: string): number =>
  instant(Temporal.PlainDate.from({ year, month: 1, day: 1 }), '00:00', zone);

const local = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

const weekdays = [...'一二三四五六日'].map((zh, i) => ({ zh, en: 'Mon Tue Wed Thu Fri Sat Sun'.split(' ')[i] }));

/** For a text that is kept and read on another day: 11-20(周五)16:40, never “今天”. */
export function dayAndTimeWords(at: Date, zone: string): Words {
  const there = local(at, zone);
  const day = there.toPlainDate().toString().slice(5);
  const time = there.toPlainTime().toString({ smallestUnit: 'minute' });
  const weekday = weekdays[there.dayOfWeek - 1];
  return { zh: `${day}(周${weekday?.zh})${time}`, en: `${weekday?.en} ${day} ${time}` };
}

function isZone(zone: string): boolean {
  try {
    local(new Date(0), zone);
    return true;
  } catch {
    return false;
  }
}

/** The two calendars every deployment starts with. */
export const officeHours: CalendarSpec = {
  name: '机关工作时间',
  zone: 'Asia/Shanghai',
  holidays: 'cn',
  patterns: [
    {
      from: '2000-01-01',
      weekdays: [1, 2, 3, 4, 5],
      slots: [
        ['08:00', '12:00'],
        ['14:00', '18:00'],
      ],
    },
  ],
  exceptions: [],
};

export const roundTheClock: CalendarSpec = {
  name: '全天值守',
  zone: 'Asia/Shanghai',
  holidays: 'none',
  patterns: [{ from: '2000-01-01', weekdays: [1, 2, 3, 4, 5, 6, 7], slots: [['00:00', '24:00']] }],
  exceptions: [],
};
