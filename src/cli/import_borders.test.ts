import { existsSync } from 'node:fs';
import { join } from 'node:path';
import gcoord from 'gcoord';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { locate } from '../domains/land/areas/index.ts';
import { asAnyone } from '../kernel/entrance.ts';
import { transact } from '../kernel/transaction.ts';
import { openImports } from './fixtures/importing.ts';

const county = await openCounty();
const { runtime } = county;
const { emptyRealm, entries, file, land, refusedRun, run } = openImports(county);

/** Invented land in steps of a hundredth of a degree, about a kilometre. */
type Corners = readonly (readonly [number, number])[];
const at = ([x, y]: readonly [number, number]): [number, number] => [112.9 + x / 100, 28.1 + y / 100];
const box = (x: number, y: number, width: number, height = width): Corners => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
  [x, y],
];
const feature = (code: string, ...rings: Corners[]) => ({
  type: 'Feature',
  properties: { code },
  geometry: { type: 'Polygon', coordinates: rings.map((line) => line.map(at)) },
});
const collection = (...features: object[]): string =>
  file(JSON.stringify({ type: 'FeatureCollection', features }), 'geojson');

const divisions = [
  'code,name',
  '439931101,云岭镇',
  ...Array.from({ length: 6 }, (_, i) => `43993110120${i + 1},第${i + 1}村`),
].join('\n');
async function village(): Promise<number> {
  const realm = await emptyRealm('439931');
  await run(realm, { divisions: [file(divisions)] });
  return realm;
}
const borderOf = async (realm: number, code: string) => (await land(realm)).find((row) => row.code === code);
const codes = (list: readonly { code: string; problem: string }[]) => list.map(({ code, problem }) => [code, problem]);

describe('导入边界', () => {
  it('交叉的修、没合上的合、洞留着、没有面积的拒绝、没有边界的照样是区域；再来一次不变', async () => {
    const realm = await village();
    const crossed: Corners = [
      [4, 0],
      [8, 0],
      [8, 4],
      [4, 4],
      [4, 0.4],
      [4.2, -0.1],
      [4.1, -0.1],
      [4, 0],
    ];
    const polygons = [
      collection(
        feature('439931101', box(-1, -1, 20)),
        feature('439931101201', box(0, 0, 4), box(1, 1, 1)),
        feature('439931101202', crossed),
        feature('439931101203', box(8, 0, 4).slice(0, 4)),
        feature('439931101204', [
          [0, 8],
          [4, 8],
          [8, 8],
          [0, 8],
        ]),
        feature('439931999', box(0, 0, 1)),
      ),
    ];
    const done = await run(realm, { polygons });
    expect(done.polygons).toMatchObject({ features: 6, taken: 4, repaired: 2, questioned: [] });
    expect(codes(done.polygons.refused)).toEqual([
      ['439931101204', 'border.degenerate'],
      ['439931999', 'intake.no_area'],
    ]);
    expect(done.polygons.repairs).toMatchObject([
      { row: 3, code: '439931101202', did: expect.arrayContaining(['crossing']) },
      { row: 4, code: '439931101203', did: ['closed'], changePct: 0 },
    ]);
    expect(done.polygons.without.map(({ code }) => code)).toEqual(['439931101204', '439931101205', '439931101206']);
    expect((await borderOf(realm, '439931101201'))?.boundary?.coordinates).toHaveLength(2);
    expect(await borderOf(realm, '439931101205')).toMatchObject({ boundary: null });
    // As it came is kept beside what was made of it.
    expect((await borderOf(realm, '439931101202'))?.source).toMatchObject({
      datum: 'wgs84',
      geometry: { coordinates: [crossed.map(at)] },
    });
    expect(await entries(realm, 'area.amended')).toHaveLength(4);

    const before = await land(realm);
    expect((await run(realm, { polygons })).polygons).toMatchObject({ taken: 0, same: 4 });
    expect(await land(realm)).toEqual(before);
    expect(await entries(realm, 'area.amended')).toHaveLength(4);
  });

  it('马上就用：导入以后，一个点落在这个村里', async () => {
    const realm = await village();
    await run(realm, { polygons: [collection(feature('439931101203', box(8, 0, 4)))] });
    const [lon, lat] = at([10, 2]);
    const found = await transact(runtime, asAnyone(realm), (ctx) => locate(ctx, { lon, lat, datum: 'wgs84' }));
    expect(found.area).toMatchObject({ code: '439931101203', name: '第3村' });
  });

  it('不在上级里面的、修好后面积差很多的：先问，不采用；看过以后加 --take-questioned 才采用', async () => {
    const realm = await village();
    const bowTie: Corners = [
      [0, 4],
      [4, 8],
      [4, 4],
      [0, 8],
      [0, 4],
    ];
    const polygons = [
      collection(
        feature('439931101', box(-1, -1, 20)),
        feature('439931101201', box(16, 0, 6)),
        feature('439931101202', bowTie),
      ),
    ];
    const asked = await run(realm, { polygons });
    expect(asked.polygons.taken).toBe(1);
    expect(codes(asked.polygons.questioned)).toEqual([
      ['439931101201', 'border.outside_parent'],
      ['439931101202', 'border.much_changed'],
    ]);
    expect(asked.polygons.questioned[0]?.says).toContain('云岭镇');
    expect(await borderOf(realm, '439931101201')).toMatchObject({ boundary: null });
    expect((await run(realm, { polygons, takeQuestioned: true })).polygons).toMatchObject({ taken: 2, same: 1 });
  });

  const shifted = (one: ReturnType<typeof feature>) => ({
    ...one,
    geometry: {
      ...one.geometry,
      coordinates: one.geometry.coordinates.map((line) => line.map((point) => toGcj02(point))),
    },
  });
  const { transform, CRSTypes } = gcoord as unknown as typeof gcoord.default;
  const toGcj02 = ([x, y]: [number, number]) => transform([x, y], CRSTypes.WGS84, CRSTypes.GCJ02);

  it('GCJ-02 的图当成 WGS 84 导：对着上级、邻居、原来的边界，都看得出来，先问；说对了就采用，原值留着', async () => {
    const town = feature('439931101', box(0, 0, 12, 8));
    const villages = [0, 1, 2, 3, 4, 5].map((i) =>
      feature(`43993110120${i + 1}`, box((i % 3) * 4, Math.floor(i / 3) * 4, 4)),
    );
    const againstParent = await village();
    await run(againstParent, { polygons: [collection(town)] });
    const asked = await run(againstParent, { polygons: [collection(...villages.map(shifted))] });
    expect(asked.polygons).toMatchObject({ taken: 0 });
    expect(new Set(codes(asked.polygons.questioned).map(([, problem]) => problem))).toEqual(
      new Set(['border.other_datum']),
    );
    expect(asked.polygons.questioned[0]?.says).toContain('GCJ-02');
    const told = await run(againstParent, { polygons: [collection(...villages.map(shifted))], datum: 'gcj02' });
    expect(told.polygons).toMatchObject({ taken: 6, questioned: [] });
    expect((await borderOf(againstParent, '439931101201'))?.source).toMatchObject({
      datum: 'gcj02',
      geometry: { coordinates: [villages.map(shifted)[0]?.geometry.coordinates[0]] },
    });

    const againstNeighbours = await village();
    await run(againstNeighbours, { polygons: [collection(...villages.slice(1))] });
    const beside = await run(againstNeighbours, { polygons: [collection(...villages.slice(0, 1).map(shifted))] });
    expect(codes(beside.polygons.questioned)).toEqual([['439931101201', 'border.other_datum']]);
    const again = await run(againstNeighbours, { polygons: [collection(...villages.slice(1).map(shifted))] });
    expect(again.polygons).toMatchObject({ taken: 0 });
    expect(again.polygons.questioned).toHaveLength(5);
  });

  it('按名称对：只有一个叫这个名字才对得上；代码换过的，说现在是哪个代码', async () => {
    const realm = await village();
    await run(realm, { divisions: [file(`${divisions}\n439931102,石桥乡\n439931102201,第1村`)] });
    const named = (properties: object) => ({ ...feature('', box(0, 0, 4)), properties });
    const polygons = [
      collection(
        named({ MC: '第2村' }),
        named({ MC: '第1村' }),
        named({ DM: '439931101299', MC: '第3村' }),
        named({ DM: '', MC: '' }),
      ),
    ];
    const done = await run(realm, { polygons, codeProperty: 'DM', nameProperty: 'MC' });
    expect(done.polygons).toMatchObject({ features: 4, taken: 1 });
    expect(done.polygons.refused.map(({ problem }) => problem).sort()).toEqual([
      'border.name_ambiguous',
      'feature.unnamed',
      'intake.no_area',
    ]);
    const recoded = done.polygons.refused.find(({ problem }) => problem === 'intake.no_area');
    expect(recoded?.says).toContain('439931101203');
  });

  it('坐标系写在文件里，又和说的不一样：拒绝，什么都不写', async () => {
    const realm = await village();
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4547' } };
    const path = file(JSON.stringify({ type: 'FeatureCollection', crs, features: [] }), 'geojson');
    expect((await refusedRun(realm, { polygons: [path] })).code).toBe('feature.other_crs');
  });

  it('界址点表：按次序连起来；次序重复、不是数字、不到三个点的拒绝', async () => {
    const realm = await village();
    const lines = (code: string, points: Corners): string[] =>
      points.map((point, i) => `${code},${i + 1},${at(point).join(',')}`);
    const table = [
      '编码,序号,经度,纬度',
      ...lines('439931101201', box(0, 0, 4).slice(0, 4)).toReversed(),
      ...lines('439931101202', box(4, 0, 4).slice(0, 2)),
      '439931101203,1,abc,28.1',
      '439931101204,1,112.9,28.1',
      '439931101204,1,112.91,28.1',
    ].join('\n');
    const done = await run(realm, { corners: [file(table)] });
    expect(done.polygons).toMatchObject({ features: 4, taken: 1 });
    expect(codes(done.polygons.refused)).toEqual([
      ['439931101202', 'corners.too_few'],
      ['439931101203', 'corners.not_numbers'],
      ['439931101204', 'corners.order_twice'],
    ]);
    expect((await borderOf(realm, '439931101201'))?.boundary?.coordinates[0]).toHaveLength(5);
  });
});

const trial = process.env.JINGWEI_TRIAL_DATA ?? '';

describe.skipIf(!existsSync(join(trial, 'boundaries')))('真实的边界（JINGWEI_TRIAL_DATA）', () => {
  it.each([
    ['430200', '430200-株洲市-区县.geojson', 9, 5, ['430221']],
    ['130600', '130600-保定市-区县(含涿州).geojson', 24, 12, []],
  ])('%s：每个要素都有下落，交叉的都修好', async (code, map, features, crossing, unknown) => {
    const realm = await emptyRealm(code, 'city');
    await run(realm, { divisions: [join(trial, 'divisions/areas.csv')] });
    const { polygons } = await run(realm, { polygons: [join(trial, 'boundaries', map)], datum: 'gcj02' });
    expect(polygons.features).toBe(features);
    expect(polygons.taken + polygons.refused.length + polygons.questioned.length).toBe(features);
    // A county that has had another code since the map was drawn is told, and named.
    expect(polygons.refused.map((one) => one.code)).toEqual(unknown);
    expect(polygons.repairs.filter(({ did }) => did.includes('crossing'))).toHaveLength(crossing);
  });
});
