import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { limitSchema } from '../calendars/limit.model.ts';
import { resultNames } from './result.model.ts';
import { gradeNames, sectorNames } from './sector.model.ts';

/** An inspection as the telephone of somebody who goes carries it along. Instants are ISO 8601 texts. */
export const carriedInspection = z.object({
  ...{ title: z.string(), onDay: z.string(), announced: z.boolean() },
  list: z.object({
    ...{ id: idSchema, version: z.number(), sector: z.enum(sectorNames), title: z.string() },
    items: z.array(
      z.object({
        ...{ code: z.string(), text: z.string(), counts: z.string() },
        ...{ grade: z.enum(gradeNames), limit: limitSchema.nullable() },
      }),
    ),
  }),
  places: z.array(
    z.object({
      ...{ id: idSchema, area: z.string() },
      name: z.string().nullable().describe('Null: forgotten'),
      result: z.enum(resultNames).nullable(),
      ...{ lookedAt: z.string().nullable(), by: z.string() },
    }),
  ),
});
export type CarriedInspectionBody = z.output<typeof carriedInspection>;
