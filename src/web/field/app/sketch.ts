import { type Boundary, boxOf, type Point, polygonsOf, toMetres } from '../../../kernel/geo.ts';

/** A map drawn of borders alone: metres around a middle, on a sheet of fixed size. Pure. */
export const SHEET = { width: 340, height: 240 } as const;

export interface View {
  readonly middle: Point;
  /** From the middle to the side of the sheet. */
  readonly metres: number;
}

type Spot = readonly [x: number, y: number];

export const pixelsPerMetre = ({ metres }: View): number => SHEET.width / 2 / metres;

export function toSheet(view: View, point: Point): Spot {
  const [east, north] = toMetres(point, view.middle);
  const scale = pixelsPerMetre(view);
  return [SHEET.width / 2 + east * scale, SHEET.height / 2 - north * scale];
}

export function toPoint(view: View, [x, y]: Spot): Point {
  const scale = pixelsPerMetre(view);
  return moved(view.middle, (x - SHEET.width / 2) / scale, (SHEET.height / 2 - y) / scale);
}

/** So many metres further east and north. */
export function moved(from: Point, east: number, north: number): Point {
  const [perLon] = toMetres([from[0] + 0.001, from[1]], from);
  const [, perLat] = toMetres([from[0], from[1] + 0.001], from);
  return [from[0] + (east / perLon) * 0.001, from[1] + (north / perLat) * 0.001];
}

const LEAST_METRES = 40;
const MARGIN = 1.12;

/** So that all of it is on the sheet; null: there is nothing to show. */
export function viewOf(boundaries: readonly Boundary[], points: readonly Point[]): View | null {
  const spots = points.map((point): readonly (readonly Point[])[] => [[point]]);
  const all = [...boundaries.flatMap(polygonsOf), ...spots];
  if (all.length === 0) return null;
  const [west, south, east, north] = boxOf(all);
  const middle: Point = [(west + east) / 2, (south + north) / 2];
  const [half, tall] = toMetres([east, north], middle);
  const metres = Math.max(half, tall * (SHEET.width / SHEET.height), LEAST_METRES) * MARGIN;
  return { middle, metres };
}

export const pathOf = (view: View, boundary: Boundary): string =>
  polygonsOf(boundary)
    .flat()
    .map((ring) => `M${ring.map((point) => toSheet(view, point).map(rounded).join(' ')).join('L')}Z`)
    .join('');

/** Where a name stands: the middle of the largest piece's box. */
export function namedAt(view: View, boundary: Boundary): { spot: Spot; width: number } {
  const boxes = polygonsOf(boundary).map((polygon) => {
    const [west, south, east, north] = boxOf([polygon]);
    const [left, bottom] = toSheet(view, [west, south]);
    const [right, top] = toSheet(view, [east, north]);
    return { spot: [(left + right) / 2, (top + bottom) / 2] as Spot, width: right - left };
  });
  return boxes.reduce((widest, box) => (box.width > widest.width ? box : widest));
}

/** A round number of metres that is no longer than a third of the sheet. */
export function scaleBar(view: View): { metres: number; width: number } {
  const most = (view.metres * 2) / 3;
  const ten = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((times) => times * ten <= most) ?? 1) * ten;
  return { metres, width: metres * pixelsPerMetre(view) };
}

const rounded = (length: number): string => length.toFixed(1);
