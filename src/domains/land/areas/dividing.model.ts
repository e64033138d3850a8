import { type Boundary, isInPolygon, type Point, type Polygon, polygonsOf, type Ring } from '../../../kernel/geo.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import { areaM2Of, toBoundary } from './border.model.ts';
import { crosses } from './crossing.model.ts';

/**
 * An area cut along a line. Every stretch of the line between two points of the border divides one piece in two, which
 * share the points of that stretch to the digit: nothing is left between them and nothing lies in both.
 */

const dividingProblems = defineProblems({
  'border.line_misses': {
    status: 422,
    title: { zh: '这条线没有把区域分开', en: 'The line does not divide the area' },
    hint: {
      zh: '起点和终点都要画到边界外面，中间穿过区域。画的线还在，可以接着改。',
      en: 'Begin and end outside the border and go through the area. The line is kept; go on from it.',
    },
  },
  'border.line_knotted': {
    status: 422,
    title: { zh: '这条线自己交叉', en: 'The line crosses itself' },
    hint: {
      zh: '请退回到交叉以前的点再画。画的线还在。',
      en: 'Go back to before it crosses and draw on. The line is kept.',
    },
  },
  'border.line_through_hole': {
    status: 422,
    title: { zh: '这条线穿过了区域里面的空洞', en: 'The line goes through a hole of the area' },
    hint: { zh: '请绕开空洞画。画的线还在。', en: 'Go around the hole. The line is kept.' },
  },
});

/** Less than this is no part but a slip of the hand. */
const LEAST_M2 = 10;

interface Meeting {
  /** On which side of the ring, counted from its first point, and how far along it. */
  readonly at: number;
  readonly along: number;
  readonly point: Point;
}
interface Chord {
  readonly from: Meeting;
  readonly to: Meeting;
  /** The points of the line between the two. */
  readonly between: readonly Point[];
}

/** The parts, the largest first. Throws a Problem for a line that divides nothing. */
export function divide(boundary: Boundary, line: readonly Point[]): Boundary[] {
  const path = line.filter((point, i) => i === 0 || !isSame(point, line[i - 1] as Point));
  if (path.length < 2) throw new Problem(dividingProblems['border.line_misses']);
  if (isKnotted(path)) throw new Problem(dividingProblems['border.line_knotted']);
  const whole = polygonsOf(boundary);
  const pieces = whole.map((polygon) => divideOne(polygon, path));
  if (pieces.every(({ length }) => length === 1)) throw new Problem(dividingProblems['border.line_misses']);
  const cut = pieces
    .filter(({ length }) => length > 1)
    .flat()
    .sort(byArea);
  const untouched = pieces.filter(({ length }) => length === 1).flat();
  const [largest, ...others] = cut as [Polygon, ...Polygon[]];
  // What lies apart and was not cut stays with the largest part.
  return [toBoundary([largest, ...untouched]), ...others.map((part) => toBoundary([part]))];
}

const byArea = (a: Polygon, b: Polygon): number => m2Of(b) - m2Of(a);
const m2Of = (polygon: Polygon): number => areaM2Of(toBoundary([polygon]));
const isSame = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];

/** A line is a ring that goes back far around; only what the drawn stretches do to each other counts. */
const isKnotted = (path: readonly Point[]): boolean =>
  path.some(
    (point, i) =>
      i > 0 &&
      path
        .slice(i + 2)
        .some((_, j) => isAcross(path[i - 1] as Point, point, path[i + 1 + j] as Point, path[i + 2 + j] as Point)),
  );

function isAcross(a: Point, b: Point, c: Point, d: Point): boolean {
  return crosses([
    [a, b],
    [c, d],
  ]);
}

function divideOne(polygon: Polygon, path: readonly Point[]): Polygon[] {
  const [outer = [], ...holes] = polygon;
  const cuts = chordsThrough(outer, path);
  if (cuts.length === 0) return [polygon];
  if (holes.some((hole) => meetingsOf(hole, path).length > 0))
    throw new Problem(dividingProblems['border.line_through_hole']);
  let pieces: Ring[] = [outer];
  for (const chord of cuts) pieces = pieces.flatMap((piece) => cutAlong(piece, chord));
  return pieces.map((piece) => [piece, ...holes.filter((hole) => isInPolygon(hole[0] as Point, [piece]))]);
}

/** From border to border through the inside. What the line does before it first comes in and after it last goes out is left. */
function chordsThrough(ring: Ring, path: readonly Point[]): Chord[] {
  if (isInPolygon(path[0] as Point, [ring]) || isInPolygon(path.at(-1) as Point, [ring]))
    throw new Problem(dividingProblems['border.line_misses']);
  const found = meetingsOf(ring, path);
  const chords: Chord[] = [];
  for (let i = 0; i + 1 < found.length; i += 2) {
    const [from, to] = [found[i] as Meeting, found[i + 1] as Meeting];
    const between = path.slice(Math.floor(from.along) + 1, Math.floor(to.along) + 1);
    chords.push({ from, to, between });
  }
  return chords;
}

/**
 * Where the line crosses the ring, in the order of the line. A point that lies exactly on the other counts as lying to
 * its left: so a crossing at a corner is met once, not twice and not never.
 */
function meetingsOf(ring: Ring, path: readonly Point[]): Meeting[] {
  const found: Meeting[] = [];
  for (let step = 1; step < path.length; step += 1) {
    const [p, q] = [path[step - 1] as Point, path[step] as Point];
    for (let side = 1; side < ring.length; side += 1) {
      const [a, b] = [ring[side - 1] as Point, ring[side] as Point];
      if (isLeft(p, q, a) === isLeft(p, q, b) || isLeft(a, b, p) === isLeft(a, b, q)) continue;
      const [before, behind] = [turn(a, b, p), turn(a, b, q)];
      const share = before / (before - behind);
      const point: Point = [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])];
      found.push({ at: side - 1, along: step - 1 + Math.min(share, 1 - Number.EPSILON), point });
    }
  }
  return found.sort((one, other) => one.along - other.along);
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const isLeft = (a: Point, b: Point, c: Point): boolean => turn(a, b, c) >= 0;

/** The piece that has both ends of the chord on its border, in two; every other as it is. */
function cutAlong(piece: Ring, { from, to, between }: Chord): Ring[] {
  const [start, end] = [placeOn(piece, from.point), placeOn(piece, to.point)];
  const middle = between[0] ?? midway(from.point, to.point);
  if (
    start === null ||
    end === null ||
    !isInPolygon(between.length > 0 ? middle : midway(from.point, to.point), [piece])
  )
    return [piece];
  const halves = [
    tidied([from.point, ...between, to.point, ...walk(piece, end, start)]),
    tidied([to.point, ...[...between].reverse(), from.point, ...walk(piece, start, end)]),
  ];
  return halves.every((half) => half.length > 3 && m2Of([half]) >= LEAST_M2) ? halves : [piece];
}

const midway = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

interface PlaceOn {
  readonly side: number;
  readonly share: number;
}

/** A thousandth of a millimetre, in degrees: a computed point lies on its own line no more exactly than that. */
const NEAR = 1e-11;

function placeOn(ring: Ring, point: Point): PlaceOn | null {
  for (let side = 0; side + 1 < ring.length; side += 1) {
    const [a, b] = [ring[side] as Point, ring[side + 1] as Point];
    const length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2;
    const share = length === 0 ? 0 : ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length;
    const near = Math.min(1, Math.max(0, share));
    const off = Math.hypot(a[0] + near * (b[0] - a[0]) - point[0], a[1] + near * (b[1] - a[1]) - point[1]);
    if (off <= NEAR) return { side, share: near };
  }
  return null;
}

/** The corners of the ring from one place on it to another, the way it is drawn. */
function walk(ring: Ring, from: PlaceOn, to: PlaceOn): Point[] {
  const count = ring.length - 1;
  const corners: Point[] = [];
  const isStraight = from.side === to.side && from.share <= to.share;
  const steps = isStraight ? 0 : (to.side - from.side + count) % count || count;
  for (let i = 1; i <= steps; i += 1) corners.push(ring[(from.side + i) % count] as Point);
  return corners;
}

/** Closed, and no point twice in a row. */
function tidied(points: readonly Point[]): Ring {
  const steps = points.filter((point, i) => i === 0 || !isSame(point, points[i - 1] as Point));
  const first = steps[0] as Point;
  return isSame(first, steps.at(-1) as Point) ? steps : [...steps, first];
}
