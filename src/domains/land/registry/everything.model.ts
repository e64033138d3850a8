import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { words } from './ledger.model.ts';

/** All that a ledger keeps about one person, for themselves: numbers in full, every telling, and who looked. */
export const everythingView = z.object({
  recordId: idSchema,
  ledger: words,
  name: z.string(),
  area: z.string(),
  facts: z.array(
    z.object({
      ...{ field: z.string(), name: words, value: z.string(), toldOn: z.string() },
      ...{ setBy: z.string().nullable(), setAt: z.date().nullable(), source: z.string().nullable() },
    }),
  ),
  history: z.array(
    z.object({
      ...{ at: z.date(), toldOn: z.string(), by: z.string().nullable(), source: z.string().nullable() },
      fields: z
        .array(z.object({ field: z.string(), name: words, value: z.string() }))
        .describe('Empty: what stood was taken away'),
    }),
  ),
  reads: z
    .array(z.object({ at: z.date(), by: z.string(), fields: z.array(words), reason: z.string().nullable() }))
    .describe('Who saw its numbers in full, and why'),
});
export type Everything = z.input<typeof everythingView>;
