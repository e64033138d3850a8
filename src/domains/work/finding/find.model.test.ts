import { describe, expect, test } from 'vitest';
import { askedFor, boxQuery, cellsASide, searchQuery } from './find.model.ts';

const types = [
  { code: 'road-sunken', name: { zh: '路面塌陷', en: 'Sunken road' } },
  { code: 'well-cover', name: { zh: '供水井盖', en: 'Water cover' } },
];

describe('查找框里写的', () => {
  test.each([
    ['路面', ['路面'], ['t:road-sunken']],
    ['  二运 巷口 ', ['二运', '巷口'], []],
    ['Ｓｕｎｋｅｎ', ['sunken'], ['t:road-sunken']],
    ['井 二运', ['二运'], []],
    ['20260302-000007', ['20260302-000007'], ['n:20260302-000007']],
    ['0007', ['0007'], ['s:000007']],
    ['000007', ['000007'], ['s:000007']],
    ['07', ['07'], []],
  ])('%s', (words, terms, tokens) => {
    expect(askedFor(words, types)).toEqual({ terms, tokens });
  });

  test('太短、太长、空字符不查', () => {
    for (const words of ['', ' ', '井', '字'.repeat(101), '路\u0000面'])
      expect(searchQuery.safeParse({ words }).success, words).toBe(false);
    expect(searchQuery.safeParse({ words: '路面' }).success).toBe(true);
  });
});

describe('地图方框', () => {
  const box = { west: '112.9', south: '28.1', east: '112.95', north: '28.15', zoom: '12' };
  test('反过来的、太大的不画', () => {
    expect(boxQuery.safeParse(box).success).toBe(true);
    for (const wrong of [
      { west: '113' },
      { south: '29' },
      { north: '60' },
      { east: '116' },
      { west: 'x' },
      { zoom: '23' },
      { lat: '1' },
    ])
      expect(boxQuery.safeParse({ ...box, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  });
  test('越近格子越小，近到能看清就是一件一件', () => {
    const sides = Array.from({ length: 20 }, (_, zoom) => cellsASide(zoom));
    expect(sides.every((side, i) => i === 0 || side <= (sides[i - 1] ?? 0))).toBe(true);
    expect(sides.slice(8, 15)).toEqual([9, 4, 2, 1, 1, 1, 0]);
  });
});
