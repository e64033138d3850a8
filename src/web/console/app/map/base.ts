import { useQuery } from '@tanstack/react-query';
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { addProtocol } from 'maplibre-gl';
import type { DeskMap } from '../../console.pages.ts';
import { useFrame } from '../frame.tsx';
import type { Colours } from './marks.ts';

/** What lies under areas and cases where a deployment has something: nothing depends on it. */
export interface Base {
  readonly source: SourceSpecification;
  layers(colours: Colours): LayerSpecification[];
}

/** Undefined while the file is looked into; null: there is none, or it cannot be read. */
export function useBase(): Base | null | undefined {
  const { map } = useFrame();
  const { data, isError } = useQuery({
    queryKey: ['base map'],
    enabled: map !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => (map?.kind === 'file' ? openFile(map) : fromTiles(map?.url ?? '')),
  });
  return map === null || isError ? null : data;
}

const raster: LayerSpecification = { id: 'base', type: 'raster', source: 'base', paint: { 'raster-saturation': -0.4 } };

const fromTiles = (url: string): Base => ({
  source: { type: 'raster', tiles: [url], tileSize: 256, maxzoom: 18 },
  layers: () => [raster],
});

/** A file of tiles is read in pieces, as far as one looks. */
async function openFile({ url }: DeskMap): Promise<Base> {
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const file = new PMTiles(`${location.origin}${url}`);
  const protocol = new Protocol();
  protocol.add(file);
  addProtocol('pmtiles', protocol.tile);
  const { tileType } = await file.getHeader();
  const address = `pmtiles://${location.origin}${url}`;
  if (tileType !== TileType.Mvt)
    return { source: { type: 'raster', url: address, tileSize: 256 }, layers: () => [raster] };
  const { vector_layers: named = [] } = (await file.getMetadata()) as { vector_layers?: { id: string }[] };
  return {
    source: { type: 'vector', url: address },
    layers: (colours) => named.flatMap(({ id }) => layersFor(id, colours)),
  };
}

/** Every scheme names its layers in its own way; these words are in all that are common. What is not known is not drawn. */
function layersFor(id: string, { accent, settled, softInk, ink, paper }: Colours): LayerSpecification[] {
  const of = { source: 'base', 'source-layer': id } as const;
  const ground = (colour: string, opacity: number): LayerSpecification => ({
    ...{ id: `base ${id}`, ...of, type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'] },
    paint: { 'fill-color': colour, 'fill-opacity': opacity },
  });
  if (/water|ocean|lake/.test(id)) return [ground(accent, 0.16)];
  if (/land_?use|land_?cover|park|wood|natural/.test(id)) return [ground(settled, 0.07)];
  if (/building/.test(id)) return [ground(softInk, 0.14)];
  if (/road|transport|highway|rail|street/.test(id))
    return [
      {
        ...{ id: `base ${id}`, ...of, type: 'line', filter: ['==', ['geometry-type'], 'LineString'] },
        paint: {
          'line-color': softInk,
          'line-opacity': 0.35,
          'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, 0.5, 18, 8],
        },
      },
    ];
  if (/place/.test(id))
    return [
      {
        ...{ id: `base ${id}`, ...of, type: 'symbol', filter: ['==', ['geometry-type'], 'Point'] },
        layout: { 'text-field': ['coalesce', ['get', 'name:zh'], ['get', 'name'], ''], 'text-size': 12 },
        paint: { 'text-color': ink, 'text-halo-color': paper, 'text-halo-width': 1.5 },
      },
    ];
  return [];
}
