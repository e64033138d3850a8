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
  /** Those of which the number of the sticker was typed in it, and the server has to say whether it is right. */
  readonly unchecked: readonly SpotBody[];
  readonly walk: PatrolBody['walk'];
}

export function patrolNow({ rule, since, places, walk }: PatrolBody, now: Date, zone: string): PatrolNow {
  const at = now.getTime();
  const rules = rule && since ? [{ rule, since: Date.parse(since), until: null }] : [];
  const round = nextRound(rules, zone, at);
  const isOn = round !== null && round.start <= at;
  const isBefore = (time: string | null | undefined): boolean => !time || Date.parse(time) < (round?.start ?? 0);
  const missing = isOn ? places.filter(({ lastAt }) => isBefore(lastAt)) : [];
  const left = missing.filter(({ codeAt }) => isBefore(codeAt));
  const unchecked = missing.filter((spot) => !left.includes(spot));
  const isWalking = walk !== null && at - Date.parse(walk.startedAt) < LONGEST_WALK_MS;
  return { round, isOn, left, unchecked, walk: isWalking ? walk : null };
}

/** Walks first, then what is due and not done, then by time. */
export const urgency = ({ walk, isOn, left, round }: PatrolNow): number =>
  walk ? 0 : isOn && left.length > 0 ? 1 : round ? round.start : Number.POSITIVE_INFINITY;
