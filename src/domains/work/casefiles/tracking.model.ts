import { z } from 'zod';
import { messageView } from '../../telling/messages/message.model.ts';
import { clockView } from '../obligations/obligation.model.ts';
import { statusNames } from './casefile.model.ts';

/** The page of whoever reported, like a parcel's: where it is, who has it, until when, what they can do. */
const words = z.object({ zh: z.string(), en: z.string() });

export const trackingView = z.object({
  number: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  place: z.string(),
  status: z.enum(statusNames),
  statusWords: words,
  urgent: z.boolean(),
  unverified: z.boolean().describe('Came above the share of its address; a desk looks at it apart'),
  round: z.number(),
  reportedAt: z.date(),
  with: z.string().nullable().describe('The body that has it now'),
  handling: clockView.nullable(),
  holder: z
    .object({ name: words, does: words, ...clockView.pick({ dueAt: true, state: true, late: true, near: true }).shape })
    .nullable()
    .describe('Whose turn it is, by post or body, and until when'),
  released: z.object({ words: z.string().nullable(), photoIds: z.array(z.string()) }).nullable(),
  outcome: z.string().nullable(),
  publicText: z.string().nullable(),
  answer: z.string().nullable(),
  mergedInto: z.string().nullable().describe('Number of the case it was merged into'),
  messages: z.array(messageView.pick({ id: true, text: true, words: true, toldAt: true })),
  can: z.array(
    z.object({ command: z.string(), words, allowed: z.boolean(), reason: words.nullable(), lacking: z.boolean() }),
  ),
});
