import type { DwellingForm } from '../../src/domains/land/areas/dwelling.model.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import { chance } from './chance.ts';
import type { Geography } from './geography.ts';
import { communities } from './land.ts';
import { type Neighbourhood, spots } from './places.ts';
import type { Corner, Shape } from './tiling.ts';

/** Doors without anybody behind them: so many homes stand in a building or hamlet, by number. */
export interface Homes {
  /** Key of the micro-grid or grid they stand in. */
  readonly area: string;
  readonly list: readonly DwellingForm[];
}

/** Compounds whose buildings are micro-grids: 青园小区, and one in two of the urban communities. */
export const hasMicroGrids = ({ grid, compound }: Neighbourhood): boolean =>
  compound !== null &&
  (grid.key === 'park-1' || (grid.key.endsWith('-2') && communities.indexOf(grid.community) % 2 === 0));

/** The key of a building's micro-grid; the eight towers are named as in the small county. */
export const microGridKey = (grid: string, building: number): string =>
  grid === 'park-1' ? `tower-${building}` : `${grid}-b${building}`;

export function countHomes(geography: Geography, neighbourhoods: ReadonlyMap<string, Neighbourhood>): Homes[] {
  return [...neighbourhoods.values()].flatMap((here) => {
    const { key } = here.grid;
    const spot = spots(chance('homes', key), geography.grid.get(key) as Shape, geography.site.get(key) as Corner);
    return here.compound ? flats(here, spot) : [houses(here, spot)];
  });
}

type Spot = ReturnType<typeof spots>;

function flats(here: Neighbourhood, spot: Spot): Homes[] {
  const { grid, compound } = here;
  if (!compound) return [];
  const buildings = Array.from({ length: compound.buildings }, (_, b) => {
    const at = spot();
    const list = doorsOf(compound.units, compound.floors).map((doorNo) => ({
      id: derivedId('home', grid.key, String(b + 1), doorNo),
      building: `${compound.name}${b + 1}栋`,
      doorNo,
      ...at,
    }));
    return { area: microGridKey(grid.key, b + 1), list };
  });
  return hasMicroGrids(here) ? buildings : [{ area: grid.key, list: buildings.flatMap(({ list }) => list) }];
}

/** 2-1103: second stairwell, eleventh floor, third door. */
const doorsOf = (units: number, floors: number): string[] =>
  Array.from({ length: units * floors * 2 }, (_, i) => {
    const floor = (i >> 1) % floors;
    return `${Math.floor(i / 2 / floors) + 1}-${floor + 1}0${(i % 2) + 1}`;
  });

function houses({ grid, hamlet }: Neighbourhood, spot: Spot): Homes {
  const count = chance('houses', grid.key).between(34, 62);
  const list = Array.from({ length: count }, (_, i) => ({
    id: derivedId('home', grid.key, String(i + 1)),
    building: `${hamlet ?? ''}组`,
    doorNo: `${i + 1}号`,
    ...spot(),
  }));
  return { area: grid.key, list };
}
