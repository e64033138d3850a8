import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Span } from './hours.model.ts';
import { asked, modes } from './kind.model.ts';
import { MOST_AT_ONCE, MOST_WHY, travellers } from './passage.model.ts';

/** What happens at the gate: people and vehicles pass or are turned back, it is disinfected, goods wait to be collected. */
/** Days after which it is forgotten from whom and for whom goods were that are collected. */
export const GOODS_DAYS = 30;

const told = z.string().trim().min(1).max(60);
export const passageForm = z.strictObject({
  passageId: idSchema.optional().describe('Named by a phone, which may take it back before it was sent'),
  traveller: z.enum(travellers),
  count: z.number().int().min(1).max(MOST_AT_ONCE),
  passed: z.boolean(),
  reason: z.string().trim().max(MOST_WHY).describe('Why they were turned back; else empty'),
  values: z.partialRecord(z.enum(asked), told).describe('What the rule in force asks, and nothing else'),
});
export type GivenPassage = z.output<typeof passageForm>;
export const takeBackForm = z.strictObject({
  passageId: idSchema,
  reason: z.string().trim().min(2).max(MOST_WHY).describe('Why it was wrong; stays with it'),
});
export const goodsForm = z.strictObject({
  sender: z.string().trim().min(1).max(60),
  door: z.string().trim().min(1).max(60).describe('For which door'),
  what: z.string().trim().min(1).max(120),
});
export type Goods = z.output<typeof goodsForm>;
export const handOutForm = z.strictObject({ goodsId: idSchema, receiver: z.string().trim().min(1).max(60) });
export const openForm = z.strictObject({
  passageId: idSchema,
  reason: z.string().trim().min(4).max(120).describe('Why it is looked up; kept with the name and the time'),
});

const passageView = z.object({
  id: idSchema,
  madeAt: z.date(),
  traveller: z.enum(travellers),
  count: z.number(),
  passed: z.boolean(),
  reason: z.string().nullable(),
  mode: z.enum(modes),
  onDuty: z.string().describe('Who was on duty'),
  by: z.string().describe('Who wrote it down'),
  keptUntil: z.string().nullable().describe('What was asked is kept until then; none: nothing was, or it is gone'),
  arrivedAt: z.date().nullable().describe('Written down without a network, and sent then'),
  takenBack: z
    .object({ at: z.date(), by: z.string(), why: z.string() })
    .nullable()
    .describe('It was wrong and counts no more'),
  mayTakeBack: z.boolean(),
});
const goodsView = z.object({
  id: idSchema,
  sender: z.string().nullable().describe('None: forgotten'),
  door: z.string().nullable(),
  what: z.string().nullable(),
  takenInAt: z.date(),
  takenInBy: z.string(),
  receiver: z.string().nullable(),
  handedAt: z.date().nullable(),
  handedBy: z.string().nullable(),
});
const cleaningView = z.object({ id: idSchema, madeAt: z.date(), by: z.string() });
export const logView = z.object({
  day: z.string(),
  passages: z.array(passageView),
  cleanings: z.array(cleaningView),
  goods: z.array(goodsView).describe('That came or went on the day, or wait since before'),
});

/** How often it should have been disinfected: whole intervals of the time that it was open. */
export const cleaningsDue = (open: readonly Span[], everyMin: number | null): number =>
  everyMin === null ? 0 : open.reduce((all, { from, to }) => all + Math.floor((to - from) / (everyMin * 60_000)), 0);

export const gateProblems = defineProblems({
  'checkpoint.nobody_on_duty': {
    status: 409,
    title: { zh: '现在没有人在岗', en: 'Nobody is on duty' },
    hint: { zh: '没有登记。请先在排班里接班，再登记。', en: 'Nothing was written down. Take up the shift first.' },
  },
  'checkpoint.wrong_passage': {
    status: 422,
    title: { zh: '这次登记有不对的地方', en: 'What was written down is not right' },
    hint: {
      zh: '没有登记。按旁边的原因改好，再提交。',
      en: 'Nothing was written down. Mend what is marked and submit again.',
    },
  },
  'checkpoint.closed_by_then': {
    status: 409,
    title: { zh: '登记的时候，这个卡口已经撤了', en: 'The checkpoint was taken down by then' },
    hint: {
      zh: '没有登记。撤之前登记的照收；还在那里值守的，请找设卡口的人。',
      en: 'Nothing was written down. What happened before that is taken; ask whoever set it up.',
    },
  },
  'checkpoint.no_passage': {
    status: 409,
    title: { zh: '这个卡口没有这一笔登记', en: 'There is no such passage here' },
    hint: { zh: '没有改动任何内容。请刷新再看。', en: 'Nothing was changed. Refresh and look again.' },
  },
  'checkpoint.taken_back_already': {
    status: 409,
    title: { zh: '这一笔已经撤了', en: 'This passage was taken back already' },
    hint: { zh: '没有改动任何内容。谁撤的、为什么，记录里有。', en: 'Nothing was changed. The log says by whom.' },
  },
  'checkpoint.not_to_take_back': {
    status: 403,
    title: { zh: '只有登记的人在当班时能撤', en: 'Only whoever wrote it down, during the shift' },
    hint: {
      zh: '没有改动任何内容。过了这一班，请负责这个卡口的人来撤。',
      en: 'Nothing was changed. Afterwards whoever answers for the checkpoint takes it back.',
    },
  },
  'checkpoint.no_goods': {
    status: 409,
    title: { zh: '没有这件等着领的物资', en: 'No such goods wait here' },
    hint: {
      zh: '没有改动任何内容。也许已经领走，请刷新再看。',
      en: 'Nothing was changed. Refresh: it may be collected.',
    },
  },
  'checkpoint.nothing_written': {
    status: 409,
    title: { zh: '这一笔没有登记内容，或者已到日子删了', en: 'Nothing is kept of this passage' },
    hint: {
      zh: '不能恢复。规则里写着登记的内容存几天。',
      en: 'It cannot be brought back; the rule says how long it is kept.',
    },
  },
});
