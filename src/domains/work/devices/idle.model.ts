import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';

/** Phones that have not been heard of for a while, for the administrator. */
export const IDLE_DAYS = 3;
const MOST_IDLE_DAYS = 365;

const words = z.object({ zh: z.string(), en: z.string() });

export const idleQuery = z.strictObject({
  days: z.coerce.number().int().min(0).max(MOST_IDLE_DAYS).default(IDLE_DAYS).describe('0: all of them'),
});

export const idleView = z.object({
  id: idSchema,
  name: z.string().describe('Of the person whose it is'),
  held: z.array(words).describe('Their posts, each with its place'),
  area: z.string().nullable().describe('Where it is looked after'),
  model: z.string(),
  appVersion: z.string(),
  seenAt: z.date(),
  oldestUnsentAt: z.date().nullable().describe('As it said when it was last heard of'),
  revokedAt: z.date().nullable(),
});

export const outlookView = idleView.extend({
  signedIn: z.boolean().describe('Revoking it ends this'),
  refused: z.number().describe('What it sent and was refused: stays, and can be read'),
  others: z.number().describe('Other devices of the same person, which go on'),
});
