import type {
  Map as Chart,
  FilterSpecification,
  GeoJSONSource,
  LayerSpecification,
  MapMouseEvent,
  PointLike,
} from 'maplibre-gl';
import type { Boundary, Point } from '../../../../kernel/geo.ts';
import type { Colours } from './marks.ts';

/** A line or a border that is being drawn, and what comes of it. */
export interface Sketched {
  readonly points: readonly Point[];
  /** A border goes back to where it began; a line through an area does not. */
  readonly isRing: boolean;
  readonly drawn: readonly { readonly kind: string; readonly boundary: Boundary; readonly words: string }[];
  /** Corners of others, to which a corner springs. */
  readonly corners: readonly Point[];
}

export const DRAWN = 'drawn';

type Features = Parameters<GeoJSONSource['setData']>[0];

export function featuresOfSketch({ points, isRing, drawn }: Sketched): Features {
  const line = isRing && points.length > 2 ? [...points, points[0] as Point] : points;
  const told = (kind: string, more: object = {}) => ({ kind, ...more });
  const middles = line.slice(1).map((to, i) => {
    const from = line[i] as Point;
    return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
  });
  const features = [
    ...drawn.map(({ kind, boundary, words }) => ({ properties: told(kind, { words }), geometry: boundary })),
    ...(line.length > 1
      ? [
          {
            properties: told('line'),
            geometry: { type: 'LineString' as const, coordinates: line.map(([x, y]) => [x, y]) },
          },
        ]
      : []),
    ...middles.map(([x, y], i) => ({
      ...{ properties: told('middle', { i }), geometry: { type: 'Point' as const, coordinates: [x, y] } },
    })),
    ...points.map(([x, y], i) => ({
      ...{ properties: told('corner', { i }), geometry: { type: 'Point' as const, coordinates: [x, y] } },
    })),
  ];
  return {
    type: 'FeatureCollection',
    features: features.map((feature) => ({ type: 'Feature', ...feature })),
  } as Features;
}

const is = (kind: string): FilterSpecification => ['==', ['get', 'kind'], kind];

export function drawingLayers({ accent, late, near, settled, panel, ink, paper }: Colours): LayerSpecification[] {
  const source = DRAWN;
  const fill = (kind: string, colour: string, opacity: number): LayerSpecification => ({
    ...{ id: `drawn ${kind}`, type: 'fill', source, filter: is(kind) },
    paint: { 'fill-color': colour, 'fill-opacity': opacity },
  });
  const dot = (kind: string, radius: number, colour: string): LayerSpecification => ({
    ...{ id: `drawn ${kind}`, type: 'circle', source, filter: is(kind) },
    paint: {
      ...{ 'circle-radius': radius, 'circle-color': colour },
      ...{ 'circle-stroke-color': accent, 'circle-stroke-width': 2 },
    },
  });
  return [
    ...[fill('part', accent, 0.1), fill('whole', settled, 0.18), fill('gap', near, 0.35), fill('overlap', late, 0.35)],
    {
      id: 'drawn edges',
      type: 'line',
      source,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'line-color': accent, 'line-width': 1.5 },
    },
    {
      ...{ id: 'drawn line', type: 'line', source, filter: is('line') },
      ...{ layout: { 'line-join': 'round' }, paint: { 'line-color': accent, 'line-width': 3 } },
    },
    {
      ...{ id: 'drawn words', type: 'symbol', source, filter: is('part') },
      layout: { 'text-field': ['get', 'words'], 'text-size': 20 },
      paint: { 'text-color': ink, 'text-halo-color': paper, 'text-halo-width': 2 },
    },
    dot('middle', 4, panel),
    dot('corner', 7, panel),
  ] as LayerSpecification[];
}

const SPRING_PX = 10;

/** A corner springs to one of a neighbour that is near, so that the two share it and leave nothing between. */
function sprung(map: Chart, { point, lngLat }: MapMouseEvent, corners: readonly Point[]): Point {
  const near = corners
    .map((corner) => ({ corner, off: map.project([corner[0], corner[1]]).dist(point) }))
    .sort((a, b) => a.off - b.off)[0];
  if (near && near.off <= SPRING_PX) return near.corner;
  return [Math.round(lngLat.lng * 1e7) / 1e7, Math.round(lngLat.lat * 1e7) / 1e7];
}

interface Hands {
  /** What is drawn at this moment. */
  now(): Sketched;
  onPoints(points: readonly Point[]): void;
}

/** Pressing adds a point to a line; corners are pulled, and pulling the middle of a stretch makes a new one. */
export function takeHand(map: Chart, { now, onPoints }: Hands): () => void {
  let pulled: { i: number; points: readonly Point[] } | null = null;
  const under = (at: MapMouseEvent, kind: string) => {
    const { x, y } = at.point;
    const box: [PointLike, PointLike] = [
      [x - 8, y - 8],
      [x + 8, y + 8],
    ];
    return map.getLayer(`drawn ${kind}`) ? map.queryRenderedFeatures(box, { layers: [`drawn ${kind}`] })[0] : undefined;
  };
  const down = (at: MapMouseEvent): void => {
    const { points } = now();
    const corner = under(at, 'corner');
    const middle = corner ? undefined : under(at, 'middle');
    const found = corner ?? middle;
    if (!found) return;
    at.preventDefault();
    const i = Number(found.properties.i) + (middle ? 1 : 0);
    pulled = { i, points: middle ? [...points.slice(0, i), sprung(map, at, []), ...points.slice(i)] : points };
  };
  const moved = (at: MapMouseEvent): readonly Point[] | null =>
    pulled?.points.map((point, i) => (i === pulled?.i ? sprung(map, at, now().corners) : point)) ?? null;
  const move = (at: MapMouseEvent): void => {
    const points = moved(at);
    if (!points) return;
    const { isRing } = now();
    const shown = featuresOfSketch({ points, isRing, drawn: [], corners: [] });
    void map.getSource<GeoJSONSource>(DRAWN)?.setData(shown);
  };
  const up = (at: MapMouseEvent): void => {
    const points = moved(at);
    pulled = null;
    if (points) onPoints(points);
  };
  const press = (at: MapMouseEvent): void => {
    const { isRing, points, corners } = now();
    if (isRing && points.length > 2) return;
    if (!under(at, 'corner')) onPoints([...points, sprung(map, at, corners)]);
  };
  map.on('mousedown', down);
  map.on('mousemove', move);
  map.on('mouseup', up);
  map.on('click', press);
  map.doubleClickZoom.disable();
  return () => {
    map.off('mousedown', down);
    map.off('mousemove', move);
    map.off('mouseup', up);
    map.off('click', press);
    map.doubleClickZoom.enable();
  };
}
