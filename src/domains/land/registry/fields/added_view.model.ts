import { z } from 'zod';

/** An own field, for a page that shows values of it. */
export const addedView = z.object({
  code: z.string(),
  name: z.string(),
  help: z.string(),
  choices: z.array(z.string()),
  isRetired: z.boolean(),
});
export type Added = z.output<typeof addedView>;
