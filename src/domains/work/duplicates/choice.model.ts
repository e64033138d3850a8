import { Matrix, solve } from 'ml-matrix';

/**
 * Which of several, or none of them: a multinomial logit whose options are the earlier reports and, with utility 0,
 * "it is a new matter". One set of weights serves ranking and the decision whether to show anything.
 */
export interface Choice {
  readonly options: readonly Float64Array[];
  /** Which option was right; null: none. */
  readonly right: number | null;
  /** How many like it this one stands for. */
  readonly weight: number;
}

/** The chance of each option; what is missing to 1 is the chance of none. */
export function chances(options: readonly Float64Array[], weights: ArrayLike<number>): number[] {
  const utilities = options.map((option) => dot(option, weights));
  const highest = Math.max(0, ...utilities);
  const shares = utilities.map((utility) => Math.exp(utility - highest));
  const all = shares.reduce((sum, share) => sum + share, Math.exp(-highest));
  return shares.map((share) => share / all);
}

const ROUNDS = 40;
const NEAR_ENOUGH = 1e-4;
/** Longer steps overshoot while the weights are still far away. */
const LONGEST_STEP = 2;

/**
 * Weights of greatest penalised likelihood, by Newton's method. Signs are brought to one scale first, so that one
 * penalty fits all; what comes back is on the scale of the signs as given.
 */
export function learn(choices: readonly Choice[], penalty = 1): Float64Array {
  const scale = scaleOf(choices);
  const scaled = choices.map((choice) => ({ ...choice, options: choice.options.map((one) => divide(one, scale)) }));
  const weights = new Float64Array(scale.length);
  if (weights.length === 0) return weights;
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = stepFrom(scaled, weights, penalty);
    const longest = Math.max(...step.map(Math.abs));
    const share = Math.min(1, LONGEST_STEP / Math.max(longest, Number.MIN_VALUE));
    for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) - share * (step[i] ?? 0);
    if (longest < NEAR_ENOUGH) break;
  }
  return divide(weights, scale);
}

function stepFrom(choices: readonly Choice[], weights: Float64Array, penalty: number): number[] {
  const width = weights.length;
  const slope = Float64Array.from(weights, (weight) => penalty * weight);
  const bend = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) bend[i * width + i] = penalty;
  for (const { options, right, weight } of choices) {
    const chance = chances(options, weights);
    const mean = new Float64Array(width);
    options.forEach((option, i) => {
      const p = chance[i] ?? 0;
      addTo(mean, option, p);
      addTo(slope, option, weight * (p - (i === right ? 1 : 0)));
      addSquare(bend, option, weight * p);
    });
    addSquare(bend, mean, -weight);
  }
  return solve(Matrix.from1DArray(width, width, bend), Matrix.columnVector(slope)).to1DArray();
}

function scaleOf(choices: readonly Choice[]): Float64Array {
  const width = choices.find(({ options }) => options.length > 0)?.options[0]?.length ?? 0;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  let count = 0;
  for (const { options } of choices)
    for (const option of options) {
      count += 1;
      option.forEach((value, i) => {
        sums[i] = (sums[i] ?? 0) + value;
        squares[i] = (squares[i] ?? 0) + value * value;
      });
    }
  return squares.map((square, i) => {
    const mean = (sums[i] ?? 0) / count;
    const spread = Math.sqrt(Math.max(0, square / count - mean ** 2));
    // What is the same everywhere differs by rounding: that is no spread to divide by.
    return spread > 1e-6 * (1 + Math.abs(mean)) ? spread : 1;
  });
}

function dot(a: Float64Array, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

const divide = (a: Float64Array, by: Float64Array): Float64Array => a.map((value, i) => value / (by[i] ?? 1));

function addTo(sum: Float64Array, row: Float64Array, times: number): void {
  for (let i = 0; i < row.length; i += 1) sum[i] = (sum[i] ?? 0) + times * (row[i] ?? 0);
}

function addSquare(square: Float64Array, row: Float64Array, times: number): void {
  const width = row.length;
  for (let i = 0; i < width; i += 1) {
    const left = times * (row[i] ?? 0);
    if (left === 0) continue;
    for (let j = 0; j < width; j += 1) square[i * width + j] = (square[i * width + j] ?? 0) + left * (row[j] ?? 0);
  }
}
