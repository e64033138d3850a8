import Flatbush from 'flatbush';
import {
  type Boundary,
  boxOf,
  distanceToBorderM,
  isInPolygon,
  type Point,
  type Polygon,
  polygonsOf,
} from '../../../kernel/geo.ts';
import { type AreaLevel, areaLevels } from './area.model.ts';

/** One area as it is today. `no`–`lastNo` are its numbers: everything below it lies between them. */
export interface Area {
  readonly id: string;
  readonly parentId: string | null;
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  readonly no: number;
  readonly lastNo: number;
  readonly boundary: Boundary | null;
}

export interface Located {
  readonly area: Area;
  /** Metres to the nearest border of that area. */
  readonly borderM: number;
  /** The area on the other side of that border, when a point is given that far beyond it and lies in one. */
  readonly neighbour: Area | null;
}

/** The land of a realm in memory: the tree, and an index that answers in which area a point lies. */
export interface Atlas {
  readonly root: Area | null;
  readonly areas: readonly Area[];
  get(id: string): Area | undefined;
  /** The area that bears this number itself. */
  numbered(no: number): Area | undefined;
  /** The area itself first, then its parents up to the root. */
  upwards(id: string): Area[];
  children(id: string): readonly Area[];
  /** Names from the top down. */
  path(id: string): string[];
  /** The smallest area with a border that contains the point. */
  locate(point: Point): Located | null;
}

interface Shape {
  readonly area: Area;
  readonly polygon: Polygon;
}

export function buildAtlas(areas: readonly Area[]): Atlas {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const byNo = new Map(areas.map((area) => [area.no, area]));
  const below = new Map<string, Area[]>();
  for (const area of areas) {
    if (area.parentId !== null) below.set(area.parentId, [...(below.get(area.parentId) ?? []), area]);
  }
  const upwards = (id: string): Area[] => {
    const chain: Area[] = [];
    for (let at = byId.get(id); at; at = at.parentId === null ? undefined : byId.get(at.parentId)) chain.push(at);
    return chain;
  };
  const find = indexShapes(areas);
  return {
    root: areas.find((area) => area.parentId === null) ?? null,
    areas,
    get: (id) => byId.get(id),
    numbered: (no) => byNo.get(no),
    upwards,
    children: (id) => below.get(id) ?? [],
    path: (id) =>
      upwards(id)
        .reverse()
        .map((area) => area.name),
    locate: (point) => locateIn(find, point),
  };
}

function indexShapes(areas: readonly Area[]): (point: Point) => Shape | null {
  const shapes = areas.flatMap((area) =>
    area.boundary ? polygonsOf(area.boundary).map((polygon) => ({ area, polygon })) : [],
  );
  if (shapes.length === 0) return () => null;
  const index = new Flatbush(shapes.length);
  for (const { polygon } of shapes) index.add(...boxOf([polygon]));
  index.finish();
  return ([lon, lat]) => {
    let best: Shape | null = null;
    for (const i of index.search(lon, lat, lon, lat)) {
      const shape = shapes[i] as Shape;
      if ((best === null || isSmaller(shape.area, best.area)) && isInPolygon([lon, lat], shape.polygon)) best = shape;
    }
    return best;
  };
}

/** The deeper level wins; on a border that two of one level share, the lower number: one rule, so that no point has two homes. */
function isSmaller(a: Area, b: Area): boolean {
  const depth = areaLevels.indexOf(a.level) - areaLevels.indexOf(b.level);
  return depth > 0 || (depth === 0 && a.no < b.no);
}

function locateIn(find: (point: Point) => Shape | null, point: Point): Located | null {
  const home = find(point);
  if (!home) return null;
  const borderM = distanceToBorderM(point, home.polygon);
  return { area: home.area, borderM, neighbour: neighbourOf(find, home, point, borderM) };
}

/** Looks a little beyond the border in eight directions and takes the first other area of the same level. */
function neighbourOf(
  find: (point: Point) => Shape | null,
  home: Shape,
  [lon, lat]: Point,
  borderM: number,
): Area | null {
  if (borderM > 200) return null;
  const reach = (borderM + 2) / 111_320;
  for (let step = 0; step < 8; step += 1) {
    const angle = (step * Math.PI) / 4;
    const other = find([
      lon + (reach * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180),
      lat + reach * Math.sin(angle),
    ]);
    if (other && other.area.id !== home.area.id) return other.area;
  }
  return null;
}
