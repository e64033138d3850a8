import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { type Limit, limitSchema } from '../calendars/limit.model.ts';
import { apartNames, apartStage, type Stages, stageNames } from './stages.model.ts';

/** How long each desk has, set anew as the next version of the standard; kinds of work and ladders stay as they are. */
const laneNames = ['ordinary', 'urgent'] as const;
/** Handling has the limit of its filing condition. */
export const settable = stageNames.filter((name) => name !== 'handle');

const lines = {
  baseVersion: z.int().min(1).describe('The version that was looked at'),
  limits: z
    .array(
      z.strictObject({ stage: z.enum(stageNames).exclude(['handle']), lane: z.enum(laneNames), limit: limitSchema }),
    )
    .max(2 * settable.length)
    .default([]),
  channelAnswer: limitSchema.nullable().default(null).describe('For answering a message of a channel; null: as it is'),
  hazardRecheck: limitSchema.nullable().default(null).describe('For looking at a hazard again; null: as it is'),
  directiveAccept: limitSchema.nullable().default(null).describe('For accepting an item of a notice; null: as it is'),
  personRequest: limitSchema.nullable().default(null).describe('For answering a request of a person; null: as it is'),
};

export const limitsForm = z.strictObject(lines);
export const limitsIssue = z.strictObject({
  ...lines,
  title: z.string().trim().min(1).max(100),
  source: z.string().trim().min(1).max(200).describe('Document by which it was decided'),
  validFrom: daySchema.describe('First day on which it holds, by the county’s own calendar'),
});
export type LimitsForm = z.output<typeof limitsForm>;
export type LimitsIssue = z.output<typeof limitsIssue>;

export const limitChange = z.object({
  stage: z.enum([...stageNames, ...apartNames]),
  lane: z.enum(laneNames),
  was: limitSchema,
  becomes: limitSchema,
});
export type LimitChange = z.output<typeof limitChange>;

export const limitsPreview = z.object({
  changes: z.array(limitChange),
  staying: z.array(z.object({ version: z.number(), open: z.number() })),
  unregistered: z.number(),
});

/** What is set here is the county's own, and no longer our guess. */
export function stagesWith(stages: Stages, { limits, ...given }: LimitsForm): Stages {
  const lanes = { ordinary: { ...stages.ordinary }, urgent: { ...stages.urgent } };
  for (const { stage, lane, limit } of limits) lanes[lane][stage] = { ...lanes[lane][stage], limit };
  const own = apartNames.flatMap((name) => {
    const [before, limit] = [apartStage(stages, name), given[name]];
    if (limit === null || isSame(before.limit, limit)) return [];
    return [[name, { ...before, limit, confidence: 'local' as const }] as const];
  });
  return { ...stages, ...lanes, ...Object.fromEntries(own) };
}

export function limitChanges(before: Stages, after: Stages): LimitChange[] {
  const desks = settable.flatMap((stage) =>
    laneNames.map((lane) => ({ stage, lane, was: before[lane][stage].limit, becomes: after[lane][stage].limit })),
  );
  const others = apartNames.map((stage) => ({
    ...{ stage, lane: 'ordinary' as const },
    ...{ was: apartStage(before, stage).limit, becomes: apartStage(after, stage).limit },
  }));
  return [...desks, ...others].filter((one) => !isSame(one.was, one.becomes));
}

const isSame = (one: Limit, other: Limit): boolean => one.amount === other.amount && one.unit === other.unit;
