import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';

/**
 * What filling in costs (填表负担): questions put to people by somebody who walks there, questions that Jingwei answered from
 * what it knew, and cells of superiors' workbooks that it filled. Counted from visits and files, for a month of the realm.
 */
const words = z.object({ zh: z.string(), en: z.string() });
const monthSchema = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);

/** How long one cell takes by hand is nobody's measurement: whoever reads the page sets it. Seconds. */
export const SECONDS = { least: 1, usual: 20, most: 300 } as const;

export const burdenQuery = z.strictObject({
  month: monthSchema.optional().describe('YYYY-MM; without it the month that runs'),
  seconds: z.coerce
    .number()
    .int()
    .min(SECONDS.least)
    .max(SECONDS.most)
    .default(SECONDS.usual)
    .describe('For one cell by hand'),
});

const counts = z.object({
  visits: z.number().describe('Doors at which answers were heard'),
  asked: z.number().describe('Questions that were put to people'),
  known: z.number().describe('Questions that were answered by what was known'),
  files: z.number().describe('Workbooks of superiors that were filled'),
  cells: z.number().describe('Cells of them'),
});
export type Burden = z.output<typeof counts>;

export const burdenView = z.object({
  month: z.string(),
  before: z.string(),
  after: z.string().nullable().describe('The next month; null: it has not begun'),
  total: counts,
  minutes: z.number().describe('Saved: what was known and what was filled, at the seconds asked for'),
  seconds: z.number(),
  people: z.array(counts.extend({ personId: idSchema, name: z.string() })).describe('By name, never by number'),
  twice: z
    .array(z.object({ field: words, campaigns: z.array(z.object({ id: idSchema, title: z.string() })) }))
    .describe('Facts that more than one open campaign of the same land asks for'),
});

export const burdenOpenQuery = z.strictObject({
  month: monthSchema.optional(),
  personId: idSchema.optional(),
  after: idSchema.optional().describe('The last visit of the page before'),
});

export const burdenOpenView = z.object({
  month: z.string(),
  person: z.string().nullable(),
  visits: z.array(
    z.object({
      ...{
        id: idSchema,
        campaignId: idSchema,
        title: z.string(),
        area: z.string(),
        by: z.string(),
        visitedAt: z.date(),
      },
      ...{ asked: z.number(), known: z.number() },
    }),
  ),
  next: idSchema.nullable(),
  files: z.array(
    z.object({ id: idSchema, area: z.string(), by: z.string(), madeAt: z.date(), rows: z.number(), cells: z.number() }),
  ),
});
