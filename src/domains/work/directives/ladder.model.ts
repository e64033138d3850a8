import { type Limit, naturalDays, workingDays } from '../calendars/limit.model.ts';
import type { Rung } from '../obligations/clock.model.ts';

/** Told when four fifths of the time are gone and on the day itself; three days later those above hear of it. Our own choice. */
export const ladder: readonly Rung[] = [
  { at: { share: 0.8 }, tell: 'owner' },
  { at: { after: null }, tell: 'owner' },
  { at: { after: naturalDays(3) }, tell: 'superior' },
];

/** How long whoever sent an item has to look at what is reported done. */
export const acceptLimit: Limit = workingDays(5);
export const acceptLadder: readonly Rung[] = [{ at: { after: null }, tell: 'owner' }];
