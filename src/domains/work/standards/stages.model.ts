import { z } from 'zod';
import { type Limit, limitSchema } from '../calendars/limit.model.ts';
import { rungSchema } from '../obligations/clock.model.ts';
import { confidences } from './standard.model.ts';

/**
 * How long the desks have, apart from the handling itself (whose limit is the filing condition's), and to whom a clock
 * climbs. Every city sets these differently, so they are data of a standard's version.
 */
export const stageNames = [
  'register', // 受理立案
  'precheck', // 核实
  'dispatch', // 派遣
  'acknowledge', // 签收
  'handle', // 处置: the ladder only; the limit is the condition's
  'verify', // 核查
  'close', // 结案
  'answer', // 回访: how long the reporter is asked
  'report_in', // 吹哨报到
  'decide', // 延期、挂账、申诉的审批
] as const;
export type StageName = (typeof stageNames)[number];

const stage = z.strictObject({ limit: limitSchema, ladder: z.array(rungSchema).max(6) });

/** Of work that is no case. */
export const apartNames = ['channelAnswer', 'hazardRecheck', 'directiveAccept', 'personRequest'] as const;
export type ApartName = (typeof apartNames)[number];
const apart = stage.extend({ confidence: z.enum(confidences) });

export const stagesSchema = z.strictObject({
  ordinary: z.record(z.enum(stageNames), stage),
  /** The fast lane. */
  urgent: z.record(z.enum(stageNames), stage),
  /** How long the people of a grid have to answer a resident's message in its channel; a standard may leave it to us. */
  channelAnswer: apart.optional(),
  /** How long whoever found a hazard has to look again once it is said to be put right. */
  hazardRecheck: apart.optional(),
  /** How long whoever sent an item of a notice has to look at what is reported done. */
  directiveAccept: apart.optional(),
  /** How long a person who asks about what is kept of them waits for the answer. */
  personRequest: apart.optional(),
  /** How long after closing a reporter may say that it is not solved. */
  objectionDays: z.int().min(1).max(365),
  /** After so many rounds the same case goes no further by itself: the answer is kept and counted. */
  mostRounds: z.int().min(2).max(9),
  /** Nearer to a border than this (plus the device's uncertainty), the desk confirms the grid. */
  borderM: z.number().min(0).max(200),
  /** Counted as "near" from this share of the time used. */
  nearShare: z.number().gt(0).lt(1),
});
export type Stages = z.infer<typeof stagesSchema>;

/** Where a standard says nothing: our guesses, shown as such. */
const guessed: Readonly<Record<ApartName, NonNullable<Stages[ApartName]>>> = {
  channelAnswer: guess({ amount: 1, unit: 'working_days' }, 'superior'),
  // Somebody has to go there.
  hazardRecheck: guess({ amount: 3, unit: 'working_days' }, 'superior'),
  directiveAccept: guess({ amount: 5, unit: 'working_days' }, 'owner'),
  // 《个人信息保护法》第50条 says no number; within the thirty days of GB/T 35273-2020 8.7.
  personRequest: guess({ amount: 15, unit: 'working_days' }, 'superior'),
};

function guess(limit: Limit, tell: 'owner' | 'superior'): NonNullable<Stages[ApartName]> {
  return { limit, ladder: [{ at: { after: null }, tell }], confidence: 'unsure' };
}

export const apartStage = (stages: Stages, name: ApartName): NonNullable<Stages[ApartName]> =>
  stages[name] ?? guessed[name];

export const stageOf = (stages: Stages, urgent: boolean, name: StageName): z.infer<typeof stage> =>
  stages[urgent ? 'urgent' : 'ordinary'][name];
