import { describe, expect, it } from 'vitest';
import { type DelaySubject, delayAfter } from './delay.model.ts';

const MINUTE = 60_000;
const waits = (subject: DelaySubject, most: number): number[] =>
  Array.from({ length: most + 1 }, (_, failures) => delayAfter(subject, failures));

describe('登录失败以后等多久', () => {
  it.each([
    ['account_and_address', 3],
    ['address', 20],
    ['account', 10],
  ] as const)('%s:前几次不等，第 %i 次失败起等 1 秒', (subject, free) => {
    expect(waits(subject, free - 1).every((wait) => wait === 0)).toBe(true);
    expect(delayAfter(subject, free)).toBe(1000);
    expect(delayAfter(subject, free + 1)).toBe(2000);
    expect(delayAfter(subject, free + 2)).toBe(4000);
  });

  it('越错等得越久，到顶为止', () => {
    for (const subject of ['account_and_address', 'address', 'account'] as const) {
      const all = waits(subject, 60);
      expect(all).toEqual([...all].sort((a, b) => a - b));
    }
    expect(delayAfter('account_and_address', 60)).toBe(15 * MINUTE);
    expect(delayAfter('address', 60)).toBe(15 * MINUTE);
  });

  it('不管多少陌生人来试，一个账号最多等半分钟：不会被别人锁死', () => {
    for (const failures of [10, 15, 100, 1_000_000, Number.MAX_SAFE_INTEGER])
      expect(delayAfter('account', failures)).toBeLessThanOrEqual(30_000);
    expect(delayAfter('account', 1_000_000)).toBe(30_000);
  });

  it('每天试一个账号也试不了多少次：到顶以后一天不到一百次', () => {
    expect((24 * 60 * MINUTE) / delayAfter('account_and_address', 100)).toBeLessThan(100);
  });
});
