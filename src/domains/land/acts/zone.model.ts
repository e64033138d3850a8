import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { boundarySchema } from '../../../kernel/geo.ts';
import { idSchema } from '../../../kernel/id.ts';

export const zoneForm = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(60),
  purpose: z.string().trim().min(1).max(200).describe('What for, and by whose decision'),
  from: daySchema,
  until: daySchema.nullable().default(null).describe('The first day on which it no longer holds'),
  areaIds: z.array(idSchema).max(500).default([]),
  boundary: boundarySchema
    .nullable()
    .default(null)
    .describe('Every smallest area whose middle lies in it belongs to the zone'),
});
export type ZoneForm = z.infer<typeof zoneForm>;

export const zoneView = z.object({
  id: idSchema,
  name: z.string(),
  purpose: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  areas: z.array(z.object({ areaId: idSchema, name: z.string() })),
});
