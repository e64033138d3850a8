import { z } from 'zod';
import { outcomes } from '../casefiles/casefile.model.ts';
import { casefileLine } from '../casefiles/page.model.ts';
import { clockView } from '../obligations/obligation.model.ts';

const words = z.object({ zh: z.string(), en: z.string() });

/** A closed case of which the reporter was asked whether it is solved, and has not said. */
export const callbackLine = casefileLine.extend({
  clock: clockView,
  closedAt: z.date().nullable(),
  outcome: words.nullable(),
  publicText: z.string().nullable(),
  bodyName: z.string().nullable(),
  hasPhone: z.boolean(),
  tries: z.number().int().describe('Messages left for them since it was closed'),
  triedAt: z.date().nullable(),
});

export const callbacksView = z.object({
  all: z.number().int().describe('How many there are; told are those whose time ends first'),
  lines: z.array(callbackLine),
});

export const MOST_CALLED = 100;

export const outcomeWords = (outcome: string | null): z.input<typeof words> | null =>
  outcome !== null && outcome in outcomes ? outcomes[outcome as keyof typeof outcomes] : null;
