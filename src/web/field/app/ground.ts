import { type Boundary, distanceToBorderM, isInPolygon, type Point, polygonsOf } from '../../../kernel/geo.ts';

/** A grid of one's own land, with its border where it has one. */
export interface Ground {
  readonly id: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly boundary: Boundary | null;
}

export interface Standing {
  readonly ground: Ground;
  /** Metres to its nearest border: close to one, the neighbour may be meant. */
  readonly borderM: number;
}

/** In which of the grids a point lies; null: in none of them. */
export function groundAt(point: Point, grounds: readonly Ground[]): Standing | null {
  for (const ground of grounds) {
    const polygons = ground.boundary ? polygonsOf(ground.boundary) : [];
    const inside = polygons.find((polygon) => isInPolygon(point, polygon));
    if (inside) return { ground, borderM: Math.round(distanceToBorderM(point, inside)) };
  }
  return null;
}

/** Metres from a point to the nearest of the grids; null: none has a border. */
export function metresToNearest(point: Point, grounds: readonly Ground[]): number | null {
  const distances = grounds.flatMap(({ boundary }) =>
    boundary ? polygonsOf(boundary).map((polygon) => distanceToBorderM(point, polygon)) : [],
  );
  return distances.length === 0 ? null : Math.round(Math.min(...distances));
}

/** `112.9021, 28.1033`, as map apps copy it; null: no such pair. */
export function readPoint(typed: string): Point | null {
  const [lon = Number.NaN, lat = Number.NaN] = typed
    .normalize('NFKC')
    .split(/[,，\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  const isPair = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return isPair ? [lon, lat] : null;
}
