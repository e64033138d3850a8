/**
 * A laboratory does on purpose what must never hurt, and looks whether it did. Each has a control: the same with a
 * safeguard taken away, which must be caught, since a laboratory that finds nothing there would find nothing at all.
 */
export interface Lab {
  readonly name: string;
  readonly claim: string;
  readonly run: (options: LabOptions, tell: (finding: Finding) => void) => Promise<void>;
}

export interface LabOptions {
  /** Every choice of chance follows from it; printed, so that a run can be repeated. */
  readonly seed: number;
  /** How much is done: rounds, commands or kills. The small form unless told. */
  readonly size: number | undefined;
  /** Of a laboratory's own: the number after `--phones` and its like. */
  readonly option: (name: string) => number | undefined;
}

export interface Finding {
  readonly what: string;
  readonly pass: boolean;
  readonly [figure: string]: string | number | boolean | readonly (string | number)[];
}

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (chance: () => number, from: number, to: number): number =>
  from + Math.floor(chance() * (to - from + 1));
