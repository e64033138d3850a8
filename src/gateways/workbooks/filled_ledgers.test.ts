import { randomUUID } from 'node:crypto';
import { read, writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../seeds/small/plan.ts';
import { blankOf, familyBlank, firmBlank, houseBlank } from '../../../test/fixtures/blank_ledgers.ts';
import { book, creditCode, firmLabels, houseLabels, secretary } from '../../../test/fixtures/ledger_books.ts';
import { idNumber } from '../../../test/fixtures/resident_book.ts';
import { openCounty } from '../../../test/harness.ts';

/* A superior's blank workbook is filled from whichever ledger its rows are of, and from what follows across the door and the household. */
const county = await openCounty();
const { as, sql } = county;
const head = await as('孙丽');
const { taken } = secretary(county, head);
const [station, empty, park] = [idOf(1, 'area', 'station'), idOf(1, 'area', 'station-3'), idOf(1, 'area', 'park')];
const [first, second] = ['二运第一网格', '二运第二网格'];

const compound = '青园小区';
const house = (n: number, owner: string, door: string): string[] => [
  ...[
    String(n),
    first,
    compound,
    '3栋',
    '2单元',
    door,
    owner,
    `1397336000${n}`,
    '砖混',
    '6层',
    '1998年',
    n === 2 ? '是' : '否',
  ],
];
await taken(
  'houses',
  await book(houseLabels, [house(1, '甲房主', '401'), house(2, '乙房主', '402'), house(3, '丙房主', '403')]),
);
const firm = (n: number, name: string, door: string): string[] => [
  ...[
    String(n),
    name,
    creditCode(n),
    `店主${n}`,
    `1397337000${n}`,
    '零售',
    `${n}`,
    compound,
    '3栋',
    '2单元',
    door,
    first,
  ],
];
const firmDoors = [...firmLabels.slice(0, 7), '小区名称', '楼栋', '单元', '门牌号', '所属网格'];
await taken('enterprises', await book(firmDoors, [firm(1, '一号店', '402'), firm(2, '二号店', '409')]));
const labels = '姓名 性别 身份证号 联系电话 户号 与户主关系 所属网格 小区名称 楼栋 单元 门牌号'.split(' ');
const person = (n: number, name: string, day: string, relation: string, door = '401', number = 'H1'): string[] => [
  ...[name, n % 2 ? '男' : '女', idNumber(day, n), `1397335000${n}`, number, relation],
  ...[door === '403' ? second : first, compound, '3栋', '2单元', door],
];
const family = [
  person(1, '张大山', '19800312', '户主'),
  person(2, '李桂花', '19820601', '配偶'),
  person(3, '张小宝', '20160901', '子女'),
  person(5, '赵一户', '19700101', '户主', '403', 'H2'),
  person(7, '钱二户', '19710101', '户主', '403', 'H3'),
  person(9, '赵独子', '20150101', '子女', '403', 'H2'),
];
await taken('residents', await book(labels, family));

interface Kept {
  readonly at: string;
  readonly template: Template;
}
interface Template {
  readonly version: number;
  readonly ledger: string;
  readonly chosen: number;
  readonly bound: number;
  readonly tables: readonly Table[];
  readonly conditions: readonly object[];
}
interface Table {
  readonly sheet: string;
  readonly ledger: string;
  readonly columns: readonly { readonly column: string; readonly path: string; readonly field: string | null }[];
}

async function send(bytes: Buffer, name = '空表.xlsx'): Promise<Kept> {
  const form = { commandId: randomUUID(), areaId: station };
  const { body, status } = await head.upload('/api/ledger-templates', form, [{ name, bytes }]);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const at = `/api/ledger-templates/${body.templateId}`;
  return { at, template: (await head.get(at)).body };
}
const fieldsIn = ({ template: { tables, chosen } }: Kept): Record<string, string | null> =>
  Object.fromEntries(tables[chosen]?.columns.map(({ path, field }) => [path, field]) ?? []);
const fill = (at: string, given: object = {}) => head.post(`${at}/fill`, { areaId: station, ...given });
async function sheetsOf(exportId: string) {
  const { sheets } = await read((await head.get(`/api/ledger-exports/${exportId}/file`)).raw);
  return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map((cell) => cell ?? '')) }));
}

describe('房屋的空表', () => {
  it('按标题和表头认出是房屋；一行一处；户主和人数从同一门牌推得，来源写明', async () => {
    const kept = await send(await blankOf(houseBlank));
    expect(kept.template).toMatchObject({ ledger: 'houses', conditions: [] });
    expect(fieldsIn(kept)).toMatchObject({
      ...{ 序号: 'row.number', 社区: 'place.community', 房屋地址: 'place.address', '产权人/姓名': 'house.owner' },
      ...{ '产权人/联系电话': 'house.owner_phone', 房屋结构: 'house.structure', 户主姓名: 'household.head_name' },
    });
    const made = await fill(kept.at);
    expect(made).toMatchObject({ status: 200, body: { rows: 3 } });
    const [sheet, sources] = await sheetsOf(made.body.exportId);
    expect(sheet?.rows.slice(4, 7).map((row) => row.slice(0, 9))).toEqual([
      [1, '二运社区', '城东街道 二运社区 青园小区 3栋 2单元 401', '甲房主', '139****0001', '砖混', 6, 1998, '否'],
      [2, '二运社区', '城东街道 二运社区 青园小区 3栋 2单元 402', '乙房主', '139****0002', '砖混', 6, 1998, '是'],
      [3, '二运社区', '城东街道 二运社区 青园小区 3栋 2单元 403', '丙房主', '139****0003', '砖混', 6, 1998, '否'],
    ]);
    // Two households behind 403: nobody is taken for its head.
    expect(sheet?.rows.slice(4, 7).map((row) => [row[9] ?? '', row[10] ?? ''])).toEqual([
      ['张大山', 3],
      ['', ''],
      ['', 3],
    ]);
    expect(sources?.rows[1]?.[0]).toMatch(/^二运社区房屋台账，.*共 3 处/);
    const lines = sources?.rows.slice(3).map((row) => row.slice(0, 3)) ?? [];
    expect(lines).toContainEqual([5, '户主姓名', '由同一门牌的居民推得（户主 张大山）：登记表.xlsx 表 第 3 行']);
    expect(lines[0]).toEqual([
      5,
      '地址、产权人、产权人电话、房屋结构、层数、建成年份、是否出租',
      '登记表.xlsx 表 第 3 行',
    ]);
    const [noted] = await sql<{ ledger: string }>('select ledger from ledger_export where id = $1', [
      made.body.exportId,
    ]);
    expect(noted?.ledger).toBe('houses');
  });

  it('写明用途的填完整电话；只填符合的；空的地方、别处的、没有岗位的：说为什么', async () => {
    const { at, template } = await send(await blankOf(houseBlank));
    const conditions = [{ field: 'house.let', is: 'equals', value: '是' }];
    const bound = { version: template.version, table: 0, columns: [], cells: [], conditions };
    expect(await head.post(`${at}/bind`, bound)).toMatchObject({ status: 200 });
    const made = await fill(at, { reason: '出租房屋核查' });
    expect(made).toMatchObject({ status: 200, body: { rows: 1 } });
    const [sheet] = await sheetsOf(made.body.exportId);
    expect(sheet?.rows[4]?.slice(3, 5)).toEqual(['乙房主', '13973360002']);
    const [noted] = await sql<{ body: { fields: string[] } }>(
      `select body from entry where kind = 'ledger.template_filled' and body->'fields' <> '[]'`,
    );
    expect(noted?.body.fields).toEqual(['house.owner_phone']);
    expect(await fill(at, { areaId: empty })).toMatchObject({ status: 422, body: { code: 'out.nothing' } });
    expect(await fill(at, { areaId: park })).toMatchObject({ status: 403, body: { code: 'ledger.not_here' } });
    const asked = { areaId: station };
    for (const name of ['王秀兰', '曹路', '管理员'] as const)
      expect(await (await as(name)).post(`${at}/fill`, asked)).toMatchObject({ status: 403 });
    expect(await (await as('罗河')).post(`${at}/fill`, asked)).toMatchObject({ status: 404 });
    const wrong = { ...bound, version: template.version + 1, columns: [{ column: 'A', field: 'person.name' }] };
    expect(await head.post(`${at}/bind`, wrong)).toMatchObject({
      status: 422,
      body: { code: 'template.wrong_column' },
    });
    const ofPeople = { ...wrong, columns: [], conditions: [{ field: 'person.age', is: 'at_least', value: '60' }] };
    expect(await head.post(`${at}/bind`, ofPeople)).toMatchObject({
      ...{ status: 422, body: { code: 'template.wrong_condition' } },
    });
  });
});

describe('企业商户的空表', () => {
  it('地址由门牌写出来，房屋结构由同一门牌的房屋推得；占地面积不当成建筑面积', async () => {
    const kept = await send(await blankOf(firmBlank));
    expect(kept.template.ledger).toBe('enterprises');
    expect(fieldsIn(kept)).toMatchObject({
      ...{ 商户名称: 'enterprise.name', '负责人/姓名': 'enterprise.head', '负责人/联系电话': 'enterprise.head_phone' },
      ...{ 房屋结构: 'house.structure', 占地面积: null },
      // Two addresses: the ledger knows where it lies. A contact it does not know, nor that one's telephone.
      ...{ 注册地址: null, 经营地址: 'place.address', 联系人: null, 手机: null },
    });
    const { body } = await fill(kept.at);
    const [sheet, sources] = await sheetsOf(body.exportId);
    expect(sheet?.rows.slice(4, 6).map((row) => row.slice(2, 10))).toEqual([
      ['一号店', '', '城东街道 二运社区 青园小区 3栋 2单元 402', '店主1', '139****0001', 1, '零售', '砖混'],
      ['二号店', '', '城东街道 二运社区 青园小区 3栋 2单元 409', '店主2', '139****0002', 2, '零售', ''],
    ]);
    expect(sources?.rows.map((row) => row[2])).toContain('由同一门牌的房屋推得：登记表.xlsx 表 第 4 行');
  });
});

describe('由户内推得', () => {
  it('户主、家庭人口、父母、监护人；说得不准的空着；来源写着是谁', async () => {
    const kept = await send(await blankOf(familyBlank));
    expect(kept.template.ledger).toBe('residents');
    const made = await fill(kept.at);
    const [sheet, sources] = await sheetsOf(made.body.exportId);
    expect(sheet?.rows.slice(4, 10).map((row) => row.slice(1, 9))).toEqual([
      ['张大山', '张大山', '139****0001', 3, '', '', '', ''],
      ['李桂花', '张大山', '139****0001', 3, '', '', '', ''],
      ['张小宝', '张大山', '139****0001', 3, '张大山', '139****0001', '李桂花', ''],
      ['赵一户', '赵一户', '139****0005', 2, '', '', '', ''],
      ['钱二户', '钱二户', '139****0007', 1, '', '', '', ''],
      ['赵独子', '赵一户', '139****0005', 2, '赵一户', '139****0005', '', '赵一户'],
    ]);
    const of = (line: number) => sources?.rows.filter((row) => row[0] === line).map((row) => row.slice(1, 3));
    expect(of(7)).toEqual([
      ['姓名', '登记表.xlsx 表 第 5 行'],
      ['户主姓名、户主联系电话、父亲姓名、父亲联系电话', '由户内成员推得（户主 张大山）：登记表.xlsx 表 第 3 行'],
      ['家庭人口', '由户内 3 名成员推得：登记表.xlsx 表 第 5 行'],
      ['母亲姓名', '由户内成员推得（配偶 李桂花）：登记表.xlsx 表 第 4 行'],
    ]);
    expect(of(5)?.[0]).toEqual(['姓名、户主姓名、户主联系电话', '登记表.xlsx 表 第 3 行']);
    // Worked out on reading: nobody was told it.
    const told = `select 1 from ledger_record where open ? 'household.size'`;
    expect(await sql(told)).toEqual([]);
    const full = await fill(kept.at, { reason: '核对家庭' });
    expect((await sheetsOf(full.body.exportId))[0]?.rows[6]?.[6]).toBe('13973350001');
  });
});

describe('户主姓名旁边的', () => {
  it('是户主的，不是这一行的人的；成员那一组里的才是', async () => {
    const labels = ['户主姓名', '性别', '联系电话', '工作单位', ['家庭成员', '姓名', '性别']] as const;
    const kept = await send(await blankOf({ sheet: '户', title: '困难家庭审批表', labels }));
    expect(fieldsIn(kept)).toEqual({
      ...{ 户主姓名: 'household.head_name', 性别: 'household.head_sex', 联系电话: 'household.head_phone' },
      ...{ 工作单位: 'household.head_works_at', '家庭成员/姓名': 'person.name', '家庭成员/性别': 'person.sex' },
    });
    const [sheet] = await sheetsOf((await fill(kept.at)).body.exportId);
    expect(sheet?.rows[5]?.slice(0, 6)).toEqual(['张大山', '男', '139****0001', '', '李桂花', '女']);
  });
});

describe('从哪本台账填', () => {
  it('一页一本台账，一次填一张；改了就重新认，写过的条件去掉；以前做的文件不变；重发一次不再改', async () => {
    const kept = await send(await blankOf(houseBlank, firmBlank), '两张.xlsx');
    expect(kept.template.tables.map(({ ledger }) => ledger)).toEqual(['houses', 'enterprises']);
    const made = await fill(kept.at);
    const before = (await sheetsOf(made.body.exportId)).map(({ name }) => name);
    expect(before).toEqual(['房屋', '企业', '填表来源']);
    const turn = { version: kept.template.version, table: 1, ledger: 'enterprises' };
    const commandId = randomUUID();
    const turned = await head.post(`${kept.at}/ledger`, turn, commandId);
    expect(turned).toMatchObject({ status: 200, body: { version: turn.version + 1 } });
    expect((await head.post(`${kept.at}/ledger`, turn, commandId)).body).toEqual({ ...turned.body, repeated: true });
    expect((await head.get(kept.at)).body).toMatchObject({ ledger: 'enterprises', chosen: 1 });
    const filled = await sheetsOf((await fill(kept.at)).body.exportId);
    expect(filled[1]?.rows[4]?.[2]).toBe('一号店');
    expect(filled[0]?.rows[4]?.[3] ?? '').toBe('');
    expect((await head.get(`/api/ledger-exports/${made.body.exportId}`)).body).toMatchObject({
      ledger: 'houses',
      rows: 3,
    });
    const asPeople = { version: turn.version + 1, table: 1, ledger: 'residents' };
    expect(await head.post(`${kept.at}/ledger`, asPeople)).toMatchObject({ status: 200 });
    const now = (await head.get(kept.at)).body as Template;
    expect(now).toMatchObject({ ledger: 'residents', conditions: [] });
    expect(now.tables[1]?.columns.find(({ path }) => path === '商户名称')?.field).toBeNull();
    const back = { version: now.version, table: 1, ledger: 'enterprises' };
    expect(await head.post(`${kept.at}/ledger`, back)).toMatchObject({ status: 200 });
    const again = (await head.get(kept.at)).body as Template;
    expect(again.tables[1]?.columns.find(({ path }) => path === '商户名称')?.field).toBe('enterprise.name');
  });

  it('每张表写的条件各自留着；填好的文件再传上来填下一张，两张都在一个文件里', async () => {
    const kept = await send(await blankOf(houseBlank, firmBlank), '两张接着填.xlsx');
    const ofHouses = [{ field: 'house.let', is: 'equals', value: '是' }];
    const ofFirms = [{ field: 'enterprise.name', is: 'told' }];
    const bind = { columns: [], cells: [] };
    const turn = async (version: number, table: number, ledger: string): Promise<Template> => {
      expect(await head.post(`${kept.at}/ledger`, { version, table, ledger })).toMatchObject({ status: 200 });
      return (await head.get(kept.at)).body;
    };
    const first = { ...bind, version: kept.template.version, table: 0, conditions: ofHouses };
    const { body: bound } = await head.post(`${kept.at}/bind`, first);
    const away = await turn(bound.version, 1, 'enterprises');
    expect(away.conditions).toEqual([]);
    const second = { ...bind, version: away.version, table: 1, conditions: ofFirms };
    const { body: after } = await head.post(`${kept.at}/bind`, second);
    const back = await turn(after.version, 0, 'houses');
    expect(back.conditions).toEqual([{ ...ofHouses[0], value: 'yes' }]);
    expect((await turn(back.version, 1, 'enterprises')).conditions).toEqual(ofFirms);
    await turn(back.version + 1, 0, 'houses');

    const made = await fill(kept.at);
    expect(made.body).toMatchObject({ rows: 1 });
    const filled = (await head.get(`/api/ledger-exports/${made.body.exportId}/file`)).raw;
    const next = await send(filled, '填过一张.xlsx');
    const other = next.template.tables.findIndex(({ sheet }) => sheet === '企业');
    expect(other).toBeGreaterThanOrEqual(0);
    const ledger = { version: next.template.version, table: other, ledger: 'enterprises' };
    expect(await head.post(`${next.at}/ledger`, ledger)).toMatchObject({ status: 200 });
    const sheets = await sheetsOf((await fill(next.at)).body.exportId);
    expect(sheets.map(({ name }) => name)).toEqual(['房屋', '企业', '填表来源', '填表来源2']);
    expect(sheets[0]?.rows[4]?.[3]).toBe('乙房主');
    expect(sheets[1]?.rows.slice(4, 6).map((row) => row[2])).toEqual(['一号店', '二号店']);
    expect(sheets.slice(2).map(({ rows }) => rows[0]?.[0])).toEqual([
      '“房屋”里每一项从哪里来',
      '“企业”里每一项从哪里来',
    ]);
  });

  it('别人刚改过、没有那张表、没有那本台账、不是自己的：说为什么，什么都没有改', async () => {
    const { at, template } = await send(await blankOf(houseBlank), '房.xlsx');
    const turn = { version: template.version, table: 0, ledger: 'residents' };
    expect(await head.post(`${at}/ledger`, { ...turn, version: 9 })).toMatchObject({
      ...{ status: 409, body: { code: 'template.changed' } },
    });
    expect(await head.post(`${at}/ledger`, { ...turn, table: 3 })).toMatchObject({
      ...{ status: 422, body: { code: 'template.wrong_column' } },
    });
    expect(await head.post(`${at}/ledger`, { ...turn, ledger: 'ships' })).toMatchObject({ status: 422 });
    expect(await (await as('王秀兰')).post(`${at}/ledger`, turn)).toMatchObject({ status: 403 });
    expect(await (await as('罗河')).post(`${at}/ledger`, turn)).toMatchObject({ status: 404 });
    expect((await head.get(at)).body).toMatchObject({ version: template.version, ledger: 'houses' });
  });

  it('没有标题也从表头看得出来', async () => {
    const of = async (...labels: string[]) =>
      (await send(await blankOf({ sheet: '表', title: '登记表', labels }))).template.ledger;
    expect(await of('序号', '房主姓名', '房屋结构', '层数', '联系电话')).toBe('houses');
    expect(await of('序号', '单位名称', '法定代表人', '联系电话', '地址')).toBe('enterprises');
    expect(await of('序号', '名称', '类别', '位置', '责任人', '联系电话')).toBe('facilities');
    expect(await of('序号', '户主姓名', '房屋结构', '家庭人口', '联系电话')).toBe('residents');
    expect(await of('序号', '姓名', '身份证号', '工作单位', '联系电话', '房屋结构')).toBe('residents');
  });

  it('说不出是什么的表一列也不填；改过台账的空表，同样表头的下一张记得', async () => {
    const labels = ['序号', '地点', '联系电话', '备注', '检查日期'];
    const kept = await send(await blankOf({ sheet: '表', title: '登记表', labels }), '不明.xlsx');
    expect(kept.template).toMatchObject({ ledger: 'residents', bound: 0 });
    expect(await fill(kept.at)).toMatchObject({ status: 422, body: { code: 'template.no_column' } });
    const turn = { version: 1, table: 0, ledger: 'facilities' };
    await head.post(`${kept.at}/ledger`, turn);
    const again = await send(await blankOf({ sheet: '表', title: '又一张', labels }), '又一张.xlsx');
    expect(again.template.ledger).toBe('facilities');
    expect(fieldsIn(again)).toMatchObject({ 地点: 'place.site', 联系电话: 'work.answerable_phone' });
    expect(await fill(again.at)).toMatchObject({ status: 422, body: { code: 'out.nothing' } });
  });
});

describe('门牌分开问的', () => {
  it('“室”在导入和空表里都认作门牌号；门牌写在一格里的，有楼栋、单元、室三列就分开填', async () => {
    const asked = ['网格', '小区名称', '楼栋', '室', '产权人', '层数'];
    await taken('houses', await book(asked, [[first, compound, '5栋', '1-501', '丁房主', '6']]));
    const labels = ['序号', '楼栋', '单元', '室', '产权人', '层数', '房屋结构'];
    const kept = await send(await blankOf({ sheet: '房', title: '房屋底数表', labels }), '分开问.xlsx');
    expect(fieldsIn(kept)).toMatchObject({ 楼栋: 'place.building', 单元: 'place.entrance', 室: 'place.door' });
    const [sheet, sources] = await sheetsOf((await fill(kept.at)).body.exportId);
    const row = sheet?.rows.findIndex((cells) => cells.includes('丁房主')) ?? 0;
    expect(sheet?.rows[row]?.slice(1, 5)).toEqual(['5栋', '1', '501', '丁房主']);
    const said = sources?.rows.find((cells) => cells[0] === row + 1);
    expect(said?.[1]).toMatch(/楼栋、单元、门牌号/);
  });
});

describe('隐藏的列', () => {
  it('不填，也不占别的列的那一项；有人指定才填', async () => {
    const labels = ['序号', '姓名', '身份证号', '姓名', '性别', '户号'];
    const columns = labels.map((_, i) => ({ hidden: i === 1 || i === 2 }));
    const rows = [['人员登记表'], labels, labels.map(() => null), labels.map(() => null)];
    const kept = await send(Buffer.from(await writeXlsx({ sheets: [{ name: '人', columns, rows }] })), '有隐藏列.xlsx');
    const [table] = kept.template.tables;
    expect(table?.columns.map(({ field }) => field)).toEqual([
      ...['row.number', null, null, 'person.name', 'person.sex', 'household.number'],
    ]);
    expect(table?.columns.map((one) => 'isHidden' in one && one.isHidden)).toEqual([
      ...[false, true, true, false, false, false],
    ]);
    const [sheet] = await sheetsOf((await fill(kept.at)).body.exportId);
    expect(sheet?.rows[2]?.slice(0, 4)).toEqual([1, '', '', '张大山']);
    const page = String((await head.get(kept.at.replace('/api/ledger-templates', '/console/ledgers/templates'))).body);
    expect(page.match(/隐藏的列：空着/g)).toHaveLength(2);
    const bound = {
      ...{ version: kept.template.version, table: 0, cells: [], conditions: [] },
      columns: [{ column: 'C', field: 'person.id_number' }],
    };
    expect(await head.post(`${kept.at}/bind`, bound)).toMatchObject({ status: 200 });
    const [again] = await sheetsOf((await fill(kept.at)).body.exportId);
    expect(again?.rows[2]?.[2]).toMatch(/^4399\*{10}/);
  });
});
