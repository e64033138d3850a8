import gcoord from 'gcoord';
import { expect, test } from 'vitest';
import type { Boundary } from '../../../kernel/geo.ts';
import { datumDoubtOf } from './datum_doubt.model.ts';

const square: Boundary = {
  type: 'Polygon',
  coordinates: [
    [
      [112.9, 28.1],
      [112.904, 28.1],
      [112.904, 28.104],
      [112.9, 28.104],
      [112.9, 28.1],
    ],
  ],
};
const { transform, WGS84, GCJ02, BD09 } = gcoord as unknown as typeof gcoord.default;

test('在国内地图上量的坐标：问一句，给出应写的；在界内、哪样都对不上的，不问', () => {
  const true_ = [112.902, 28.102] as [number, number];
  expect(datumDoubtOf(true_, square)).toBeNull();
  for (const [datum, to] of [['gcj02', GCJ02] as const, ['bd09', BD09] as const]) {
    const doubt = datumDoubtOf(transform(true_, WGS84, to), square);
    expect(doubt).not.toBeNull();
    if (datum === 'gcj02') expect(doubt?.datum).toBe(datum);
    expect(doubt?.lon).toBeCloseTo(112.902, datum === 'gcj02' ? 4 : 1);
    expect(doubt?.lat).toBeCloseTo(28.102, datum === 'gcj02' ? 4 : 1);
  }
  expect(datumDoubtOf([113.5, 28.1], square)).toBeNull();
  expect(datumDoubtOf([113.5, 28.1], null)).toBeNull();
});
