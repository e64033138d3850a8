import { Delaunay } from 'd3-delaunay';
import clipping from 'polygon-clipping';
import type { Boundary } from '../../src/kernel/geo.ts';

/** Plane geometry of the map: cells of sites inside an outline, and unions of cells, all on the same rounded corners. */
export type Corner = [lon: number, lat: number];
export type Ring = Corner[];
/** Polygons, each an outer ring (anticlockwise) with its holes (clockwise). */
export type Shape = Ring[][];

/** A tenth of a metre; all that is stored is made of corners rounded so. */
const round = ([lon, lat]: readonly [number, number]): Corner => [
  Math.round(lon * 1e6) / 1e6,
  Math.round(lat * 1e6) / 1e6,
];
const same = (a: Corner | undefined, b: Corner | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Twice the area; positive for anticlockwise. */
const signedArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as Corner;
    return sum + x * nextY - nextX * y;
  }, 0);

function tidy(ring: readonly (readonly [number, number])[], clockwise: boolean): Ring {
  const open = ring
    .map(round)
    .filter((corner, i, all) => i === 0 || !same(corner, all[i - 1]))
    .filter((corner, i, all) => i !== all.length - 1 || i === 0 || !same(corner, all[0]));
  const turned = signedArea(open) > 0 === clockwise ? open.reverse() : open;
  return [...turned, turned[0] as Corner];
}

/** The Voronoi cells of the sites, cut to the outline. Neighbours share their corners to the last digit. */
export function cellsOf(sites: readonly Corner[], outline: Ring): Shape[] {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const frame = [Math.min(...xs) - 1, Math.min(...ys) - 1, Math.max(...xs) + 1, Math.max(...ys) + 1] as const;
  const voronoi = Delaunay.from(sites).voronoi([...frame]);
  return sites.map((_, i) => {
    const cell = voronoi.cellPolygon(i) as Ring;
    return clipping
      .intersection([cell], [outline])
      .map((polygon) => polygon.map((ring, nth) => tidy(ring, nth > 0)))
      .map((polygon) => polygon.filter((ring) => ring.length > 3))
      .filter((polygon) => polygon.length > 0);
  });
}

/**
 * The union of shapes that share corners: a border that two of them have runs in both directions and falls away; what
 * is left, joined end to end, is the border of the whole. Exact, since nothing is computed.
 */
export function unionOf(shapes: readonly Shape[]): Shape {
  const borders = new Map<string, [Corner, Corner]>();
  for (const ring of shapes.flat(2)) {
    for (let i = 1; i < ring.length; i += 1) {
      const [from, to] = [ring[i - 1] as Corner, ring[i] as Corner];
      if (!borders.delete(`${to} ${from}`)) borders.set(`${from} ${to}`, [from, to]);
    }
  }
  const rings = joined([...borders.values()]);
  const outer = rings.filter((ring) => signedArea(ring) > 0);
  const holes = rings.filter((ring) => signedArea(ring) < 0);
  return outer.map((ring) => [
    ring,
    ...holes.filter((hole) => hole.slice(1).every((corner) => isInside(corner, ring))),
  ]);
}

function joined(borders: readonly [Corner, Corner][]): Ring[] {
  const from = new Map<string, [Corner, Corner][]>();
  for (const border of borders) from.set(`${border[0]}`, [...(from.get(`${border[0]}`) ?? []), border]);
  const rings: Ring[] = [];
  for (const [start] of borders) {
    const ring: Ring = [start];
    for (let next = from.get(`${start}`)?.pop(); next; next = from.get(`${next[1]}`)?.pop()) ring.push(next[1]);
    if (ring.length > 3) rings.push(ring);
  }
  return rings;
}

export function isInside([x, y]: Corner, ring: Ring): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1] as Corner;
    const [bx, by] = ring[i] as Corner;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

export const boundaryOf = (shape: Shape): Boundary =>
  shape.length === 1 && shape[0]
    ? { type: 'Polygon', coordinates: shape[0] }
    : { type: 'MultiPolygon', coordinates: shape };
