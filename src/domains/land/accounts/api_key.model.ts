import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** What the holder of a key may do, in words. */
export const scopes = {
  report: { zh: '登记来报：替热线、小程序等上报事情', en: 'report: hand in what people said elsewhere' },
  open311: { zh: 'Open311：上报、补充、查公开清单', en: 'Open311: report, add to it, read the public list' },
} as const satisfies Record<string, Words>;
export type Scope = keyof typeof scopes;

/** A lost answer is given again as long as somebody may still sit before the page. */
export const SHOWN_MS = 10 * 60_000;

export const apiKeyForm = z.strictObject({
  name: z.string().trim().min(1).max(60).describe('Whose it is'),
  scopes: z.array(z.enum(Object.keys(scopes) as [Scope, ...Scope[]])).min(1),
});

export const apiKeyView = z.object({
  id: idSchema,
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});

export const apiKeyProblems = defineProblems({
  'apikey.not_found': {
    status: 404,
    title: { zh: '没有这个接口密钥', en: 'There is no such API key' },
    hint: { zh: '请从清单里选择。没有改动任何内容。', en: 'Choose one from the list. Nothing was changed.' },
  },
});
