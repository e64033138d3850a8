import { describe, expect, it } from 'vitest';
import { isInPolygon, type Point, polygonsOf } from '../../../kernel/geo.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { mend } from './border.model.ts';
import { crosses } from './crossing.model.ts';
import { shareWithin } from './fit.model.ts';

/** Invented outlines of about a kilometre, in steps of a thousandth of a degree. */
const at = (x: number, y: number): [number, number] => [112.9 + x / 1000, 28.1 + y / 1000];
const ring = (...points: [number, number][]): [number, number][] => points.map(([x, y]) => at(x, y));
const square = ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 0]);
const polygon = (...coordinates: unknown[]) => ({ type: 'Polygon', coordinates });
const contains = (mended: ReturnType<typeof mend>, x: number, y: number): boolean =>
  polygonsOf(mended.boundary).some((one) => isInPolygon(at(x, y), one));
const problemOf = (geometry: unknown): string => {
  try {
    mend(geometry, 'wgs84');
  } catch (problem) {
    return (problem as Problem).code;
  }
  return 'taken';
};

describe('修补边界', () => {
  it('好的边界一个数也不动', () => {
    expect(mend(polygon(square), 'wgs84')).toMatchObject({
      boundary: { type: 'Polygon', coordinates: [square] },
      did: [],
      changePct: 0,
    });
  });

  it('没有合上的合上，重复的点去掉，绕反的绕正', () => {
    expect(mend(polygon(square.slice(0, 4)), 'wgs84')).toMatchObject({
      did: ['closed'],
      boundary: { coordinates: [square] },
    });
    expect(mend(polygon([...square.slice(0, 2), ...square.slice(1)]), 'wgs84').did).toEqual(['repeated']);
    expect(mend(polygon(square.toReversed()), 'wgs84')).toMatchObject({
      did: ['turned'],
      boundary: { coordinates: [square.toReversed().toReversed()] },
    });
  });

  it('洞还是洞，顺时针；没有面积的洞不要', () => {
    const hole = ring([4, 4], [6, 4], [6, 6], [4, 6], [4, 4]);
    const mended = mend(polygon(square, hole, ring([1, 1], [2, 1], [1, 1])), 'wgs84');
    expect(mended).toMatchObject({ did: ['holes', 'turned'] });
    expect(mended.boundary.coordinates).toEqual([square, hole.toReversed()]);
    expect([contains(mended, 5, 5), contains(mended, 2, 2)]).toEqual([false, true]);
  });

  it('自己交叉的解开：小的一角交叉，面积差得很少，碎屑去掉', () => {
    // The last corner but one lies a little beyond the first side.
    const crossed = ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 1], [0.5, -0.4], [0.2, -0.4], [0, 0]);
    const mended = mend(polygon(crossed), 'wgs84');
    expect(mended.did).toContain('crossing');
    expect(mended.changePct).toBeGreaterThan(0);
    expect(mended.changePct).toBeLessThan(2);
    for (const line of polygonsOf(mended.boundary).flat()) expect(crosses([line])).toBe(false);
    expect([contains(mended, 5, 5), contains(mended, 11, 5)]).toEqual([true, false]);
  });

  it('蝴蝶结：两翼都在，说面积差很多', () => {
    const mended = mend(polygon(ring([0, 0], [10, 10], [10, 0], [0, 10], [0, 0])), 'wgs84');
    expect(mended.boundary.type).toBe('MultiPolygon');
    expect([contains(mended, 1, 5), contains(mended, 9, 5), contains(mended, 5, 9)]).toEqual([true, true, false]);
    expect(mended.changePct).toBeGreaterThan(50);
  });

  it('走出去又原路走回来的刺：拔掉，面积不变', () => {
    const spiked = ring([0, 0], [10, 0], [10, 5], [13, 5], [10, 5], [10, 10], [0, 10], [0, 0]);
    const mended = mend(polygon(spiked), 'wgs84');
    expect(mended).toMatchObject({ did: ['crossing'], changePct: 0 });
    expect(mended.boundary.coordinates.flat(2)).not.toContainEqual(at(13, 5)[0]);
  });

  it('飞地：几块都在；重叠的两块合成一块', () => {
    const far = ring([20, 0], [25, 0], [25, 5], [20, 5], [20, 0]);
    const two = mend({ type: 'MultiPolygon', coordinates: [[square], [far]] }, 'wgs84');
    expect([two.did, contains(two, 22, 2), contains(two, 15, 2)]).toEqual([[], true, false]);
    const near = ring([5, 5], [15, 5], [15, 15], [5, 15], [5, 5]);
    const one = mend({ type: 'MultiPolygon', coordinates: [[square], [near]] }, 'wgs84');
    expect(one).toMatchObject({ did: ['crossing'], boundary: { type: 'Polygon' } });
    const within = ring([2, 2], [3, 2], [3, 3], [2, 3], [2, 2]);
    expect(mend({ type: 'MultiPolygon', coordinates: [[square], [within]] }, 'wgs84').did).toContain('crossing');
  });

  it('GCJ-02、BD-09 换算成 WGS 84，移了几百米；CGCS2000 照旧', () => {
    const [x, y] = (mend(polygon(square), 'gcj02').boundary.coordinates[0] as Point[])[0] as Point;
    const metres = Math.hypot((x - 112.9) * 98_000, (y - 28.1) * 111_000);
    expect(metres).toBeGreaterThan(300);
    expect(metres).toBeLessThan(800);
    expect(mend(polygon(square), 'cgcs2000').boundary.coordinates).toEqual([square]);
  });

  it.each([
    ['没有图形', null, 'border.none'],
    ['是点', { type: 'Point', coordinates: at(0, 0) }, 'border.not_a_polygon'],
    ['坐标不是数字', polygon([['112.9', '28.1']]), 'border.not_numbers'],
    ['坐标少一层', polygon(at(0, 0)), 'border.not_numbers'],
    ['坐标里有空', polygon([[112.9, null]]), 'border.not_numbers'],
    ['投影后的米', polygon([[38_412_000, 3_110_000]]), 'border.projected'],
    ['经纬度反了', polygon(square.map(([x, y]) => [y, x])), 'border.swapped'],
    ['两点一线', polygon(ring([0, 0], [10, 10], [0, 0])), 'border.degenerate'],
    ['三点一线', polygon(ring([0, 0], [5, 5], [10, 10], [0, 0])), 'border.degenerate'],
    ['一间房大的都不到', polygon(ring([0, 0], [0.01, 0], [0.01, 0.01], [0, 0])), 'border.degenerate'],
    ['空的', polygon(), 'border.degenerate'],
  ])('%s：拒绝', (_what, geometry, code) => {
    expect(problemOf(geometry)).toBe(code);
  });
});

describe('两个边界合不合', () => {
  const shape = (...points: [number, number][]) => ({ type: 'Polygon' as const, coordinates: [ring(...points)] });
  const whole = shape([0, 0], [10, 0], [10, 10], [0, 10], [0, 0]);
  it.each([
    ['全在里面', shape([2, 2], [4, 2], [4, 4], [2, 4], [2, 2]), 1],
    ['一半在里面', shape([5, 0], [15, 0], [15, 10], [5, 10], [5, 0]), 0.5],
    ['不相干', shape([20, 20], [22, 20], [22, 22], [20, 20]), 0],
  ])('%s', (_what, inner, share) => {
    expect(shareWithin(inner, whole)).toBeCloseTo(share, 1);
  });
});
