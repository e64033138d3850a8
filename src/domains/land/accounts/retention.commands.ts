import { earlier } from '../../../kernel/clock.ts';
import { type Sweep, sweepAway } from '../../../kernel/sweep.ts';
import { removeDelays, removeSessions } from './account.queries.ts';
import { removeSlips } from './activation.queries.ts';
import { DELAY_MS } from './delay.model.ts';

const DAY_MS = 86_400_000;

/** Who signed in when stays in the journal; the rows that let somebody in have no use after their time. */
export const accountRetention: readonly Sweep[] = [
  sweepAway('sessions', (ctx, most) => removeSessions(ctx, earlier(ctx.now, 30 * DAY_MS), most)),
  sweepAway('activation slips', (ctx, most) => removeSlips(ctx, earlier(ctx.now, 180 * DAY_MS), most)),
  sweepAway('sign-in delays', (ctx, most) => removeDelays(ctx, earlier(ctx.now, DELAY_MS), most)),
];
