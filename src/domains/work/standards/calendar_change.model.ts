import { z } from 'zod';
import { patternSchema, slotsSchema } from '../calendars/calendar.model.ts';

const words = z.object({ zh: z.string(), en: z.string() });

/** What changing a calendar would do. */
export const changePreview = z.object({
  movesFrom: z.iso.date().describe('The first day that is otherwise'),
  days: z.array(
    z.object({ from: z.iso.date(), to: z.iso.date(), was: slotsSchema, becomes: slotsSchema, why: z.string() }),
  ),
  hours: z.object({ from: z.iso.date(), was: patternSchema, becomes: patternSchema }).nullable(),
  knownThrough: z.number().nullable(),
  effect: z.object({
    open: z.number().describe('Open clocks that count by it'),
    stopped: z.number().describe('Paused or resting now: counted by the new hours once they run again'),
    moved: z.number(),
    later: z.number(),
    earlier: z.number(),
    firstDueAt: z.date().nullable().describe('The first deadline that moves, as it stands now'),
    duties: z.array(z.object({ duty: words, moved: z.number() })),
  }),
});
