import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { conditionForm } from '../../land/registry/fields/choice.model.ts';
import { ownLedgerSchema } from '../../land/registry/own/own_ledger_code.model.ts';
import { checklistView } from './checklist.model.ts';
import { countsView, hazardForm } from './hazard.model.ts';
import { resultNames } from './result.model.ts';
import { ruleForm } from './sample.model.ts';

/** An inspection (督导检查): somebody goes to places that were drawn by a stated rule, and looks at what a list says. */

/** Who sends people out to look things over; who publishes what they look at. */
export const inspectors = ['community_head', 'leader', 'inspector'] as const;
export const checklistMakers = ['leader', 'inspector'] as const;

export const drawnLedgers = ['enterprises', 'facilities', 'houses'] as const;
export const MOST_DRAWN_FROM = 5000;

const sampleForm = z.strictObject({
  ledger: z.union([z.enum(drawnLedgers), ownLedgerSchema]),
  choice: z.array(conditionForm).max(4).default([]).describe('Who of the ledger is meant: all of it holds'),
  rule: ruleForm,
});
export type SampleForm = z.output<typeof sampleForm>;

export const previewForm = z.strictObject({ areaId: idSchema, sample: sampleForm });

export const inspectionForm = z.strictObject({
  title: z.string().trim().min(2).max(60),
  areaId: idSchema,
  checklistId: idSchema.describe('Its newest version'),
  announced: z.boolean().describe('False: nobody but those who go reads of it until something is found'),
  onDay: daySchema,
  members: z.array(z.string().trim().min(1).max(60)).max(20).default([]).describe('Who goes along besides, by name'),
  sample: sampleForm.optional(),
  places: z.array(z.string().trim().min(2).max(120)).max(60).default([]).describe('Further places, by hand'),
});
export type InspectionForm = z.output<typeof inspectionForm>;

const early = z.boolean().default(false).describe('On purpose before the day of the inspection');
export const lookForm = z.strictObject({ result: z.enum(['clean', 'absent']), early });
export type LookForm = z.output<typeof lookForm>;
/** The place is known, and how it was found. */
export const findForm = hazardForm.omit({ areaId: true, source: true }).extend({
  early,
  hazardId: idSchema.optional().describe('Named by a phone, whose photos follow it'),
});
export type FindForm = z.output<typeof findForm>;

const bothWords = z.object({ zh: z.string(), en: z.string() });
const progress = z.object({
  places: z.number(),
  clean: z.number(),
  found: z.number(),
  absent: z.number(),
  left: z.number().describe('Nobody has been there yet, or nobody was met: it stays to be done'),
});
export type Progress = z.output<typeof progress>;

export const inspectionLine = z.object({
  id: idSchema,
  title: z.string(),
  area: z.string(),
  announced: z.boolean(),
  checklist: z.string(),
  onDay: z.string(),
  isOpen: z.boolean(),
  openedBy: z.string(),
  progress: progress.describe('Of the places that the viewer reads'),
});

export const inspectionView = inspectionLine.extend({
  areaId: idSchema,
  list: checklistView,
  members: z.array(z.string()),
  draw: z
    .object({ ledger: bothWords, rule: bothWords, seed: z.string(), population: z.number() })
    .nullable()
    .describe('Null: all places were named by hand'),
  hazards: countsView,
  days: z
    .array(z.object({ day: z.string(), hazards: z.number(), major: z.number() }))
    .describe('What was found, by day'),
  common: z
    .array(z.object({ item: z.string(), text: z.string(), hazards: z.number(), places: z.number() }))
    .describe('What goes against the same line, the most frequent first'),
  mayInspect: z.boolean(),
});

export const targetLine = z.object({
  id: idSchema,
  ordinal: z.number(),
  name: z.string().nullable().describe('Null: forgotten'),
  area: z.string(),
  weight: z.number(),
  byHand: z.boolean(),
  result: z.enum(resultNames).nullable(),
  by: z.string(),
  lookedAt: z.date().nullable(),
});

export const previewView = z.object({
  population: z.number(),
  drawn: z.number().describe('How many; of every so many, one more or less'),
  places: z
    .array(z.object({ name: z.string(), area: z.string(), weight: z.number() }))
    .describe('The first of those drawn from: which are drawn nobody learns before it is opened'),
});

export const redrawView = z.object({
  population: z.number(),
  drawn: z.number(),
  same: z.boolean().describe('Drawn again now, from the list as it was then, it is the same places in the same order'),
});

export const inspectionProblems = defineProblems({
  'inspection.not_found': {
    status: 404,
    title: { zh: '没有这次检查', en: 'There is no such inspection' },
    hint: { zh: '不打招呼的检查，只有去的人看得到。', en: 'One that is not announced is read by those who go.' },
  },
  'inspection.not_here': {
    status: 403,
    title: { zh: '只能检查自己负责的地方', en: 'Only an area you answer for' },
    hint: { zh: '没有保存。请选您负责的社区、镇街或县。', en: 'Nothing was saved. Choose an area of yours.' },
  },
  'inspection.no_ledger': {
    status: 403,
    title: { zh: '您的岗位看不到台账，抽不了', en: 'Your post does not read the ledgers' },
    hint: {
      zh: '没有保存。请带班领导或社区书记来抽，把您列进检查组；或者手工写明地点。',
      en: 'Nothing was saved. Let a leader or community secretary draw and name you, or write the places by hand.',
    },
  },
  'inspection.wrong_choice': {
    status: 422,
    title: { zh: '抽样的条件不对', en: 'The conditions are not right' },
    hint: { zh: '没有保存。请选台账里有的字段和值。', en: 'Nothing was saved. Give a field and value of the ledger.' },
  },
  'inspection.too_many': {
    status: 422,
    title: { zh: '名单太长，超过 {most} 处', en: 'More than {most} on the list' },
    hint: { zh: '没有保存。请加条件，或分镇街来抽。', en: 'Nothing was saved. Add a condition, or draw by township.' },
  },
  'inspection.no_places': {
    status: 422,
    title: { zh: '没有要检查的地方', en: 'There is no place to look at' },
    hint: {
      zh: '没有保存。台账里没有符合条件的；请换条件，或手工写明地点。',
      en: 'Nothing was saved. Nothing in the ledger fits; change the conditions, or name places by hand.',
    },
  },
  'inspection.same_place': {
    status: 422,
    title: { zh: '同一个地方写了两次', en: 'A place is written twice' },
    hint: { zh: '没有保存。去掉重复的，再提交。', en: 'Nothing was saved. Leave one of the two out.' },
  },
  'inspection.not_yet': {
    status: 409,
    title: { zh: '检查定在 {day}，还没到', en: 'The inspection is on {day}, which is still to come' },
    hint: {
      zh: '没有保存。确实提前去了，勾“提前去的”再记。',
      en: 'Nothing was saved. If you went before the day, tick that and note it again.',
    },
  },
  'inspection.wrong_members': {
    status: 422,
    title: { zh: '检查组里有人对不上', en: 'Somebody of the group is not clear' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'inspection.closed': {
    status: 409,
    title: { zh: '这次检查已经结束', en: 'This inspection is over' },
    hint: {
      zh: '没有保存。新发现的请在隐患台账里登记。',
      en: 'Nothing was saved. Enter what is found in the register.',
    },
  },
  'inspection.not_yours': {
    status: 403,
    title: { zh: '您不在这次检查的组里', en: 'You are not of this group' },
    hint: { zh: '没有保存。请检查组的人来记。', en: 'Nothing was saved. Somebody of the group notes it.' },
  },
});
