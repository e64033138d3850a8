import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { obligationView } from '../obligations/obligation.model.ts';
import { channels, flagNames, statusNames } from './casefile.model.ts';

/** The shapes in which a case is shown: a line of a list, and the whole page. */
const words = z.object({ zh: z.string(), en: z.string() });

export const casefileLine = z.object({
  id: idSchema,
  number: z.string(),
  title: words.describe('What it is and where: 路面塌陷（二运巷口）'),
  status: z.enum(statusNames),
  flags: z.array(z.enum(flagNames)),
  place: z.string().describe('The area and the one above it'),
  summary: z.string().nullable(),
  reportedAt: z.date(),
  changedAt: z.date(),
});

export const storyLine = z.object({
  at: z.date(),
  kind: z.string(),
  by: words.describe('Post and name, the reporter, or the clock'),
  words: z.string().nullable(),
  forgotten: z.boolean().describe('There were words; they were erased on request'),
  body: z.record(z.string(), z.unknown()),
});

export const casefileView = casefileLine.extend({
  round: z.number(),
  typeCode: z.string().nullable(),
  conditionCode: z.string().nullable(),
  condition: words.nullable(),
  limit: words.nullable(),
  areaId: idSchema,
  path: z.array(z.string()),
  point: z
    .object({ lon: z.number(), lat: z.number(), accuracyM: z.number().nullable(), borderM: z.number().nullable() })
    .nullable(),
  outcome: z.string().nullable(),
  publicText: z.string().nullable(),
  answer: z.string().nullable(),
  bodyName: z.string().nullable(),
  reports: z.array(
    z.object({
      id: idSchema,
      isOwn: z.boolean().describe('Of this case itself, not of one merged into it'),
      channel: z.enum(channels),
      words: z.string().nullable(),
      occurredAt: z.date(),
      onBehalf: z.boolean(),
      hasContact: z.boolean(),
    }),
  ),
  released: z
    .object({ words: z.string().nullable(), photoIds: z.array(idSchema) })
    .nullable()
    .describe('What of the reporter the public sees'),
  mergedInto: idSchema.nullable(),
  mergedFrom: z.array(z.object({ id: idSchema, number: z.string() })),
  summons: z.array(
    z.object({
      bodyId: idSchema,
      bodyName: z.string(),
      status: z.string(),
      isLead: z.boolean(),
      calledAt: z.date(),
      answeredAt: z.date().nullable(),
    }),
  ),
  duties: z.array(obligationView.extend({ dutyWords: words })),
  steps: z.record(z.string(), words).describe('Names of the kinds of entries in the story'),
  story: z.array(storyLine),
  suggestion: z
    .object({
      bodyId: idSchema.nullable(),
      bodyName: z.string().nullable(),
      because: z.array(words),
      confirm: z.boolean(),
    })
    .nullable(),
  can: z.array(
    z.object({ command: z.string(), words, allowed: z.boolean(), reason: words.nullable(), lacking: z.boolean() }),
  ),
});
