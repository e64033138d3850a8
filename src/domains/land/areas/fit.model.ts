import { type Boundary, boxOf, type Polygon, polygonsOf } from '../../../kernel/geo.ts';

/** How two borders lie to each other, by sample points: no clipping, so that no knot in a line can stop it. */

const ROWS = 24;

/** What share of the first border's land lies in the second, 0 to 1. */
export function shareWithin(inner: Boundary, outer: Boundary): number {
  const [own, other] = [polygonsOf(inner), polygonsOf(outer)];
  const [west, south, east, north] = boxOf(own);
  const [left, low, right, high] = boxOf(other);
  if (left > east || right < west || low > north || high < south) return 0;
  let [all, within] = [0, 0];
  for (let row = 0; row < ROWS; row += 1) {
    const lat = south + ((row + 0.5) / ROWS) * (north - south);
    const [here, there] = [crossingsAt(own, lat), crossingsAt(other, lat)];
    for (let column = 0; column < ROWS; column += 1) {
      const lon = west + ((column + 0.5) / ROWS) * (east - west);
      if (!isOdd(here, lon)) continue;
      all += 1;
      if (isOdd(there, lon)) within += 1;
    }
  }
  return all === 0 ? 1 : within / all;
}

/** Where the lines cross a parallel. */
function crossingsAt(polygons: readonly Polygon[], lat: number): number[] {
  const found: number[] = [];
  for (const polygon of polygons)
    for (const ring of polygon)
      for (let i = 1; i < ring.length; i += 1) {
        const a = ring[i - 1];
        const b = ring[i];
        if (a && b && a[1] > lat !== b[1] > lat) found.push(a[0] + ((lat - a[1]) * (b[0] - a[0])) / (b[1] - a[1]));
      }
  return found;
}

const isOdd = (crossings: readonly number[], lon: number): boolean => {
  let count = 0;
  for (const at of crossings) if (at < lon) count += 1;
  return count % 2 === 1;
};
