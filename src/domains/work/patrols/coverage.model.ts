import type { Round } from './due.model.ts';

/** What of the rounds was gone round, and where the gaps are: in time and in space. Pure. */
export interface DatedPlace {
  readonly id: string;
  readonly since: number;
  readonly until: number | null;
}
export interface CountedTick {
  readonly placeId: string;
  readonly at: number;
}

export interface Covered extends Round {
  /** Places that were to be ticked in it, and those that were. */
  readonly places: readonly string[];
  readonly ticked: readonly string[];
}

/** Each round with the places that stood in the plan when it began. Only ticks that count are given here. */
export function coverage(
  rounds: readonly Round[],
  places: readonly DatedPlace[],
  ticks: readonly CountedTick[],
): Covered[] {
  const inOrder = [...ticks].sort((a, b) => a.at - b.at);
  return rounds.map(({ start, end }) => {
    const due = places.filter(({ since, until }) => since <= start && (until === null || start < until));
    const there = new Set(between(inOrder, start, end).map(({ placeId }) => placeId));
    const ids = due.map(({ id }) => id);
    return { start, end, places: ids, ticked: ids.filter((id) => there.has(id)) };
  });
}

/** Of ticks in order, those in [start, end). */
function between(ticks: readonly CountedTick[], start: number, end: number): readonly CountedTick[] {
  return ticks.slice(firstFrom(ticks, start), firstFrom(ticks, end));
}

function firstFrom(ticks: readonly CountedTick[], at: number): number {
  let [low, high] = [0, ticks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ticks[middle] as CountedTick).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const isWhole = ({ places, ticked }: Covered): boolean => ticked.length === places.length;

/** Rounds in a row that something is missing in, from the beginning of the first to the end of the last. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly rounds: number;
}

export function gapsIn(rounds: readonly Covered[], isCovered: (round: Covered) => boolean): Gap[] {
  const gaps: Gap[] = [];
  let open: Gap | null = null;
  for (const round of rounds) {
    if (isCovered(round)) open = null;
    else {
      const longer: Gap = { from: open?.from ?? round.start, to: round.end, rounds: (open?.rounds ?? 0) + 1 };
      if (open) gaps.pop();
      gaps.push(longer);
      open = longer;
    }
  }
  return gaps;
}

/** By how many rounds were missed; of equals the first. */
export const longestOf = (gaps: readonly Gap[]): Gap | null =>
  gaps.reduce<Gap | null>((longest, gap) => (longest === null || gap.rounds > longest.rounds ? gap : longest), null);

/** Where nobody was: of one place, the rounds that asked for it and had no tick of it. */
export const gapsAt = (rounds: readonly Covered[], placeId: string): Gap[] =>
  gapsIn(
    rounds.filter(({ places }) => places.includes(placeId)),
    ({ ticked }) => ticked.includes(placeId),
  );
