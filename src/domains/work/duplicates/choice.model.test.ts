import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choice, chances, learn } from './choice.model.ts';

const row = (...numbers: number[]): Float64Array => Float64Array.from(numbers);

describe('从几个里选一个，或者都不是', () => {
  it('各项的可能加上“都不是”是 1，加减一个大数也不溢出', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -800, max: 800, noNaN: true }), { maxLength: 8 }), (utilities) => {
        const each = chances(
          utilities.map((utility) => row(utility)),
          [1],
        );
        const sum = each.reduce((a, b) => a + b, 0);
        expect(sum).toBeGreaterThanOrEqual(0);
        expect(sum).toBeLessThanOrEqual(1 + 1e-9);
        expect(each.every((chance) => Number.isFinite(chance))).toBe(true);
      }),
    );
    expect(chances([row(0)], [1])).toEqual([0.5]);
    expect(chances([], [1])).toEqual([]);
  });

  it('学得出造数据时用的权重', () => {
    const truth = [2, -1, -1.5];
    // A sequence without chance that still fills the square evenly.
    const evenly = (n: number, step: number): number => (n * step) % 1;
    const choices: Choice[] = Array.from({ length: 4000 }, (_, n) => {
      const options = [0, 1, 2].map((k) => row(evenly(3 * n + k, 0.618034), evenly(3 * n + k, 0.754878) * 3, 1));
      const each = chances(options, truth);
      let left = evenly(n, 0.569841);
      const right = each.findIndex((chance) => {
        left -= chance;
        return left < 0;
      });
      return { options, right: right < 0 ? null : right, weight: 1 };
    });
    const learned = learn(choices, 0.01);
    for (const [i, weight] of truth.entries()) expect(learned[i]).toBeCloseTo(weight, 0);
  });

  it('处处一样的记号不添乱，没有可学的也不出错', () => {
    const same = Array.from(
      { length: 18 },
      (): Choice => ({ options: [row(1.9459101, 0.3786566)], right: 0, weight: 1 }),
    );
    expect([...learn(same)].every((weight) => Math.abs(weight) < 10)).toBe(true);
    expect([...learn([])]).toEqual([]);
  });

  it('一个顶几个的，和写几遍一样', () => {
    const one: Choice = { options: [row(1, 1), row(0.2, 1)], right: 0, weight: 1 };
    const other: Choice = { options: [row(0.5, 1)], right: null, weight: 1 };
    const heavy = learn([one, { ...other, weight: 3 }]);
    const often = learn([one, other, other, other]);
    // Only the scale of the signs is taken from the rows as they stand.
    expect([...heavy].map((weight) => Math.sign(weight))).toEqual([...often].map((weight) => Math.sign(weight)));
  });
});
