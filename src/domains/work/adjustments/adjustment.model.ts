import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';

/** A wish about an obligation that somebody else decides: more time (延期), a rest (挂账), an excuse (申诉). */
export const kinds = {
  extension: { zh: '延期', en: 'extension' },
  suspension: { zh: '挂账', en: 'suspension' },
  appeal: { zh: '超期申诉', en: 'appeal against lateness' },
} as const satisfies Record<string, Words>;
export type AdjustmentKind = keyof typeof kinds;

export const statuses = {
  none: { zh: '未申请', en: 'not asked for' },
  asked: { zh: '待审批', en: 'asked for' },
  seconded: { zh: '初审同意', en: 'seconded' },
  granted: { zh: '已批准', en: 'granted' },
  refused: { zh: '未批准', en: 'refused' },
} as const satisfies Record<string, Words>;
export type AdjustmentStatus = keyof typeof statuses;

/** The three kinds are flags of the wish, so that one table holds the rules of all three. */
export const flags = { ...kinds } as const;
export type AdjustmentFlag = keyof typeof flags;

export interface AdjustmentFacts extends WorkflowRecord<AdjustmentStatus, AdjustmentFlag> {
  readonly state: 'running' | 'paused' | 'suspended' | 'settled' | 'withdrawn';
  readonly late: boolean;
  readonly exempt: boolean;
  readonly extensionsGranted: number;
  readonly hasLimit: boolean;
  /** The clock is that of whoever decides another wish. */
  readonly isDecision: boolean;
  readonly askedBy: string | null;
  readonly secondedBy: string | null;
  /** Days from now to the end of the rest that is asked for. */
  readonly restDays: number | null;
}

const note = z.string().trim().min(1).max(1000);
export const forms = {
  ask_extension: z.strictObject({ words: note }),
  ask_suspension: z.strictObject({ words: note, until: z.iso.datetime({ offset: true }) }),
  ask_appeal: z.strictObject({ words: note }),
  second: z.strictObject({ words: note.optional() }),
  grant: z.strictObject({ words: note.optional() }),
  refuse: z.strictObject({ words: note }),
} as const;
export type AdjustmentCommand = keyof typeof forms;

const words = z.object({ zh: z.string(), en: z.string() });
const can = z.array(
  z.object({
    command: z.enum(Object.keys(forms) as [AdjustmentCommand]),
    words,
    allowed: z.boolean(),
    reason: words.nullable(),
    lacking: z.boolean(),
  }),
);

const adjustmentView = z.object({
  id: idSchema,
  obligationId: idSchema,
  kind: z.enum(Object.keys(kinds) as [AdjustmentKind]),
  status: z.enum(Object.keys(statuses) as [AdjustmentStatus]),
  until: z.date().nullable(),
  askedAt: z.date(),
  decidedAt: z.date().nullable(),
  can,
});

/** What was asked about the clocks of a case, and what the viewer may ask about which of them. */
export const adjustmentsView = z.object({
  asks: z.array(z.object({ obligationId: idSchema, can })),
  wishes: z.array(adjustmentView),
});

export const adjustmentProblems = defineProblems({
  'adjustment.not_found': {
    status: 404,
    title: { zh: '没有这项申请', en: 'There is no such request' },
    hint: { zh: '请刷新后查看。', en: 'Reload and look again.' },
  },
  'adjustment.not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: { zh: '没有改动任何内容，时限照旧。', en: 'Nothing was changed, the deadline stands.' },
  },
  'adjustment.asked_already': {
    status: 409,
    title: { zh: '已经有一项申请在审批', en: 'A request of this kind is being decided' },
    hint: { zh: '请等审批结果，不用重复申请。', en: 'Wait for the decision; there is no need to ask twice.' },
  },
});
