import { createHash } from 'node:crypto';

/** Chance that is the same on every machine: it follows from names, mostly a day and a purpose, and from nothing else. */
export interface Chance {
  /** 0 ≤ result < 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True so often. */
  happens(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** By weight; a weight of 0 is never picked. */
  weigh<T>(list: readonly T[], weight: (one: T) => number): T;
  /** The same list in another order. */
  shuffle<T>(list: readonly T[]): T[];
}

export function chance(...names: readonly (string | number)[]): Chance {
  const next = stream(createHash('sha256').update(names.join('\u0000')).digest());
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error(`nothing to pick from: ${names.join(' ')}`);
    return list[Math.floor(next() * list.length)] as T;
  };
  return {
    next,
    between,
    pick,
    happens: (share) => next() < share,
    weigh(list, weight) {
      const weights = list.map(weight);
      let left = next() * weights.reduce((sum, one) => sum + one, 0);
      const hit = list.findIndex((_, i) => {
        left -= weights[i] ?? 0;
        return left < 0;
      });
      return hit < 0 ? pick(list) : (list[hit] as (typeof list)[number]);
    },
    shuffle(list) {
      const mixed = [...list];
      for (let i = mixed.length - 1; i > 0; i -= 1) {
        const j = between(0, i);
        [mixed[i], mixed[j]] = [mixed[j] as (typeof mixed)[number], mixed[i] as (typeof mixed)[number]];
      }
      return mixed;
    },
  };
}

/** sfc32: small, fast and good enough for a demo; seeded with 128 bits of a hash. */
function stream(seed: Buffer): () => number {
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => seed.readUInt32LE(at)) as [number, number, number, number];
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
}
