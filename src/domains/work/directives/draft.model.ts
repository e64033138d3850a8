import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';

/** A notice that is still being cut: what was typed of it, for whoever typed it, until it is sent or thrown away. */
export const MOST_DRAFTS = 30;
const MOST_FIELDS = 1500;
const MOST_TYPED = 400_000;

const typed = z
  .record(z.string().max(40), z.string().max(40_000))
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, 'too many fields for a draft')
  .refine((fields) => JSON.stringify(fields).length <= MOST_TYPED, 'too long for a draft')
  .describe('The fields of the form as they stand, unfinished ones too');

export const draftForm = z.strictObject({
  title: z.string().trim().max(120).default(''),
  typed,
  draftId: idSchema.optional().describe('Of one that is kept already'),
  version: z.number().int().min(1).optional().describe('What this one started from'),
});

export const draftView = z.object({
  id: idSchema,
  title: z.string(),
  version: z.number(),
  savedAt: z.date(),
});
export const draftDetail = draftView.extend({ typed: z.record(z.string(), z.string()) });

export const draftProblems = defineProblems({
  'directive_draft.not_found': {
    status: 404,
    title: { zh: '没有这份草稿', en: 'There is no such draft' },
    hint: {
      zh: '可能已经下达，或在别处扔掉了。请回到任务分解看一看。',
      en: 'It was sent or thrown away meanwhile. Look among the notices.',
    },
  },
  'directive_draft.changed': {
    status: 409,
    title: { zh: '这份草稿在别处又存过', en: 'This draft was saved elsewhere meanwhile' },
    hint: {
      zh: '没有覆盖它，您写的还在页面上。要留下这一份，请存成另一份草稿。',
      en: 'It was not overwritten; what you typed stays on the page. Keep yours as another draft.',
    },
  },
  'directive_draft.too_many': {
    status: 409,
    title: { zh: '最多存 {most} 份草稿', en: 'At most {most} drafts are kept' },
    hint: { zh: '没有保存。请先扔掉不要的草稿。', en: 'Nothing was saved. Throw away what is not needed.' },
  },
});
