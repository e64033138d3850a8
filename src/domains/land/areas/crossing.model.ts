import Flatbush from 'flatbush';
import type { Point, Ring } from '../../../kernel/geo.ts';

/** Whether the lines of a border get in each other's way. */

interface Segment {
  readonly a: Point;
  readonly b: Point;
  readonly ring: number;
  readonly at: number;
  /** How many segments its ring has. */
  readonly of: number;
}

/**
 * A ring may not cross, touch or run back along itself. Two rings may touch in a point (a hole at the border), not
 * cross nor share a stretch. The rings are closed and have no point twice in a row.
 */
export function crosses(rings: readonly Ring[]): boolean {
  const segments = rings.flatMap((line, ring) =>
    line.slice(1).map((b, at): Segment => ({ a: line[at] as Point, b, ring, at, of: line.length - 1 })),
  );
  if (segments.length === 0) return false;
  const index = new Flatbush(segments.length);
  for (const { a, b } of segments)
    index.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
  index.finish();
  return segments.some((one, i) => {
    const { a, b } = one;
    const near = index.search(
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[0], b[0]),
      Math.max(a[1], b[1]),
      (j) => j > i,
    );
    return near.some((j) => clash(one, segments[j] as Segment));
  });
}

function clash(one: Segment, other: Segment): boolean {
  if (one.ring !== other.ring) return isProper(one, other) || overlaps(one, other);
  const apart = Math.abs(one.at - other.at);
  const areNeighbours = apart === 1 || apart === one.of - 1;
  return areNeighbours ? overlaps(one, other) : touches(one, other);
}

const side = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** Each has the ends of the other on its two sides. */
const isProper = ({ a, b }: Segment, { a: c, b: d }: Segment): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

function touches(one: Segment, other: Segment): boolean {
  if (isProper(one, other)) return true;
  return [other.a, other.b].some((point) => isOn(point, one)) || [one.a, one.b].some((point) => isOn(point, other));
}

/** In one line, with more than a point in common. */
function overlaps(one: Segment, other: Segment): boolean {
  if (side(one.a, one.b, other.a) !== 0 || side(one.a, one.b, other.b) !== 0) return false;
  const axis = Math.abs(one.a[0] - one.b[0]) >= Math.abs(one.a[1] - one.b[1]) ? 0 : 1;
  const low = Math.max(Math.min(one.a[axis], one.b[axis]), Math.min(other.a[axis], other.b[axis]));
  const high = Math.min(Math.max(one.a[axis], one.b[axis]), Math.max(other.a[axis], other.b[axis]));
  return low < high;
}

const isOn = (point: Point, { a, b }: Segment): boolean =>
  side(a, b, point) === 0 &&
  point[0] >= Math.min(a[0], b[0]) &&
  point[0] <= Math.max(a[0], b[0]) &&
  point[1] >= Math.min(a[1], b[1]) &&
  point[1] <= Math.max(a[1], b[1]);
