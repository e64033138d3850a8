import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cover, type Run } from './cover.model.ts';
import { cut, dayBegins, stretchesOf } from './window.model.ts';

const HOUR = 3_600_000;
const instant = fc.integer({ min: 0, max: 24 * 4000 }).map((hours) => new Date(Date.UTC(2020, 0, 1) + hours * HOUR));

describe('时段切成整天和两头', () => {
  it('不重不漏；统计时刻那一天不算整天', () => {
    fc.assert(
      fc.property(instant, instant, fc.option(instant), (a, b, asOf) => {
        const [begins, ends] = a < b ? [a, b] : [b, new Date(a.getTime() + HOUR)];
        const { days, edges } = cut(begins, ends, asOf);
        const parts = [
          ...days.map(([from, to]) => [dayBegins(from).getTime(), dayBegins(to).getTime()] as const),
          ...edges.map(([from, to]) => [from.getTime(), to.getTime()] as const),
        ].sort((x, y) => x[0] - y[0]);
        expect([parts[0]?.[0], parts.at(-1)?.[1]]).toEqual([begins.getTime(), ends.getTime()]);
        for (const [i, part] of parts.entries()) if (i > 0) expect(part[0]).toBe(parts[i - 1]?.[1]);
        if (asOf !== null)
          for (const [from, to] of days) expect(dayBegins(from) <= asOf && asOf < dayBegins(to)).toBe(false);
      }),
    );
  });

  it('中国的一个自然月没有两头', () => {
    const { days, edges } = cut(new Date('2026-02-28T16:00:00Z'), new Date('2026-03-31T16:00:00Z'), null);
    expect([days.map(([from, to]) => to - from), edges]).toEqual([[31], []]);
  });

  it('整天拼成三十二天的，也不重不漏，而且不多', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 30_000 }), fc.integer({ min: 1, max: 4000 }), (from, length) => {
        const told = stretchesOf(from, from + length);
        const covered = told.flatMap(({ span, from: first, to }) =>
          Array.from({ length: (to - first) * span }, (_, i) => first * span + i),
        );
        expect(covered).toEqual(Array.from({ length }, (_, i) => from + i));
        expect(told.length).toBeLessThanOrEqual(3);
        expect(told.filter(({ span }) => span === 1).every(({ from: first, to }) => to - first < 64)).toBe(true);
      }),
    );
  });
});

describe('编号由哪些汇总数盖住', () => {
  const nodes: Run[] = [
    [0, 999],
    [1, 99],
    [100, 199],
    [101, 120],
    [200, 299],
  ];
  it.each<[string, Run[], Run[], Run[]]>([
    ['整个区域一个数', [[0, 999]], [[0, 999]], []],
    [
      '有一段去了别处：用下面的，剩下的逐件',
      [
        [0, 149],
        [160, 999],
      ],
      [
        [1, 99],
        [101, 120],
        [200, 299],
      ],
      [
        [0, 0],
        [100, 100],
        [121, 149],
        [160, 199],
        [300, 999],
      ],
    ],
    [
      '从前的编号也算',
      [
        [500, 510],
        [100, 199],
      ],
      [[100, 199]],
      [[500, 510]],
    ],
    ['没有汇总', [[300, 400]], [], [[300, 400]]],
  ])('%s', (_what, runs, sums, rest) => {
    expect(cover(runs, nodes)).toMatchObject({ sums, rest });
  });
});
