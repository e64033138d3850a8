import { z } from 'zod';
import type { Datum } from '../../../kernel/geo.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import type { Feature } from './border_doubt.model.ts';
import { cellOfRow, codeTitles, type GivenRow, nameTitles, type Refusal, refuse } from './intake.model.ts';

/** Borders as they come: features of a GeoJSON collection, or a table of corner points. */

const featureProblems = defineProblems({
  'feature.not_geojson': {
    status: 422,
    title: { zh: '{file} 不是 GeoJSON 的要素集合', en: '{file} is not a GeoJSON FeatureCollection' },
    hint: {
      zh: '请导出为 GeoJSON（FeatureCollection）。没有改动任何内容。',
      en: 'Export it as GeoJSON (FeatureCollection). Nothing was changed.',
    },
  },
  'feature.other_crs': {
    status: 422,
    title: { zh: '{file} 的坐标系是 {crs}，和 --datum 不符', en: '{file} is in {crs}, which is not what --datum says' },
    hint: {
      zh: '可以导入的有 EPSG:4326（WGS 84）和 EPSG:4490（CGCS2000）；GCJ-02、BD-09 用 --datum 指定。没有改动任何内容。',
      en: 'EPSG:4326 (WGS 84) and EPSG:4490 (CGCS2000) can be imported; name GCJ-02 and BD-09 by --datum. Nothing was changed.',
    },
  },
  'feature.unnamed': {
    status: 422,
    title: { zh: '要素里没有编码，也没有名称', en: 'The feature has neither code nor name' },
    hint: {
      zh: '请用 --code-property、--name-property 指定放编码和名称的属性。',
      en: 'Say by --code-property and --name-property where code and name stand.',
    },
  },
  'corners.not_numbers': {
    status: 422,
    title: { zh: '界址点的次序或坐标不是数字', en: 'Order or coordinates of a corner are not numbers' },
    hint: { zh: '这个区域的边界没有导入。', en: 'The border of this area was not taken.' },
  },
  'corners.order_twice': {
    status: 422,
    title: { zh: '界址点的次序 {order} 出现了两次', en: 'There are two corners numbered {order}' },
    hint: { zh: '这个区域的边界没有导入。', en: 'The border of this area was not taken.' },
  },
  'corners.too_few': {
    status: 422,
    title: { zh: '只有 {count} 个界址点', en: 'There are only {count} corners' },
    hint: { zh: '至少要三个。这个区域的边界没有导入。', en: 'It takes three. The border of this area was not taken.' },
  },
});

const collection = z.object({
  type: z.literal('FeatureCollection'),
  crs: z.object({ properties: z.object({ name: z.string() }) }).nullish(),
  features: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).nullish(),
      properties: z.record(z.string(), z.unknown()).nullish(),
      geometry: z.unknown(),
    }),
  ),
});

export interface FeatureOptions {
  readonly file: string;
  readonly datum: Datum;
  readonly codeProperty?: string;
  readonly nameProperty?: string;
}

export interface ReadFeatures {
  readonly features: readonly Feature[];
  readonly refused: readonly Refusal[];
}

export function readCollection(json: unknown, options: FeatureOptions): ReadFeatures {
  const { file, codeProperty, nameProperty } = options;
  const parsed = collection.safeParse(json);
  if (!parsed.success) throw new Problem(featureProblems['feature.not_geojson'], { file });
  checkCrs(parsed.data.crs?.properties.name, options);
  const read = parsed.data.features.map(({ id, properties, geometry }, i): Feature => {
    const found = (titles: readonly string[]): string =>
      titles.map((title) => text(properties?.[title])).find((one) => one !== '') ?? '';
    const code = found(codeProperty === undefined ? codeTitles : [codeProperty]);
    const ownCode = code === '' && codeProperty === undefined ? text(id) : code;
    const name = found(nameProperty === undefined ? nameTitles : [nameProperty]);
    return { file, row: i + 1, code: /^\d+$/.test(ownCode) ? ownCode : '', name, geometry: geometry ?? null };
  });
  return {
    features: read.filter((one) => !isUnnamed(one)),
    refused: read.filter(isUnnamed).map((one) => refuse(one, '', featureProblems['feature.unnamed'])),
  };
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
const isUnnamed = ({ code, name }: Feature): boolean => code === '' && name === '';

/** GeoJSON is WGS 84; older programs say otherwise in `crs`. */
function checkCrs(crs: string | undefined, { file, datum }: FeatureOptions): void {
  if (crs === undefined) return;
  const isPlain = /CRS84$|EPSG::?4326$/i.test(crs);
  const isChinese = /EPSG::?4490$/i.test(crs);
  // Programs write 4326 on whatever map they hold, GCJ-02 as well; 4490 is set on purpose.
  if (isPlain || (isChinese && (datum === 'cgcs2000' || datum === 'wgs84'))) return;
  throw new Problem(featureProblems['feature.other_crs'], { file, crs });
}

const orderTitles = ['order', 'seq', '次序', '序号', '点号'] as const;
const xTitles = ['x', 'lon', 'lng', 'longitude', '经度'] as const;
const yTitles = ['y', 'lat', 'latitude', '纬度'] as const;

interface Corner {
  readonly row: GivenRow;
  readonly order: number;
  readonly point: readonly [number, number];
}

/** A table of corner points (界址点): code or name of the area, order, x, y. One ring an area. */
export function readCorners(rows: readonly GivenRow[]): ReadFeatures {
  const byArea = new Map<string, GivenRow[]>();
  for (const row of rows) {
    const key = cellOfRow(row, codeTitles) || cellOfRow(row, nameTitles);
    byArea.set(key, [...(byArea.get(key) ?? []), row]);
  }
  const features: Feature[] = [];
  const refused: Refusal[] = [];
  for (const list of byArea.values()) {
    const read = readRing(list);
    if ('problem' in read) refused.push(read);
    else features.push(read);
  }
  return { features, refused };
}

function readRing(rows: readonly GivenRow[]): Feature | Refusal {
  const first = rows[0] as GivenRow;
  const [code, name] = [cellOfRow(first, codeTitles), cellOfRow(first, nameTitles)];
  if (code === '' && name === '') return refuse(first, '', featureProblems['feature.unnamed']);
  const corners = rows.map((row): Corner => {
    const number = (titles: readonly string[]): number => Number(cellOfRow(row, titles) || Number.NaN);
    return { row, order: number(orderTitles), point: [number(xTitles), number(yTitles)] };
  });
  const unread = corners.find(({ order, point }) => ![order, ...point].every(Number.isFinite));
  if (unread) return refuse(unread.row, code || name, featureProblems['corners.not_numbers']);
  const sorted = corners.toSorted((a, b) => a.order - b.order);
  const twice = sorted.find(({ order }, i) => order === sorted[i - 1]?.order);
  if (twice) return refuse(twice.row, code || name, featureProblems['corners.order_twice'], { order: twice.order });
  if (sorted.length < 3)
    return refuse(first, code || name, featureProblems['corners.too_few'], { count: sorted.length });
  const geometry = { type: 'Polygon', coordinates: [closed(sorted.map(({ point }) => point))] };
  return { file: first.file, row: first.row, code, name, geometry };
}

/** Tables of corners name each once; a ring ends where it begins. */
function closed(ring: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : [...ring];
}
