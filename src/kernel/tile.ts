import { GeoJSONVT, type GeoJSONVTFeature, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import polylabel from 'polylabel';
import { z } from 'zod';
import { type Boundary, type Box, boxOf, type Point, type Polygon, polygonsOf } from './geo.ts';

/** Squares of the map as browsers ask for them (Web Mercator, 4096 steps a side), and their contents as vector tiles. */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export const TILE_TYPE = 'application/vnd.mapbox-vector-tile';
/** Steps along the side of a tile. */
const EXTENT = 4096;
const NEAREST_ZOOM = 18;

/** `z-x-y`: one name, so that an address has one parameter. Null for what is no square of the world. */
export function readTile(name: string): Tile | null {
  const [, zoom = 99, x = 0, y = 0] = (/^(\d{1,2})-(\d{1,7})-(\d{1,7})$/.exec(name) ?? []).map(Number);
  return zoom <= NEAREST_ZOOM && x < 2 ** zoom && y < 2 ** zoom ? { z: zoom, x, y } : null;
}

export const tileParam = z.strictObject({ tile: z.string().max(40).describe('zoom-column-row') });

const latitudeAt = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** What a tile covers, in degrees. */
export function boxOfTile({ z, x, y }: Tile): Box {
  const side = 2 ** z;
  return [(x / side) * 360 - 180, latitudeAt((y + 1) / side), ((x + 1) / side) * 360 - 180, latitudeAt(y / side)];
}

/** Where a point lies on a tile, in steps from its north-western corner. */
function stepsOn({ z, x, y }: Tile, [lon, lat]: Point): [number, number] {
  const side = 2 ** z;
  const east = ((lon + 180) / 360) * side - x;
  const south = ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * side - y;
  return [Math.round(east * EXTENT), Math.round(south * EXTENT)];
}

/** What is told of a shape on the map. Null is left out: a tile knows none. */
export type Told = Readonly<Record<string, string | number | boolean | null>>;

const withoutNull = (told: Told): Told =>
  Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));

export interface PlacedPoint {
  readonly at: Point;
  readonly told: Told;
}

/** Points on one layer of a tile. */
export function pointTile(tile: Tile, layer: string, points: readonly PlacedPoint[]): Buffer {
  const features = points.map(({ at, told }) => ({
    type: 1 as const,
    geometry: [stepsOn(tile, at)],
    tags: withoutNull(told),
  }));
  return encoded(new Map([[layer, features]]));
}

/** The encoder wants whole tiles of the cutter's, of which it reads the features only. */
function encoded(layers: ReadonlyMap<string, readonly GeoJSONVTFeature[]>): Buffer {
  const told = [...layers].map(([name, features]) => [name, { features } as GeoJSONVTTile] as const);
  return Buffer.from(fromGeojsonVt(Object.fromEntries(told), { version: 2, extent: EXTENT }));
}

export interface Shape {
  readonly boundary: Boundary;
  readonly told: Told;
}

/** Shapes of one kind and the zoom from which they are told; kinds of one name share a layer. */
export interface ShapeLayer {
  readonly name: string;
  readonly from: number;
  readonly shapes: readonly Shape[];
  /** Only where each is to be named, instead of the shape itself. */
  readonly asPoints?: boolean;
}

/** Cuts tiles of shapes; far away the shapes have fewer corners. */
export function cutterOf(layers: readonly ShapeLayer[]): (tile: Tile) => Buffer {
  const indexes = layers.map(({ name, from, shapes, asPoints }) => ({
    ...{ name, from },
    index: new GeoJSONVT(
      { type: 'FeatureCollection', features: shapes.map((shape) => featureOf(shape, asPoints ?? false)) },
      { maxZoom: NEAREST_ZOOM, extent: EXTENT, tolerance: 4, buffer: asPoints ? 0 : 128 },
    ),
  }));
  return ({ z, x, y }) => {
    const found = new Map<string, GeoJSONVTFeature[]>();
    for (const { name, from, index } of indexes) {
      const cut = z < from ? null : index.getTile(z, x, y);
      if (cut) found.set(name, [...(found.get(name) ?? []), ...cut.features]);
    }
    return encoded(found);
  };
}

const featureOf = ({ boundary, told }: Shape, asPoint: boolean) => ({
  type: 'Feature' as const,
  properties: withoutNull(told),
  geometry: asPoint
    ? { type: 'Point' as const, coordinates: [...nameAt(boundary)] }
    : (boundary as Extract<Boundary, { type: 'Polygon' }>),
});

/** Where the name of a shape stands: well inside its largest part. */
function nameAt(boundary: Boundary): Point {
  const largest = polygonsOf(boundary).reduce((one, other) => (sizeOf(other) > sizeOf(one) ? other : one));
  const [west, south, east, north] = boxOf([largest]);
  const [lon = (west + east) / 2, lat = (south + north) / 2] = polylabel(
    largest,
    Math.max(east - west, north - south) / 100,
  );
  return [lon, lat];
}

function sizeOf(polygon: Polygon): number {
  const [west, south, east, north] = boxOf([polygon]);
  return (east - west) * (north - south);
}
