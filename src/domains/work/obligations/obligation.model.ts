import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { type Limit, limitSchema } from '../calendars/limit.model.ts';
import type { Clock } from './clock.model.ts';

/** Whatever waits for somebody (时限责任): who owes what, about which record, since when, until when, on which clock. */
export type OwedByKind = 'person' | 'post' | 'body' | 'reporter';

export interface OwedBy {
  readonly kind: OwedByKind;
  readonly id: string;
}

export interface Obligation extends Clock {
  readonly id: string;
  readonly duty: string;
  readonly recordKind: string;
  readonly recordId: string;
  /** What it is about, where the record is no case: a thing or a place, never a person. */
  readonly title: string | null;
  readonly scopeNo: number;
  readonly confidential: boolean;
  readonly owedByKind: OwedByKind;
  readonly owedBy: string;
  readonly assigneeId: string | null;
  readonly calendarId: string | null;
  readonly calendarVersion: number | null;
  readonly timeLimit: Limit | null;
  readonly openedAt: Date;
}

export const clockView = z.object({
  state: z.enum(['running', 'paused', 'suspended', 'settled', 'withdrawn']),
  dueAt: z.date().nullable(),
  provisional: z.boolean().describe('The deadline reaches days whose holidays are not published yet'),
  late: z.boolean(),
  near: z.boolean(),
  exempt: z.boolean(),
});

export const obligationView = z.object({
  id: idSchema,
  duty: z.string(),
  recordKind: z.string(),
  recordId: idSchema,
  title: z.string().nullable().describe('What it is about, where the record is no case'),
  owedByKind: z.enum(['person', 'post', 'body', 'reporter']),
  owedBy: idSchema,
  owedByName: z.string(),
  assigneeId: idSchema.nullable(),
  assigneeName: z.string().nullable(),
  openedAt: z.date(),
  endedAt: z.date().nullable(),
  timeLimit: limitSchema.nullable(),
  clock: clockView,
});

export const obligationProblems = defineProblems({
  'obligation.not_found': {
    status: 404,
    title: { zh: '没有这项待办', en: 'There is no such duty' },
    hint: {
      zh: '它可能已经办完或者转给了别人，请刷新待办。',
      en: 'It may be done or have gone to somebody else. Reload your list.',
    },
  },
  'obligation.not_open': {
    status: 409,
    title: { zh: '这项待办已经结束', en: 'This duty has ended' },
    hint: { zh: '没有改动任何内容，请刷新后查看。', en: 'Nothing was changed. Reload to see how it stands.' },
  },
});
