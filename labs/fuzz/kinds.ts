import fc from 'fast-check';
import type { Operation } from './document.ts';
import { type Draft, goodDrafts } from './draft.ts';
import { spoiledSayings } from './spoil.ts';
import { spoiledSendings } from './spoil_wire.ts';

/** Every way of asking, and how often it is chosen. */
const ways = { good: goodDrafts, ...spoiledSayings, ...spoiledSendings };
export type Kind = keyof typeof ways;

const weights: Readonly<Partial<Record<Kind, number>>> = {
  good: 30,
  'too long': 0.4,
  huge: 1.5,
  nested: 1.5,
  'many headers': 0.7,
  'wrong method': 2,
  'wrong address': 2,
};
const USUAL = 3.5;

const kinds = Object.keys(ways) as Kind[];

/** By a number from 0 to 1. */
export function kindAt(share: number): Kind {
  const total = kinds.reduce((sum, kind) => sum + (weights[kind] ?? USUAL), 0);
  let left = share * total;
  for (const kind of kinds) {
    left -= weights[kind] ?? USUAL;
    if (left < 0) return kind;
  }
  return 'good';
}

const made = new Map<string, fc.Arbitrary<Draft>>();

export function draftsOf(operation: Operation, kind: Kind): fc.Arbitrary<Draft> {
  const key = `${kind} ${operation.name} ${operation.encoding}`;
  const known = made.get(key);
  if (known) return known;
  const drafts = ways[kind](operation);
  made.set(key, drafts);
  return drafts;
}

/** The one draft that follows from a seed; the same that `fc.check` begins with. */
export const draftAt = (operation: Operation, kind: Kind, seed: number): Draft => {
  const [draft] = fc.sample(draftsOf(operation, kind), { seed, numRuns: 1 });
  if (!draft) throw new Error('no draft');
  return draft;
};
