import { expect, test } from 'vitest';
import type { Area } from '../../areas/atlas.model.ts';
import { placeOf } from './place_named.model.ts';

const area = (level: string, name: string, no: number, lastNo = no): Area =>
  ({ id: `id of ${name}`, level, name, code: `${no}`, no, lastNo }) as unknown as Area;
const town = area('town', '城东街道', 1, 40);
const below = [
  area('community', '青石社区', 2, 19),
  ...['青石第1网格', '青石第2网格', '青石第11网格'].map((name, i) => area('grid', name, 3 + i)),
  area('community', '柳林村', 20, 39),
  ...['柳林一网格', '柳林二网格', '柳林十一网格', '柳林二十网格', '河边网格'].map((name, i) =>
    area('grid', name, 21 + i),
  ),
];
const found = (of: Area, told: Record<string, string>) => {
  const places = Object.fromEntries(Object.entries(told).map(([code, text]) => [code, { text, column: 'A' }]));
  const place = placeOf({ area: of, below, toldOn: '2026-01-01' }, places);
  return place === null ? null : 'says' in place ? place.says.zh : place.name;
};

test('一个社区里，网格说第几个就找得到；不说社区就不猜', () => {
  const at = (community: string, grid: string) => found(town, { 'place.community': community, 'place.grid': grid });
  expect(
    ['第1网格', '一网格', '第一网格', '1号网格', '网格1', '第十一网格'].map((name) => at('青石社区', name)),
  ).toEqual([...['青石第1网格', '青石第1网格', '青石第1网格', '青石第1网格', '青石第1网格', '青石第11网格']]);
  expect(['2网格', '第11网格', '第20网格', '河边网格'].map((name) => at('柳林', name))).toEqual([
    ...['柳林二网格', '柳林十一网格', '柳林二十网格', '河边网格'],
  ]);
  expect(found(town, { 'place.grid': '第1网格' })).toBe('城东街道没有“第1网格”');
  expect(at('青石社区', '第9网格')).toBe('城东街道没有“第9网格”');
  expect(found(below[0] as Area, { 'place.grid': '第2网格' })).toBe('青石第2网格');
});
