import { toWgs84 } from '../../../kernel/datum.ts';
import { type Boundary, isInPolygon, type Point, polygonsOf } from '../../../kernel/geo.ts';

/**
 * Coordinates read off a map of the country lie some hundred metres off. A place outside the area, and inside it as soon as it is
 * taken for one of those, is asked about; it may be right all the same, so nothing is refused.
 */
export interface DatumDoubt {
  readonly datum: 'gcj02' | 'bd09';
  /** As they would have to be written. */
  readonly lon: number;
  readonly lat: number;
}

export function datumDoubtOf(point: Point, boundary: Boundary | null): DatumDoubt | null {
  if (boundary === null || isWithin(point, boundary)) return null;
  for (const datum of ['gcj02', 'bd09'] as const) {
    const [lon, lat] = toWgs84(point, datum).map((degrees) => Number(degrees.toFixed(6))) as [number, number];
    if (isWithin([lon, lat], boundary)) return { datum, lon, lat };
  }
  return null;
}

const isWithin = (point: Point, boundary: Boundary): boolean =>
  polygonsOf(boundary).some((polygon) => isInPolygon(point, polygon));
