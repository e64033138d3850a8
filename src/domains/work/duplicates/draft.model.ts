import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { channels, place } from '../casefiles/casefile.model.ts';
import { alikeView } from './alike.model.ts';

/** What somebody has written so far, before it is saved. Sent in the body: it may say who calls. */
export const draftForm = z.strictObject({
  words: z.string().trim().max(4000),
  place,
  channel: z.enum(channels),
  typeCode: z.string().max(80).optional(),
});
export type Draft = z.output<typeof draftForm>;

const words = z.object({ zh: z.string(), en: z.string() });

export const hintsView = z.object({
  alike: z.array(
    alikeView.extend({
      mayJoin: z.boolean().describe('Once this is saved, the viewer may merge it into that one'),
      whyNot: words.nullable(),
    }),
  ),
  bodies: z.array(
    z.object({
      typeCode: z.string(),
      type: words,
      bodyId: idSchema.nullable(),
      bodyName: z.string().nullable().describe('null: the township takes it first'),
      because: z.array(words),
    }),
  ),
});

export const MOST_TYPES = 3;
