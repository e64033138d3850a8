import { z } from 'zod';

/** Geometry on a county's scale: WGS 84 degrees, metres by a local flat earth (error below 0.1 % over 100 km). Pure. */

/** Datums coordinates arrive in. CGCS2000 differs from WGS 84 by centimetres; GCJ-02 and BD-09 by hundreds of metres. */
export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
export type Datum = (typeof datums)[number];

/** [longitude, latitude] in degrees. */
export type Point = readonly [lon: number, lat: number];
export type Ring = readonly Point[];
/** Outer ring first, then holes. */
export type Polygon = readonly Ring[];

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(position).min(4).refine(isClosed, 'the last point must be the first');
export const boundarySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
function isClosed(line: readonly (readonly [number, number])[]): boolean {
  const [first, last] = [line[0], line.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
}

export type Boundary = z.infer<typeof boundarySchema>;

export const polygonsOf = (boundary: Boundary): readonly Polygon[] =>
  boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;

/** An integer for the hundredth of a degree a point lies in: a box on the map is a range of these, under any row policy. */
export const cellOf = ([lon, lat]: Point): number =>
  Math.floor((lat + 90) * 100) * 36_000 + Math.floor((lon + 180) * 100);

const METRES_PER_DEGREE = 111_320;
const metresPerLon = (lat: number): number => METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);

export function distanceM(a: Point, b: Point): number {
  return Math.hypot((b[0] - a[0]) * metresPerLon((a[1] + b[1]) / 2), (b[1] - a[1]) * METRES_PER_DEGREE);
}

/** Metres east and north of an origin nearby. */
export const toMetres = ([lon, lat]: Point, [east, north]: Point): [x: number, y: number] => [
  (lon - east) * metresPerLon(north),
  (lat - north) * METRES_PER_DEGREE,
];

export function isInPolygon(point: Point, polygon: Polygon): boolean {
  let inside = false;
  for (const line of polygon) if (isInRing(point, line)) inside = !inside;
  return inside;
}

/** Even-odd rule by a ray to the east; a point on the border may fall on either side. */
function isInRing([x, y]: Point, line: Ring): boolean {
  let inside = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i, i += 1) {
    const [xi, yi] = line[i] as Point;
    const [xj, yj] = line[j] as Point;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Metres from a point to the nearest border of a polygon, inside or outside. */
export function distanceToBorderM(point: Point, polygon: Polygon): number {
  const metresX = metresPerLon(point[1]);
  let nearest = Number.POSITIVE_INFINITY;
  for (const line of polygon) nearest = Math.min(nearest, squareToRing(point, line, metresX));
  return Math.sqrt(nearest);
}

/** Squared metres to a ring: the one root is drawn at the end. */
function squareToRing([lon, lat]: Point, line: Ring, metresX: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let ax = Number.NaN;
  let ay = Number.NaN;
  for (const [x, y] of line) {
    const bx = (x - lon) * metresX;
    const by = (y - lat) * METRES_PER_DEGREE;
    const dx = bx - ax;
    const dy = by - ay;
    const length = dx * dx + dy * dy;
    const share = length > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0;
    const square = (ax + share * dx) ** 2 + (ay + share * dy) ** 2;
    if (square < nearest) nearest = square;
    ax = bx;
    ay = by;
  }
  return nearest;
}

export type Box = readonly [west: number, south: number, east: number, north: number];

export function boxOf(polygons: readonly Polygon[]): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const polygon of polygons) {
    for (const [lon, lat] of polygon[0] ?? []) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return [west, south, east, north];
}
