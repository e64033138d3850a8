import { nextRound, type Round } from '../../../domains/work/patrols/due.model.ts';
import { LONGEST_WALK_MS } from '../../../domains/work/patrols/walk.model.ts';
import type { PatrolBody, SpotBody } from '../engine/patrol.ts';

/** Where a patrol stands at this moment, worked out on the phone. */
export interface PatrolNow {
  /** The round that is on, or else the nearest; null: none within the year. */
  readonly round: Round | null;
  readonly isOn: boolean;
  /** Places that nobody has ticked yet in the round that is on. */
  readonly left: readonly SpotBody[];
  readonly walk: PatrolBody['walk'];
}

export function patrolNow({ rule, since, places, walk }: PatrolBody, now: Date, zone: string): PatrolNow {
  const at = now.getTime();
  const rules = rule && since ? [{ rule, since: Date.parse(since), until: null }] : [];
  const round = nextRound(rules, zone, at);
  const isOn = round !== null && round.start <= at;
  const left = isOn ? places.filter(({ lastAt }) => lastAt === null || Date.parse(lastAt) < round.start) : [];
  const isWalking = walk !== null && at - Date.parse(walk.startedAt) < LONGEST_WALK_MS;
  return { round, isOn, left, walk: isWalking ? walk : null };
}

/** Walks first, then what is due and not done, then by time. */
export const urgency = ({ walk, isOn, left, round }: PatrolNow): number =>
  walk ? 0 : isOn && left.length > 0 ? 1 : round ? round.start : Number.POSITIVE_INFINITY;
