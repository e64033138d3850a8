import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';
import { ledgerKeepers } from '../../land/registry/ledger.model.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import { clockView } from '../../work/obligations/obligation.model.ts';

/**
 * Somebody asks to see, to have a copy of, to have put right or deleted what is kept about them (《个人信息保护法》第44–50条). The
 * request is written down at the desk, answered within a limit, and closed only when the person was told.
 */
export const wishes = {
  see: { zh: '查阅', en: 'see it' },
  copy: { zh: '复制', en: 'have a copy' },
  correct: { zh: '更正、补充', en: 'have it put right' },
  delete: { zh: '删除', en: 'have it deleted' },
} as const satisfies Record<string, Words>;
export type Wish = keyof typeof wishes;
const wishNames = Object.keys(wishes) as [Wish, ...Wish[]];

export const askers = {
  self: { zh: '本人', en: 'the person' },
  guardian: { zh: '监护人', en: 'a guardian' },
  agent: { zh: '受委托的人', en: 'somebody entrusted by them' },
} as const satisfies Record<string, Words>;
const askerNames = Object.keys(askers) as ['self', 'guardian', 'agent'];

/** What was looked at to know who it is. Its number is written nowhere. */
export const documents = {
  id_card: { zh: '居民身份证', en: 'identity card' },
  household_book: { zh: '户口簿', en: 'household register' },
  passport: { zh: '护照、通行证', en: 'passport or travel permit' },
  guardianship: { zh: '监护证明', en: 'proof of guardianship' },
  mandate: { zh: '授权委托书', en: 'power of attorney' },
  other: { zh: '其他证件', en: 'another document' },
} as const satisfies Record<string, Words>;
const documentNames = Object.keys(documents) as [keyof typeof documents, ...(keyof typeof documents)[]];

export const statuses = {
  open: { zh: '待办理', en: 'to be dealt with' },
  confirming: { zh: '待另一人确认', en: 'to be confirmed by another' },
  done: { zh: '已办理，待告知', en: 'done, not told yet' },
  answered: { zh: '已答复', en: 'answered' },
  refused: { zh: '已拒绝并告知', en: 'refused and told' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<string, Words>;
export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as [Status, ...Status[]];

/** 第47条、第50条: a refusal says why. */
export const reasons = {
  unproven: { zh: '身份或授权没有证实', en: 'who asks, or for whom, is not proven' },
  law: { zh: '法律、行政法规规定的保存期限没有到', en: 'a law says how long it is kept' },
  duty: { zh: '履行法定职责还需要（有没办完的事项）', en: 'a duty by law still needs it' },
  others: { zh: '涉及其他人的信息', en: 'it tells of others' },
  right: { zh: '核对过，登记的没有错', en: 'it was looked into and is right' },
  unknown: { zh: '没有保存这个人的信息', en: 'nothing is kept about them' },
} as const satisfies Record<string, Words>;
export type Reason = keyof typeof reasons;
const reasonNames = Object.keys(reasons) as [Reason, ...Reason[]];

export const tellings = {
  in_person: { zh: '当面', en: 'in person' },
  phone: { zh: '电话', en: 'by telephone' },
  letter: { zh: '书面送达', en: 'in writing' },
} as const satisfies Record<string, Words>;
const tellingNames = Object.keys(tellings) as ['in_person', 'phone', 'letter'];

/** Whoever keeps the ledgers answers; the leader sees what is waiting. */
export const requestDesk: readonly Role[] = ledgerKeepers;
export const requestReaders: readonly Role[] = [...ledgerKeepers, 'leader'];

export interface Facts extends WorkflowRecord<Status, never> {
  readonly wanted: Wish;
  readonly hasRecord: boolean;
  readonly wasShown: boolean;
  readonly proposedBy: string | null;
}

const said = (most: number) => z.string().trim().min(2).max(most);
const maybeSaid = z.string().trim().max(1000).optional();
const toldBy = z.enum(tellingNames).describe('How the person was told');

export const writeForm = z.strictObject({
  wanted: z.enum(wishNames),
  recordId: idSchema.nullable().default(null).describe('The record of a ledger, found by the whole number'),
  areaId: idSchema.nullable().default(null).describe('Where nothing was found: which community took it'),
  name: said(60).describe('Whose information it is'),
  askedBy: z.enum(askerNames).default('self'),
  asker: z.string().trim().max(60).optional().describe('Who came, where it is not the person'),
  document: z.enum(documentNames).describe('What was looked at; its number is not kept'),
  words: said(1000).describe('What they ask for, in their words'),
  contact: z.string().trim().max(100).optional().describe('Where the answer goes'),
});

export const forms = {
  name_record: z.strictObject({ recordId: idSchema }),
  show: z.strictObject({}),
  hand_over: z.strictObject({ told: toldBy, words: maybeSaid }),
  corrected: z.strictObject({ words: maybeSaid }),
  propose: z.strictObject({ words: maybeSaid }),
  confirm: z.strictObject({}),
  send_back: z.strictObject({ words: said(1000) }),
  answer: z.strictObject({ told: toldBy, words: said(1000) }),
  nothing_kept: z.strictObject({ told: toldBy, words: maybeSaid }),
  refuse: z.strictObject({ reason: z.enum(reasonNames), told: toldBy, words: said(1000) }),
  withdraw: z.strictObject({ words: said(1000) }),
} as const;
export type RequestCommand = keyof typeof forms;
export type FormOf<C extends RequestCommand> = z.output<(typeof forms)[C]>;

export const parts = ['waiting', 'late', 'confirming', 'closed', 'all'] as const;
export type Part = (typeof parts)[number];
export const listQuery = z.strictObject({
  part: z.enum(parts).default('waiting'),
  after: idSchema.optional().describe('The last line of the page before'),
  most: z.coerce.number().int().min(1).max(200).default(50),
});

const both = z.object({ zh: z.string(), en: z.string() });

export const requestLine = z.object({
  id: idSchema,
  wanted: z.enum(wishNames),
  status: z.enum(statusNames),
  name: z.string().nullable().describe('Null: not kept any more'),
  area: z.string(),
  writtenAt: z.date(),
  owner: z.string().describe('Whose turn it is; empty when it is closed'),
  clock: clockView.nullable().describe('Until when it must be answered'),
});

const countsView = z.object({
  waiting: z.number(),
  late: z.number(),
  confirming: z.number(),
  closed: z.number(),
  all: z.number(),
});
export type Counts = z.output<typeof countsView>;

export const listView = z.object({ counts: countsView, rows: z.array(requestLine), next: idSchema.nullable() });

const erasureView = z.object({
  goes: z.array(both),
  stays: z.array(both.extend({ why: both })),
});

export const requestView = requestLine.extend({
  askedBy: z.enum(askerNames),
  asker: z.string().nullable(),
  document: z.enum(documentNames).nullable(),
  words: z.string().nullable(),
  contact: z.string().nullable(),
  writtenBy: z.string(),
  limit: z.object({ words: both, unsure: z.boolean() }),
  reason: both.nullable(),
  closedAt: z.date().nullable(),
  record: z
    .object({ id: idSchema, name: z.string(), area: z.string() })
    .nullable()
    .describe('Null: none was named, it is not the viewer’s to read, or it is erased'),
  isErased: z.boolean().describe('A record was named, and nothing of it is left'),
  erasure: erasureView.nullable().describe('Of a deletion: what would go, and what stays and why'),
  corrections: z.array(
    z.object({
      at: z.date(),
      by: z.string(),
      fields: z.array(z.object({ name: both, was: z.string(), is: z.string() })).describe('Numbers are covered'),
    }),
  ),
  story: z.array(z.object({ at: z.date(), step: both, by: z.string(), words: z.string().nullable() })),
  can: z.array(
    z.object({
      command: z.enum(Object.keys(forms) as [RequestCommand, ...RequestCommand[]]),
      words: both,
      allowed: z.boolean(),
      reason: both.nullable(),
      lacking: z.boolean(),
    }),
  ),
});

export const requestProblems = defineProblems({
  'person_request.not_found': {
    status: 404,
    title: { zh: '没有这件请求', en: 'There is no such request' },
    hint: { zh: '它可能不在您负责的地方。', en: 'It may lie outside your areas.' },
  },
  'person_request.not_here': {
    status: 403,
    title: { zh: '这里的请求不归您办', en: 'Requests of this place are not yours' },
    hint: { zh: '没有保存。请选您负责的社区或镇街。', en: 'Nothing was saved. Choose an area of yours.' },
  },
  'person_request.not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: { zh: '没有改动任何内容，请刷新后再看。', en: 'Nothing was changed. Reload to see how it stands.' },
  },
  'person_request.wrong': {
    status: 422,
    title: { zh: '有的地方没有填对', en: 'Something is not filled in right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'person_request.not_corrected': {
    status: 409,
    title: { zh: '登记请求以后，还没有更正过这一条', en: 'Nothing was put right since they asked' },
    hint: {
      zh: '先打开台账里的这一条，把要改的改好，再回来点“已更正”；不改的请写明理由拒绝。',
      en: 'Open the record and put it right, then come back; or refuse it with a reason.',
    },
  },
  'person_request.elsewhere': {
    status: 409,
    title: { zh: '这一条已经不在您负责的地方', en: 'The record lies outside your areas by now' },
    hint: {
      zh: '没有改动。人搬走了的，请现住地的社区登记这件请求。',
      en: 'Nothing was changed. The community where they live now writes the request down.',
    },
  },
  'person_request.nobody_else': {
    status: 409,
    title: { zh: '没有另一个能确认删除的岗位', en: 'There is no second post that could confirm it' },
    hint: {
      zh: '没有改动。删除要两个人：请先设好社区书记和镇街受理立案岗。',
      en: 'Nothing was changed. Deleting takes two: a community head and a registrar.',
    },
  },
  'person_request.confirmed_by_same': {
    status: 409,
    title: { zh: '提出删除和确认删除不能是同一个人', en: 'Whoever proposed it does not confirm it' },
    hint: { zh: '没有改动。请另一个人来确认。', en: 'Nothing was changed. Somebody else confirms.' },
  },
});
