import { describe, expect, it } from 'vitest';
import type { Boundary, Point } from '../../../kernel/geo.ts';
import type { AreaLevel } from './area.model.ts';
import { type Area, buildAtlas } from './atlas.model.ts';

/** A made-up town in degrees: communities side by side, grids in them, an enclave, a hole, an area without a border. */
const square = (west: number, south: number, east: number, north: number): Point[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const polygon = (...rings: Point[][]): Boundary =>
  ({ type: 'Polygon', coordinates: rings.map((ring) => ring.map(([x, y]) => [x, y])) }) as Boundary;
let no = 0;
const area = (id: string, parentId: string | null, level: AreaLevel, boundary: Boundary | null): Area => {
  no += 1;
  return { id, parentId, level, code: String(1000 + no), name: `名${id}`, no, lastNo: no + 1000, boundary };
};

const areas = [
  area('town', null, 'town', polygon(square(0, 0, 4, 2))),
  area('west', 'town', 'community', polygon(square(0, 0, 2, 2))),
  area('east', 'town', 'community', polygon(square(2, 0, 4, 2), square(3, 0.5, 3.5, 1))),
  area('w1', 'west', 'grid', polygon(square(0, 0, 1, 2))),
  area('w2', 'west', 'grid', polygon(square(1, 0, 2, 2))),
  area('e1', 'east', 'grid', {
    type: 'MultiPolygon',
    coordinates: [[square(2, 0, 3, 2)], [square(10, 0, 11, 1)]],
  } as unknown as Boundary),
  area('compound', 'w2', 'micro_grid', null),
];
const atlas = buildAtlas(areas);
const at = (lon: number, lat: number): string | null => atlas.locate([lon, lat])?.area.id ?? null;

describe('树', () => {
  it('根、上级、下级、从上到下的名字', () => {
    expect(atlas.root?.id).toBe('town');
    expect(atlas.upwards('compound').map(({ id }) => id)).toEqual(['compound', 'w2', 'west', 'town']);
    expect(atlas.children('west').map(({ id }) => id)).toEqual(['w1', 'w2']);
    expect(atlas.children('compound')).toEqual([]);
    expect(atlas.path('w1')).toEqual(['名town', '名west', '名w1']);
  });

  it('没有的区域：没有上级、没有名字，不出错', () => {
    expect(atlas.get('nowhere')).toBeUndefined();
    expect(atlas.upwards('nowhere')).toEqual([]);
    expect(atlas.path('nowhere')).toEqual([]);
    expect(atlas.numbered(-1)).toBeUndefined();
  });

  it('按编号找得到区域本身', () => {
    for (const one of areas) expect(atlas.numbered(one.no)?.id).toBe(one.id);
  });

  it('一个区域也没有：什么都找不到，不出错', () => {
    const empty = buildAtlas([]);
    expect(empty.root).toBeNull();
    expect(empty.locate([0, 0])).toBeNull();
  });
});

describe('一个点属于哪里', () => {
  it.each([
    [0.5, 1, 'w1'],
    [1.5, 1, 'w2'],
    [2.5, 1, 'e1'],
    [3.8, 1, 'east'],
    [10.5, 0.5, 'e1'],
    [5, 1, null],
    [-0.001, 1, null],
    [0.5, 2.001, null],
  ] as const)('(%d, %d) 在 %s', (lon, lat, id) => {
    expect(at(lon, lat)).toBe(id);
  });

  it('洞里不属于它，归上一级', () => {
    expect(at(3.25, 0.75)).toBe('town');
  });

  it('两块的公共边上：总归一家，不会两家，也不会没有', () => {
    for (let lat = 0.1; lat < 2; lat += 0.1) {
      expect(['w1', 'w2'], `(1, ${lat})`).toContain(at(1, lat));
      expect(['w2', 'e1'], `(2, ${lat})`).toContain(at(2, lat));
      expect(at(1, lat)).toBe(at(1, lat));
    }
  });

  it('同一级两块重叠：编号小的那家', () => {
    const first = area('first', null, 'grid', polygon(square(0, 0, 2, 2)));
    const second = area('second', null, 'grid', polygon(square(1, 0, 3, 2)));
    for (const order of [
      [first, second],
      [second, first],
    ])
      expect(buildAtlas(order).locate([1.5, 1])?.area.id).toBe('first');
  });

  const beyond = (lon: number, lat: number) => {
    const located = atlas.locate([lon, lat]);
    return { located, other: located && atlas.beyond([lon, lat], located) };
  };

  it('离边界多远、隔壁是谁', () => {
    const { located, other } = beyond(1.0005, 1);
    expect(located?.area.id).toBe('w2');
    expect(located?.borderM).toBeGreaterThan(50);
    expect(located?.borderM).toBeLessThan(60);
    expect(other?.id).toBe('w1');
    expect(beyond(1.9995, 1).other?.id).toBe('e1');
  });

  it('离边界两百米以外，不说隔壁', () => {
    expect(beyond(1.5, 1).other).toBeNull();
    expect(beyond(1.0017, 1).other?.id).toBe('w1');
    expect(beyond(1.0019, 1).other).toBeNull();
  });

  it('边界外面什么也没有，就没有隔壁', () => {
    expect(beyond(0.0005, 1).other).toBeNull();
  });

  it('坐标是 NaN 或无穷：哪里也不属于', () => {
    for (const point of [
      [Number.NaN, 1],
      [1, Number.NaN],
      [Number.POSITIVE_INFINITY, 1],
    ] as const)
      expect(atlas.locate(point)).toBeNull();
  });
});
