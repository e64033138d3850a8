import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';
import type { AreaLevel } from '../../land/areas/area.model.ts';
import { contact, place } from '../../work/casefiles/casefile.model.ts';
import { clockView } from '../../work/obligations/obligation.model.ts';

/** The channel of a grid or community: what a resident writes there, and what becomes of it. Nothing of it is public. */
export const channelLevels: readonly AreaLevel[] = ['community', 'grid', 'micro_grid'];

export const statuses = {
  waiting: { zh: '等待答复', en: 'waiting for an answer' },
  answered: { zh: '已答复', en: 'answered' },
  reported: { zh: '已转为报事', en: 'made a report' },
  set_aside: { zh: '没有要办的事', en: 'nothing to do' },
} as const satisfies Record<string, Words>;
export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as [Status, ...Status[]];

export const flags = { unverified: { zh: '未核实', en: 'unverified' } } as const satisfies Record<string, Words>;
export type Flag = keyof typeof flags;
export type Facts = WorkflowRecord<Status, Flag>;

/** Why nothing is done about it; the writer reads it. */
export const reasons = {
  thanks: { zh: '谢谢您的留言，这里没有需要办的事', en: 'thank you; there is nothing to be done about it' },
  known: { zh: '这件事已经有人报了，正在办', en: 'this was reported before and is being handled' },
  elsewhere: { zh: '不归网格和社区管', en: 'it is not for the grid or the community' },
  unclear: { zh: '没有看明白，请换个说法再写一次', en: 'we did not understand it, please write once more' },
} as const satisfies Record<string, Words>;
const reasonNames = Object.keys(reasons) as [keyof typeof reasons];

const words = (most: number) => z.string().trim().min(1).max(most);

export const sendForm = z.strictObject({
  id: idSchema,
  areaId: idSchema,
  words: words(2000),
  contact: contact.pick({ phone: true }).optional(),
  language: z.enum(['zh', 'en']).default('zh'),
});
export type SendForm = z.infer<typeof sendForm>;

export const forms = {
  see: z.strictObject({}),
  answer: z.strictObject({ words: words(2000).describe('The writer reads it') }),
  report: z.strictObject({
    casefileId: idSchema,
    words: words(4000).describe('As it is put on record; begins as what was written'),
    place,
    typeCode: z.string().max(80).optional(),
    urgent: z.boolean().default(false),
    confidential: z.boolean().default(false),
  }),
  set_aside: z.strictObject({ reason: z.enum(reasonNames), words: words(2000).optional() }),
  read_contact: z.strictObject({ reason: words(200).describe('What for') }),
};
export type MessageCommand = keyof typeof forms;
export type FormOf<C extends MessageCommand> = z.infer<(typeof forms)[C]>;

const bothWords = z.object({ zh: z.string(), en: z.string() });
const told = z.object({ id: idSchema, text: bothWords, words: z.string().nullable(), toldAt: z.date() });

const placed = z.object({ areaId: idSchema, place: z.string(), sentAt: z.date(), status: z.enum(statusNames) });

export const messageLine = placed.extend({
  id: idSchema,
  words: z.string().nullable().describe('Null: whoever wrote it asked to be forgotten'),
  hasPhone: z.boolean(),
  unverified: z.boolean().describe('Came above the share of its address'),
  seenAt: z.date().nullable(),
  seenBy: z.string().nullable().describe('Who of the desk noted it first'),
  holder: z.string().nullable(),
  clock: clockView.nullable(),
});
export const messageView = messageLine.extend({
  casefile: z.object({ id: idSchema, number: z.string() }).nullable(),
  reason: bothWords.nullable(),
  told: z.array(told).describe('What the writer was told'),
  limit: z.object({ words: bothWords, unsure: z.boolean() }).describe('How long there is to answer'),
  can: z.array(
    z.object({
      command: z.string(),
      words: bothWords,
      allowed: z.boolean(),
      reason: bothWords.nullable(),
      lacking: z.boolean(),
    }),
  ),
});

/** What the writer reads by their code until it is a case. */
export const writerView = placed.extend({
  statusWords: bothWords,
  unverified: z.boolean(),
  holder: z.object({ name: bothWords, clock: clockView }).nullable().describe('By post, never by name'),
  words: z.string().nullable(),
  told: z.array(told),
});

export const trackedView = z.object({ written: writerView.nullable().describe('Null: it has become a case') });

export const channelProblems = defineProblems({
  'area_message.not_found': {
    status: 404,
    title: { zh: '没有这条留言', en: 'There is no such message' },
    hint: { zh: '它可能不在您管的网格里，请刷新。', en: 'It may lie outside your grids. Reload.' },
  },
  'area_message.no_channel': {
    status: 422,
    title: { zh: '这里没有频道', en: 'There is no channel here' },
    hint: {
      zh: '只有社区（村）和网格有频道。请从“我的网格”里选到自己的网格再写；写好的内容还在本页。',
      en: 'Communities and grids have one. Find yours under “My grid”; what you wrote is still on the page.',
    },
  },
  'area_message.not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: { zh: '没有改动任何内容，请刷新后再看。', en: 'Nothing was changed. Reload to see how it stands.' },
  },
  'area_message.forgotten': {
    status: 410,
    title: { zh: '留言人已要求删除，没有人可以答复', en: 'Whoever wrote it asked to be forgotten' },
    hint: { zh: '可以登记为“没有要办的事”。', en: 'It can be set aside.' },
  },
  'area_message.no_phone': {
    status: 404,
    title: { zh: '没有留电话', en: 'No phone was left' },
    hint: { zh: '请在这里答复，留言人凭查询码能看到。', en: 'Answer here; the writer reads it by their code.' },
  },
});
