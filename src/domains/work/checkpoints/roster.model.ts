import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { minutes } from '../calendars/limit.model.ts';
import type { Rung } from '../obligations/clock.model.ts';

/** Who stands at a checkpoint (执勤排班): people of the community, the village, a property company or a body, by shifts. */
export const sides = ['community', 'village', 'property', 'body'] as const;
export type Side = (typeof sides)[number];
export const sideWords: Readonly<Record<Side, Words>> = {
  community: { zh: '社区', en: 'community' },
  village: { zh: '村', en: 'village' },
  property: { zh: '物业', en: 'property company' },
  body: { zh: '单位', en: 'body' },
};

/** Nobody stands there and half an hour has gone: whoever is in charge sees to it within the hour. Our own choice. */
export const manDuty = 'checkpoint.man';
export const UNMANNED_MIN = 30;
export const manLimit = minutes(60);
export const manLadder: readonly Rung[] = [
  { at: { after: null }, tell: 'owner' },
  { at: { after: minutes(60) }, tell: 'superior' },
];

export const MOST_DAYS = 31;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const rosterForm = z.strictObject({
  fromDay: daySchema,
  toDay: daySchema.describe('The last day'),
  from: clockTime,
  to: clockTime.describe('Not later than from: on the next day'),
  personId: idSchema.nullable().describe('Somebody with a post there; else a name'),
  name: z.string().trim().max(40).describe('Of somebody who has no account here'),
  side: z.enum(sides),
  unit: z.string().trim().max(60).describe('Which village, company or body; may be empty'),
});
export type GivenRoster = z.output<typeof rosterForm>;
export const shiftForm = z.strictObject({ shiftId: idSchema });
export const takeUpForm = z.strictObject({
  shiftId: idSchema,
  open: z.string().trim().max(200).describe('What is left open by those before; may be empty'),
});

export const shiftView = z.object({
  id: idSchema,
  name: z.string(),
  side: z.enum(sides),
  unit: z.string().nullable(),
  from: z.date(),
  to: z.date(),
  takenAt: z.date().nullable(),
  takenBy: z.string().nullable().describe('Who signed: themselves, or for them'),
  open: z.string().nullable().describe('What was left open when it was taken up'),
  isOn: z.boolean().describe('On duty now'),
  mayTake: z.boolean(),
});
export const onDutyView = z.object({ name: z.string(), side: z.enum(sides), unit: z.string().nullable() });
export const gapView = z.object({ from: z.date(), to: z.date() });
export const guardView = z.object({ personId: idSchema, name: z.string() });

export const rosterProblems = defineProblems({
  'checkpoint.wrong_roster': {
    status: 422,
    title: { zh: '排班有不对的地方', en: 'The roster is not right' },
    hint: {
      zh: '一班都没有排。按旁边的原因改好，再提交。',
      en: 'No shift was entered. Mend what is marked and submit again.',
    },
  },
  'checkpoint.no_shift': {
    status: 409,
    title: { zh: '这个卡口没有这一班', en: 'There is no such shift here' },
    hint: { zh: '没有改动任何内容。请刷新再看排班。', en: 'Nothing was changed. Refresh and look at the roster.' },
  },
  'checkpoint.taken_already': {
    status: 409,
    title: { zh: '这一班已经接了', en: 'This shift was taken up already' },
    hint: { zh: '没有改动任何内容。接班的人和时间在排班里。', en: 'Nothing was changed. The roster shows by whom.' },
  },
  'checkpoint.not_their_shift': {
    status: 403,
    title: { zh: '这一班要本人来接', en: 'Only whoever is down for it takes it up' },
    hint: {
      zh: '没有接班。换了人，请先撤掉这一班，再给来的人排一班。',
      en: 'It was not taken up. If somebody else comes, call it off and enter a shift for them.',
    },
  },
  'checkpoint.not_now': {
    status: 409,
    title: { zh: '现在不是接这一班的时候', en: 'It is not the time of this shift' },
    hint: {
      zh: '没有接班。开始前两小时起、结束前都可以接。',
      en: 'It was not taken up. That can be done from two hours before it begins until it ends.',
    },
  },
});
