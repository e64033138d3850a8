import { areaM2Of } from '../../../../domains/land/areas/border.model.ts';
import { divide } from '../../../../domains/land/areas/dividing.model.ts';
import { common, joined, without } from '../../../../domains/land/areas/land.model.ts';
import { type Boundary, type Point, polygonsOf } from '../../../../kernel/geo.ts';
import { Problem } from '../../../../kernel/problem.ts';

/** What is drawn, thought through in the browser while one draws: the server decides it again by the same rules. */
export type Deed = 'correct' | 'split' | 'merge' | 'rename' | 'move';

export interface Bordered {
  readonly id: string;
  readonly name: string;
  readonly boundary: Boundary | null;
}

export interface Drawn {
  readonly kind: 'part' | 'overlap' | 'gap' | 'whole';
  readonly boundary: Boundary;
  readonly words: string;
}

export interface Sketch {
  /** What would be sent: the border, or one for each part. */
  readonly boundary: Boundary | null;
  readonly parts: readonly Boundary[];
  /** Land that others hold now. */
  readonly overlaps: readonly { readonly id: string; readonly name: string; readonly m2: number }[];
  /** Given up, in square metres. */
  readonly leftM2: number;
  readonly drawn: readonly Drawn[];
  readonly fault: Problem | null;
}

const empty: Sketch = { boundary: null, parts: [], overlaps: [], leftM2: 0, drawn: [], fault: null };
const NOTICEABLE_M2 = 10;

/** The outer ring of the largest piece: what the table of corners shows and the map lets one move. */
export function ringOf(boundary: Boundary | null): readonly Point[] {
  const [largest] = boundary ? bySize(boundary) : [];
  return largest?.[0]?.slice(0, -1) ?? [];
}

const bySize = (boundary: Boundary) =>
  [...polygonsOf(boundary)].sort((a, b) => areaM2Of(asBoundary(b)) - areaM2Of(asBoundary(a)));
const asBoundary = (polygon: readonly (readonly Point[])[]): Boundary => ({
  type: 'Polygon',
  coordinates: polygon.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat])),
});

export function sketch(deed: Deed, area: Bordered, points: readonly Point[], others: readonly Bordered[]): Sketch {
  try {
    if (deed === 'split') return splitting(area, points);
    if (deed === 'correct') return correcting(area, points, others);
    return deed === 'merge' ? merging(area, others) : empty;
  } catch (error) {
    if (error instanceof Problem) return { ...empty, fault: error };
    throw error;
  }
}

function splitting({ boundary }: Bordered, points: readonly Point[]): Sketch {
  if (!boundary || points.length < 2) return empty;
  const parts = divide(boundary, points);
  return {
    ...empty,
    parts,
    drawn: parts.map((part, i) => ({ kind: 'part', boundary: part, words: String(i + 1) })),
  };
}

function correcting(area: Bordered, points: readonly Point[], others: readonly Bordered[]): Sketch {
  if (points.length < 3) return empty;
  const boundary = withRing(area.boundary, points);
  const stood = area.boundary;
  const gained = stood ? without(boundary, stood) : boundary;
  const lost = stood && without(stood, boundary);
  const taken = others.flatMap(({ id, name, boundary: other }) => {
    const land = gained && other && common(gained, other);
    return land && areaM2Of(land) >= NOTICEABLE_M2 ? { id, name, land, m2: Math.round(areaM2Of(land)) } : [];
  });
  return {
    ...empty,
    boundary,
    overlaps: taken.map(({ id, name, m2 }) => ({ id, name, m2 })),
    leftM2: lost ? Math.round(areaM2Of(lost)) : 0,
    drawn: [
      ...(lost ? [{ kind: 'gap' as const, boundary: lost, words: '' }] : []),
      ...taken.map(({ land, name }) => ({ kind: 'overlap' as const, boundary: land, words: name })),
    ],
  };
}

/** The ring drawn anew; holes and pieces apart stay as they are. */
function withRing(stood: Boundary | null, points: readonly Point[]): Boundary {
  const ring = [...points, points[0] as Point].map(([lon, lat]): [number, number] => [lon, lat]);
  const [largest, ...apart] = stood ? bySize(stood) : [];
  const first = [ring, ...asBoundary(largest ?? []).coordinates.slice(1)] as [number, number][][];
  if (apart.length === 0) return { type: 'Polygon', coordinates: first };
  return {
    type: 'MultiPolygon',
    coordinates: [first, ...apart.map((polygon) => asBoundary(polygon).coordinates as [number, number][][])],
  };
}

function merging(area: Bordered, others: readonly Bordered[]): Sketch {
  const borders = others.flatMap(({ boundary }) => boundary ?? []);
  if (!area.boundary || borders.length === 0) return empty;
  const boundary = joined(area.boundary, ...borders);
  return { ...empty, boundary, drawn: [{ kind: 'whole', boundary, words: area.name }] };
}
