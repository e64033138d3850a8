import type { FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Language } from '../../../../kernel/words.ts';
import type { Base } from './base.ts';
import { DRAWN, drawingLayers } from './drawing.ts';
import { type Colours, PIN } from './marks.ts';

/** The sheet of the map, made of the tokens. Nothing comes from outside: tiles are ours, letters are drawn in the browser. */
export interface Shown {
  /** The area that is open; its parts are drawn with their names. */
  readonly area: string | null;
  readonly level?: string;
  /** Its part under the hand, on the map or in the list. */
  readonly hovered: string | null;
  /** The case that was chosen. */
  readonly chosen: string | null;
  readonly withCases: boolean;
  /** Something is drawn upon it. */
  readonly withDrawing?: boolean;
}

const NOTHING = '';
const nothing = { type: 'FeatureCollection' as const, features: [] };
const tilesOf = (what: string): string => `${location.origin}/api/tiles/${what}/{z}-{x}-{y}`;
export const caseTiles = (): string[] => [tilesOf('cases')];

export function sheetOf(colours: Colours, language: Language, shown: Shown, base: Base | null): StyleSpecification {
  return {
    version: 8,
    sources: {
      ...(base && { base: base.source }),
      areas: { type: 'vector', tiles: [tilesOf('areas')], maxzoom: 16 },
      ...(shown.withCases && { cases: { type: 'vector' as const, tiles: caseTiles(), maxzoom: 18 } }),
      pin: { type: 'geojson', data: nothing },
      ...(shown.withDrawing && { [DRAWN]: { type: 'geojson' as const, data: nothing } }),
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': colours.paper } },
      ...(base?.layers(colours) ?? []),
      ...areaLayers(colours, shown, base ? 0 : 1),
      ...(shown.withCases ? caseLayers(colours, language, shown) : []),
      ...(shown.withDrawing ? drawingLayers(colours) : []),
      {
        id: 'pin',
        type: 'symbol',
        source: 'pin',
        layout: {
          'icon-image': ['get', 'mark'],
          'icon-size': 1.35,
          'icon-anchor': ['case', ['==', ['get', 'mark'], PIN], 'bottom', 'center'],
          'icon-allow-overlap': true,
        },
      },
    ],
  };
}

const ofArea = { source: 'areas', 'source-layer': 'areas' } as const;
const isPart = ({ area }: Shown): FilterSpecification => ['==', ['get', 'parent'], area ?? NOTHING];
const isOpen = ({ area }: Shown): FilterSpecification => ['==', ['get', 'id'], area ?? NOTHING];
const isHovered = ({ hovered }: Shown): FilterSpecification => ['==', ['get', 'id'], hovered ?? NOTHING];
const isChosen = ({ chosen }: Shown): FilterSpecification => ['==', ['get', 'id'], chosen ?? NOTHING];

/** What changes while one looks, by layer. */
export const filtersOf = (shown: Shown): Readonly<Record<string, FilterSpecification>> => ({
  open: isOpen(shown),
  parts: isPart(shown),
  hovered: isHovered(shown),
  edges: isPart(shown),
  edge: isOpen(shown),
  names: isPart(shown),
  ...(shown.withCases && { chosen: isChosen(shown) }),
});

/** Over a base map the fills give way: `cover` 0. */
function areaLayers(
  { panel, line, ink, softInk, accent, paper }: Colours,
  shown: Shown,
  cover: 0 | 1,
): LayerSpecification[] {
  const is = filtersOf(shown);
  const sizes = { grid: 12, micro_grid: 12 };
  return [
    {
      id: 'around',
      ...ofArea,
      type: 'line',
      filter: ['in', ['get', 'level'], ['literal', ['county', 'town']]],
      paint: { 'line-color': softInk, 'line-opacity': 0.35, 'line-width': 1 },
    },
    // Not seen: it tells what lies where somebody presses.
    { id: 'grounds', ...ofArea, type: 'fill', paint: { 'fill-opacity': 0 } },
    { id: 'open', ...ofArea, type: 'fill', filter: is.open, paint: { 'fill-color': panel, 'fill-opacity': cover } },
    {
      id: 'parts',
      ...ofArea,
      type: 'fill',
      filter: is.parts,
      paint: { 'fill-color': panel, 'fill-outline-color': line, 'fill-opacity': cover },
    },
    {
      id: 'hovered',
      ...ofArea,
      type: 'fill',
      filter: is.hovered,
      paint: { 'fill-color': accent, 'fill-opacity': 0.14 },
    },
    {
      id: 'edges',
      ...ofArea,
      type: 'line',
      filter: is.edges,
      paint: { 'line-color': softInk, 'line-opacity': 0.6, 'line-width': 1 },
    },
    {
      id: 'edge',
      ...ofArea,
      type: 'line',
      filter: is.edge,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': ink, 'line-width': 2.5 },
    },
    {
      id: 'names',
      source: 'areas',
      'source-layer': 'names',
      type: 'symbol',
      filter: is.names,
      layout: {
        'text-field': ['get', 'name'],
        'text-size': ['match', ['get', 'level'], ...Object.entries(sizes).flat(), 14] as never,
        'text-max-width': 7,
        // Aside where a case lies in the middle.
        'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
        'text-radial-offset': 1.6,
        'text-justify': 'auto',
      },
      paint: { 'text-color': softInk, 'text-halo-color': paper, 'text-halo-width': 1.5 },
    },
  ] as LayerSpecification[];
}

const ofCase = { source: 'cases', 'source-layer': 'cases' } as const;

function caseLayers(
  { panel, ink, accent, late, paper }: Colours,
  language: Language,
  shown: Shown,
): LayerSpecification[] {
  const lateWord = language === 'zh' ? '超期 ' : 'late ';
  const isCluster: FilterSpecification = ['has', 'cases'];
  const isSingle: FilterSpecification = ['!', ['has', 'cases']];
  const hasLate = ['>', ['get', 'late'], 0] as const;
  return [
    {
      id: 'clusters',
      ...ofCase,
      type: 'circle',
      filter: isCluster,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['get', 'cases'], 2, 15, 20, 20, 200, 28],
        'circle-color': panel,
        'circle-stroke-color': ['case', hasLate, late, ink],
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'counts',
      ...ofCase,
      type: 'symbol',
      filter: isCluster,
      layout: {
        'text-field': ['to-string', ['get', 'cases']],
        'text-size': 14,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': ink },
    },
    {
      id: 'lates',
      ...ofCase,
      type: 'symbol',
      filter: ['all', isCluster, hasLate],
      layout: {
        'text-field': ['concat', lateWord, ['to-string', ['get', 'late']]],
        'text-size': 12,
        'text-offset': [0, 2.1],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': late, 'text-halo-color': paper, 'text-halo-width': 2 },
    },
    {
      id: 'chosen',
      ...ofCase,
      type: 'circle',
      filter: isChosen(shown),
      paint: {
        'circle-radius': 19,
        'circle-color': accent,
        'circle-opacity': 0.18,
        'circle-stroke-color': accent,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'cases',
      ...ofCase,
      type: 'symbol',
      filter: isSingle,
      layout: {
        'icon-image': ['concat', ['get', 'kind'], '-', ['get', 'state']],
        'icon-size': 1.15,
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 15, ['get', language]],
        'text-size': 12,
        'text-offset': [0, 1.7],
        'text-anchor': 'top',
        'text-max-width': 11,
        'text-optional': true,
        'symbol-sort-key': ['match', ['get', 'state'], 'late', 0, 'near', 1, 2],
      },
      paint: { 'text-color': ink, 'text-halo-color': paper, 'text-halo-width': 1.5 },
    },
  ] as LayerSpecification[];
}
