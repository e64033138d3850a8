import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { expectNested, openImports } from './fixtures/importing.ts';

const county = await openCounty();
const { sql } = county;
const { emptyRealm, entries, file, land, refusedRun, run } = openImports(county);

const divisions = [
  'code,name,level,parent_code',
  '439931,云岭县,3,',
  '439931101,"云岭镇",4,439931',
  '439931102,石桥乡,4,439931',
  '439931101001,东街社区居委会,5,439931101',
  '439931101002,西街社区居委会,5,439931101',
  '439931102201,石桥村委会,5,439931102',
  '439932001,别县街道,4,439932',
].join('\n');

describe('导入区划', () => {
  it('空县：每级都建起来，编号套着编号，每个区域一条流水；再来一次什么都不变', async () => {
    const realm = await emptyRealm('439931');
    const options = { divisions: [file(divisions)] };
    const first = await run(realm, options);
    // The county itself stands under another name: that is proposed, not done.
    expect(first).toMatchObject({ rows: 6, outside: 1, created: 5, changed: 0, same: 0, refused: [] });
    expect(first.proposed).toMatchObject([{ what: 'renamed', was: { name: '云岭' }, now: { name: '云岭县' } }]);
    const rows = await land(realm);
    expect(rows.map(({ code, level, parent }) => [code, level, parent])).toEqual([
      ['439931', 'county', null],
      ['439931101', 'town', '439931'],
      ['439931101001', 'community', '439931101'],
      ['439931101002', 'community', '439931101'],
      ['439931102', 'town', '439931'],
      ['439931102201', 'community', '439931102'],
    ]);
    expectNested(rows);
    expect((await entries(realm, 'area.added')).map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());

    expect(await run(realm, options)).toMatchObject({ rows: 6, created: 0, changed: 0, same: 5 });
    expect(await land(realm)).toEqual(rows);
    expect(await entries(realm, 'area.added')).toHaveLength(rows.length);
  });

  it('中途断了：建了一半的接着建，已有的不动', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions.split('\n').slice(0, 4).join('\n'))] });
    const half = await land(realm);
    expect(await run(realm, { divisions: [file(divisions)] })).toMatchObject({ created: 3, same: 2 });
    expect((await land(realm)).filter(({ id }) => half.some((row) => row.id === id))).toEqual(half);
  });

  it('两个人同时导入：每个区域还是只有一个', async () => {
    const realm = await emptyRealm('439931');
    const options = { divisions: [file(divisions)] };
    const both = await Promise.allSettled([run(realm, options), run(realm, options)]);
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await run(realm, options)).toMatchObject({ created: 0, same: 5 });
    expect(await land(realm)).toHaveLength(6);
    expectNested(await land(realm));
  });

  it('试算：说会怎样，什么都不写', async () => {
    const realm = await emptyRealm('439931');
    const options = { divisions: [file(divisions)], grids: '2', dryRun: true };
    expect(await run(realm, options)).toMatchObject({ dryRun: true, created: 11, same: 0 });
    expect(await land(realm)).toHaveLength(1);
  });

  it('GBK、UTF-16、压缩、制表符、JSON 嵌套：读出来都一样', async () => {
    const gbk = Buffer.concat([
      Buffer.from('code,name\r\n439931101,'),
      Buffer.from([0xd4, 0xc6, 0xc1, 0xeb, 0xd5, 0xf2]), // 云岭镇
      Buffer.from('\r\n'),
    ]);
    const nested = JSON.stringify([
      { code: '439931', name: '云岭', children: [{ code: '439931101', name: '云岭镇' }] },
    ]);
    const utf16 = Buffer.from('\ufeff代码\t名称\r\n439931101\t云岭镇\r\n', 'utf16le');
    const given = [gbk, utf16, Buffer.from('\ufeffcode;name\n439931101;云岭镇'), Buffer.from(nested), gzipSync(gbk)];
    for (const bytes of given) {
      const realm = await emptyRealm('439931');
      expect(await run(realm, { divisions: [file(bytes)] })).toMatchObject({ created: 1, refused: [] });
      expect((await land(realm))[1]).toMatchObject({ code: '439931101', name: '云岭镇' });
    }
  });

  it('每一行不合格的都说是哪一行、为什么；别的行照样建', async () => {
    const realm = await emptyRealm('439931');
    const table = [
      'code,name',
      '439931101,云岭镇',
      '439931101,又一个镇',
      '4399311,少一位',
      '439931102,',
      `439931103,${'长'.repeat(61)}`,
      '439931999001,没有上级的村',
      '',
      '439931-X,乱码',
    ].join('\n');
    const done = await run(realm, { divisions: [file(table)] });
    expect(done).toMatchObject({ rows: 7, created: 1 });
    const verdicts = done.refused.map(({ row, problem }) => [row, problem]);
    expect(verdicts.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
      [3, 'intake.twice'],
      [4, 'intake.code_invalid'],
      [5, 'intake.name_missing'],
      [6, 'intake.name_too_long'],
      [7, 'intake.orphan'],
      [9, 'intake.code_invalid'],
    ]);
    expect(done.refused[0]?.says).toMatch(/\p{Script=Han}/u);
  });

  it('市：几个县区一起建，没有实体的“市辖区”那一行不当区域', async () => {
    const realm = await emptyRealm('439900', 'city');
    const counties = Array.from({ length: 14 }, (_, i) => `4399${String(i + 11)},县${i + 11}`);
    const towns = Array.from({ length: 14 }, (_, i) => `4399${String(i + 11)}101,镇${i + 11}`);
    const table = file(['code,name', '4399,市辖区', ...counties, ...towns].join('\n'));
    expect(await run(realm, { divisions: [table] })).toMatchObject({ created: 28, refused: [] });
    expectNested(await land(realm));
    const other = await emptyRealm('439900', 'city');
    expect(await run(other, { divisions: [table], county: ['439912', '439913'] })).toMatchObject({ created: 4 });
  });

  it.each([
    ['文件没有', () => ({ divisions: ['/nowhere/x.csv'] }), 'cli.file_unreadable'],
    ['文件是空的', () => ({ divisions: [file('code,name\n')] }), 'cli.file_empty'],
    ['不是表格', () => ({ divisions: [file('code,name\n1,"没有收尾')] }), 'cli.file_not_table'],
    ['JSON 断了', () => ({ divisions: [file('[{"code":')] }), 'cli.file_not_json'],
    ['读不懂的编码', () => ({ divisions: [file(Buffer.from([0x63, 0xff, 0xff, 0x0a]))] }), 'cli.file_encoding'],
    ['没说导入什么', () => ({}), 'cli.nothing_to_import'],
    ['别处的县', () => ({ divisions: [file(divisions)], county: ['110101'] }), 'intake.county_elsewhere'],
    ['县的代码不对', () => ({ divisions: [file(divisions)], county: ['云岭'] }), 'intake.code_invalid'],
    ['文件里没有这个县', () => ({ divisions: [file('code,name\n110101001,某街道')] }), 'intake.no_rows'],
    ['网格数不对', () => ({ grids: '0' }), 'cli.count_invalid'],
    ['不是 GeoJSON', () => ({ polygons: [file('{"type":"Topology"}', 'json')] }), 'feature.not_geojson'],
    ['确认文件不对', () => ({ confirm: file('{"yes":true}', 'json') }), 'intake.confirmation_unreadable'],
  ])('%s：拒绝，什么都不写', async (_what, options, code) => {
    const realm = await emptyRealm('439931');
    const problem = await refusedRun(realm, options());
    expect(problem.code).toBe(code);
    expect(problem.hint.zh).toMatch(/\p{Script=Han}/u);
    expect(await land(realm)).toHaveLength(1);
  });
});

describe('网格和微网格', () => {
  it('每个社区编同样多，下面再编微网格；再来一次不变，多要几个只补几个', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions)] });
    expect(await run(realm, { grids: '2', microGrids: '3' })).toMatchObject({ created: 6 + 18, same: 0 });
    const rows = await land(realm);
    expect(rows.find(({ code }) => code === '439931101001002')).toMatchObject({
      level: 'grid',
      name: '东街第2网格',
      parent: '439931101001',
    });
    expect(rows.find(({ code }) => code === '439931101001002003')).toMatchObject({ level: 'micro_grid' });
    expectNested(rows);
    expect(await run(realm, { grids: '2', microGrids: '3' })).toMatchObject({ created: 0, same: 24 });
    expect(await run(realm, { grids: '3' })).toMatchObject({ created: 3, same: 6 });
  });

  it('按表格：数量和名称；没有的社区、不对的数量、编在乡镇下面都拒绝', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions)] });
    const table = [
      'code,count,names',
      '439931101001,2,北片、南片',
      '439931101002,,一组;二组;三组',
      '439931101001001,2,',
      '439931999999,2,',
      '439931101,2,',
      '439931102201,1.5,',
      '439931102201,1,甲、乙',
    ].join('\n');
    const done = await run(realm, { grids: file(table) });
    expect(done).toMatchObject({ created: 7 });
    expect(done.refused.map(({ row, problem }) => [row, problem])).toEqual([
      [5, 'intake.no_area'],
      [6, 'intake.not_for_grids'],
      [7, 'intake.count_invalid'],
      [8, 'intake.count_invalid'],
    ]);
    const names = (await land(realm)).filter(({ level }) => level === 'grid').map(({ name }) => name);
    expect(names).toEqual(['北片', '南片', '一组', '二组', '三组']);
    expect(await run(realm, { grids: file(table) })).toMatchObject({ created: 0, same: 7 });
  });
});

describe('新的一年对旧的一年', () => {
  const newer = [
    'code,name',
    '439931101,云岭街道', // renamed
    '439931102,石桥乡',
    '439931101011,东街社区居委会', // recoded
    '439931102202,西街社区居委会', // moved
    '439931102203,新村村委会', // added; 石桥村 is gone
  ].join('\n');

  it('只比对：五种都提出来，什么都不改；确认以后才改，不删', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions)] });
    const before = await land(realm);
    const compared = await run(realm, { divisions: [file(newer)], compare: true });
    expect(compared).toMatchObject({ created: 0, changed: 0, same: 1 });
    const said = compared.proposed.map(({ what, was, now }) => [what, was?.code ?? null, now?.code ?? null]);
    expect(said).toEqual([
      ['renamed', '439931101', '439931101'],
      ['recoded', '439931101001', '439931101011'],
      ['moved', '439931101002', '439931102202'],
      ['gone', '439931102201', null],
      ['added', null, '439931102203'],
    ]);
    expect(await land(realm)).toEqual(before);

    const confirm = file(JSON.stringify(compared), 'json');
    const confirmed = await run(realm, { confirm });
    expect(confirmed).toMatchObject({ changed: 2, created: 1, same: 0, refused: [] });
    // To move an area or to close it is an act of its own; both stay proposed and stand as they stood.
    expect(confirmed.proposed.map(({ what }) => what)).toEqual(['moved', 'gone']);
    const after = new Map((await land(realm)).map((row) => [row.id, row]));
    for (const row of before) expect(after.has(row.id), row.name).toBe(true);
    expect(after.get(before.find(({ code }) => code === '439931101')?.id ?? '')?.name).toBe('云岭街道');
    expect(after.get(before.find(({ code }) => code === '439931101001')?.id ?? '')?.code).toBe('439931101011');
    expect(await entries(realm, 'area.amended')).toHaveLength(2);

    expect(await run(realm, { confirm })).toMatchObject({ changed: 0, created: 0, same: 3, refused: [] });
    expect(await entries(realm, 'area.amended')).toHaveLength(2);
  });

  it('没有要求比对：只加新的，疑似改码、迁移的等人确认，不会多出一个', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions)] });
    const done = await run(realm, { divisions: [file(newer)] });
    expect(done).toMatchObject({ created: 1 });
    expect(done.proposed.map(({ what }) => what).sort()).toEqual(['moved', 'recoded', 'renamed']);
    expect((await land(realm)).filter(({ name }) => name === '东街社区居委会')).toHaveLength(1);
  });

  it('比对以后又变了：这条确认作废，说再比一次', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions)] });
    const [proposal] = (await run(realm, { divisions: [file(newer)], compare: true })).proposed;
    const stale = { ...proposal, was: { ...proposal?.was, name: '以前的名字' } };
    const done = await run(realm, { confirm: file(JSON.stringify([stale]), 'json') });
    expect(done).toMatchObject({ changed: 0, refused: [{ row: 1, problem: 'intake.stale' }] });
  });

  it('隔天改名：旧名字留在昨天为止的版本里', async () => {
    const realm = await emptyRealm('439931');
    await run(realm, { divisions: [file(divisions)] });
    await sql(`update area_version set valid = daterange('2020-01-01', null) where realm = $1`, [realm]);
    const { proposed } = await run(realm, { divisions: [file(newer)], compare: true });
    await run(realm, { confirm: file(JSON.stringify(proposed.slice(0, 1)), 'json') });
    const versions = await sql<{ name: string; ended: boolean }>(
      `select name, not upper_inf(valid) as ended from area_version where realm = $1 and code = '439931101' order by valid`,
      [realm],
    );
    expect(versions).toEqual([
      { name: '云岭镇', ended: true },
      { name: '云岭街道', ended: false },
    ]);
  });
});

const trial = process.env.JINGWEI_TRIAL_DATA ?? '';

describe.skipIf(!existsSync(join(trial, 'divisions')))('真实的区划和边界（JINGWEI_TRIAL_DATA）', () => {
  const at = (path: string): string => join(trial, path);
  const five = ['areas.csv', 'streets.csv.gz', 'villages.csv.gz'].map((name) => at(`divisions/${name}`));

  it.each([
    ['140100', 11, 108, 1401, '140100-太原市-区县.geojson', 10, 4],
    ['141100', 13, 154, 2456, '141100-吕梁市-区县.geojson', 13, 0],
  ])(
    '%s：区划一个不少，边界每个有下落，再来一次不变',
    async (code, counties, towns, communities, map, features, crossing) => {
      const realm = await emptyRealm(code, 'city');
      const options = { divisions: five, polygons: [at(`boundaries/${map}`)], datum: 'gcj02' as const };
      const done = await run(realm, options);
      expect(done).toMatchObject({ created: counties + towns + communities, refused: [], proposed: [] });
      const { polygons } = done;
      expect(polygons.taken + polygons.refused.length + polygons.questioned.length).toBe(features);
      expect(polygons.repaired).toBe(crossing);
      expectNested(await land(realm));
      expect(await run(realm, options)).toMatchObject({
        created: 0,
        same: counties + towns + communities,
        polygons: { taken: 0, same: polygons.taken },
      });
      // Taken for WGS 84 the same map does not fit itself: asked, not taken.
      const asked = await run(realm, { ...options, divisions: [five[0] ?? ''], datum: 'wgs84' });
      expect(asked.polygons.taken).toBe(0);
      expect(asked.polygons.questioned[0]?.problem).toBe('border.other_datum');
    },
  );
});
