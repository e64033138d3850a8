/**
 * The invented county 安澜县: five towns, forty communities and villages, three hundred grids. Names, codes and how many
 * grids; where they lie is worked out in geography.ts. What the small county has keeps its key, code and name.
 */
export interface CommunityPlan {
  readonly key: string;
  readonly name: string;
  readonly code: string;
  readonly town: string;
  readonly urban: boolean;
  readonly grids: number;
}

export interface TownPlan {
  readonly key: string;
  readonly name: string;
  readonly code: string;
  readonly urban: boolean;
  /** Where its seat lies, in degrees east and north of the county's middle. */
  readonly seat: readonly [east: number, north: number];
  /** Communities in the order of their codes, each with its number of grids. */
  readonly communities: readonly (readonly [name: string, grids: number])[];
}

export const COUNTY = { key: 'county', name: '安澜县', code: '439901' } as const;
export const MIDDLE: readonly [lon: number, lat: number] = [112.93, 28.13];

export const towns: readonly TownPlan[] = [
  {
    key: 'east',
    name: '城东街道',
    code: '439901001',
    urban: true,
    seat: [0.021, 0.004],
    communities: [
      ['二运社区', 8],
      ['青园社区', 8],
      ['东门社区', 8],
      ['柳巷社区', 7],
      ['书院里社区', 7],
      ['望澜社区', 8],
      ['锦屏社区', 8],
      ['砚池社区', 7],
      ['新桥社区', 9],
    ],
  },
  {
    key: 'west',
    name: '城西街道',
    code: '439901002',
    urban: true,
    seat: [-0.022, -0.003],
    communities: [
      ['西关社区', 8],
      ['钟楼社区', 8],
      ['石板街社区', 7],
      ['梧桐里社区', 8],
      ['纺织厂社区', 9],
      ['南塘社区', 7],
      ['开元里社区', 8],
      ['车站社区', 8],
    ],
  },
  {
    key: 'river',
    name: '临河镇',
    code: '439901102',
    urban: false,
    seat: [0.071, -0.062],
    communities: [
      ['渡口村', 7],
      ['临河社区', 8],
      ['柳林村', 7],
      ['沙洲村', 7],
      ['鱼塘村', 7],
      ['上码头村', 7],
      ['芦花村', 7],
      ['河湾村', 7],
    ],
  },
  {
    key: 'bridge',
    name: '石桥镇',
    code: '439901103',
    urban: false,
    seat: [-0.083, -0.051],
    communities: [
      ['石桥社区', 8],
      ['双井村', 7],
      ['樟树坪村', 7],
      ['大坡村', 7],
      ['油铺村', 7],
      ['砖窑村', 7],
      ['茶园村', 7],
      ['老街村', 7],
    ],
  },
  {
    key: 'ridge',
    name: '云岭乡',
    code: '439901201',
    urban: false,
    seat: [-0.004, 0.092],
    communities: [
      ['云岭村', 8],
      ['竹溪村', 8],
      ['青石村', 7],
      ['龙潭口村', 7],
      ['杉木村', 8],
      ['水库村', 7],
      ['高坪村', 8],
    ],
  },
];

/** Keys of the small county by name: what was known there by a key is known here by the same. */
const known: Readonly<Record<string, string>> = { 二运社区: 'station', 青园社区: 'park', 渡口村: 'ferry' };

/** In a town the communities are numbered from 001, in a township the villages from 201. */
export const communities: readonly CommunityPlan[] = towns.flatMap((town) =>
  town.communities.map(([name, grids], i) => ({
    key: known[name] ?? `${town.key}-${i + 1}`,
    name,
    code: `${town.code}${String(i + (town.urban ? 1 : 201)).padStart(3, '0')}`,
    town: town.key,
    urban: town.urban || name.endsWith('社区'),
    grids,
  })),
);

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
const stem = (name: string): string => name.replace(/(社区|村)$/, '');

export interface GridPlan {
  readonly key: string;
  readonly name: string;
  readonly code: string;
  readonly community: CommunityPlan;
}

export const grids: readonly GridPlan[] = communities.flatMap((community) =>
  Array.from({ length: community.grids }, (_, i) => ({
    key: `${community.key}-${i + 1}`,
    name: `${stem(community.name)}第${numerals[i]}网格`,
    code: `${community.code}${String(i + 1).padStart(3, '0')}`,
    community,
  })),
);
