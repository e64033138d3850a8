import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import type { Point } from '../../../../kernel/geo.ts';
import { systemSans } from '../../../ui/tokens.ts';
import { onFont } from '../fonts.ts';
import { useFrame } from '../frame.tsx';
import { useColours } from '../theme.tsx';
import { type Base, useBase } from './base.ts';
import { DRAWN, featuresOfSketch, type Sketched, takeHand } from './drawing.ts';
import { type Colours, drawMarks, MARK_RATIO } from './marks.ts';
import { caseTiles, filtersOf, type Shown, sheetOf } from './sheet.ts';

// The map's own thread is a file of ours: the policy of the page lets no other start.
maplibre.setWorkerUrl(workerUrl);

type Box = readonly [number, number, number, number];
export interface Place {
  readonly lon: number;
  readonly lat: number;
}

export interface MapCanvasProps {
  readonly label: string;
  readonly box: Box | null;
  readonly shown: Shown;
  /** One place of its own: the case of a page, or what is being picked. */
  readonly pin?: (Place & { readonly mark: string }) | null;
  /** Raised when cases may have changed: they are asked for anew. */
  readonly version?: number;
  /** What was chosen, to be seen. */
  readonly focus?: Place | null;
  readonly isSmall?: boolean;
  readonly onArea?: (id: string) => void;
  readonly onHover?: (id: string | null) => void;
  readonly onCases?: (ids: readonly string[]) => void;
  readonly onPick?: (place: Place) => void;
  /** What is being drawn; with `onPoints` by hand. */
  readonly sketched?: Sketched | null;
  readonly onPoints?: (points: readonly Point[]) => void;
}

/** The only file that knows the map library. What it shows is told by its properties; what is pressed, it tells. */
export function MapCanvas(props: MapCanvasProps) {
  const { t, language, map: under } = useFrame();
  const colours = useColours();
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<maplibre.Map | null>(null);
  /** How often a sheet was laid out: what was set on the one before is set again. */
  const [sheets, setSheets] = useState(0);
  const [failed, setFailed] = useState(false);
  const [hasGaps, setGaps] = useState(false);
  const { label, box, shown, pin = null, version = 0 } = props;

  const open = useEffectEvent((container: HTMLDivElement) =>
    openMap(container, { label, box, t, isSmall: props.isSmall ?? false }),
  );
  const press = useEffectEvent((pressed: maplibre.MapMouseEvent) => tellPress(pressed, props));
  const hover = useEffectEvent((moved: maplibre.MapMouseEvent) => tellHover(moved, props));
  useEffect(() => {
    if (!place.current) return;
    const made = open(place.current);
    if (!made) {
      setFailed(true);
      return;
    }
    made.on('style.load', () => setSheets((before) => before + 1));
    made.on('error', () => setGaps(true));
    made.on('dataloading', () => setGaps(false));
    made.on('click', press);
    made.on('mousemove', hover);
    setMap(made);
    // Characters are drawn once and kept; those that were boxes are drawn again.
    const forgetFont = onFont(() => made.setGlyphs(null));
    return () => {
      forgetFont();
      made.remove();
    };
  }, []);

  const base = useBase();
  const style = useEffectEvent((to: maplibre.Map, paints: Colours, under: Base | null) => {
    to.setStyle(sheetOf(paints, language, shown, under), { diff: false });
  });
  useEffect(() => {
    if (!map || base === undefined) return;
    const draw = (): void => {
      for (const [name, picture] of drawMarks(colours)) map.addImage(name, picture, { pixelRatio: MARK_RATIO });
    };
    map.once('style.load', draw);
    style(map, colours, base);
    return () => void map.off('style.load', draw);
  }, [map, colours, base]);

  const { area, hovered, chosen } = shown;
  const filter = useEffectEvent((to: maplibre.Map) => {
    for (const [layer, is] of Object.entries(filtersOf(shown))) if (to.getLayer(layer)) to.setFilter(layer, is);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the filters are made of
  useEffect(() => {
    if (map && sheets > 0) filter(map);
  }, [map, sheets, area, hovered, chosen]);
  const pinned = JSON.stringify(pin);
  useEffect(() => {
    if (!map || sheets === 0) return;
    const source = map.getSource<maplibre.GeoJSONSource>('pin');
    void source?.setData({
      type: 'FeatureCollection',
      features: featuresOf(JSON.parse(pinned) as MapCanvasProps['pin']),
    });
  }, [map, sheets, pinned]);
  useEffect(() => {
    if (map && version > 0) map.getSource<maplibre.VectorTileSource>('cases')?.setTiles(caseTiles());
  }, [map, version]);
  const looked = JSON.stringify(props.focus ?? null);
  useEffect(() => {
    const to = JSON.parse(looked) as Place | null;
    if (map && to) uncover(map, to);
  }, [map, looked]);
  const around = JSON.stringify(box);
  useEffect(() => {
    const to = JSON.parse(around) as Box | null;
    return map && to ? keepAround(map, to) : undefined;
  }, [map, around]);

  const { sketched = null } = props;
  useEffect(() => {
    if (!map || sheets === 0 || !sketched) return;
    void map.getSource<maplibre.GeoJSONSource>(DRAWN)?.setData(featuresOfSketch(sketched));
  }, [map, sheets, sketched]);
  const drawnNow = useEffectEvent((): Sketched => sketched ?? { points: [], isRing: false, drawn: [], corners: [] });
  const tellPoints = useEffectEvent((points: readonly Point[]) => props.onPoints?.(points));
  const byHand = props.onPoints !== undefined;
  useEffect(() => {
    if (!map || !byHand) return;
    return takeHand(map, { now: () => drawnNow(), onPoints: (points) => tellPoints(points) });
  }, [map, byHand]);

  if (failed)
    return (
      <p className="soft nomap">
        {t(
          '这台电脑的浏览器画不了地图；旁边的列表里内容一样。',
          'This browser cannot draw the map; the list says the same.',
        )}
      </p>
    );
  return (
    <div className="mapcanvas">
      <div ref={place} className="drawing" />
      {hasGaps && (
        <p className="credit gaps" role="status">
          {t('有几块地图没有取到，移动一下再取。', 'Parts of the map did not come; move it to ask again.')}
        </p>
      )}
      {under?.credit && <p className="credit">{under.credit}</p>}
    </div>
  );
}

const featuresOf = (pin: MapCanvasProps['pin']) =>
  pin
    ? [
        {
          type: 'Feature' as const,
          properties: { mark: pin.mark },
          geometry: { type: 'Point' as const, coordinates: [pin.lon, pin.lat] },
        },
      ]
    : [];

const fitting = { padding: 40, maxZoom: 17 } as const;
const boundsOf = ([west, south, east, north]: Box): maplibre.LngLatBoundsLike => [west, south, east, north];

/** The corner where what was chosen is told. */
const CARD = { width: 400, height: 280 };

/** What was chosen is brought to the middle when it lies outside, or under its own card. */
function uncover(map: maplibre.Map, place: Place): void {
  const { x, y } = map.project(place);
  const { clientWidth, clientHeight } = map.getContainer();
  const isInside = x > 0 && y > 0 && x < clientWidth && y < clientHeight;
  if (isInside && (x > CARD.width || y > CARD.height)) return;
  map.easeTo({ center: place, offset: [0, clientHeight / 6], duration: 250 });
}

/** Goes there, and there again when the map gets another size, until somebody moves it by hand. */
function keepAround(map: maplibre.Map, box: Box): () => void {
  const fit = (): void => void map.fitBounds(boundsOf(box), { ...fitting, duration: 0 });
  const moved = ({ originalEvent }: { originalEvent?: unknown }): void => {
    if (originalEvent) map.off('resize', fit);
  };
  map.on('resize', fit);
  map.on('movestart', moved);
  map.fitBounds(boundsOf(box), { ...fitting, duration: 250 });
  return () => {
    map.off('resize', fit);
    map.off('movestart', moved);
  };
}

interface Opening {
  readonly label: string;
  readonly box: Box | null;
  readonly isSmall: boolean;
  t(zh: string, en: string): string;
}

/** Null where the machine draws no maps. */
function openMap(container: HTMLDivElement, { label, box, t, isSmall }: Opening): maplibre.Map | null {
  try {
    const map = new maplibre.Map({
      container,
      ...(box ? { bounds: boundsOf(box), fitBoundsOptions: fitting } : { center: [105, 35], zoom: 3 }),
      attributionControl: false,
      localIdeographFontFamily: systemSans,
      maxZoom: 19,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      // In a column of text the wheel goes on reading; on the page of the map it comes nearer.
      scrollZoom: !isSmall,
      locale: {
        'Map.Title': label,
        'NavigationControl.ZoomIn': t('放大', 'Zoom in'),
        'NavigationControl.ZoomOut': t('缩小', 'Zoom out'),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
    map.addControl(new maplibre.ScaleControl({ unit: 'metric' }), 'bottom-left');
    map.on('idle', () => container.setAttribute('data-drawn', 'yes'));
    map.on('movestart', () => container.removeAttribute('data-drawn'));
    comeToRest(map);
    return map;
  } catch {
    return null;
  }
}

/**
 * A tile that was asked for again and came back the same tells nobody (maplibre-gl 6.17), and the map that waited for it
 * would never be at rest: it looks again until all is there.
 */
function comeToRest(map: maplibre.Map): void {
  let again: ReturnType<typeof setTimeout> | undefined;
  map.on('render', () => {
    clearTimeout(again);
    if (!map.loaded()) again = setTimeout(() => map.triggerRepaint(), 300);
  });
  map.on('remove', () => clearTimeout(again));
}

const caseLayers = ['cases', 'clusters'] as const;

function tellPress({ target: map, point, lngLat }: maplibre.MapMouseEvent, props: MapCanvasProps): void {
  const { shown, onPick, onCases, onArea } = props;
  if (props.onPoints) return;
  if (onPick) {
    onPick({ lon: lngLat.lng, lat: lngLat.lat });
    return;
  }
  const near: [maplibre.PointLike, maplibre.PointLike] = [
    [point.x - 6, point.y - 6],
    [point.x + 6, point.y + 6],
  ];
  const [mark] = shown.withCases ? map.queryRenderedFeatures(near, { layers: [...caseLayers] }) : [];
  const area = mark ? null : areaUnder(map, point, shown);
  if (mark) pressMark(map, mark, lngLat, onCases);
  else if (area) onArea?.(area);
}

/** A case opens; what lies together is parted by coming nearer, or, where that does not help, opens together. */
function pressMark(
  map: maplibre.Map,
  { properties }: maplibre.MapGeoJSONFeature,
  at: maplibre.LngLat,
  onCases: MapCanvasProps['onCases'],
): void {
  const { id, ids } = properties as { id?: string; ids?: string };
  if (id !== undefined) onCases?.([id]);
  else if (ids !== undefined && map.getZoom() >= 16.5) onCases?.(ids.split(','));
  else map.easeTo({ center: at, zoom: map.getZoom() + 2, duration: 250 });
}

/** The part of the open area that is there; outside of it, the area beside it of the same level. */
function areaUnder(map: maplibre.Map, point: maplibre.Point, { area, level }: Shown): string | null {
  const [part] = map.queryRenderedFeatures(point, { layers: ['parts'] });
  if (part) return String(part.properties.id);
  const same = map
    .queryRenderedFeatures(point, { layers: ['grounds'] })
    .find(({ properties }) => properties.level === level);
  return same && same.properties.id !== area ? String(same.properties.id) : null;
}

function tellHover(
  { target: map, point }: maplibre.MapMouseEvent,
  { shown, onPick, onPoints, onHover }: MapCanvasProps,
): void {
  if (onPick || onPoints || !map.getLayer('parts')) return;
  const marks = shown.withCases ? map.queryRenderedFeatures(point, { layers: [...caseLayers] }) : [];
  const [part] = marks.length > 0 ? [] : map.queryRenderedFeatures(point, { layers: ['parts'] });
  map.getCanvas().classList.toggle('pressable', marks.length > 0 || part !== undefined);
  onHover?.(part ? String(part.properties.id) : null);
}
