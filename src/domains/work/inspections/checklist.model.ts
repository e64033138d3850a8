import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { limitSchema } from '../calendars/limit.model.ts';
import { gradeNames, sectorNames } from './sector.model.ts';

/** What is looked at in one kind of place, line by line. A version that is published is never changed. */
const itemForm = z.strictObject({
  code: z.string().max(12),
  text: z.string().trim().min(2).max(60).describe('What is looked at'),
  counts: z.string().trim().max(200).describe('What counts as a hazard'),
  grade: z.enum(gradeNames),
  limit: limitSchema.nullable().describe('How long one usually has to put it right'),
  basis: z.string().trim().max(120).describe('Law or rule'),
});
export type Item = z.output<typeof itemForm>;

export const checklistForm = z.strictObject({
  id: idSchema.optional().describe('Of the list of which this is the next version; left out: a new list'),
  sector: z.enum(sectorNames),
  title: z.string().trim().min(2).max(60),
  items: z.array(itemForm).min(1).max(80),
});
export type ChecklistForm = z.output<typeof checklistForm>;

export const checklistView = z.object({
  id: idSchema,
  version: z.number(),
  sector: z.enum(sectorNames),
  title: z.string(),
  items: z.array(itemForm),
  publishedAt: z.date(),
});

export const checklistProblems = defineProblems({
  'checklist.not_found': {
    status: 404,
    title: { zh: '没有这张检查表', en: 'There is no such checklist' },
    hint: { zh: '没有保存。请从清单里重新选。', en: 'Nothing was saved. Choose again from the list.' },
  },
  'checklist.unread': {
    status: 422,
    title: { zh: '第 {line} 行的“{part}”读不懂', en: 'Line {line}: “{part}” cannot be read' },
    hint: {
      zh: '没有保存。时限要写明是哪种时间，如 3自然日、5工作日、24紧急工作时。',
      en: 'Nothing was saved. Say which clock, as shown above the field: natural days, working days or urgent hours.',
    },
  },
  'checklist.item_twice': {
    status: 422,
    title: { zh: '检查表里有两条一样的', en: 'Two lines of the list are the same' },
    hint: { zh: '没有保存。去掉一条再提交。', en: 'Nothing was saved. Leave one out and submit again.' },
  },
});
