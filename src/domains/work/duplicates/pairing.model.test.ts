import { describe, expect, it } from 'vitest';
import { alikeOf } from './alike.model.ts';
import { ASSUMED_M, pairsOf, signs } from './pairing.model.ts';
import { type Earlier, likeness, type Said, wordsOf } from './said.model.ts';

const HOUR = 3_600_000;
const said = (key: string, changes: Partial<Said> = {}): Said => ({
  key,
  at: 100 * HOUR,
  spot: { x: 0, y: 0 },
  area: { id: 'grid 1', level: 'grid' },
  type: 'street-light-out',
  major: 'lighting',
  words: '路灯不亮了',
  place: '二运巷口',
  channel: 'portal',
  ...changes,
});
const earlier = (
  key: string,
  hoursAgo: number,
  changes: Partial<Said> = {},
  endedAt: number | null = null,
): Earlier => ({
  said: said(key, { at: (100 - hoursAgo) * HOUR, ...changes }),
  endedAt,
});
const keysOf = (around: Earlier[], own = said('own')): string[] =>
  pairsOf(own, around, () => 0).map((pair) => pair.earlier.said.key);

describe('词', () => {
  it('中文两字一词，外文和数字整词，标点不算', () => {
    expect([...wordsOf('二运巷口，路灯 LED-12 不亮')]).toEqual(['二运', '运巷', '巷口', '路灯', 'led', '12', '不亮']);
    expect([...wordsOf('树')]).toEqual(['树']);
    expect([...wordsOf('Pothole at 5th St.')]).toEqual(['pothole', 'at', '5th', 'st']);
    expect(wordsOf(' …').size).toBe(0);
  });

  it('一样是 1，没有一样的是 0，空的跟谁都不像', () => {
    expect(likeness(wordsOf('路灯不亮'), wordsOf('路灯不亮'))).toBe(1);
    expect(likeness(wordsOf('路灯'), wordsOf('井盖'))).toBe(0);
    expect(likeness(wordsOf(''), wordsOf(''))).toBe(0);
  });
});

describe('拿谁来比', () => {
  it('三百米以内、在它以前、没有早就办完的', () => {
    const around = [
      earlier('near', 5, { spot: { x: 20, y: 0 } }),
      earlier('far', 5, { spot: { x: 301, y: 0 } }),
      earlier('later', -1),
      earlier('ended long ago', 90, {}, (100 - 80) * HOUR),
      earlier('ended lately', 90, {}, (100 - 10) * HOUR),
    ];
    expect(keysOf(around).sort()).toEqual(['ended lately', 'near']);
  });

  it('不同类的，只比隔壁的和写着同一地点的', () => {
    const around = [
      earlier('next door', 5, { type: 'manhole', spot: { x: 29, y: 0 }, place: '' }),
      earlier('down the road', 5, { type: 'manhole', spot: { x: 120, y: 0 }, place: '城关小学门口' }),
      earlier('same words', 5, { type: 'manhole', spot: { x: 120, y: 0 } }),
    ];
    expect(keysOf(around).sort()).toEqual(['next door', 'same words']);
  });

  it('还没分类的，看说法像不像', () => {
    const own = said('own', { type: '', place: '' });
    const around = [
      earlier('alike', 5, { spot: { x: 100, y: 0 }, words: '这里路灯不亮了' }),
      earlier('unlike', 5, { spot: { x: 100, y: 0 }, words: '垃圾没人清' }),
    ];
    expect(keysOf(around, own)).toEqual(['alike']);
  });

  it('同一处几件的，最新、最早、隔了一小时重新开始的，各有记号', () => {
    const around = [earlier('a', 0.2), earlier('b', 0.4), earlier('c', 30)];
    const marks = new Map(
      pairsOf(said('own'), around, () => 0).map(({ earlier: { said: other }, signs: values }) => [
        other.key,
        ['newestHere', 'oldestHere', 'firstOfSitting'].filter((sign) => values[signs.indexOf(sign as never)] === 1),
      ]),
    );
    expect(marks.get('a')).toEqual(['newestHere']);
    expect(marks.get('b')).toEqual(['firstOfSitting']);
    expect(marks.get('c')).toEqual(['oldestHere', 'firstOfSitting']);
  });
});

describe('没有坐标的', () => {
  const nowhere = { spot: null, place: '' } as const;
  const own = said('own', nowhere);

  it('只和同一网格的比，按约定的距离算，不当作同一位置', () => {
    const around = [
      earlier('same grid', 5, nowhere),
      earlier('same grid, with a point', 5, { place: '' }),
      earlier('other grid', 5, { ...nowhere, area: { id: 'grid 2', level: 'grid' } }),
      earlier('other kind', 5, { ...nowhere, type: 'manhole' }),
    ];
    const pairs = pairsOf(own, around, () => 0);
    expect(pairs.map(({ earlier: { said: other } }) => other.key)).toEqual(['same grid', 'same grid, with a point']);
    expect(pairs.map(({ metres, assumed }) => ({ metres, assumed }))).toEqual([
      { metres: ASSUMED_M, assumed: true },
      { metres: ASSUMED_M, assumed: true },
    ]);
    for (const sign of ['samePoint', 'newestHere', 'oldestHere'] as const)
      expect(pairs.map(({ signs: values }) => values[signs.indexOf(sign)])).toEqual([0, 0]);
    expect(pairs.map(({ signs: values }) => values[signs.indexOf('manyHere')])).toEqual([Math.log1p(1), Math.log1p(1)]);
  });

  it('有坐标的那一件也一样：同网格没有坐标的算进来，别的网格的不算', () => {
    const around = [
      earlier('nowhere', 5, nowhere),
      earlier('elsewhere', 5, { ...nowhere, area: { id: '', level: 'town' } }),
    ];
    expect(keysOf(around, said('own', { place: '' }))).toEqual(['nowhere']);
  });

  it('比网格大的范围里，同一类还不够，说法也要像', () => {
    const town = { ...nowhere, area: { id: 'town', level: 'town' } } as const;
    const around = [earlier('alike', 5, town), earlier('unlike', 5, { ...town, words: '东头灯杆倒了' })];
    expect(keysOf(around, said('own', town))).toEqual(['alike']);
    const [found] = alikeOf(said('own', town), around);
    expect(found).toMatchObject({ key: 'alike', metres: null });
    expect(found?.reasons.map(({ zh }) => zh)).toContain('同一乡镇（街道）');
  });
});

describe('说出来的', () => {
  it('最多三件，像的在前，各有理由', () => {
    const around = [
      earlier('here', 3),
      earlier('there', 3, { spot: { x: 60, y: 0 }, place: '' }),
      earlier('other kind', 3, {
        type: 'manhole',
        major: 'roads',
        words: '井盖松了',
        spot: { x: 10, y: 0 },
        place: '',
      }),
      earlier('elsewhere', 3, { spot: { x: 250, y: 0 }, place: '' }),
    ];
    const found = alikeOf(said('own'), around);
    expect(found.length).toBeLessThanOrEqual(3);
    expect(found[0]).toMatchObject({ key: 'here', metres: 0 });
    expect(found[0]?.reasons.map(({ zh }) => zh)).toEqual([
      '同一类事',
      '同一位置',
      '地点写得一样',
      '说法相近',
      '早 3 小时',
    ]);
  });

  it('附近什么都没有，就什么都不说', () => {
    expect(alikeOf(said('own'), [])).toEqual([]);
    expect(alikeOf(said('own'), [earlier('old', 4000, { spot: { x: 290, y: 0 }, type: 'manhole' })])).toEqual([]);
  });
});
