import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plantRealm } from '../../../../seeds/planting.ts';
import { openCounty } from '../../../../test/harness.ts';
import { report, step } from '../../../../test/telling.ts';
import { type CategoryMap, importCategories, readCategoryMap } from './index.ts';

const county = await openCounty();
const { runtime, sql } = county;
const folder = mkdtempSync(join(tmpdir(), 'jingwei-categories-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function table(...lines: string[]): string {
  made += 1;
  const file = join(folder, `${made}.csv`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

let realms = 30;
async function emptyRealm(): Promise<number> {
  realms += 1;
  const root = { id: runtime.ids.newId(), level: 'county' as const, code: '439941', name: '石屏' };
  await plantRealm(runtime, { realm: realms, name: '石屏', zone: 'Asia/Shanghai', root });
  return realms;
}

const take = (realm: number, file: string, map: CategoryMap | null = null, dryRun = false) =>
  importCategories(runtime, realm, { file, map, dryRun });

interface Type {
  readonly version: number;
  readonly code: string;
  readonly spec: { readonly name: { zh: string }; readonly major: string; readonly answersTo: string };
}
const typesOf = (realm: number, version: number) =>
  sql<Type>(
    `select version, code, spec from case_type where realm = $1 and version = $2 and code like 'imported-%' order by code`,
    [realm, version],
  );
const limitsOf = async (realm: number, version: number) =>
  (
    await sql<{ code: string; limit: object }>(
      `select code, spec -> 'limit' as limit from filing_condition where realm = $1 and version = $2 and code like 'imported-%' order by code`,
      [realm, version],
    )
  ).map(({ code, limit }) => [code, limit]);
const versions = async (realm: number) =>
  (await sql<{ n: number }>('select count(*)::int as n from standard where realm = $1', [realm]))[0]?.n;

const header = '编码,上级编码,名称,责任单位,立案条件,处置时限';
const tree = [
  header,
  '01,,市政设施,municipal-works,,',
  '0101,01,道路,,,',
  '010101,0101,路面,,坑洞,4工作时',
  '010101,0101,路面,,开裂,5个工作日',
  '010102,0101,其他,,,',
  '02,,环境卫生,sanitation,,',
  '0201,02,其他,,,2紧急工作时',
];

describe('导入分类体系', () => {
  it('一张带编码的树：大类、小类、立案条件和时限都在新的一版标准里，每行一个结论', async () => {
    const realm = await emptyRealm();
    const before = await versions(realm);
    const taken = await take(realm, table(...tree));
    expect(taken).toMatchObject({ rows: 7, created: 7, changed: 0, same: 0, refused: [], absent: [] });
    expect(taken).toMatchObject({ types: 3, conditions: 3, withoutLimit: 1, version: (before ?? 0) + 1 });
    const types = await typesOf(realm, taken.version ?? 0);
    expect(types.map(({ code, spec }) => [code, spec.name.zh, spec.major, spec.answersTo])).toEqual([
      ['imported-010101', '道路 / 路面', 'imported-01', 'municipal-works'],
      ['imported-010102', '道路 / 其他', 'imported-01', 'municipal-works'],
      ['imported-0201', '其他', 'imported-02', 'sanitation'],
    ]);
    const limits = (await limitsOf(realm, taken.version ?? 0)).map(([, limit]) => limit);
    expect(limits).toHaveLength(3);
    expect(limits).toEqual(
      expect.arrayContaining([
        { amount: 4, unit: 'working_hours' },
        { amount: 5, unit: 'working_days' },
        { amount: 2, unit: 'urgent_hours' },
      ]),
    );
  });

  it('再来一次什么都没有写；试运行也不写', async () => {
    const realm = await emptyRealm();
    const before = await versions(realm);
    expect(await take(realm, table(...tree), null, true)).toMatchObject({ created: 7, version: null });
    expect(await versions(realm)).toBe(before);
    const first = await take(realm, table(...tree));
    const again = await take(realm, table(...tree));
    expect(again).toMatchObject({ created: 0, changed: 0, same: 7, refused: [], version: first.version });
    expect(await versions(realm)).toBe((before ?? 0) + 1);
  });

  it('改了名字、时限、次序：编码不变，只改说到的；文件里没有的留着', async () => {
    const realm = await emptyRealm();
    const first = await take(realm, table(...tree));
    const changed = await take(
      realm,
      table(
        header,
        '0201,02,其他垃圾,,,1工作日',
        '02,,环境卫生,sanitation,,',
        '010101,0101,路面,,坑洞,4工作时',
        '0101,01,道路,,,',
        '01,,市政设施,municipal-works,,',
      ),
    );
    expect(changed).toMatchObject({ rows: 5, created: 0, changed: 2, same: 3, absent: ['imported-010102'] });
    const now = changed.version ?? 0;
    expect(now).toBe((first.version ?? 0) + 1);
    expect((await typesOf(realm, now)).map(({ code }) => code)).toEqual(
      (await typesOf(realm, first.version ?? 0)).map(({ code }) => code),
    );
    const [was, is] = [await limitsOf(realm, first.version ?? 0), await limitsOf(realm, now)];
    expect(is.map(([code]) => code)).toEqual(was.map(([code]) => code));
    expect(is).toContainEqual(['imported-0201-any', { amount: 1, unit: 'working_days' }]);
  });

  it('读不懂的时限、没有的上级、绕圈、重复、不认识的单位：各说第几行哪一格，别的照收', async () => {
    const realm = await emptyRealm();
    const taken = await take(
      realm,
      table(
        header,
        '01,,市政设施,municipal-works,,3工作日',
        '0101,01,绿化,,,种植季节15工作日',
        '0102,01,井盖,,,4小时',
        '0103,77,桥梁,,,2工作日',
        '04,05,甲,,,',
        '05,04,乙,,,',
        '0106,01,路灯,,,1工作日',
        '0106,01,路灯,,,1工作日',
        '0107,01,站牌,宇宙管理局,,1工作日',
        ',01,没有编码,,,',
        '0108,0101,行道树,,,1工作日',
      ),
    );
    const told = taken.refused.map(({ row, column, says }) => [row, column, says.zh]);
    expect(told).toEqual([
      [2, '', expect.stringContaining('有下级分类')],
      [3, '处置时限', '时限“种植季节15工作日”读不懂'],
      [4, '处置时限', '时限“4小时”读不懂'],
      [5, '上级编码', '上级“77”没有导入'],
      [6, '上级编码', '上级“05”没有导入'],
      [7, '上级编码', '上级“04”没有导入'],
      [9, '', '与第 8 行是同一个分类'],
      [10, '责任单位', '不知道“宇宙管理局”是哪一类单位'],
      [11, '编码', '是空的'],
      [12, '上级编码', '上级“0101”没有导入'],
    ]);
    expect(taken).toMatchObject({ rows: 11, created: 1, changed: 0, same: 0 });
    expect(await limitsOf(realm, taken.version ?? 0)).toEqual([
      ['imported-0106-any', { amount: 1, unit: 'working_days' }],
    ]);
  });

  it('按层级列、同名很多的：全路径才是同一个，编码互不相同', async () => {
    const realm = await emptyRealm();
    const map = readCategoryMap(
      JSON.stringify({ source: 'hill', title: '山城分类', tree: { by: 'levels', columns: ['一级', '二级', '三级'] } }),
    );
    const rows = ['一级,二级,三级', '城建,道路,其他', '城建,绿化,其他', '城建,绿化,砍树', '教育,招生,'];
    const taken = await take(realm, table(...rows), map);
    expect(taken).toMatchObject({ rows: 4, created: 4, refused: [], types: 4, conditions: 0, withoutLimit: 4 });
    const types = await sql<Type>(`select code, spec from case_type where realm = $1 and code like 'hill-%'`, [realm]);
    expect(types.map(({ spec }) => spec.name.zh).sort()).toEqual(['招生', '绿化 / 其他', '绿化 / 砍树', '道路 / 其他']);
    expect(new Set(types.map(({ code }) => code)).size).toBe(4);
    expect(await take(realm, table(...[rows[0] ?? '', ...rows.slice(1).reverse()]), map)).toMatchObject({ same: 4 });
  });

  it('没有上级一列的：编码的开头就是上级', async () => {
    const realm = await emptyRealm();
    const taken = await take(realm, table('代码,名称', '03,水利', '0301,堤防', '030101,渗漏'));
    expect(taken).toMatchObject({ created: 3, types: 1 });
    expect((await typesOf(realm, taken.version ?? 0)).map(({ spec }) => [spec.name.zh, spec.major])).toEqual([
      ['堤防 / 渗漏', 'imported-03'],
    ]);
  });

  it('缺列、没有文件、对照表不对：什么都没有导入', async () => {
    const realm = await emptyRealm();
    const before = await versions(realm);
    await expect(take(realm, table('号,名', '1,a'))).rejects.toMatchObject({ code: 'import.columns_missing' });
    await expect(take(realm, join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'import.no_file' });
    expect(() => readCategoryMap('{"source":"A"}')).toThrow(expect.objectContaining({ code: 'import.map_wrong' }));
    expect(() => readCategoryMap('not json')).toThrow(expect.objectContaining({ code: 'import.map_wrong' }));
    const map = readCategoryMap(JSON.stringify({ source: 'x', title: 'x', tree: { by: 'levels', columns: ['一级'] } }));
    await expect(take(realm, table('二级', 'a'), map)).rejects.toMatchObject({ code: 'import.columns_missing' });
    expect(await versions(realm)).toBe(before);
  });

  it('导入的小类马上能立案；以前立的案留着当时的那一版', async () => {
    const he = await county.as('何静');
    const earlier = await report(county.anyone);
    await step(he, earlier.id, 'register', { conditionCode: 'road-sunken-passable' });
    const owner = '安澜县市政养护中心';
    await take(1, table(header, `91,,路边设施,${owner},,`, '9101,91,护栏,,歪斜,3工作日'));
    const { types } = (await county.anyone.get('/api/standard')).body;
    const type = types.find(({ code }: { code: string }) => code === 'imported-9101');
    expect(type).toMatchObject({ answersTo: 'municipal-works', conditions: [{ confidence: 'unsure' }] });
    const { id } = await report(county.anyone, { words: '护栏歪了' });
    expect(await step(he, id, 'register', { conditionCode: type.conditions[0].code })).toBe('registered');
    const [was, is] = await Promise.all(
      [earlier.id, id].map(
        async (one) =>
          (await sql<{ v: number }>('select standard_version as v from casefile where id = $1', [one]))[0]?.v,
      ),
    );
    expect(is).toBe((was ?? 0) + 1);
  });
});

/** On the real table, which is not part of this project: only where JINGWEI_TRIAL_DATA names its folder. */
const real = join(process.env.JINGWEI_TRIAL_DATA ?? '', 'cases-zh', 'tipdm2020c-附件1-分类体系.xlsx');
const isThere = (process.env.JINGWEI_TRIAL_DATA ?? '') !== '' && existsSync(real);

it.skipIf(!isThere)('真实的分类体系（JINGWEI_TRIAL_DATA）：每行都收，再来一次都不变', async () => {
  const realm = await emptyRealm();
  const map = readCategoryMap(
    JSON.stringify({
      source: 'citizen-messages',
      title: '群众留言分类',
      tree: { by: 'levels', columns: ['一级分类', '二级分类', '三级分类'] },
    }),
  );
  expect(await take(realm, real, map)).toMatchObject({ rows: 517, created: 517, refused: [], types: 517 });
  expect(await take(realm, real, map)).toMatchObject({ same: 517, created: 0, changed: 0 });
});
