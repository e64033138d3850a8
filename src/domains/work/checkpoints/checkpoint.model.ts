import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { asked, checkpointKinds, modes } from './kind.model.ts';
import { gapView, onDutyView, shiftView } from './roster.model.ts';

/** A checkpoint (卡口): a gate where people and vehicles are let through by a rule; one for quiet days, one for emergencies. */

/** Who sets one up and switches it, for an area that is theirs; who stands there and writes down; who sees it. */
export const checkpointChiefs = ['community_head', 'dispatcher', 'leader'] as const;
export const gatekeepers = ['grid_worker', 'grid_leader', 'community_head'] as const;
export const checkpointReaders = ['grid_worker', 'grid_leader', 'community_head', 'dispatcher', 'leader'] as const;

const checkpointStages = ['open', 'closed'] as const;
const words = z.object({ zh: z.string(), en: z.string() });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** The longest that what was asked of people is kept. */
const MOST_KEPT_DAYS = 60;
export const gateRuleForm = z.strictObject({
  pass: z.strictObject({
    zh: z.string().trim().min(2).max(200).describe('Who may pass, as the notice at the gate says it'),
    en: z.string().trim().max(300).describe('Empty: the notice says it in Chinese alone'),
  }),
  asks: z.array(z.enum(asked)).max(asked.length).describe('Nothing: passages are counted only'),
  purpose: z.string().trim().max(120).describe('Why it is asked; empty only if nothing is'),
  keepDays: z.number().int().min(1).max(MOST_KEPT_DAYS).describe('Days after which what was asked is removed'),
  disinfectMin: z.number().int().min(15).max(1440).nullable().describe('Every so many minutes; none: not at all'),
});
export type GateRule = z.output<typeof gateRuleForm>;

const rulesForm = z.strictObject({ normal: gateRuleForm, emergency: gateRuleForm });
const changeable = {
  name: z.string().trim().min(2).max(60),
  point: z
    .strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
    .nullable()
    .describe('Where it stands, if known'),
  opens: clockTime,
  closes: clockTime.describe('The same as opens: round the clock'),
  rules: rulesForm,
};
export const checkpointChangeForm = z.strictObject(changeable);
export type GivenChange = z.output<typeof checkpointChangeForm>;
export const checkpointForm = z.strictObject({ ...changeable, kind: z.enum(checkpointKinds), areaId: idSchema });
export type GivenCheckpoint = z.output<typeof checkpointForm>;
export const switchForm = z.strictObject({ reason: z.string().trim().min(4).max(200) });

export const checkpointView = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(checkpointKinds),
  areaId: idSchema,
  area: z.string(),
  stage: z.enum(checkpointStages),
  opens: z.string(),
  closes: z.string(),
  mode: z.enum(modes).describe('In force now'),
  modeSince: z.date(),
  isOpen: z.boolean().describe('By its hours, now'),
  onDuty: z.array(onDutyView).describe('Who took up a shift that is not over'),
  lastCleanedAt: z.date().nullable(),
  cleanBy: z.date().nullable().describe('When it should be disinfected next, by the rule in force; none: not at all'),
  passedToday: z.number(),
  refusedToday: z.number(),
  waiting: z.number().describe('Goods that wait to be collected'),
});

const ruleView = z.object({ mode: z.enum(modes), rule: gateRuleForm, since: z.date(), until: z.date().nullable() });
export const checkpointDetail = checkpointView.extend({
  point: z.object({ lon: z.number(), lat: z.number() }).nullable(),
  openedAt: z.date(),
  closedAt: z.date().nullable(),
  rules: z.array(ruleView).describe('Every version, the newest first'),
  periods: z
    .array(
      z.object({
        mode: z.enum(modes),
        since: z.date(),
        until: z.date().nullable(),
        by: z.string().describe('Who switched'),
        reason: z.string().nullable().describe('None: so it was when it was set up'),
      }),
    )
    .describe('Which rule held when, the newest first'),
  shifts: z.array(shiftView).describe('From yesterday to the end of the seventh day'),
  gaps: z.array(gapView).describe('Hours of the next seven days in which the gate is open and nobody is down for it'),
  days: z.array(z.object({ day: z.string(), passed: z.number(), refused: z.number() })).describe('The last seven days'),
  cleaningsDue: z.number().describe('Today so far, by the rule in force'),
  cleaningsDone: z.number().describe('Today'),
  can: z.array(
    z.object({
      act: z.enum(['change', 'close', 'begin_emergency', 'end_emergency', 'roster', 'work']),
      allowed: z.boolean(),
      why: words.nullable(),
    }),
  ),
});

export const checkpointProblems = defineProblems({
  'checkpoint.not_found': {
    status: 404,
    title: { zh: '没有这个卡口', en: 'There is no such checkpoint' },
    hint: { zh: '请回到卡口的清单。', en: 'Go back to the list of checkpoints.' },
  },
  'checkpoint.not_here': {
    status: 403,
    title: { zh: '只能在自己负责的地方设卡口', en: 'Only in an area you answer for' },
    hint: { zh: '没有保存。请选您负责的社区或网格。', en: 'Nothing was saved. Choose an area of yours.' },
  },
  'checkpoint.not_yours': {
    status: 403,
    title: { zh: '这个卡口由上面的地方管', en: 'This checkpoint belongs to an area above yours' },
    hint: {
      zh: '没有改动任何内容。您可以在这里接班、登记；改规则、转换、排班和撤卡口，请找设卡口的地方。',
      en: 'Nothing was changed. You may stand there and write down; rules, switching and shifts are for whoever set it up.',
    },
  },
  'checkpoint.wrong_rule': {
    status: 422,
    title: { zh: '卡口的规则有不对的地方', en: 'The rules are not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'checkpoint.goods_wait': {
    status: 409,
    title: { zh: '还有 {count} 件物资等着领，不能撤', en: '{count} goods wait to be collected: it stays' },
    hint: {
      zh: '没有撤。先在“等着领的物资”里一件件交出去；没人来领的退给送来的人，写下退给了谁。',
      en: 'It was not taken down. Hand them out first; give back what nobody collects, and write down to whom.',
    },
  },
  'checkpoint.closed': {
    status: 409,
    title: { zh: '这个卡口已经撤了', en: 'This checkpoint was taken down' },
    hint: { zh: '没有改动任何内容。要再设，请另建一个。', en: 'Nothing was changed. Set up another to go on.' },
  },
  'checkpoint.emergency_already': {
    status: 409,
    title: { zh: '这个卡口已经转为战时', en: 'This checkpoint is on emergency rules already' },
    hint: {
      zh: '没有改动任何内容。请刷新，看是谁、什么时候转的。',
      en: 'Nothing was changed. Refresh to see who switched it, and when.',
    },
  },
  'checkpoint.normal_already': {
    status: 409,
    title: { zh: '这个卡口现在就是平时', en: 'This checkpoint is on normal rules already' },
    hint: {
      zh: '没有改动任何内容。请刷新，看是谁、什么时候转的。',
      en: 'Nothing was changed. Refresh to see who switched it, and when.',
    },
  },
});
