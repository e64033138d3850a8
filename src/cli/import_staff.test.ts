import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { Problem } from '../kernel/problem.ts';
import { openImports } from './fixtures/importing.ts';
import { openStaffImports } from './fixtures/staffing.ts';

const county = await openCounty();
const { sql } = county;
// The package says its default export once for the types and once for Node.
const readQr = 'default' in jsqr ? jsqr.default : (jsqr as unknown as typeof import('jsqr').default);
const { emptyRealm, file, run: runAreas } = openImports(county);
const { folder, run, lists } = openStaffImports(county);

const divisions = [
  'code,name',
  '439931101,云岭镇',
  '439931102,石桥乡',
  '439931101001,东街社区',
  '439931102001,东街社区',
  '439931101002,西街社区',
].join('\n');

async function landed(): Promise<number> {
  const realm = await emptyRealm('439931');
  await runAreas(realm, { divisions: [file(divisions)], grids: '2' });
  return realm;
}

const roster = [
  '单位,单位类型,工作时间,区域,岗位,姓名,手机,账号',
  ',,,439931101001001,网格员,秦禾,13900001001,',
  ',,,云岭镇/东街社区,社区书记,秦禾,139-0000-1001,',
  ',,,云岭镇,受理立案岗,柳青,,liuqing',
  ',,,云岭镇,派遣员,柳青,,liuqing',
  '云岭县供水公司,供水,全天,,部门受理岗,马安,+86 13900001003,',
  '云岭县供水公司,,,,处置人员,牛宁,13900001004,',
  ',,,439931101001002,网格员,,,',
].join('\n');

describe('导入单位、岗位、人员', () => {
  it('每一行都有下落；一个人几个岗位还是一个人；再来一次什么都不变', async () => {
    const realm = await landed();
    const first = await run(realm, file(roster));
    expect(first).toMatchObject({ rows: 7, created: 7, changed: 0, same: 0, refused: [] });
    expect(first.made).toEqual({ bodies: 1, posts: 7, people: 4, accounts: 4, holdings: 6, responsibilities: 0 });
    const held = await lists.holdings(realm);
    expect(held).toEqual(
      [
        '柳青 dispatcher 云岭镇',
        '柳青 registrar 云岭镇',
        '牛宁 body_worker 云岭县供水公司',
        '秦禾 community_head 东街社区',
        '秦禾 grid_worker 东街第1网格',
        '马安 body_desk 云岭县供水公司',
      ].sort(),
    );
    const kinds = await lists.entries(realm);
    expect(kinds).toMatchObject({ 'body.added': 1, 'person.added': 4, 'post.appointed': 6, 'account.added': 4 });
    expect(kinds['account.slip_issued'], 'no slips were asked for').toBeUndefined();
    const again = await run(realm, file(roster));
    expect(again).toMatchObject({ created: 0, changed: 0, same: 7, refused: [] });
    expect(await lists.holdings(realm)).toEqual(held);
    expect(await lists.entries(realm)).toEqual(kinds);
  });

  it('Excel 工作簿、GBK、英文列名：读出来都一样', async () => {
    const english = roster
      .replace('单位,单位类型,工作时间,区域,岗位,姓名,手机,账号', 'body,body_kind,hours,area,role,name,phone,login')
      .replace('网格员,秦禾', 'grid worker,秦禾')
      .replace('供水,全天', 'water supply,all day');
    const rows = roster
      .split('\n')
      .map((line) => line.split(',').map((cell) => (/^1\d{10}$/.test(cell) ? Number(cell) : cell)));
    const book = Buffer.from(await writeXlsx({ sheets: [{ name: '人员', rows }] }));
    // 姓名,区域,岗位 / 秦禾,云岭镇,派遣员 in the encoding of an older spreadsheet
    const gbk = Buffer.from('d0d5c3fb2cc7f8d3f22cb8dacebb0ac7d8bacc2cd4c6c1ebd5f22cc5c9c7b2d4b1', 'hex');
    for (const [bytes, ending, created] of [
      [english, 'csv', 7],
      [book, 'xlsx', 7],
      [gbk, 'csv', 1],
    ] as const) {
      const realm = await landed();
      expect(await run(realm, file(bytes, ending)), ending).toMatchObject({ created, refused: [] });
    }
  });

  it('不合格的每一行都说是哪一行、为什么；别的行照样建', async () => {
    const realm = await landed();
    const bad = [
      '单位,单位类型,区域,岗位,姓名,手机,账号',
      ',,东街社区,社区书记,甲一,13900002001,',
      ',,没有的地方,网格员,甲二,13900002002,',
      ',,439931101,市长,甲三,13900002003,',
      ',,439931101,网格员,甲四,13900002004,',
      ',,,网格员,甲五,13900002005,',
      ',,,部门受理岗,甲六,13900002006,',
      '新单位,,,部门受理岗,甲七,13900002007,',
      ',,云岭镇,派遣员,甲八,abc,',
      ',,云岭镇,派遣员,甲九,,13900002009',
      ',,云岭镇,派遣员,王平,13900002010,',
      ',,云岭镇,受理立案岗,王平,,',
      ',,云岭镇,派遣员,王瓶,13900002010,',
      ',,云岭镇,受理立案岗,乙一,13900002011,yiyi',
      ',,石桥乡,受理立案岗,乙二,13900002012,yiyi',
      ',,439931,系统管理员,丙一,13900002013,',
      ',,439931,审计员,丙一,13900002013,',
      ',,,,,,'.replace(/^,/, ' ,'),
      `,,云岭镇,派遣员,${'长'.repeat(61)},,`,
    ].join('\n');
    const done = await run(realm, file(bad));
    expect(done.refused.map(({ row, problem }) => [row, problem])).toEqual([
      [2, 'roster.area_unclear'],
      [3, 'roster.area'],
      [4, 'roster.role'],
      [5, 'staff.wrong_place'],
      [6, 'roster.area_missing'],
      [7, 'roster.body_missing'],
      [8, 'roster.body_kind'],
      [9, 'roster.phone'],
      [10, 'roster.login'],
      [12, 'roster.same_name'],
      [13, 'roster.phone_of_another'],
      [15, 'roster.login_of_another'],
      [17, 'staff.must_be_separate'],
      [19, 'roster.too_long'],
    ]);
    expect(done).toMatchObject({ created: 3, same: 0 });
    for (const { says } of done.refused) expect(says).toMatch(/\p{Script=Han}.*。/u);
    expect(done.refused.map(({ says }) => says).join(), 'no number is repeated on the screen').not.toContain('1390000');
    const again = await run(realm, file(bad));
    expect(again).toMatchObject({ created: 0, same: 3 });
    expect(again.refused).toEqual(done.refused.map((one) => ({ ...one, file: again.refused[0]?.file })));
  });

  it('同名的人分得清：电话不同是两个人，没有电话又同名的不猜', async () => {
    const realm = await landed();
    const table = (...rows: string[]) => file(['姓名,手机,岗位,区域', ...rows].join('\n'));
    expect(
      await run(realm, table('张三,13900003001,网格员,439931101001001', '张三,13900003002,网格员,439931101002001')),
    ).toMatchObject({
      created: 2,
      made: { people: 2 },
    });
    expect(await run(realm, table('张三,,网格员,439931101002002'))).toMatchObject({
      created: 0,
      refused: [{ problem: 'roster.same_name' }],
    });
    expect(await run(realm, table('李四,,网格员,439931101002002'))).toMatchObject({ created: 1 });
    expect(await run(realm, table('李四,,网格员,439931101002001'))).toMatchObject({ created: 1, made: { people: 0 } });
    expect(await run(realm, table('李四,13900003004,网格员,439931101002001'))).toMatchObject({
      refused: [{ problem: 'roster.same_name' }],
    });
    expect(await run(realm, table('办公室甲,0731-2800001,,', '办公室乙,0731-2800001,,'))).toMatchObject({
      created: 2,
      refused: [],
    });
  });

  it('换了电话、单位改名：改，各有一条流水；编码对不上就问', async () => {
    const realm = await landed();
    const head = '单位,单位编码,单位类型,岗位,姓名,手机,账号\n';
    await run(realm, file(`${head}老名称,9143A,供水,部门受理岗,赵水,13900004001,zhaoshui`));
    const done = await run(realm, file(`${head}新名称,9143A,,部门受理岗,赵水,13900004002,zhaoshui`));
    expect(done).toMatchObject({ created: 0, changed: 1, refused: [] });
    expect(await lists.entries(realm)).toMatchObject({ 'body.renamed': 1, 'person.phone_changed': 1 });
    expect(await run(realm, file(`${head}新名称,9143A,,部门受理岗,赵水,13900004002,zhaoshui`))).toMatchObject({
      same: 1,
    });
    expect(await run(realm, file(`${head}新名称,9143B,,部门受理岗,,,`))).toMatchObject({
      refused: [{ problem: 'roster.body_differs' }],
    });
    expect(await run(realm, file(`${head}新名称,,供电,部门受理岗,,,`))).toMatchObject({
      refused: [{ problem: 'roster.body_differs' }],
    });
  });

  it('包保也在表里：谁在哪一级负责，说过的不再说', async () => {
    const realm = await landed();
    const table = file(
      '姓名,手机,区域,包保,包保级别,时期\n钟领,13900005001,云岭镇,包镇,县级,平时\n钟领,13900005001,西街社区,防汛包保,结对,应急\n钟领,13900005001,西街社区,防汛,厅级,\n',
    );
    expect(await run(realm, table)).toMatchObject({
      created: 2,
      made: { people: 1, responsibilities: 2 },
      refused: [{ row: 4, problem: 'roster.word' }],
    });
    expect(await run(realm, table)).toMatchObject({ created: 0, same: 2 });
  });

  it('试算：说会怎样，什么都不写', async () => {
    const realm = await landed();
    const place = join(folder, 'trial.html');
    expect(await run(realm, file(roster), { dryRun: true, slips: place })).toMatchObject({
      dryRun: true,
      created: 7,
      slips: [],
    });
    expect(await lists.holdings(realm)).toEqual([]);
    expect(() => statSync(place)).toThrow();
  });

  it('不是这种表：说该有哪些列', async () => {
    const realm = await landed();
    const refused = await run(realm, file('a,b\n1,2\n')).catch((problem: Problem) => problem);
    expect(refused).toBeInstanceOf(Problem);
    expect((refused as Problem).hint.zh).toContain('姓名');
  });

  it('电话封着存：表里、台账里、回执里都没有明文', async () => {
    const realm = await landed();
    await run(realm, file(roster));
    const rows = await sql<{ text: string }>(
      `select to_jsonb(p)::text as text from person p union all select to_jsonb(e)::text from entry e
       union all select to_jsonb(c)::text from command c union all select to_jsonb(a)::text from account a`,
    );
    expect(rows.filter(({ text }) => text.includes('13900001001') || text.includes('139-0000-1001'))).toEqual([]);
  });
});

describe('启用单', () => {
  it('每人一页，只有自己能读；二维码扫出来就是网址；令牌不在库里、流水里、回执里', async () => {
    const realm = await landed();
    const place = join(folder, 'slips.html');
    const done = await run(realm, file(roster), { slips: place });
    expect(done).toMatchObject({ slips: [place], made: { accounts: 4 } });
    expect(statSync(place).mode & 0o777).toBe(0o600);
    const page = readFileSync(place, 'utf8');
    expect(page.match(/<section>/g)).toHaveLength(4);
    expect(page.includes('网格员（东街第1网格）、社区书记（东街社区）')).toBe(true);
    expect(/<script|https?:\/\/(?!localhost)(?!www\.w3\.org)/.exec(page)).toBeNull();
    const tokens = page.match(/\d+\.[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/g) ?? [];
    expect(new Set(tokens).size).toBe(4);
    const svg = /<svg[\s\S]*?<\/svg>/.exec(page)?.[0] ?? '';
    const { data, info } = await sharp(Buffer.from(svg))
      .resize(400)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const read = readQr(new Uint8ClampedArray(data), info.width, info.height);
    expect(read?.data).toBe(`http://localhost:3000/activate/${tokens[0]}`);
    const everything = await sql<{ text: string }>(
      `select to_jsonb(e)::text as text from entry e union all select to_jsonb(c)::text from command c
       union all select to_jsonb(a)::text from activation a union all select to_jsonb(a)::text from account a`,
    );
    for (const token of tokens) expect(everything.some(({ text }) => text.includes(token.slice(-11)))).toBe(false);
    expect(done.lines.join('\n')).not.toContain(tokens[0]);
  });

  it('写到文件夹：一人一个文件，文件夹也只有自己能进', async () => {
    const realm = await landed();
    const place = join(folder, 'each');
    const done = await run(realm, file(roster), { slips: place });
    expect(statSync(place).mode & 0o777).toBe(0o700);
    expect(readdirSync(place)).toHaveLength(4);
    for (const name of readdirSync(place)) expect(statSync(join(place, name)).mode & 0o777).toBe(0o600);
    expect(done.slips).toHaveLength(4);
  });

  it('文件已经有了、写不了：什么都还没有写进库里', async () => {
    const realm = await landed();
    const place = join(folder, 'there.html');
    writeFileSync(place, '别人的');
    await expect(run(realm, file(roster), { slips: place })).rejects.toMatchObject({ code: 'cli.file_exists' });
    await expect(run(realm, file(roster), { slips: join(folder, 'nowhere', 'x.html') })).rejects.toMatchObject({
      code: 'cli.file_unwritable',
    });
    mkdirSync(join(folder, 'dir.html'));
    await expect(run(realm, file(roster), { slips: join(folder, 'dir.html') })).rejects.toBeInstanceOf(Problem);
    expect(readFileSync(place, 'utf8')).toBe('别人的');
    expect(await lists.holdings(realm)).toEqual([]);
  });

  it('没有新人：不留空文件', async () => {
    const realm = await landed();
    await run(realm, file(roster));
    const place = join(folder, 'empty.html');
    expect(await run(realm, file(roster), { slips: place })).toMatchObject({ slips: [], same: 7 });
    expect(() => statSync(place)).toThrow();
  });
});
