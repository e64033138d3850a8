import { z } from 'zod';
import { limitSchema } from '../calendars/limit.model.ts';
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

export const stagesSchema = z.strictObject({
  ordinary: z.record(z.enum(stageNames), stage),
  /** The fast lane. */
  urgent: z.record(z.enum(stageNames), stage),
  /** How long the people of a grid have to answer a resident's message in its channel; a standard may leave it to us. */
  channelAnswer: stage.extend({ confidence: z.enum(confidences) }).optional(),
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

/** One working day where a standard says nothing: our guess, shown as such. */
const guessed: NonNullable<Stages['channelAnswer']> = {
  limit: { amount: 1, unit: 'working_days' },
  ladder: [{ at: { after: null }, tell: 'superior' }],
  confidence: 'unsure',
};

export const channelStage = ({ channelAnswer }: Stages): typeof guessed => channelAnswer ?? guessed;

export const stageOf = (stages: Stages, urgent: boolean, name: StageName): z.infer<typeof stage> =>
  stages[urgent ? 'urgent' : 'ordinary'][name];
