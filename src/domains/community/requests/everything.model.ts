import { z } from 'zod';
import { everythingView } from '../../land/registry/everything.model.ts';

/** All that is kept about somebody, as it is handed to them: the ledger, and what they said when they were visited. */
export const handedView = everythingView.extend({
  visits: z.array(
    z.object({
      ...{ campaign: z.string(), at: z.date(), by: z.string(), result: z.string() },
      answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    }),
  ),
});
export type Handed = z.input<typeof handedView>;
