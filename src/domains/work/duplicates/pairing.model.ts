import { bagsOf, type Earlier, likeness, metresApart, type Said } from './said.model.ts';

/** What speaks for a report being about the same matter as an earlier one, as numbers; see `signs` for the order. */
export const signs = [
  'sameType',
  'sameMajor',
  'samePlaceWords',
  'samePoint',
  'distance',
  'distanceOfType',
  'lag',
  'lagSquared',
  'wordLikeness',
  'sameWords',
  'sameChannel',
  'ended',
  'placeLikeness',
  'crowd',
  'withinTheHour',
  'nearest',
  'secondNearest',
  'newestHere',
  'oldestHere',
  'manyHere',
  'firstOfSitting',
  'habit',
  'one',
] as const;
type Sign = (typeof signs)[number];
export type Weights = Readonly<Record<Sign, number>>;

const HOUR = 3_600_000;
export const RADIUS_M = 300;
const NEXT_DOOR_M = 30;
export const ENDED_LATELY_MS = 72 * HOUR;
const MOST = 24;
/**
 * For two of one area of which one has no point. Two matters of a grid that have nothing to do with each other lie some
 * 150 m apart, two reports of one matter a few metres; what may be either stands between. Farther than next door, so that
 * another kind of matter is only looked at where the place is written alike.
 */
export const ASSUMED_M = 80;

/** How often a report of this type repeats another, as a logarithm. */
export type Habit = (type: string) => number;

export interface Pair {
  readonly earlier: Earlier;
  readonly metres: number;
  /** The distance was not measured: one of the two has no point. */
  readonly assumed: boolean;
  readonly hours: number;
  readonly signs: Float64Array;
}

/** Earlier ones that a report might repeat, the likeliest first by place and type alone, each with its signs. */
export function pairsOf(said: Said, around: Iterable<Earlier>, habit: Habit): Pair[] {
  const near = [...candidatesOf(said, around)].sort((a, b) => a.order - b.order || a.hours - b.hours).slice(0, MOST);
  const company = companyOf(near);
  return near.map((one, i) => ({
    earlier: one.earlier,
    metres: one.metres,
    assumed: one.assumed,
    hours: one.hours,
    signs: signsOf(said, one, company[i] as Company, habit(said.type)),
  }));
}

interface Candidate {
  readonly earlier: Earlier;
  readonly metres: number;
  readonly assumed: boolean;
  readonly hours: number;
  readonly sameType: boolean;
  readonly order: number;
  readonly hasEnded: boolean;
}

function* candidatesOf(said: Said, around: Iterable<Earlier>): Generator<Candidate> {
  for (const earlier of around) {
    const { said: other, endedAt } = earlier;
    const measured = said.spot && other.spot ? metresApart(said.spot, other.spot) : null;
    if (measured === null && !isPlacedAlike(said, other)) continue;
    const metres = measured ?? ASSUMED_M;
    if (metres > RADIUS_M || other.at > said.at || other.key === said.key) continue;
    if (endedAt !== null && said.at - endedAt > ENDED_LATELY_MS) continue;
    const sameType = isOfType(said, other);
    if (!sameType && metres > NEXT_DOOR_M && !(said.place !== '' && other.place === said.place)) continue;
    yield {
      earlier,
      metres,
      assumed: measured === null,
      hours: (said.at - other.at) / HOUR,
      sameType,
      order: Math.log1p(metres) - (sameType ? 3 : 0),
      hasEnded: endedAt !== null && endedAt <= said.at,
    };
  }
}

/** In what is wider than a grid there is much of every kind: there the words must be alike besides. */
function isPlacedAlike(a: Said, b: Said): boolean {
  if (a.area.id !== b.area.id) return false;
  const isNarrow = a.area.level === 'grid' || a.area.level === 'micro_grid';
  return isNarrow || likeness(bagsOf(a).words, bagsOf(b).words) >= ALIKE;
}

/** What nobody has classified yet is taken for the same kind where the words are alike. */
function isOfType(a: Said, b: Said): boolean {
  if (a.type !== '' && b.type !== '') return a.type === b.type;
  return likeness(bagsOf(a).words, bagsOf(b).words) >= ALIKE;
}

const ALIKE = 0.25;

/** How a candidate stands among the others of its type. */
interface Company {
  readonly rank: number;
  readonly crowd: number;
  readonly here: number;
  readonly isNewest: boolean;
  readonly isOldest: boolean;
  readonly isFirstOfSitting: boolean;
}

const ALONE: Company = {
  rank: 9,
  crowd: 0,
  here: 0,
  isNewest: false,
  isOldest: false,
  isFirstOfSitting: false,
};
const CROWD_M = 100;

function companyOf(near: readonly Candidate[]): Company[] {
  const ofType = near.filter(({ sameType }) => sameType);
  const ranked = [...ofType].sort((a, b) => a.metres - b.metres || a.hours - b.hours);
  const crowd = ofType.filter(({ metres }) => metres < CROWD_M).length;
  return near.map((one) => {
    if (!one.sameType) return { ...ALONE, crowd };
    // Whether two of one area lie on one spot is not known where it was only assumed how far they are.
    const here = one.assumed
      ? [one]
      : ofType.filter(({ metres, assumed }) => !assumed && Math.abs(metres - one.metres) < 0.01);
    const older = here.filter(({ hours }) => hours > one.hours);
    const isAmongSeveral = here.length > 1;
    return {
      rank: ranked.indexOf(one),
      crowd,
      here: here.length,
      isNewest: isAmongSeveral && here.every(({ hours }) => hours >= one.hours),
      isOldest: isAmongSeveral && older.length === 0,
      // Somebody who walks along a street writes down one after the other: an hour's pause begins a new sitting.
      isFirstOfSitting: older.every(({ hours }) => hours - one.hours > 1),
    };
  });
}

function signsOf(said: Said, one: Candidate, company: Company, habit: number): Float64Array {
  const { said: other } = one.earlier;
  const [distance, lag] = [Math.log1p(one.metres), Math.log1p(one.hours)];
  const [own, others] = [bagsOf(said), bagsOf(other)];
  const alike = likeness(own.words, others.words);
  const named: Record<Sign, number | boolean> = {
    sameType: one.sameType,
    sameMajor: !one.sameType && said.major !== '' && other.major === said.major,
    samePlaceWords: said.place !== '' && other.place === said.place,
    samePoint: one.metres < 1,
    distance,
    distanceOfType: one.sameType ? distance : 0,
    lag,
    lagSquared: lag ** 2 / 10,
    wordLikeness: alike,
    sameWords: alike > 0 && other.words === said.words,
    sameChannel: other.channel === said.channel,
    ended: one.hasEnded,
    // Who gives no point says the place among the rest: “the lamp at the school gate”.
    placeLikeness: one.assumed ? likeness(own.all, others.all) : likeness(own.place, others.place),
    crowd: Math.log1p(company.crowd),
    withinTheHour: one.sameType && one.hours < 1,
    nearest: company.rank === 0,
    secondNearest: company.rank === 1,
    newestHere: company.isNewest,
    oldestHere: company.isOldest,
    manyHere: Math.log1p(company.here),
    firstOfSitting: company.isFirstOfSitting,
    habit,
    one: 1,
  };
  return Float64Array.from(signs, (sign) => Number(named[sign]));
}
