import { distanceM } from '../../../kernel/geo.ts';
import type { Words } from '../../../kernel/words.ts';

/** How somebody says they were at a place, and whether it counts. Decided alike on the phone and by the server. */
export const hows = ['here', 'code', 'word'] as const;
export type How = (typeof hows)[number];

export const howWords: Readonly<Record<How, Words>> = {
  here: { zh: '到点定位', en: 'by position' },
  code: { zh: '点位码', en: 'by sticker' },
  word: { zh: '口头说明', en: 'by word' },
};

export const verdicts = [
  ...(['counted', 'outside', 'vague', 'leap', 'wrong_code', 'elsewhere'] as const),
  ...(['by_word', 'not_then', 'too_late'] as const),
] as const;
export type Verdict = (typeof verdicts)[number];

/** Why it counts, or does not. */
export const verdictWords: Readonly<Record<Verdict, Words>> = {
  counted: { zh: '算数', en: 'counted' },
  outside: { zh: '不在点位范围内', en: 'not at the place' },
  vague: { zh: '定位不准', en: 'position too vague' },
  leap: { zh: '短时间内走得太远，定位可疑', en: 'too far in too short a time' },
  wrong_code: { zh: '点位码不对', en: 'not the number of this place' },
  elsewhere: { zh: '点位码对，但人在别处', en: 'its number, typed somewhere else' },
  by_word: { zh: '只有说明，没有到点凭据', en: 'said only, nothing shows it' },
  not_then: { zh: '当时方案里没有这个点', en: 'not in the plan at that time' },
  too_late: { zh: '晚到超过 14 天', en: 'more than 14 days late' },
};

export interface Position {
  readonly lon: number;
  readonly lat: number;
  readonly accuracyM: number;
}

export interface PlaceSpot {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly radiusM: number;
}

/** Within how many metres one was there, until it was changed. */
export interface EarlierRadius {
  readonly radiusM: number;
  readonly until: string;
}

/** As the place was when something was done. Earlier ones stand in their order. */
export function spotAt<Place extends PlaceSpot & { readonly earlier: readonly EarlierRadius[] }>(
  place: Place,
  at: number,
): Place {
  const then = place.earlier.find(({ until }) => at < Date.parse(until));
  return then === undefined ? place : { ...place, radiusM: then.radiusM };
}

/** Less exact than this says nothing about a place; no receiver is right to the metre, and a made-up position says 0. */
const VAGUE_M = 100;
/** As much of its error as is forgiven. */
const FORGIVEN_M = 50;

/** By the position alone. */
export function judgePosition(place: PlaceSpot, at: Position | null): { verdict: Verdict; distanceM: number | null } {
  if (at === null || place.lon === null || place.lat === null) return { verdict: 'vague', distanceM: null };
  const away = distanceM([place.lon, place.lat], [at.lon, at.lat]);
  const { accuracyM } = at;
  const isVague = accuracyM <= 0 || accuracyM > VAGUE_M;
  const isThere = away <= place.radiusM + Math.min(accuracyM, FORGIVEN_M);
  return { verdict: isVague ? 'vague' : isThere ? 'counted' : 'outside', distanceM: Math.round(away) };
}

/** Faster than anybody patrols, by car. */
const FASTEST_M_PER_S = 33;
const JITTER_M = 200;

/**
 * A sticker is for where positions are bad, so it counts without one and with a vague one; a good one from clearly somewhere
 * else says that its number was only copied.
 */
export function judgeCode(place: PlaceSpot, at: Position | null): { verdict: Verdict; distanceM: number | null } {
  const { verdict, distanceM: away } = judgePosition(place, at);
  const isElsewhere = verdict === 'outside' && away !== null && away > place.radiusM + JITTER_M;
  return { verdict: isElsewhere ? 'elsewhere' : 'counted', distanceM: away };
}

/** What the position and the way say of a tick; whether a number is the right one only the server knows. */
export const judgeTick = (place: PlaceSpot, { how, at }: { readonly how: How; readonly at: Position | null }) =>
  how === 'code'
    ? judgeCode(place, at)
    : how === 'here'
      ? judgePosition(place, at)
      : { ...judgePosition(place, at), verdict: 'by_word' as const };

/** Two positions of one walk that nobody can have been at one after the other. */
export const isLeap = (one: Position & { at: number }, other: Position & { at: number }): boolean =>
  distanceM([one.lon, one.lat], [other.lon, other.lat]) >
  JITTER_M + (Math.abs(other.at - one.at) / 1000) * FASTEST_M_PER_S;

/** The number on a sticker: five digits and one that follows from them, so that a slip is seen at once, without network. */
const CODE_DIGITS = 6;

const checkOf = (digits: string): number =>
  [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 3 : 1), 0) % 10;
export const withCheck = (digits: string): string => `${digits}${checkOf(digits)}`;
/** As typed, or as a scanner reads it off the sticker. Null: not one. */
export function readCode(typed: string): string | null {
  const plain = /(\d{3}[\s-]?\d{3})\s*$/.exec(typed.normalize('NFKC').trim())?.[1]?.replace(/\D/g, '') ?? '';
  return plain.length === CODE_DIGITS && withCheck(plain.slice(0, -1)) === plain ? plain : null;
}
