import type { AreaLevel } from '../../land/areas/area.model.ts';

/**
 * What a report is known by when it is made. Nothing that is written later may stand here: the text with which a case is
 * closed often names the one it repeats, and whoever learns from that has learnt nothing.
 */
export interface Said {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null: only the area is known, as with most of what residents send. */
  readonly spot: Spot | null;
  readonly area: { readonly id: string; readonly level: AreaLevel };
  readonly type: string;
  readonly major: string;
  readonly words: string;
  readonly place: string;
  readonly channel: string;
}

/** Metres east and north of any fixed point. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One that was there before. When it ended is told by its case, and known when the later one is made. */
export interface Earlier {
  readonly said: Said;
  readonly endedAt: number | null;
}

/** The words of a report, counted once however often it is compared. */
export function bagsOf(said: Said): Bags {
  const known = bags.get(said);
  if (known) return known;
  const [words, place] = [wordsOf(said.words), wordsOf(said.place)];
  const made = { words, place, all: new Set([...words, ...place]) };
  bags.set(said, made);
  return made;
}

interface Bags {
  readonly words: ReadonlySet<string>;
  readonly place: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}
const bags = new WeakMap<Said, Bags>();

/** Words of a text in any script: runs of letters and digits, and of Chinese each two characters that stand together. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [run] of text
    .toLowerCase()
    .matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu)) {
    if (!/\p{Script=Han}/u.test(run)) words.add(run);
    else if (run.length === 1) words.add(run);
    else for (let i = 1; i < run.length; i += 1) words.add(run.slice(i - 1, i + 1));
  }
  return words;
}

/** Shared words over all words, 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}

export const metresApart = (a: Spot, b: Spot): number => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
