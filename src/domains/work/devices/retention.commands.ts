import { earlier } from '../../../kernel/clock.ts';
import { type Sweep, sweepAway } from '../../../kernel/sweep.ts';
import { removeJudged } from './device.queries.ts';
import { removeLeft } from './held.queries.ts';

const KEPT_MS = 180 * 86_400_000;

/** A device that comes back after that still does nothing twice: command ids stay for ever. */
export const deviceRetention: readonly Sweep[] = [
  sweepAway('verdicts for devices', (ctx, most) => removeJudged(ctx, earlier(ctx.now, KEPT_MS), most)),
  sweepAway('where cases were before', (ctx, most) => removeLeft(ctx, earlier(ctx.now, KEPT_MS), most)),
];
