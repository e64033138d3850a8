import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import type { roleNames } from '../../land/staff/staff.model.ts';
import { clockView } from '../obligations/obligation.model.ts';

/** What pages and programs send and get. Whoever hands over reads no record: of duties they are told kinds and numbers. */
const words = z.object({ zh: z.string(), en: z.string() });
const ids = z
  .string()
  .transform((text) => text.split(',').filter((one) => one !== ''))
  .pipe(z.array(idSchema).max(50));

export const previewQuery = z.strictObject({
  fromId: idSchema,
  toId: idSchema,
  postIds: ids.optional().describe('Only these posts and what was given in them; everything when left out'),
});
export const handoverForm = z.strictObject({
  id: idSchema,
  fromId: idSchema,
  toId: idSchema,
  postIds: z.array(idSchema).max(50).nullable(),
});

const dutiesOfAKind = z.object({
  duty: words,
  owedBy: z.string(),
  count: z.number(),
  confidential: z.number().describe('How many of them are about confidential cases'),
});
export const handoverPreview = z.object({
  from: z.string(),
  to: z.string(),
  posts: z.array(z.object({ postId: idSchema, name: z.string(), waiting: z.number() })),
  charges: z.array(z.object({ id: idSchema, area: z.string(), charge: z.string() })),
  duties: z.array(dutiesOfAKind),
  circles: z.number().describe('Circles of confidential cases that are not handed over'),
});

export const handedOver = z.object({
  handoverId: idSchema,
  posts: z.number(),
  charges: z.number(),
  duties: z.number(),
});

const receiptDuty = z.object({
  id: idSchema,
  dutyWords: words,
  recordId: idSchema,
  title: words.nullable(),
  number: z.string().nullable(),
  open: z.boolean(),
  clock: clockView,
});
export const receiptView = z.object({
  id: idSchema,
  from: z.string(),
  to: z.string(),
  by: z.string().nullable().describe('Who did it; null: at the shell of the server'),
  at: z.date(),
  confirmedAt: z.date().nullable(),
  side: z.enum(['giver', 'receiver', 'other']),
  posts: z.array(z.string()),
  charges: z.array(z.string()),
  duties: z.number(),
  /** For the receiver alone, and as far as they may still read what it is about. */
  list: z.array(receiptDuty),
});

export const relievingView = z.object({
  id: idSchema,
  name: z.string(),
  waiting: z.number().describe('Open duties of the post that nobody was given by name'),
  holders: z.array(
    z.object({
      personId: idSchema,
      name: z.string(),
      given: z.number().describe('Open duties of the post or its body given to this person by name'),
    }),
  ),
});

/** An organisation raised from a page: hours by the county’s calendars, people by their ids. */
const bodyRoles = ['body_head', 'body_desk', 'body_worker'] as const satisfies readonly (typeof roleNames)[number][];
export const raiseForm = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(60),
  purpose: z.string().trim().min(1).max(200),
  until: daySchema,
  areaId: idSchema,
  calendarId: idSchema,
  aboveId: idSchema.nullable(),
  areaIds: z.array(idSchema).max(500).describe('What its heads answer for in emergency time'),
  members: z
    .array(z.strictObject({ role: z.enum(bodyRoles), personId: idSchema }))
    .min(1)
    .max(500),
});
export const raised = z.object({ bodyId: idSchema, posts: z.number(), members: z.number() });

export const hoursForm = z.strictObject({
  calendarId: idSchema,
  own: z.boolean().default(false).describe('Not this calendar itself but a copy of it, for this body alone'),
});
export const hoursSet = z.object({ bodyId: idSchema, calendarId: idSchema });

export const standDownQuery = z.strictObject({ toId: idSchema.optional().describe('Who takes over what is open') });
export const standDownForm = z.strictObject({ toId: idSchema.nullable() });
export const standDownPreview = z.object({
  id: idSchema,
  name: z.string(),
  duties: z.array(dutiesOfAKind.extend({ to: z.string() })),
  left: z.array(words).describe('Why it cannot be stood down yet; empty: it can'),
});
export const stoodDown = z.object({
  duties: z.number(),
  rules: z.number(),
  posts: z.number(),
  holdings: z.number(),
  charges: z.number(),
});
