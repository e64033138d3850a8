import { expect, test } from 'vitest';
import { type Ground, groundAt, metresToNearest, readPoint } from './ground.ts';

const square = (id: string, west: number): Ground => ({
  id,
  name: id,
  path: ['县', '社区', id],
  boundary: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 28],
        [west + 0.01, 28],
        [west + 0.01, 28.01],
        [west, 28.01],
        [west, 28],
      ],
    ],
  },
});
const grounds = [square('一格', 112), square('二格', 112.01), { id: '无界', name: '无界', path: [], boundary: null }];

test('站在哪一格、离格边多远；都不在就说离最近的多远', () => {
  const found = groundAt([112.0199, 28.005], grounds);
  expect(found?.ground.id).toBe('二格');
  expect(found?.borderM).toBeLessThan(12);
  expect(groundAt([112.04, 28.005], grounds)).toBeNull();
  expect(metresToNearest([112.04, 28.005], grounds)).toBeGreaterThan(1900);
  expect(metresToNearest([112.04, 28.005], [])).toBeNull();
});

test('坐标怎么抄来都认得，不是坐标的不认', () => {
  expect(readPoint('112.9021, 28.1033')).toEqual([112.9021, 28.1033]);
  expect(readPoint('112.9021，28.1033')).toEqual([112.9021, 28.1033]);
  expect(readPoint(' 112.9021   28.1033 ')).toEqual([112.9021, 28.1033]);
  for (const typed of ['', '112.9', '一百一十二,二十八', '28.1033, 112.9021', '200,10'])
    expect(readPoint(typed), typed).toBeNull();
});
