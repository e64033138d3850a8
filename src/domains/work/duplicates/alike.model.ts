import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import { levelWords } from '../../land/areas/area.model.ts';
import { casefileLine } from '../casefiles/page.model.ts';
import { chances } from './choice.model.ts';
import { type Pair, pairsOf, signs, type Weights } from './pairing.model.ts';
import { bagsOf, type Earlier, likeness, type Said } from './said.model.ts';

const words = z.object({ zh: z.string(), en: z.string() });

/** An earlier case that a report may be about, with what speaks for it. */
export const alikeView = z.object({
  id: idSchema,
  line: casefileLine,
  metres: z.number().nullable().describe('Between the two places; null: only the area of one is known'),
  reasons: z.array(words).describe('What speaks for it, the strongest first'),
});

/**
 * Learned by `jingwei evaluate duplicates` from half a year of a city's public service requests and the repeats its
 * staff named; a county with labels of its own learns its own. `habit` and `one` shift all of a report's options alike.
 */
const weights: Weights = {
  sameType: 2.1,
  sameMajor: 1.1,
  samePlaceWords: 1.3,
  samePoint: -3.3,
  distance: -0.5,
  distanceOfType: -0.5,
  lag: 0.14,
  lagSquared: -0.46,
  wordLikeness: 0.5,
  sameWords: -0.2,
  sameChannel: -0.06,
  ended: -3,
  placeLikeness: 2.6,
  crowd: 0.13,
  withinTheHour: -0.7,
  nearest: 1.95,
  secondNearest: 1.2,
  newestHere: -0.67,
  oldestHere: 0.69,
  manyHere: -0.1,
  firstOfSitting: 0.67,
  habit: 1.67,
  one: -2.5,
};
/** One report in a hundred repeats another, until a county knows better. */
const usualHabit = (): number => Math.log(0.01);
const LEAST = 0.0001;
const MOST_SHOWN = 3;

export interface Alike {
  readonly key: string;
  readonly metres: number | null;
  readonly reasons: readonly Words[];
}

/** At most three, the likeliest first; none rather than far-fetched ones. */
export function alikeOf(said: Said, around: readonly Earlier[]): Alike[] {
  const pairs = pairsOf(said, around, usualHabit);
  const chance = chances(
    pairs.map((pair) => pair.signs),
    signs.map((sign) => weights[sign]),
  );
  return pairs
    .map((pair, i) => ({ pair, chance: chance[i] ?? 0 }))
    .filter((one) => one.chance >= LEAST)
    .sort((a, b) => b.chance - a.chance)
    .slice(0, MOST_SHOWN)
    .map(({ pair }) => ({
      key: pair.earlier.said.key,
      metres: pair.assumed ? null : Math.round(pair.metres),
      reasons: reasonsFor(said, pair),
    }));
}

function reasonsFor(said: Said, { earlier, metres, assumed, hours }: Pair): Words[] {
  const { said: other, endedAt } = earlier;
  const alike = likeness(bagsOf(said).words, bagsOf(other).words);
  const reasons: (Words | false)[] = [
    said.type !== '' && other.type === said.type && { zh: '同一类事', en: 'the same kind of matter' },
    assumed ? sameArea(said) : apart(metres),
    said.place !== '' && other.place === said.place && { zh: '地点写得一样', en: 'the same words for the place' },
    alike >= 0.25 && { zh: '说法相近', en: 'similar words' },
    agoWords(hours),
    endedAt !== null && endedAt <= said.at && { zh: '刚办结', en: 'closed lately' },
  ];
  return reasons.flatMap((reason) => reason || []);
}

const sameArea = ({ area }: Said): Words => {
  const { zh, en } = levelWords[area.level];
  return { zh: `同一${zh}`, en: `the same ${en}` };
};
const apart = (metres: number): Words =>
  metres < 1
    ? { zh: '同一位置', en: 'the same point' }
    : { zh: `相距 ${Math.round(metres)} 米`, en: `${Math.round(metres)} m apart` };

export const agoWords = (hours: number): Words => ({ zh: `早 ${agoZh(hours)}`, en: `${agoEn(hours)} earlier` });

const agoZh = (hours: number): string =>
  hours < 1
    ? `${Math.round(hours * 60)} 分钟`
    : hours < 48
      ? `${Math.round(hours)} 小时`
      : `${Math.round(hours / 24)} 天`;
const agoEn = (hours: number): string =>
  hours < 1
    ? `${Math.round(hours * 60)} min`
    : hours < 48
      ? `${Math.round(hours)} h`
      : `${Math.round(hours / 24)} days`;
