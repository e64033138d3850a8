import { describe, expect, it } from 'vitest';
import { alikeOf } from './alike.model.ts';
import { pairsOf, signs } from './pairing.model.ts';
import { type Earlier, likeness, type Said, wordsOf } from './said.model.ts';

const HOUR = 3_600_000;
const said = (key: string, changes: Partial<Said> = {}): Said => ({
  key,
  at: 100 * HOUR,
  x: 0,
  y: 0,
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
      earlier('near', 5, { x: 20 }),
      earlier('far', 5, { x: 301 }),
      earlier('later', -1),
      earlier('ended long ago', 90, {}, (100 - 80) * HOUR),
      earlier('ended lately', 90, {}, (100 - 10) * HOUR),
    ];
    expect(keysOf(around).sort()).toEqual(['ended lately', 'near']);
  });

  it('不同类的，只比隔壁的和写着同一地点的', () => {
    const around = [
      earlier('next door', 5, { type: 'manhole', x: 29, place: '' }),
      earlier('down the road', 5, { type: 'manhole', x: 120, place: '城关小学门口' }),
      earlier('same words', 5, { type: 'manhole', x: 120 }),
    ];
    expect(keysOf(around).sort()).toEqual(['next door', 'same words']);
  });

  it('还没分类的，看说法像不像', () => {
    const own = said('own', { type: '', place: '' });
    const around = [
      earlier('alike', 5, { x: 100, words: '这里路灯不亮了' }),
      earlier('unlike', 5, { x: 100, words: '垃圾没人清' }),
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

describe('说出来的', () => {
  it('最多三件，像的在前，各有理由', () => {
    const around = [
      earlier('here', 3),
      earlier('there', 3, { x: 60, place: '' }),
      earlier('other kind', 3, { type: 'manhole', major: 'roads', words: '井盖松了', x: 10, place: '' }),
      earlier('elsewhere', 3, { x: 250, place: '' }),
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
    expect(alikeOf(said('own'), [earlier('old', 4000, { x: 290, type: 'manhole' })])).toEqual([]);
  });
});
