import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Boundary, distanceM, type Point } from '../../../kernel/geo.ts';
import { moved, namedAt, pathOf, SHEET, scaleBar, toPoint, toSheet, viewOf } from './sketch.ts';

const square = (west: number, south: number): Boundary => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + 0.005, south],
      [west + 0.005, south + 0.005],
      [west, south + 0.005],
      [west, south],
    ],
  ],
});
const point = fc.tuple(fc.double({ min: 112, max: 113, noNaN: true }), fc.double({ min: 27, max: 29, noNaN: true }));

test('图上一点换回来还是那一点，差不到一米', () => {
  fc.assert(
    fc.property(point, fc.double({ min: 50, max: 5000, noNaN: true }), (middle, metres) => {
      const view = { middle: middle as Point, metres };
      const there: Point = [middle[0] + 0.004, middle[1] - 0.003];
      expect(distanceM(toPoint(view, toSheet(view, there)), there)).toBeLessThan(1);
    }),
  );
});

test('向北五米就是向北五米', () => {
  const from: Point = [112.9, 28.1];
  const to = moved(from, 0, 5);
  expect(distanceM(from, to)).toBeCloseTo(5, 1);
  expect(to[1]).toBeGreaterThan(from[1]);
  expect(distanceM(from, moved(from, -50, 0))).toBeCloseTo(50, 0);
});

test('所有的格都在纸上，名字在格中间，比例尺不超过图的三分之一', () => {
  const grids = [square(112.9, 28.1), square(112.905, 28.1)];
  const view = viewOf(grids, []);
  if (!view) throw new Error('nothing to show');
  for (const grid of grids)
    for (const pair of pathOf(view, grid).match(/-?\d+\.\d -?\d+\.\d/g) ?? []) {
      const [x = -1, y = -1] = pair.split(' ').map(Number);
      expect(x >= 0 && x <= SHEET.width && y >= 0 && y <= SHEET.height, pair).toBe(true);
    }
  const [left, right] = grids.map((grid) => namedAt(view, grid).spot[0]);
  expect(Number(left)).toBeLessThan(Number(right));
  expect(scaleBar(view).width).toBeLessThanOrEqual(SHEET.width / 3);
  expect(String(scaleBar(view).metres)).toMatch(/^[125]0*$/);
});

test('什么都没有就不画；只有一点就画它周围', () => {
  expect(viewOf([], [])).toBeNull();
  expect(viewOf([], [[112.9, 28.1]])?.metres).toBeGreaterThan(40);
});
