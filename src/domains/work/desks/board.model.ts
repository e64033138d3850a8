import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import type { CasefileCommand } from '../casefiles/casefile.model.ts';
import { casefileLine } from '../casefiles/page.model.ts';
import { clockView } from '../obligations/obligation.model.ts';

/** The board of whoever gives work out: what waits, by why it waits. A case may stand in several of these. */
export const boardGroups = {
  waiting: { zh: '待派遣', en: 'To dispatch' },
  unaccepted: { zh: '派出未签收', en: 'Not taken yet' },
  near: { zh: '临期', en: 'Near the limit' },
  late: { zh: '超期', en: 'Late' },
  returned: { zh: '退回', en: 'Sent back' },
  suspended: { zh: '挂账', en: 'Suspended' },
  merged: { zh: '已并案', en: 'Merged' },
} as const satisfies Record<string, Words>;
export type BoardGroup = keyof typeof boardGroups;
export const boardGroupNames = Object.keys(boardGroups) as [BoardGroup, ...BoardGroup[]];

const words = z.object({ zh: z.string(), en: z.string() });
const filters = { areaId: idSchema.optional(), bodyId: idSchema.optional() };

export const countsQuery = z.strictObject(filters);
export const countsView = z.object({
  counts: z.record(z.enum(boardGroupNames), z.number().int()),
  at: z.date(),
});

export const MOST_LISTED = 100;
export const listQuery = z.strictObject({ ...filters, group: z.enum(boardGroupNames) });
export const boardLine = casefileLine.extend({
  round: z.number().int(),
  bodyName: z.string().nullable(),
  dutyWords: words.nullable().describe('What waits first; null: nothing has a clock'),
  owedBy: z.string().nullable(),
  clock: clockView.nullable(),
  into: z.object({ id: idSchema, number: z.string() }).nullable().describe('Where it was merged into'),
});
export const listView = z.object({
  lines: z.array(boardLine),
  more: z.boolean().describe('There are others: a filter shows them'),
});

/** What may be done with several cases at once; each is a command of its own all the same. */
export const batchCommands = [
  'dispatch',
  'urge',
  'send_to_registrar',
  'supervise',
  'merge',
  'unmerge',
] as const satisfies readonly CasefileCommand[];
export type BatchCommand = (typeof batchCommands)[number];

export const MOST_AT_ONCE = 100;
export const previewForm = z.strictObject({
  command: z.enum(batchCommands),
  ids: z.array(idSchema).min(1).max(MOST_AT_ONCE),
  bodyId: idSchema.optional().describe('For dispatching'),
  intoId: idSchema.optional().describe('The case that stays, for merging'),
});
export type PreviewForm = z.output<typeof previewForm>;

export const previewVerdict = z.object({
  id: idSchema,
  number: z.string(),
  title: words,
  allowed: z.boolean(),
  reason: words.nullable(),
  reporters: z.number().int().describe('How many would hear of it'),
  told: words.nullable().describe('What they would read'),
  limit: words.nullable().describe('For dispatching: what time the body gets'),
  doubt: words.nullable().describe('Possible, but the rules say something else'),
});
export const previewView = z.object({
  verdicts: z.array(previewVerdict),
  gone: z.number().int().describe('Of those named, how many are gone or not to be read: no more is said of them'),
});
