import { z } from 'zod';
import { learnLinear, linearSchema, type Ranked, rank } from './linear.model.ts';

/** A case that was dispatched: what was said, where, as what it was filed and who got it. */
export interface Lesson {
  readonly at: number;
  readonly words: readonly string[];
  /** Whose words they are, as far as one report can be told from another. */
  readonly by: string;
  /** The area of the case and all above it, the smallest first. */
  readonly areas: readonly string[];
  readonly type: string;
  readonly body: string;
}

/** The same before its words were cut. */
export type Told = Omit<Lesson, 'words'> & { readonly said: string };

/**
 * What was learned: no texts, only how much a word speaks for a kind of work or a body. Words of a report are personal
 * data, so a word is kept only where many cases of several places and people have it: a name, a house or a plate that
 * one person says again and again stays out.
 */
export const learnedSchema = z.object({ types: linearSchema, bodies: linearSchema });
export type Learned = z.output<typeof learnedSchema>;

const LEAST_CASES = 5;
const LEAST_PLACES = 3;
const LEAST_PEOPLE = 3;
/** More words than these are noise for a county and memory for the server. */
const MOST_WORDS = 3000;

/** The words that may be kept, the most frequent first. The same text sent twice from one place counts once. */
export function wordsToKeep(lessons: readonly Lesson[]): string[] {
  const seen = new Map<string, { cases: number; places: Set<string>; people: Set<string> }>();
  const texts = new Set<string>();
  for (const { words, areas, by } of lessons) {
    const own = [...new Set(words)].sort();
    const text = [areas[0], ...own].join(' ');
    if (texts.has(text)) continue;
    texts.add(text);
    for (const word of own) {
      const of = seen.get(word) ?? { cases: 0, places: new Set(), people: new Set() };
      of.cases += 1;
      of.places.add(areas[0] ?? '');
      of.people.add(by);
      seen.set(word, of);
    }
  }
  return [...seen]
    .filter(
      ([, { cases, places, people }]) =>
        cases >= LEAST_CASES && places.size >= LEAST_PLACES && people.size >= LEAST_PEOPLE,
    )
    .sort(([a, x], [b, y]) => y.cases - x.cases || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
}

const wordSign = (word: string): string => `w:${word}`;

export function learnFrom(lessons: readonly Lesson[]): Learned {
  const words = wordsToKeep(lessons);
  const kept = new Set(words);
  const signsOf = (lesson: Lesson): string[] => lesson.words.filter((word) => kept.has(word)).map(wordSign);
  const ofWords = words.map(wordSign);
  const types = learnLinear(
    lessons.map((lesson) => ({ signs: signsOf(lesson), label: lesson.type })),
    ofWords,
  );
  const answered = lessons.map((lesson) => ({
    signs: [...signsOf(lesson), ...placeSigns(lesson.type, lesson.areas)],
    label: lesson.body,
  }));
  const bodies = learnLinear(answered, [
    ...ofWords,
    ...often(lessons.flatMap(({ type, areas }) => placeSigns(type, areas))),
  ]);
  return { types, bodies };
}

/** Who answers depends on the kind of work and on the place. */
const placeSigns = (type: string, areas: readonly string[]): string[] => [
  `t:${type}`,
  ...areas.map((area) => `a:${area}`),
];

function often(signs: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts].flatMap(([sign, cases]) => (cases >= LEAST_CASES ? [sign] : []));
}

export interface Asked {
  readonly words: readonly string[];
  readonly areas: readonly string[];
}

/** Whether anything was said that was learned; else the most frequent kind would be put forward for everything. */
export const knowsAny = ({ types }: Learned, { words }: Asked): boolean =>
  words.some((word) => Object.hasOwn(types.weights, wordSign(word)));

export const rankTypes = ({ types }: Learned, { words }: Asked): Ranked[] => rank(types, words.map(wordSign));

export const rankBodies = ({ bodies }: Learned, { words, areas }: Asked, type: string): Ranked[] =>
  rank(bodies, [...words.map(wordSign), ...placeSigns(type, areas)]);

const TYPES_LOOKED_AT = 5;

/** Bodies where the kind of work is not settled yet: each as likely as with the likeliest kinds together. */
export function rankBodiesOfAll(learned: Learned, asked: Asked, types: readonly Ranked[]): Ranked[] {
  const all = new Map<string, number>();
  for (const type of types.slice(0, TYPES_LOOKED_AT))
    for (const { label, share } of rankBodies(learned, asked, type.label))
      all.set(label, (all.get(label) ?? 0) + share * type.share);
  return [...all]
    .map(([label, share]) => ({ label, share }))
    .sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1));
}

export const wordsIn = ({ types }: Learned): number => Object.keys(types.weights).length;
