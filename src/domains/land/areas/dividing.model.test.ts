import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Boundary, isInPolygon, type Point, polygonsOf } from '../../../kernel/geo.ts';
import { divide } from './dividing.model.ts';
import { common, joined, without } from './land.model.ts';

const WEST = 112.9;
const SOUTH = 28.1;
const at = (x: number, y: number): Point => [WEST + x / 1e5, SOUTH + y / 1e5];
const shape = (...points: (readonly [number, number])[]): Boundary => ({
  type: 'Polygon',
  coordinates: [[...points, points[0] as readonly [number, number]].map(([x, y]) => [...at(x, y)] as [number, number])],
});
const square = shape([0, 0], [500, 0], [500, 500], [0, 500]);
const codeOf = (make: () => unknown): string => {
  try {
    make();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** Any simple shape around a middle: corners in the order of their angles, near and far. */
const star = fc
  .array(fc.record({ angle: fc.integer({ min: 0, max: 3599 }), far: fc.integer({ min: 80, max: 400 }) }), {
    minLength: 5,
    maxLength: 24,
  })
  .map((rays) => [...new Map(rays.map((ray) => [ray.angle, ray])).values()].sort((a, b) => a.angle - b.angle))
  // Wider than a half turn the ring would pass the middle on the other side and might cross itself.
  .filter(
    (rays) =>
      rays.length >= 5 &&
      rays.every(({ angle }, i) => ((rays[(i + 1) % rays.length]?.angle ?? 0) - angle + 3600) % 3600 < 1700),
  )
  .map((rays) =>
    shape(
      ...rays.map(({ angle, far }) => {
        const turn = (angle / 1800) * Math.PI;
        return [500 + far * Math.cos(turn), 500 + far * Math.sin(turn)] as const;
      }),
    ),
  );
/** From the west to the east of everything, up and down on the way. */
const zigzag = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 0, maxLength: 6 })
  .chain((heights) =>
    fc.tuple(fc.constant(heights), fc.integer({ min: 100, max: 900 }), fc.integer({ min: 100, max: 900 })),
  )
  .map(([heights, first, last]): Point[] => [
    at(0, first),
    ...heights.map((y, i) => at(150 + (700 * (i + 1)) / (heights.length + 1), y)),
    at(1000, last),
  ]);

/** On a flat sheet, so that parts add up; some square metres to the unit. */
function sizeOf(boundary: Boundary): number {
  const ringSize = (ring: readonly Point[]): number =>
    Math.abs(
      ring.reduce((twice, [x, y], i) => {
        const [px, py] = ring[i - 1] ?? [x, y];
        return twice + (px - WEST) * (y - SOUTH) - (x - WEST) * (py - SOUTH);
      }, 0),
    ) * 5e9;
  return polygonsOf(boundary).reduce(
    (sum, [outer = [], ...holes]) => sum + ringSize(outer) - holes.reduce((all, hole) => all + ringSize(hole), 0),
    0,
  );
}

/** The parts cover the whole, and no two of them share more than a line. */
function expectWhole(boundary: Boundary, parts: readonly Boundary[]): void {
  const whole = sizeOf(boundary);
  const sum = parts.reduce((total, part) => total + sizeOf(part), 0);
  expect(Math.abs(sum - whole)).toBeLessThan(0.01);
  for (const [i, one] of parts.entries()) {
    // What the clipping drops as nobody's is below a square metre.
    expect(Math.abs(sizeOf(common(one, boundary) as Boundary) - sizeOf(one))).toBeLessThan(1);
    for (const other of parts.slice(i + 1)) expect(common(one, other)).toBeNull();
  }
  const [first, ...others] = parts as [Boundary, ...Boundary[]];
  expect(without(boundary, joined(first, ...others))).toBeNull();
}

describe('沿线拆开', () => {
  it('方块沿一条斜线：两块，合起来就是原来的', () => {
    const parts = divide(square, [at(-50, 200), at(550, 300)]);
    expect(parts).toHaveLength(2);
    expectWhole(square, parts);
  });

  it('任意形状、任意折线：各块盖住整块，互不重叠，也不留缝', () => {
    let divided = 0;
    fc.assert(
      fc.property(star, zigzag, (boundary, line) => {
        const code = codeOf(() => divide(boundary, line));
        if (code !== 'none') {
          expect(['border.line_misses', 'border.line_knotted']).toContain(code);
          return;
        }
        divided += 1;
        const parts = divide(boundary, line);
        expect(parts.length).toBeGreaterThan(1);
        expectWhole(boundary, parts);
      }),
      { numRuns: 200, seed: 41 },
    );
    expect(divided, '大多数线真的把区域分开了').toBeGreaterThan(120);
  });

  it('线正好穿过角点：还是两块', () => {
    const parts = divide(square, [at(-50, -50), at(0, 0), at(500, 500), at(550, 550)]);
    expect(parts).toHaveLength(2);
    expectWhole(square, parts);
  });

  it('凹进去的形状一刀三块', () => {
    const comb = shape([0, 0], [500, 0], [500, 500], [350, 500], [350, 200], [150, 200], [150, 500], [0, 500]);
    const parts = divide(comb, [at(-50, 400), at(550, 400)]);
    expect(parts).toHaveLength(3);
    expectWhole(comb, parts);
  });

  it('洞跟着它所在的一块；线穿过洞就说清楚', () => {
    const holed: Boundary = {
      type: 'Polygon',
      coordinates: [
        ...polygonsOf(square).flatMap((polygon) =>
          polygon.map((ring) => ring.map(([x, y]): [number, number] => [x, y])),
        ),
        [at(50, 50), at(50, 100), at(100, 100), at(100, 50), at(50, 50)].map(([x, y]): [number, number] => [x, y]),
      ],
    };
    const parts = divide(holed, [at(-50, 250), at(550, 250)]);
    expectWhole(holed, parts);
    expect(parts.filter((part) => (polygonsOf(part)[0]?.length ?? 0) === 2)).toHaveLength(1);
    expect(codeOf(() => divide(holed, [at(-50, 75), at(550, 75)]))).toBe('border.line_through_hole');
  });

  it('飞地没有切到：留在最大的一块', () => {
    const [main = []] = polygonsOf(square);
    const [island = []] = polygonsOf(shape([800, 0], [900, 0], [900, 100], [800, 100]));
    const plain = (polygon: typeof main) => polygon.map((ring) => ring.map(([x, y]): [number, number] => [x, y]));
    const both: Boundary = { type: 'MultiPolygon', coordinates: [plain(main), plain(island)] };
    const parts = divide(both, [at(-50, 100), at(550, 100)]);
    expect(parts).toHaveLength(2);
    expectWhole(both, parts);
    expect(polygonsOf(parts[0] as Boundary).some((polygon) => isInPolygon(at(850, 50), polygon))).toBe(true);
  });

  it.each([
    ['没有穿过', [at(-50, 700), at(550, 700)]],
    ['停在里面', [at(-50, 250), at(250, 250)]],
    ['只有一点', [at(-50, 250)]],
    ['一点点两次', [at(-50, 250), at(-50, 250)]],
  ])('%s：说没有分开', (_name, line) => {
    expect(codeOf(() => divide(square, line))).toBe('border.line_misses');
  });

  it('自己交叉的线：说在哪里错了', () => {
    const knot = [at(-50, 100), at(400, 400), at(400, 100), at(100, 400), at(550, 450)];
    expect(codeOf(() => divide(square, knot))).toBe('border.line_knotted');
  });
});
