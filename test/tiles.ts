import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { expect } from 'vitest';
import type { Caller } from './harness.ts';

/** Reads tiles as a browser does: with the library that draws them, not the one that wrote them. */
export type Told = Readonly<Record<string, string | number | boolean>>;
type Layers = Readonly<Record<string, readonly Told[]>>;

export function tileOver([lon, lat]: readonly [number, number], z: number): string {
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const angle = (lat * Math.PI) / 180;
  const y = Math.floor(((1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2) * 2 ** z);
  return `${z}-${x}-${y}`;
}

function layersIn(bytes: Uint8Array): Layers {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, i) => layer.feature(i).properties as Told),
    ]),
  );
}

/** A tile as this caller gets it, which no browser may keep for another. */
export async function openTile(by: Caller, path: string): Promise<{ layers: Layers; etag: string }> {
  const { status, raw, headers } = await by.get(path);
  expect([status, headers['content-type'], headers['cache-control']], path).toEqual([
    200,
    'application/vnd.mapbox-vector-tile',
    'private, no-cache',
  ]);
  return { layers: layersIn(new Uint8Array(raw)), etag: String(headers.etag) };
}
