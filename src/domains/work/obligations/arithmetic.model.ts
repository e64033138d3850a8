import { z } from 'zod';
import { limitSchema } from '../calendars/limit.model.ts';

/**
 * Why a deadline falls where it falls: what happened to the clock, and the stretches of time that were counted.
 * 受理 11-19 16:40 → 8 工作时(08–12、14–18)→ 当日 1 时 20 分 + 次日 6 时 40 分 → 11-20 16:40.
 */
export const arithmeticView = z.object({
  limit: limitSchema.nullable(),
  limitWords: z.object({ zh: z.string(), en: z.string() }).nullable(),
  calendar: z.string(),
  zone: z.string(),
  scale: z.enum(['continuous', 'working']),
  budgetMinutes: z.number().nullable(),
  acts: z.array(z.object({ act: z.string(), at: z.string(), usedMinutes: z.number(), dueAt: z.date().nullable() })),
  /** The stretches from the last start to the deadline, in which the time runs. */
  stretches: z.array(z.object({ from: z.date(), to: z.date(), minutes: z.number() })),
  dueAt: z.date().nullable(),
  provisional: z.boolean(),
});
