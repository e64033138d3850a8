import { describe, expect, it } from 'vitest';
import { toWgs84 } from './datum.ts';
import type { Point, Polygon } from './geo.ts';
import { boundarySchema, boxOf, cellOf, distanceM, distanceToBorderM, isInPolygon, polygonsOf } from './geo.ts';

/** The sphere's own distance, as a second opinion. */
function haversineM([lon1, lat1]: Point, [lon2, lat2]: Point): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}

/** GCJ-02 as it is published, written once more; only the way from WGS 84, so that the way back is checked by it. */
function gcj02Of([lon, lat]: Point): Point {
  const [x, y] = [lon - 105, lat - 35];
  const wave = (n: number): number => Math.sin(n * Math.PI);
  const common = (20 * wave(6 * x) + 20 * wave(2 * x)) * (2 / 3);
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + common;
  dLat += ((20 * wave(y) + 40 * wave(y / 3)) * 2) / 3 + ((160 * wave(y / 12) + 320 * wave(y / 30)) * 2) / 3;
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + common;
  dLon += ((20 * wave(x) + 40 * wave(x / 3)) * 2) / 3 + ((150 * wave(x / 12) + 300 * wave(x / 30)) * 2) / 3;
  const [a, ee] = [6_378_245, 0.006_693_421_622_965_943];
  const phi = (lat * Math.PI) / 180;
  const magic = 1 - ee * Math.sin(phi) ** 2;
  return [
    lon + (dLon * 180) / ((a / Math.sqrt(magic)) * Math.cos(phi) * Math.PI),
    lat + (dLat * 180) / (((a * (1 - ee)) / (magic * Math.sqrt(magic))) * Math.PI),
  ];
}

const county: Point = [112.9, 28.1];

describe('距离', () => {
  it.each<[Point, Point]>([
    [county, [112.905, 28.1]],
    [county, [112.9, 28.105]],
    [county, [113.7, 28.6]],
    [
      [111.1, 37.5],
      [111.9, 37.9],
    ],
    [
      [115.9, 39.4],
      [116.4, 39.9],
    ],
  ])('%j 到 %j:一百公里以内误差不到千分之三', (a, b) => {
    expect(Math.abs(distanceM(a, b) / haversineM(a, b) - 1)).toBeLessThan(0.003);
  });

  it('同一点是零，来回一样', () => {
    expect(distanceM(county, county)).toBe(0);
    expect(distanceM(county, [113, 28])).toBeCloseTo(distanceM([113, 28], county), 6);
  });
});

const ring = (west: number, south: number, east: number, north: number): Point[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const withHole: Polygon = [ring(0, 0, 10, 10), ring(4, 4, 6, 6)];

describe('点在不在里面', () => {
  it.each<[Point, boolean]>([
    [[1, 1], true],
    [[5, 5], false],
    [[3.99, 5], true],
    [[6.01, 5], true],
    [[-0.01, 5], false],
    [[10.01, 5], false],
    [[5, 11], false],
    [[5, -1], false],
  ])('带洞的方块:%j → %s', (point, inside) => {
    expect(isInPolygon(point, withHole)).toBe(inside);
  });

  it('洞里还有岛：岛上算里面', () => {
    const island: Polygon = [...withHole, ring(4.5, 4.5, 5.5, 5.5)];
    expect(isInPolygon([5, 5], island)).toBe(true);
    expect(isInPolygon([4.2, 5], island)).toBe(false);
  });

  it('凹进去的地方不算里面', () => {
    const cShape: Polygon = [
      [
        [0, 0],
        [10, 0],
        [10, 2],
        [2, 2],
        [2, 8],
        [10, 8],
        [10, 10],
        [0, 10],
        [0, 0],
      ],
    ];
    expect(isInPolygon([5, 5], cShape)).toBe(false);
    expect(isInPolygon([1, 5], cShape)).toBe(true);
    expect(isInPolygon([5, 9], cShape)).toBe(true);
  });

  it('射线正好穿过一个顶点，不会数两次', () => {
    const diamond: Polygon = [
      [
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ],
    ];
    expect(isInPolygon([-0.5, 0], diamond)).toBe(true);
    expect(isInPolygon([-1.5, 0], diamond)).toBe(false);
    expect(isInPolygon([1.5, 0], diamond)).toBe(false);
  });

  it('相邻两块不重叠不留缝：公共边附近每一点恰好属于一块', () => {
    const [left, right]: [Polygon, Polygon] = [[ring(0, 0, 1, 1)], [ring(1, 0, 2, 1)]];
    for (let i = 0; i <= 200; i += 1) {
      const point: Point = [0.9 + i / 1000, 0.5];
      expect(Number(isInPolygon(point, left)) + Number(isInPolygon(point, right)), String(point)).toBe(1);
    }
  });
});

describe('离边界多远', () => {
  const square: Polygon = [ring(112.9, 28.1, 112.905, 28.105)];
  it('里外都量得出', () => {
    expect(distanceToBorderM([112.9025, 28.1], square)).toBeLessThan(0.01);
    expect(distanceToBorderM([112.9025, 28.1001], square)).toBeCloseTo(11.132, 1);
    expect(distanceToBorderM([112.9025, 28.0999], square)).toBeCloseTo(11.132, 1);
    expect(distanceToBorderM([112.899, 28.099], square)).toBeCloseTo(haversineM([112.899, 28.099], [112.9, 28.1]), -1);
  });

  it('洞的边也是边', () => {
    expect(distanceToBorderM([5, 3.9999], withHole)).toBeCloseTo(11.1, 0);
  });

  it('重复的点（长度为零的边）不出错', () => {
    const doubled: Polygon = [[...ring(0, 0, 1, 1).slice(0, 2), [1, 0], ...ring(0, 0, 1, 1).slice(2)]];
    expect(Number.isFinite(distanceToBorderM([0.5, 0.5], doubled))).toBe(true);
  });
});

describe('坐标系', () => {
  // Published pairs (WGS 84 → GCJ-02) of the eviltransform project, and places of the five sources.
  it.each<[string, Point, Point]>([
    ['上海', [121.5272106, 31.1774276], [121.531541859215, 31.17530398364597]],
    ['深圳', [113.912316, 22.543847], [113.9171764808363, 22.540796131694766]],
    ['北京', [116.377817, 39.911954], [116.38404722455657, 39.91334545536069]],
  ])('%s:公布的一对坐标，换算误差在 1 米以内', (_name, wgs84, gcj02) => {
    expect(haversineM(gcj02Of(wgs84), gcj02)).toBeLessThan(0.01);
    expect(haversineM(toWgs84(gcj02, 'gcj02'), wgs84)).toBeLessThan(1);
  });

  it.each<[string, Point]>([
    ['株洲', [113.134, 27.828]],
    ['离石', [111.144, 37.519]],
    ['太原', [112.549, 37.87]],
    ['涿州', [115.974, 39.486]],
  ])('%s:GCJ-02 换回来误差在 1 米以内', (_name, point) => {
    const shifted = gcj02Of(point);
    expect(haversineM(shifted, point)).toBeGreaterThan(300);
    expect(haversineM(toWgs84(shifted, 'gcj02'), point)).toBeLessThan(1);
  });

  it('BD-09 再偏出几百米，也换得回来', () => {
    const [x, y] = gcj02Of(county);
    const z = Math.hypot(x, y) + 0.00002 * Math.sin((y * Math.PI * 3000) / 180);
    const theta = Math.atan2(y, x) + 0.000003 * Math.cos((x * Math.PI * 3000) / 180);
    const bd09: Point = [z * Math.cos(theta) + 0.0065, z * Math.sin(theta) + 0.006];
    expect(haversineM(toWgs84(bd09, 'bd09'), county)).toBeLessThan(2);
  });

  it('WGS 84 和 CGCS2000 原样不动', () => {
    expect(toWgs84(county, 'wgs84')).toEqual(county);
    expect(toWgs84(county, 'cgcs2000')).toEqual(county);
  });

  it('国外的点不加偏', () => {
    expect(haversineM(toWgs84([-71.06, 42.36], 'gcj02'), [-71.06, 42.36])).toBeLessThan(1);
  });
});

describe('格子和方框', () => {
  it('百分之一度一格，东西南北相邻的格子各差固定的数', () => {
    const cell = cellOf([112.905, 28.105]);
    expect(cellOf([112.909, 28.109])).toBe(cell);
    expect(cellOf([112.915, 28.105])).toBe(cell + 1);
    expect(cellOf([112.905, 28.115])).toBe(cell + 36_000);
    expect(Number.isInteger(cell)).toBe(true);
  });

  it('全世界的格子都装得进数据库的整数', () => {
    for (const point of [
      [-180, -90],
      [180, 90],
      [0, 0],
      [-0, -0],
    ] as Point[]) {
      expect(cellOf(point)).toBeGreaterThanOrEqual(0);
      expect(cellOf(point)).toBeLessThan(2 ** 31);
    }
  });

  it('方框包住所有部分', () => {
    expect(boxOf([[ring(1, 2, 3, 4)], [ring(-5, 0, 0, 9)]])).toEqual([-5, 0, 3, 9]);
  });

  it('边界只认面和多面，环至少四点', () => {
    const polygon = { type: 'Polygon', coordinates: [ring(0, 0, 1, 1)] };
    expect(boundarySchema.safeParse(polygon).success).toBe(true);
    expect(polygonsOf(boundarySchema.parse({ type: 'MultiPolygon', coordinates: [polygon.coordinates] }))).toHaveLength(
      1,
    );
    for (const bad of [
      { type: 'Point', coordinates: [0, 0] },
      { type: 'Polygon', coordinates: [] },
      { type: 'Polygon', coordinates: [ring(0, 0, 1, 1).slice(0, 3)] },
      { type: 'Polygon', coordinates: [[[0, Number.NaN], ...ring(0, 0, 1, 1)]] },
    ])
      expect(boundarySchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  });
});
