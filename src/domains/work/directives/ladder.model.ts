import { naturalDays } from '../calendars/limit.model.ts';
import type { Rung } from '../obligations/clock.model.ts';

/** Told when four fifths of the time are gone and on the day itself; three days later those above hear of it. Our own choice. */
export const ladder: readonly Rung[] = [
  { at: { share: 0.8 }, tell: 'owner' },
  { at: { after: null }, tell: 'owner' },
  { at: { after: naturalDays(3) }, tell: 'superior' },
];
