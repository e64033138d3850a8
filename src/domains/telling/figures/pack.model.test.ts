import { describe, expect, it } from 'vitest';
import { figurePacks } from '../../../packs/figures/index.ts';
import { mergeSmall } from './cells.model.ts';
import type { PackGiven } from './definition.model.ts';
import { readPacks } from './pack.model.ts';

const [first] = figurePacks as [PackGiven];
type Changes = Record<string, unknown>;

const figure = (changes: Changes = {}): Changes => ({
  ...{ id: 'x', version: 1, unit: 'rate', of: 'casefile', when: 'closed', confidence: 'unsure' },
  ...{ name: { zh: '试', en: 'try' }, counts: { zh: '试', en: 'try' }, source: { zh: '试', en: 'try' } },
  ...{ base: { is: 'every' }, exclusions: [], numerator: [{ where: { is: 'returned' }, weight: 1 }] },
  ...changes,
});
const pack = (figures: Changes[], parameters: Changes = {}): PackGiven =>
  ({ ...first, code: 'try', parameters, figures }) as unknown as PackGiven;
const parameter = (value: unknown): Changes => ({
  ...{ value, words: { zh: '试', en: 'try' }, source: { zh: '试', en: 'try' }, confidence: 'unsure' },
});

describe('口径包', () => {
  it('随软件来的都能用，而且只是数据', () => {
    expect(readPacks(figurePacks).map(({ code }) => code)).toEqual(['plain', 'weighted']);
    expect(JSON.parse(JSON.stringify(figurePacks))).toEqual(figurePacks);
  });

  it.each([
    ['没有这样的事实', figure({ base: { is: 'pretty' } }), {}, 'figures.0.base: is'],
    ['没有这样的取值', figure({ base: { fact: 'answer', in: ['delighted'] } }), {}, '“delighted” is no answer'],
    ['案卷没有时限的事实', figure({ base: { is: 'late' } }), {}, 'late is a fact of a duty'],
    ['案卷没有到期时间', figure({ when: 'due' }), {}, 'a casefile has no time “due”'],
    ['时限没有结案时间', figure({ of: 'duty' }), {}, 'a duty has no time “closed”'],
    ['眼下的时限要说是没办完的', figure({ of: 'duty', when: 'now', base: { is: 'late' } }), {}, 'clocks that are open'],
    ['没有这个参数', figure({ base: { fact: 'answer', in: { parameter: 'p' } } }), {}, 'there is no parameter p'],
    ['参数没有用上', figure(), { p: parameter(1) }, 'parameter p is used by no figure'],
    [
      '列表要列表',
      figure({ base: { fact: 'answer', in: { parameter: 'p' } } }),
      { p: parameter(1) },
      'parameter p is no list',
    ],
    [
      '权重不过一',
      figure({ numerator: [{ where: { is: 'every' }, weight: { parameter: 'p' } }] }),
      { p: parameter(90) },
      'parameter p is no weight',
    ],
    [
      '未回应不算满意',
      figure({ numerator: [{ where: { fact: 'answer', in: ['unanswered'] }, weight: 1 }] }),
      {},
      'never counted as content',
    ],
    [
      '未回应不能借参数算满意',
      figure({ numerator: [{ where: { fact: 'answer', in: { parameter: 'p' } }, weight: 1 }] }),
      { p: parameter(['unanswered']) },
      'never counted as content',
    ],
    [
      '合成只能用率',
      figure({
        unit: 'composite',
        parts: [
          { figure: 'y', weight: 1 },
          { figure: 'z', weight: 1 },
        ],
      }),
      {},
      'figures',
    ],
  ])('%s：启动时就说', (_what, one, parameters, says) => {
    expect(() => readPacks([pack([one], parameters)])).toThrow(says);
  });

  it('有几处错就说几处', () => {
    const bad = pack([figure({ base: { is: 'late' } }), figure({ when: 'due' })]);
    expect(() => readPacks([bad, bad])).toThrow(/late is a fact[\s\S]*no time “due”[\s\S]*|pack try is there twice/);
    try {
      readPacks([bad, bad]);
    } catch (error) {
      expect(String(error).split('\n').slice(1)).toEqual([
        ...[
          'figure x is there twice',
          'x: late is a fact of a duty, not of a case',
          'x: a casefile has no time “due”',
        ].map((it) => `pack try: ${it}`),
        ...[
          'figure x is there twice',
          'x: late is a fact of a duty, not of a case',
          'x: a casefile has no time “due”',
        ].map((it) => `pack try: ${it}`),
        'pack try is there twice',
      ]);
    }
  });
});

describe('小格子', () => {
  const cells = (...sizes: number[]) => sizes.map((denominator, i) => ({ key: `c${i}`, numerator: 0, denominator }));
  const together = (...sizes: number[]) =>
    mergeSmall(cells(...sizes), 5).together.map(({ denominator }) => denominator);

  it.each([
    ['都够大', [5, 9, 20], []],
    ['一个小的，带上其次小的：总数减不出来', [3, 9, 20], [3, 9]],
    ['两个小的合起来够了', [3, 4, 20], [3, 4]],
    ['两个小的合起来还不够，再带一个', [1, 2, 6, 20], [1, 2, 6]],
    ['只有它一个，总数就是它', [3], [3]],
    ['都小', [1, 1, 2], [1, 1, 2]],
    ['空的不算', [0, 3, 9, 20], [3, 9]],
  ])('%s', (_what, sizes, expected) => {
    expect(together(...sizes)).toEqual(expected);
  });

  it('哪一种分法也减不出一个小格子', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const sizes = Array.from({ length: 1 + (seed % 7) }, (_, i) => (seed * 31 + i * i * 17 + i * 7) % 12);
      const all = cells(...sizes);
      const merged = mergeSmall(all, 5);
      expect(merged.shown.filter(({ denominator }) => denominator > 0 && denominator < 5)).toEqual([]);
      expect([...merged.shown, ...merged.together].length).toBe(all.length);
      const rest = merged.shown.filter(({ denominator }) => denominator > 0);
      const size = merged.together.reduce((sum, { denominator }) => sum + denominator, 0);
      if (merged.together.length > 0 && rest.length > 0)
        expect([size >= 5, merged.together.length > 1]).toEqual([true, true]);
    }
  });
});
