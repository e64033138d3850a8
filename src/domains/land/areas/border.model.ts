import clipping from 'polygon-clipping';
import { toWgs84 } from '../../../kernel/datum.ts';
import {
  type Boundary,
  type Datum,
  isInPolygon,
  type Point,
  type Polygon,
  polygonsOf,
  type Ring,
} from '../../../kernel/geo.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import { crosses } from './crossing.model.ts';

/** A border as somebody's map has it, made into one that can be stored: what was wrong is mended and told, or refused. */
export const mends = ['closed', 'repeated', 'crossing', 'slivers', 'holes', 'turned'] as const;
export type Mend = (typeof mends)[number];

export interface Mended {
  readonly boundary: Boundary;
  readonly did: readonly Mend[];
  readonly areaM2: number;
  /** How much larger or smaller than as it came, in per cent of what is stored. */
  readonly changePct: number;
}

const borderProblems = defineProblems({
  'border.none': {
    status: 422,
    title: { zh: '这个要素没有图形', en: 'This feature has no geometry' },
    hint: {
      zh: '区域可以没有边界；要有的话请补上面（Polygon 或 MultiPolygon）。',
      en: 'An area may do without a border; if it shall have one, add a Polygon or MultiPolygon.',
    },
  },
  'border.not_a_polygon': {
    status: 422,
    title: { zh: '图形是 {type}，不是面', en: 'The geometry is a {type}, not a polygon' },
    hint: { zh: '边界只能是 Polygon 或 MultiPolygon。', en: 'A border is a Polygon or a MultiPolygon.' },
  },
  'border.not_numbers': {
    status: 422,
    title: { zh: '坐标里有不是数字的内容', en: 'Some coordinates are not numbers' },
    hint: { zh: '每个点是经度、纬度两个数。', en: 'Every point is two numbers, longitude and latitude.' },
  },
  'border.projected': {
    status: 422,
    title: {
      zh: '坐标像是投影后的米，不是经纬度',
      en: 'The coordinates look like metres of a projection, not degrees',
    },
    hint: {
      zh: '请在制图软件里另存为经纬度（EPSG:4490 或 EPSG:4326）再导入。',
      en: 'Save the layer in degrees (EPSG:4490 or EPSG:4326) and import again.',
    },
  },
  'border.swapped': {
    status: 422,
    title: { zh: '经度和纬度写反了', en: 'Longitude and latitude are swapped' },
    hint: {
      zh: '经度在前，纬度在后。请对调后再导入。',
      en: 'Longitude first, then latitude. Swap them and import again.',
    },
  },
  'border.degenerate': {
    status: 422,
    title: { zh: '边界围不出面积（不到 10 平方米）', en: 'The border encloses nothing (less than 10 m²)' },
    hint: { zh: '至少要有三个不在一条线上的点。', en: 'It needs at least three points that are not in one line.' },
  },
  'border.irreparable': {
    status: 422,
    title: { zh: '边界自己交叉，修不好', en: 'The border crosses itself and could not be mended' },
    hint: { zh: '请在制图软件里修好这个面再导入。', en: 'Mend this polygon in mapping software and import again.' },
  },
});

const LEAST_M2 = 10;
/** Pieces smaller than this share of the whole fall off where a line crossed itself; they are no land of anybody's. */
const SLIVER = 0.001;

/** Throws a Problem of `borderProblems` for what cannot become a border. */
export function mend(geometry: unknown, datum: Datum): Mended {
  const did = new Set<Mend>();
  // Looked at as it came: a line that runs back along itself does so to the digit, and no longer after a conversion.
  const tidied = readParts(geometry).map((part) => part.map((ring) => tidy(ring, did)));
  const kept = tidied.map((part) => withoutEmptyRings(part, did)).filter((part) => part.length > 0);
  if (kept.length < tidied.length && kept.length > 0) did.add('slivers');
  if (kept.length === 0) throw new Problem(borderProblems['border.degenerate']);
  const asCame = sum(kept.map(areaOf));
  const whole = needsClipping(kept) ? clip(kept, did) : kept;
  const parts = whole.map((part) => part.map((ring, i) => wind(ring, i > 0, did)));
  const areaM2 = sum(parts.map(areaOf));
  if (areaM2 < LEAST_M2) throw new Problem(borderProblems['border.degenerate']);
  return {
    boundary: toBoundary(parts.map((part) => part.map((ring) => ring.map((point) => converted(point, datum))))),
    did: mends.filter((one) => did.has(one)),
    areaM2,
    changePct: Math.round((Math.abs(areaM2 - asCame) / areaM2) * 1e4) / 100,
  };
}

function readParts(geometry: unknown): Point[][][] {
  if (typeof geometry !== 'object' || geometry === null) throw new Problem(borderProblems['border.none']);
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    throw new Problem(borderProblems['border.not_a_polygon'], { type: String(type) });
  const parts = listOf(type === 'Polygon' ? [coordinates] : coordinates);
  return parts.map((part) => listOf(part).map((ring) => listOf(ring).map(readPoint)));
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Problem(borderProblems['border.not_numbers']);
  return value;
}

function readPoint(value: unknown): Point {
  const [x, y] = listOf(value);
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y))
    throw new Problem(borderProblems['border.not_numbers']);
  // No land lies at 73–136 degrees north; China does at 73–136 degrees east.
  if (Math.abs(x) <= 90 && Math.abs(y) <= 180 && y >= 73) throw new Problem(borderProblems['border.swapped']);
  if (Math.abs(x) > 180 || Math.abs(y) > 90) throw new Problem(borderProblems['border.projected']);
  return [x, y];
}

/** A centimetre is enough for what was computed; what came in degrees stays to the digit. */
function converted(point: Point, datum: Datum): Point {
  const [lon, lat] = toWgs84(point, datum);
  return lon === point[0] && lat === point[1] ? point : [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

const isSame = (a: Point | undefined, b: Point | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Closed, and no point twice in a row. */
function tidy(ring: Ring, did: Set<Mend>): Ring {
  const steps = ring.filter((point, i) => i === 0 || !isSame(point, ring[i - 1]));
  if (steps.length < ring.length) did.add('repeated');
  const first = steps[0];
  if (!first || isSame(first, steps.at(-1))) return steps;
  did.add('closed');
  return [...steps, first];
}

/** An outer ring without area takes its part along; a hole without area is just left out. */
function withoutEmptyRings(part: Polygon, did: Set<Mend>): Polygon {
  const isEmpty = (ring: Ring): boolean => ring.length < 4 || isLine(ring);
  const [outer, ...holes] = part;
  if (!outer || isEmpty(outer)) return [];
  const real = holes.filter((hole) => !isEmpty(hole));
  if (real.length < holes.length) did.add('holes');
  return [outer, ...real];
}

/** All on one line, out and back. A figure of eight has no signed area either, and is none. */
function isLine(ring: Ring): boolean {
  const [a, ...rest] = ring as [Point, ...Point[]];
  const far = rest.reduce((most, point) => (square(a, point) > square(a, most) ? point : most), a);
  return rest.every((point) => Math.abs(turn(a, far, point)) < 1e-14);
}
const square = (a: Point, b: Point): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;
const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Lines that cross, a hole outside, a part within another: what a map shows then is not what the numbers say. */
function needsClipping(parts: readonly Polygon[]): boolean {
  if (crosses(parts.flat())) return true;
  const isWithin = (ring: Ring, outer: Ring): boolean => ring.some((point) => isInPolygon(point, [outer]));
  const strayHole = parts.some(([outer = [], ...holes]) => holes.some((hole) => !isWithin(hole, outer)));
  return (
    strayHole ||
    parts.some((part, i) =>
      parts.some((other, j) => i !== j && isWithin(part[0] ?? [], other[0] ?? []) && !isIsland(part, other)),
    )
  );
}

/** Land within a hole of another part, as a lake has islands. */
const isIsland = ([outer = []]: Polygon, [, ...holes]: Polygon): boolean =>
  holes.some((hole) => outer.every((point) => isInPolygon(point, [hole])));

type Given = Parameters<typeof clipping.union>[0];

/** What any line goes around counts as inside (non-zero rule), whatever way the lines cross. */
function clip(parts: readonly Polygon[], did: Set<Mend>): Polygon[] {
  did.add('crossing');
  const pieces = unionOf(parts) ?? unionOf(parts.map((part) => part.map((ring) => ring.map(rounded))));
  if (!pieces || pieces.length === 0) throw new Problem(borderProblems['border.irreparable']);
  const least = Math.max(LEAST_M2, sum(pieces.map(areaOf)) * SLIVER);
  const large = pieces.filter((piece) => areaOf(piece) >= least);
  if (large.length < pieces.length) did.add('slivers');
  return large.map(([outer = [], ...holes]) => [outer, ...holes.filter((hole) => ringAreaM2(hole) >= LEAST_M2)]);
}

const rounded = ([lon, lat]: Point): Point => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];

function unionOf(parts: readonly Polygon[]): Polygon[] | null {
  try {
    return clipping.union(parts as unknown as Given);
  } catch {
    // The library gives up on some knots of nearly equal points.
    return null;
  }
}

/** Outer rings anticlockwise, holes clockwise (RFC 7946). */
function wind(ring: Ring, isHole: boolean, did: Set<Mend>): Ring {
  if (signedArea(ring) < 0 === isHole) return ring;
  did.add('turned');
  return [...ring].reverse();
}

function signedArea(ring: Ring): number {
  const [x0, y0] = ring[0] as Point;
  let twice = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1] as Point;
    const [bx, by] = ring[i] as Point;
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return twice / 2;
}

const METRES = 111_320;
const ringAreaM2 = (ring: Ring): number => {
  const lat = ring[0]?.[1] ?? 0;
  return Math.abs(signedArea(ring)) * METRES * METRES * Math.cos((lat * Math.PI) / 180);
};
/** Square metres of land within a border. */
export const areaM2Of = (boundary: Boundary): number => sum(polygonsOf(boundary).map(areaOf));
const areaOf = ([outer = [], ...holes]: Polygon): number => ringAreaM2(outer) - sum(holes.map(ringAreaM2));
const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);

export function toBoundary(parts: readonly Polygon[]): Boundary {
  const plain = parts.map((part) => part.map((ring) => ring.map(([x, y]): [number, number] => [x, y])));
  const [only] = plain;
  return plain.length === 1 && only
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: plain };
}
