import { type Chance, chance } from './chance.ts';
import type { Geography } from './geography.ts';
import { communities, type GridPlan, grids } from './land.ts';
import {
  compoundKinds,
  compoundStems,
  hamletKinds,
  hamletStems,
  landmarks,
  shops,
  streetKinds,
  streetStems,
  villageLandmarks,
} from './place_names.ts';
import { type Corner, isInside, type Ring, type Shape } from './tiling.ts';

/** What kind of spot it is; a type of case happens at some kinds and not at others. */
export type Setting =
  | 'street'
  | 'crossing'
  | 'compound'
  | 'shop'
  | 'public'
  | 'hamlet'
  | 'fields'
  | 'water'
  | 'country_road';

export interface Place {
  readonly setting: Setting;
  /** As people there would say it, without the name of the grid. */
  readonly words: string;
  readonly lon: number;
  readonly lat: number;
}

export interface Compound {
  readonly name: string;
  readonly buildings: number;
  readonly floors: number;
  /** Stairwells of a building, with two doors to a floor each. */
  readonly units: number;
}

/** What people there would name: the streets, the compound of an urban grid, the hamlet of a rural one, and spots. */
export interface Neighbourhood {
  readonly grid: GridPlan;
  readonly streets: readonly string[];
  readonly compound: Compound | null;
  readonly hamlet: string | null;
  readonly places: readonly Place[];
}

/** Streets that the stories of the small county tell of. */
const known: Readonly<Record<string, string>> = { station: '二运巷', park: '青园路', ferry: '渡口路' };

export function nameNeighbourhoods(geography: Geography): Map<string, Neighbourhood> {
  const by = chance('place names');
  const streets = by.shuffle(streetStems.flatMap((stem) => streetKinds.slice(0, 3).map((kind) => `${stem}${kind}`)));
  const compounds = by.shuffle(compoundStems.flatMap((stem) => compoundKinds.map((kind) => `${stem}${kind}`)));
  const hamlets = by.shuffle(hamletStems.flatMap((stem) => hamletKinds.map((kind) => `${stem}${kind}`)));
  const ofCommunity = new Map(
    communities.map(({ key, urban }) => {
      const given = streets.splice(0, urban ? 3 : 1);
      return [key, known[key] ? [known[key], ...given.slice(1)] : given] as const;
    }),
  );
  return new Map(
    grids.map((grid) => {
      const { key, community } = grid;
      const own = ofCommunity.get(community.key) ?? [];
      const compound = community.urban ? compoundOf(by, key, compounds.pop() ?? '') : null;
      const hamlet = community.urban ? null : (hamlets.pop() ?? '');
      const spot = spots(chance('places', key), geography.grid.get(key) as Shape, geography.site.get(key) as Corner);
      const named = compound ? urbanPlaces(by, own, compound) : ruralPlaces(by, own, hamlet ?? '');
      return [key, { grid, streets: own, compound, hamlet, places: named.map((place) => ({ ...place, ...spot() })) }];
    }),
  );
}

const compoundOf = (by: Chance, key: string, name: string): Compound =>
  key === 'park-1'
    ? { name: '青园小区', buildings: 8, floors: 18, units: 2 }
    : { name, buildings: by.between(3, 6), floors: by.pick([5, 6, 6, 7, 7]), units: by.between(1, 2) };

type Named = Omit<Place, 'lon' | 'lat'>;

function urbanPlaces(by: Chance, streets: readonly string[], { name, buildings }: Compound): Named[] {
  const [street = '', second = ''] = by.shuffle(streets);
  const no = by.between(3, 168);
  return [
    { setting: 'street', words: `${street}${no}号门前` },
    { setting: 'street', words: `${street}${name}东门外` },
    { setting: 'street', words: `${second}${by.between(2, 90)}号旁边` },
    { setting: 'crossing', words: `${street}与${second}路口` },
    { setting: 'compound', words: `${name}${by.between(1, buildings)}栋` },
    { setting: 'compound', words: `${name}${by.between(1, buildings)}栋楼下` },
    { setting: 'compound', words: `${name}大门口` },
    { setting: 'shop', words: `${street}${by.pick(shops)}` },
    { setting: 'shop', words: `${second}${by.pick(shops)}` },
    { setting: 'public', words: `${name}旁边的${by.pick(landmarks)}` },
  ];
}

function ruralPlaces(by: Chance, streets: readonly string[], hamlet: string): Named[] {
  return [
    { setting: 'hamlet', words: `${hamlet}组` },
    { setting: 'hamlet', words: `${hamlet}组晒谷坪` },
    { setting: 'country_road', words: `${hamlet}到${by.pick(villageLandmarks)}的路上` },
    { setting: 'country_road', words: `${streets[0] ?? ''}${hamlet}路段` },
    { setting: 'fields', words: `${hamlet}组后面的田垅` },
    { setting: 'water', words: `${hamlet}组门口塘` },
    { setting: 'water', words: `${hamlet}组水渠边` },
    { setting: 'public', words: by.pick(villageLandmarks) },
    { setting: 'shop', words: `${streets[0] ?? ''}${by.pick(shops)}` },
  ];
}

/** Points well inside a grid: between its site and a corner, never close to the border. */
export function spots(by: Chance, shape: Shape, site: Corner): () => { lon: number; lat: number } {
  const ring =
    shape.map((polygon) => polygon[0] as Ring).find((outer) => isInside(site, outer)) ?? (shape[0]?.[0] as Ring);
  const at = (): Corner => {
    const [a, b] = [by.pick(ring), by.pick(ring)];
    const [toA, toB] = [by.next() * 0.45, by.next() * 0.45];
    return [
      site[0] + (a[0] - site[0]) * toA + (b[0] - site[0]) * toB,
      site[1] + (a[1] - site[1]) * toA + (b[1] - site[1]) * toB,
    ];
  };
  return () => {
    let point = at();
    for (let tries = 0; tries < 8 && !isInside(point, ring); tries += 1) point = at();
    const [lon, lat] = isInside(point, ring) ? point : site;
    return { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
  };
}
