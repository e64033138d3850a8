import { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';

/**
 * How long somebody has, and on which clock. Four clocks run in this field: continuous hours (nights and holidays
 * count), working hours, working days and natural days. `minutes` is the continuous clock written finer, for desks
 * that have a quarter of an hour.
 */
export const limitUnits = ['minutes', 'urgent_hours', 'working_hours', 'working_days', 'natural_days'] as const;

export const limitSchema = z.strictObject({
  amount: z.int().min(1).max(3660),
  unit: z.enum(limitUnits),
});

export type LimitUnit = (typeof limitUnits)[number];
export type Limit = z.infer<typeof limitSchema>;

export const minutes = (amount: number): Limit => ({ amount, unit: 'minutes' });
export const urgentHours = (amount: number): Limit => ({ amount, unit: 'urgent_hours' });
export const workingHours = (amount: number): Limit => ({ amount, unit: 'working_hours' });
export const workingDays = (amount: number): Limit => ({ amount, unit: 'working_days' });
export const naturalDays = (amount: number): Limit => ({ amount, unit: 'natural_days' });

/** The name standing first is the one we write; the others are read. */
const spellings: Readonly<Record<LimitUnit, { zh: readonly string[]; en: string }>> = {
  minutes: { zh: ['分钟'], en: 'minutes' },
  urgent_hours: { zh: ['紧急工作时', '小时（连续）'], en: 'continuous hours' },
  working_hours: { zh: ['工作时', '工作小时'], en: 'working hours' },
  working_days: { zh: ['工作日', '个工作日'], en: 'working days' },
  natural_days: { zh: ['自然日', '日历日', '紧急工作日'], en: 'natural days' },
};

export function limitWords(limit: Limit): Words {
  const { zh, en } = spellings[limit.unit];
  return { zh: `${limit.amount} ${zh[0]}`, en: `${limit.amount} ${limit.amount === 1 ? en.replace(/s$/, '') : en}` };
}

/**
 * Reads a limit as people write it in a table: `4工作时`, ` 2 紧急工作时`, `15个工作日`. Anything else is null: a bare
 * 小时 or 天 does not say which clock it means, and a condition or a verb in the cell is not a limit. The caller refuses
 * the row; nothing is ever guessed.
 */
export function readLimit(cell: string): Limit | null {
  const match = /^\s*([0-9０-９]{1,4})([^0-9０-９]+)$/.exec(cell);
  if (!match?.[1] || !match[2]) return null;
  const written = match[2].normalize('NFKC').replace(/\s+/g, '');
  const unit = limitUnits.find((candidate) =>
    spellings[candidate].zh.some((name) => name.normalize('NFKC') === written),
  );
  const limit = limitSchema.safeParse({ amount: Number(match[1].normalize('NFKC')), unit });
  return limit.success ? limit.data : null;
}
