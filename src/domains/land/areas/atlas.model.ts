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
import { type Former, followed } from './numbers.model.ts';

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
}

/** The land of a realm in memory: the tree, and an index that answers in which area a point lies. */
export interface Atlas {
  readonly root: Area | null;
  readonly areas: readonly Area[];
  get(id: string): Area | undefined;
  /** The area that bears this number itself, or that it leads to since an act on the tree. */
  numbered(no: number): Area | undefined;
  /** In which a row lies today; the one it was filed under, where its number leads nowhere. */
  areaOf(row: { readonly scopeNo: number; readonly areaId: string }): Area | undefined;
  /** Numbers that areas bore before. */
  readonly formers: readonly Former[];
  /** The area itself first, then its parents up to the root. */
  upwards(id: string): Area[];
  children(id: string): readonly Area[];
  /** Names from the top down. */
  path(id: string): string[];
  /** The smallest area with a border that contains the point. */
  locate(point: Point): Located | null;
  /** The area on the other side of the nearest border, when that is at most 200 m away and an area lies there. */
  beyond(point: Point, located: Located): Area | null;
}

interface Shape {
  readonly area: Area;
  readonly depth: number;
  readonly polygon: Polygon;
}

export function buildAtlas(areas: readonly Area[], formers: readonly Former[] = []): Atlas {
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
  const numbered = (no: number): Area | undefined => byNo.get(followed(formers, no));
  const find = indexShapes(areas);
  return {
    root: areas.find((area) => area.parentId === null) ?? null,
    areas,
    get: (id) => byId.get(id),
    numbered,
    areaOf: ({ scopeNo, areaId }) => numbered(scopeNo) ?? byId.get(areaId),
    formers,
    upwards,
    children: (id) => below.get(id) ?? [],
    path: (id) =>
      upwards(id)
        .reverse()
        .map((area) => area.name),
    locate: (point) => {
      const home = find(point);
      return home && { area: home.area, borderM: distanceToBorderM(point, home.polygon) };
    },
    beyond: (point, located) => areaBeyond(find, point, located),
  };
}

type Find = (point: Point) => Shape | null;

function indexShapes(areas: readonly Area[]): Find {
  const shapes = areas.flatMap((area) =>
    area.boundary
      ? polygonsOf(area.boundary).map((polygon): Shape => ({ area, depth: areaLevels.indexOf(area.level), polygon }))
      : [],
  );
  if (shapes.length === 0) return () => null;
  // Eight to a node: boxes of neighbours overlap little, so wide nodes would test many in vain.
  const index = new Flatbush(shapes.length, 8);
  for (const { polygon } of shapes) index.add(...boxOf([polygon]));
  index.finish();
  return (point) => {
    let best: Shape | null = null;
    // Looked at as they are met; kept apart by no list, since nearly every point has one answer.
    const consider = (i: number): boolean => {
      const shape = shapes[i] as Shape;
      if ((best === null || isSmaller(shape, best)) && isInPolygon(point, shape.polygon)) best = shape;
      return false;
    };
    index.search(point[0], point[1], point[0], point[1], consider);
    return best;
  };
}

/** The deeper level wins; on a border that two of one level share, the lower number: one rule, so that no point has two homes. */
const isSmaller = (a: Shape, b: Shape): boolean => a.depth > b.depth || (a.depth === b.depth && a.area.no < b.area.no);

const BEYOND_M = 200;

/** Looks a little beyond the border in eight directions and takes the first other area. */
function areaBeyond(find: Find, [lon, lat]: Point, { area, borderM }: Located): Area | null {
  if (borderM > BEYOND_M) return null;
  const reach = (borderM + 2) / 111_320;
  for (let step = 0; step < 8; step += 1) {
    const angle = (step * Math.PI) / 4;
    const east = (reach * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180);
    const other = find([lon + east, lat + reach * Math.sin(angle)]);
    if (other && other.area.id !== area.id) return other.area;
  }
  return null;
}
