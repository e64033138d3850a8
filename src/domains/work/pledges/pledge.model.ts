import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';
import { staffRoles } from '../../land/staff/staff.model.ts';
import { directiveIssuers } from '../directives/item.model.ts';

/** A pledge (承诺书): articles that many sign, and of which somebody else says later, one by one, whether they were kept. */
export const statuses = {
  asked: { zh: '还没签', en: 'not signed' },
  signed: { zh: '已签', en: 'signed' },
  redeemed: { zh: '已评定', en: 'looked at later' },
} as const satisfies Record<string, Words>;
export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as [Status, ...Status[]];

export interface Facts extends WorkflowRecord<Status, never> {
  readonly signedBy: string | null;
  readonly signer: string;
  /** The post that said what was kept. */
  readonly redeemedPost: string | null;
}

export const pledgeIssuers = directiveIssuers;
/** Whoever works here may be asked to sign. */
export const pledgeSigners = staffRoles;

const MOST_ARTICLES = 40;
const MOST_SIGNERS = 300;

const words = (most: number) => z.string().trim().min(2).max(most);
export const signerKey = z.strictObject({ kind: z.enum(['body', 'post', 'person']), id: idSchema });
export type SignerKey = z.infer<typeof signerKey>;

export const openForm = z.strictObject({
  title: words(120),
  articles: z.array(words(400)).min(1).max(MOST_ARTICLES),
  areaId: idSchema,
  signBy: daySchema.nullable().default(null),
  dueOn: daySchema.nullable().default(null).describe('Until when it holds: what was kept is said after that day'),
  signers: z.array(signerKey).min(1).max(MOST_SIGNERS),
});
export const findForm = z.strictObject({ names: z.array(z.string().trim().min(1).max(60)).min(1).max(MOST_SIGNERS) });

const kept = z.array(z.boolean()).min(1).max(MOST_ARTICLES).describe('Article by article, none left out');
export const forms = {
  sign: z.strictObject({ name: words(60).describe('Typed by whoever signs: their own name') }),
  sign_on_paper: z.strictObject({ signedOn: daySchema.describe('The day on the paper') }),
  redeem: z.strictObject({
    kept,
    early: z.boolean().default(false).describe('Before the day until which it holds'),
    words: z.string().trim().max(2000).optional().describe('Wanted where something was not kept, or it is early'),
  }),
  correct: z.strictObject({ kept, words: words(2000).describe('Why what was said before is wrong') }),
} as const;
export type SignatureCommand = keyof typeof forms;
export type FormOf<C extends SignatureCommand> = z.infer<(typeof forms)[C]>;

const both = z.object({ zh: z.string(), en: z.string() });
const signer = z.object({ kind: z.enum(['body', 'post', 'person']), id: idSchema, name: z.string() });

export const foundView = z.array(
  z.object({
    written: z.string(),
    signer: signer.nullable(),
    among: z.array(z.string()).describe('Several of that name: who they are'),
  }),
);

const counts = z.object({ signers: z.number(), asked: z.number(), signed: z.number(), redeemed: z.number() });
export type Counts = z.output<typeof counts>;

export const pledgeView = z.object({
  id: idSchema,
  title: z.string(),
  area: z.string(),
  signBy: z.string().nullable(),
  dueOn: z.string().nullable().describe('Until when it holds'),
  openedAt: z.date(),
  openedBy: z.string(),
  articles: z.array(z.string()),
  counts: counts.describe('Of the signatures that the viewer reads'),
});

export const signatureLine = z.object({
  id: idSchema,
  signer,
  status: z.enum(statusNames),
  signedBy: z.string().nullable().describe('Who signed, or wrote down that a paper was signed'),
  paperOn: z.string().nullable(),
  signedAt: z.date().nullable(),
  kept: z.array(z.boolean()).nullable(),
  redeemedBy: z.string().nullable(),
  redeemedAt: z.date().nullable(),
});

export const signatureView = signatureLine.extend({
  pledge: z.object({
    ...{ id: idSchema, title: z.string(), articles: z.array(z.string()) },
    ...{ signBy: z.string().nullable(), dueOn: z.string().nullable() },
  }),
  assessments: z
    .array(z.object({ at: z.date(), by: z.string(), kept: z.array(z.boolean()), words: z.string().nullable() }))
    .describe('What was said of it, the first one first; what was corrected stays'),
  can: z.array(
    z.object({
      command: z.enum(Object.keys(forms) as [SignatureCommand]),
      words: both,
      allowed: z.boolean(),
      reason: both.nullable(),
      lacking: z.boolean(),
    }),
  ),
});

export const pledgeProblems = defineProblems({
  'pledge.not_found': {
    status: 404,
    title: { zh: '没有这份承诺书', en: 'There is no such pledge' },
    hint: { zh: '请回到承诺书的清单。', en: 'Go back to the list of pledges.' },
  },
  'pledge.wrong': {
    status: 422,
    title: { zh: '承诺书还不能发出', en: 'The pledge cannot be sent yet' },
    hint: { zh: '没有保存。按旁边的原因改好，再发出。', en: 'Nothing was saved. Mend what is marked and send again.' },
  },
  'pledge_signature.not_found': {
    status: 404,
    title: { zh: '没有这份签名', en: 'There is no such signature' },
    hint: { zh: '请回到承诺书的清单。', en: 'Go back to the list of pledges.' },
  },
  'pledge_signature.not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'pledge_signature.other_name': {
    status: 422,
    title: { zh: '签名和您的姓名不一样', en: 'This is not your name' },
    hint: { zh: '没有签。请写您账号上的姓名。', en: 'Nothing was signed. Type the name of your account.' },
  },
  'pledge_signature.paper_to_come': {
    status: 422,
    title: { zh: '纸上的日期还没到', en: 'The day on the paper is still to come' },
    hint: { zh: '没有登记。请核对日期。', en: 'Nothing was written down. Check the day.' },
  },
  'pledge_signature.not_due': {
    status: 422,
    title: { zh: '承诺到 {day} 才到期，现在还不评', en: 'It holds until {day}: too early to say' },
    hint: {
      zh: '没有保存。到那天以后再评；一定要提前，勾“提前评”并写明为什么。',
      en: 'Nothing was saved. Wait for the day, or tick that it is early and say why.',
    },
  },
  'pledge_signature.same_as_before': {
    status: 422,
    title: { zh: '和原来评的一样，没有要更正的', en: 'It is what was said before' },
    hint: { zh: '没有保存。请改要更正的那几条。', en: 'Nothing was saved. Change what is wrong.' },
  },
  'pledge_signature.wrong_articles': {
    status: 422,
    title: { zh: '每一条都要评，没做到的要写明', en: 'Say of each article, and why where not kept' },
    hint: { zh: '没有保存。请逐条评定后再提交。', en: 'Nothing was saved. Go through all articles.' },
  },
});
