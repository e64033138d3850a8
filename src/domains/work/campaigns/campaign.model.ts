import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { addedView } from '../../land/registry/fields/added_view.model.ts';
import { conditionForm } from '../../land/registry/fields/choice.model.ts';
import { answersForm, questionsForm, questionView } from '../../land/registry/forms/form_shape.model.ts';
import { anyLedger, ownSaid } from '../../land/registry/ledger.model.ts';
import { heldPhotoView } from '../photos/photo.model.ts';
import { results } from './result.model.ts';

/** A campaign (走访): everybody, every house or every workplace on a list is asked the same form, in rounds, until a day. */

/** Who opens one, for an area that is theirs; who goes and asks. */
export const campaignOpeners = ['community_head', 'registrar', 'leader'] as const;
export const campaignVisitors = ['grid_worker', 'grid_leader', 'community_head'] as const;
export const campaignReaders = ['grid_worker', 'grid_leader', 'community_head', 'registrar', 'leader'] as const;

export const campaignStages = ['listing', 'open', 'closed'] as const;
export type CampaignStage = (typeof campaignStages)[number];

const choiceForm = z.array(conditionForm).max(8);

export const campaignForm = z.strictObject({
  title: z.string().trim().min(2).max(60),
  purpose: z.string().trim().min(2).max(200).describe('What the answers are for'),
  areaId: idSchema,
  ledger: anyLedger.default('residents').describe('Of what: people, houses, enterprises, facilities, or an own ledger'),
  choice: choiceForm.describe('Who is meant: all of it holds; none: everybody'),
  questions: questionsForm,
  onlyLacking: z.boolean().default(false).describe('Leave out those of whom all of it is known and fresh'),
  rounds: z.number().int().min(1).max(12),
  dueOn: daySchema.describe('Until when this round is to be done'),
});

export const previewForm = campaignForm.pick({ areaId: true, ledger: true, choice: true, questions: true });

export const visitForm = z.strictObject({
  round: z.number().int().min(1).max(12).describe('For which one went'),
  result: z.enum(results),
  answers: answersForm.default({}),
  confirmed: z.array(z.string().max(40)).max(60).default([]).describe('Questions of which what is known is still so'),
});

export const roundForm = z.strictObject({ dueOn: daySchema });

const counts = z.object({
  targets: z.number(),
  done: z.number(),
  refused: z.number(),
  moved: z.number(),
  absent: z.number().describe('Somebody was there, and nobody at home'),
  left: z.number().describe('Still to be visited, those not met included'),
});
export type Counts = z.output<typeof counts>;

export const campaignView = z.object({
  id: idSchema,
  title: z.string(),
  purpose: z.string(),
  areaId: idSchema,
  area: z.string(),
  ledger: anyLedger,
  own: ownSaid,
  stage: z.enum(campaignStages),
  round: z.number(),
  rounds: z.number(),
  dueOn: z.string(),
  openedAt: z.date(),
  openedBy: z.string(),
  counts: counts.describe('Of what the viewer reads'),
});

export const campaignDetail = campaignView.extend({
  choice: choiceForm,
  added: z.array(addedView).describe('Own fields of its ledger on its land, also those that were retired since'),
  onlyLacking: z.boolean().describe('Of whom all was known is not on the list'),
  questions: z.array(questionView),
  areas: z.array(counts.extend({ areaId: idSchema, area: z.string() })).describe('One level below, and each its own'),
  cells: z
    .object({ asked: z.number(), known: z.number() })
    .describe('Questions that people were asked in all rounds, and those that were answered by what is known'),
  can: z.array(
    z.object({
      act: z.enum(['next_round', 'close', 'visit']),
      allowed: z.boolean(),
      why: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
});

export const targetLine = z.object({
  id: idSchema,
  recordId: idSchema.nullable(),
  name: z.string().nullable().describe('null: forgotten, or not in the ledger any more'),
  home: z.string().describe('Where one goes, or whom one meets there'),
  area: z.string(),
  why: z.string().describe('What was known when the list was made'),
  result: z.enum(results).nullable().describe('Of this round'),
  tries: z.number().describe('How often nobody was met in this round'),
  photos: z.array(heldPhotoView).describe('That visits were answered with'),
  photosDue: z.number().describe('How many more are on their way'),
});

const known = z.object({ value: z.string(), isMasked: z.boolean(), toldOn: z.string(), isStale: z.boolean() });
export const targetView = targetLine.extend({
  campaignId: idSchema,
  campaign: z.string(),
  round: z.number(),
  isOpen: z.boolean(),
  ledger: anyLedger,
  mayVisit: z.boolean().describe('Whether the viewer goes there'),
  questions: z.array(questionView),
  known: z.record(z.string(), known).describe('By question'),
});

export const previewView = z.object({
  targets: z.number(),
  toAsk: z.number().describe('Of them, those of whom something that is asked is not known or not fresh'),
  people: z
    .array(z.object({ id: idSchema, name: z.string(), area: z.string(), asks: z.array(z.string()) }))
    .describe('The first of them with what each is to be asked; those who are to be asked something before the others'),
  areas: z.array(z.object({ area: z.string(), targets: z.number(), toAsk: z.number() })),
  questions: z.array(
    questionView.extend({
      known: z.number().describe('Of how many the answer is known and fresh'),
      stale: z.number().describe('Of how many it is known from long ago'),
      alsoAskedBy: z
        .array(z.object({ id: idSchema, title: z.string() }))
        .describe('Open campaigns there that ask for the same fact'),
      perhaps: z
        .object({ field: z.string(), known: z.number(), stale: z.number() })
        .nullable()
        .describe('A fact of the ledger that the words name, where the question itself was taken for none'),
    }),
  ),
});

export const campaignProblems = defineProblems({
  'campaign.not_found': {
    status: 404,
    title: { zh: '没有这次走访', en: 'There is no such campaign' },
    hint: { zh: '请回到走访的清单。', en: 'Go back to the list of campaigns.' },
  },
  'campaign.not_here': {
    status: 403,
    title: { zh: '只能为自己负责的地方发起', en: 'Only for an area you answer for' },
    hint: { zh: '请选您负责的社区或镇街。', en: 'Choose a community or township of yours.' },
  },
  'campaign.wrong_choice': {
    status: 422,
    title: { zh: '选人的条件不对', en: 'The conditions are not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'campaign.nobody': {
    status: 422,
    title: { zh: '没有符合这些条件的', en: 'Nothing fits these conditions' },
    hint: {
      zh: '没有保存。请放宽条件，或先把台账补全。',
      en: 'Nothing was saved. Ask for less, or fill the ledger.',
    },
  },
  'campaign.due_past': {
    status: 422,
    title: { zh: '完成期限已经过了', en: 'The day is past already' },
    hint: { zh: '没有保存。请填今天或以后的日子。', en: 'Nothing was saved. Give today or a later day.' },
  },
  'campaign.not_now': {
    status: 409,
    title: { zh: '现在不能这样做', en: 'Not now' },
    hint: {
      zh: '名单还没列好，或已经结束、已是最后一轮。',
      en: 'It is being listed, is over, or is in its last round.',
    },
  },
  'campaign.no_target': {
    status: 404,
    title: { zh: '这一个不在名单里', en: 'That is not on the list' },
    hint: { zh: '可能已改由别的网格走访。', en: 'Another grid may be visiting them now.' },
  },
  'campaign.closed': {
    status: 409,
    title: { zh: '这次走访已经结束', en: 'This campaign is over' },
    hint: { zh: '没有保存。要更正请改台账。', en: 'Nothing was saved. Correct the ledger instead.' },
  },
  'campaign.photo_not_answered': {
    status: 409,
    title: { zh: '您的走访里没有这张照片', en: 'No visit of yours was answered with this photo' },
    hint: {
      zh: '照片没有收，走访已记下的不受影响。要补照片请再走访一次。',
      en: 'It was not taken; what the visit told is kept. Visit again to add a photo.',
    },
  },
  'campaign.wrong_answers': {
    status: 422,
    title: { zh: '有的回答不对', en: 'An answer is not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
});
