import { z } from 'zod';

/**
 * Which of many, from a bag of signs: multinomial logistic regression with each sign there or not. What is learned is
 * plain numbers that anybody can read: a sign, a label, how much the one speaks for the other.
 */
export interface Example {
  readonly signs: readonly string[];
  readonly label: string;
}

export const linearSchema = z.object({
  labels: z.array(z.string()),
  /** What speaks for each label when nothing else is known. */
  bias: z.array(z.number()),
  /** For each sign: place of a label, weight, place of a label, weight … */
  weights: z.record(z.string(), z.array(z.number())),
});
export type Linear = z.output<typeof linearSchema>;

const ROUNDS = 6;
const STEP = 0.5;
/** Without it the first case of a word would push every label as far as a hundred cases do. */
const FIRST_PACE = 1;
/** Pulls weights towards nothing, so that what was seen twice is not taken for a law. */
const PENALTY = 2e-5;
/** Weaker ones change no order and would only fill the table. */
const LEAST_WEIGHT = 0.05;

/** Learns only from signs that are known. The same examples in the same order give the same numbers. */
export function learnLinear(examples: readonly Example[], known: readonly string[]): Linear {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const width = labels.length;
  const rowOf = new Map(known.map((sign, i) => [sign, (i + 1) * width]));
  const labelAt = new Map(labels.map((label, i) => [label, i]));
  const cases = examples.map(({ signs, label }) => ({
    // The first row is the bias.
    rows: [0, ...[...new Set(signs)].flatMap((sign) => rowOf.get(sign) ?? [])],
    label: labelAt.get(label) ?? 0,
  }));
  const weights = descend(cases, width, (known.length + 1) * width);
  return {
    labels,
    bias: [...weights.subarray(0, width)].map(rounded),
    weights: Object.fromEntries([...rowOf].map(([sign, row]) => [sign, strong(weights.subarray(row, row + width))])),
  };
}

interface Case {
  readonly rows: readonly number[];
  readonly label: number;
}

/** Steps down the slope, one example after the other, each weight at its own pace (AdaGrad). */
function descend(cases: readonly Case[], width: number, size: number): Float32Array {
  const weights = new Float32Array(size);
  const paces = new Float32Array(size).fill(FIRST_PACE);
  const chance = new Float64Array(width);
  const stride = strideFor(cases.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let i = 0, at = round; i < cases.length; i += 1, at += stride) {
      const { rows, label } = cases[at % cases.length] as Case;
      const share = 1 / Math.sqrt(rows.length);
      fillChances(chance, weights, rows, share);
      for (let k = 0; k < width; k += 1) {
        const slope = ((chance[k] as number) - (k === label ? 1 : 0)) * share;
        if (Math.abs(slope) < 1e-5) continue;
        for (const row of rows) {
          const j = row + k;
          const here = slope + PENALTY * (weights[j] as number);
          paces[j] = (paces[j] as number) + here * here;
          weights[j] = (weights[j] as number) - (STEP * here) / Math.sqrt(paces[j] as number);
        }
      }
    }
  }
  return weights;
}

function fillChances(chance: Float64Array, weights: Float32Array, rows: readonly number[], share: number): void {
  chance.fill(0);
  for (const row of rows)
    for (let k = 0; k < chance.length; k += 1) chance[k] = (chance[k] as number) + (weights[row + k] as number) * share;
  toShares(chance);
}

function toShares(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  let all = 0;
  for (let k = 0; k < scores.length; k += 1) {
    scores[k] = Math.exp((scores[k] as number) - highest);
    all += scores[k] as number;
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] as number) / all;
}

/** Goes through all examples in an order that has nothing to do with theirs, without chance. */
function strideFor(count: number): number {
  let stride = Math.max(1, Math.round(count * 0.618));
  while (commonDivisor(stride, count) > 1) stride += 1;
  return stride;
}
const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

const rounded = (weight: number): number => Math.round(weight * 100) / 100;

const strong = (row: Float32Array): number[] =>
  [...row].flatMap((weight, k) => (Math.abs(weight) < LEAST_WEIGHT ? [] : [k, rounded(weight)]));

export interface Ranked {
  readonly label: string;
  /** 0 to 1; all labels together are 1. */
  readonly share: number;
}

/** All labels, the likeliest first. */
export function rank(model: Linear, signs: readonly string[]): Ranked[] {
  const known = [...new Set(signs)].flatMap((sign) => {
    const weights = Object.hasOwn(model.weights, sign) ? model.weights[sign] : undefined;
    return weights === undefined ? [] : [weights];
  });
  const share = 1 / Math.sqrt(known.length + 1);
  const scores = Float64Array.from(model.bias, (bias) => bias * share);
  for (const weights of known)
    for (let i = 0; i + 1 < weights.length; i += 2) {
      const k = weights[i] as number;
      scores[k] = (scores[k] ?? 0) + (weights[i + 1] as number) * share;
    }
  toShares(scores);
  return model.labels
    .map((label, k) => ({ label, share: scores[k] as number }))
    .sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1));
}
