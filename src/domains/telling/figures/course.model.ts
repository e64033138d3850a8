import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { figureQuery } from './figure.model.ts';

/** How figures went over a period: cut into steps that are read as fast as they are drawn, and the period before it. */
const words = z.object({ zh: z.string(), en: z.string() });

export const courseQuery = figureQuery.omit({ by: true }).extend({
  figure: z.string().max(40).optional().describe('Only this one; default: all that are counted over a period'),
});
export type CourseQuery = z.output<typeof courseQuery>;

const stepView = z.object({
  from: z.string(),
  to: z.string().describe('Last day, included'),
  figures: z.array(
    z.object({
      id: z.string(),
      numerator: z.number().nullable(),
      denominator: z.number().nullable(),
      value: z.number().nullable(),
      noData: words.nullable(),
    }),
  ),
});

export const courseView = z.object({
  step: z.enum(['day', 'week', 'month', 'year']),
  steps: z.array(stepView).describe('What has begun of the period, in order; none overlap, nothing lies between'),
  before: stepView.describe('As long as the period, just before it'),
});
export type CourseView = z.input<typeof courseView>;

export interface Days {
  readonly from: string;
  readonly to: string;
}
type Step = CourseView['step'];

/** The longest period, in days, that is told in such steps: never more of them than can be told apart on a phone. */
const longest: readonly (readonly [Step, number])[] = [
  ['day', 31],
  ['week', 182],
  ['month', 1100],
];

/** Weeks begin on Monday; the first and the last step may be a part of one. */
export function stepsOf(from: string, to: string): { step: Step; steps: Days[] } {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const days = first.until(last).days + 1;
  const step = longest.find(([, most]) => days <= most)?.[0] ?? 'year';
  const steps: Days[] = [];
  for (let at = first; Temporal.PlainDate.compare(at, last) <= 0; ) {
    const end = endOf(at, step);
    const to = Temporal.PlainDate.compare(end, last) < 0 ? end : last;
    steps.push({ from: at.toString(), to: to.toString() });
    at = to.add({ days: 1 });
  }
  return { step, steps };
}

function endOf(day: Temporal.PlainDate, step: Step): Temporal.PlainDate {
  if (step === 'day') return day;
  if (step === 'week') return day.add({ days: 7 - day.dayOfWeek });
  if (step === 'month') return day.with({ day: day.daysInMonth });
  return day.with({ month: 12, day: 31 });
}

/** A month is set against the month before, up to the same day; a year against the year before; else as many days. */
export function periodBefore(from: string, to: string): Days {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const back = backFrom(first, last);
  const start = first.subtract(back);
  const isWhole = back.days === undefined && last.day === last.daysInMonth;
  const end = last.subtract(back);
  return { from: start.toString(), to: (isWhole ? end.with({ day: end.daysInMonth }) : end).toString() };
}

function backFrom(first: Temporal.PlainDate, last: Temporal.PlainDate): { days?: number; months?: number } {
  if (first.day === 1 && first.year === last.year && first.month === last.month) return { months: 1 };
  if (first.day === 1 && first.month === 1 && first.year === last.year) return { months: 12 };
  return { days: first.until(last).days + 1 };
}
