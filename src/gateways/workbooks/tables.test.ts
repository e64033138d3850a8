import { describe, expect, it } from 'vitest';
import type { Cell, Sheet, Span } from './sheet.model.ts';
import { type Table, tablesOf } from './table.model.ts';

/** Numbers as numbers, `d:` before a date; null is an empty cell. */
const cell = (value: string | number | null): Cell | null => {
  if (value === null) return null;
  if (typeof value === 'number') return { text: String(value), kind: 'number' };
  return value.startsWith('d:') ? { text: value.slice(2), kind: 'date' } : { text: value, kind: 'text' };
};
/** `B1:D1`. */
const span = (range: string): Span => {
  const [, left = '', top = '', right = '', bottom = ''] = /([A-Z])(\d+):([A-Z])(\d+)/.exec(range) ?? [];
  return { top: +top - 1, left: left.charCodeAt(0) - 65, bottom: +bottom - 1, right: right.charCodeAt(0) - 65 };
};
const sheet = (
  rows: (string | number | null)[][],
  merged: readonly string[] = [],
  more: Partial<Sheet> = {},
): Sheet => ({
  name: '表1',
  rows: rows.map((row) => row.map(cell)),
  spans: merged.map(span),
  hiddenRows: [],
  ...more,
});
const pathsOf = ({ columns }: Table): string[] => columns.map(({ path }) => path);
const fieldsOf = ({ columns }: Table): (string | null)[] => columns.map(({ field }) => field);

const people: [string, string, string][] = [
  ['李福根', '439901196503124816', '13973350001'],
  ['张小梅', '439901198811020022', '13973350002'],
  ['王大勇', '439901199007071210', '13973350003'],
];

describe('表头', () => {
  it('标题行、单位行之后，一行表头', () => {
    const rows = [
      ['和平街道老年人台账', null, null, null],
      ['填报单位：青园社区', null, null, '单位：人'],
      ['序号', '姓名', '身份证号码', '联系方式'],
      ...people.map((one, i) => [i + 1, ...one]),
    ];
    const [table, ...others] = tablesOf([sheet(rows, ['A1:D1'])]);
    expect(others).toEqual([]);
    expect(table).toMatchObject({ range: 'A3:D6', rows: 3, title: '和平街道老年人台账', totals: [], continues: null });
    expect(table && fieldsOf(table)).toEqual(['row.number', 'person.name', 'person.id_number', 'person.phone']);
    expect(table?.notes).toEqual(['填报单位：青园社区 单位：人']);
  });

  it('两层合并的表头：上一层在前；户主的身份证号不是别人的', () => {
    const rows = [
      ['序号', '户主信息', null, '家庭成员', null, '备注'],
      [null, '姓名', '身份证号', '姓名', '与户主关系', null],
      [1, '李福根', '439901196503124816', '李小根', '子', null],
      [2, '王大勇', '439901199007071210', '张小梅', '妻', '租住'],
    ];
    const [table] = tablesOf([sheet(rows, ['A1:A2', 'B1:C1', 'D1:E1', 'F1:F2'])]);
    expect(table && pathsOf(table)).toEqual([
      '序号',
      '户主信息/姓名',
      '户主信息/身份证号',
      '家庭成员/姓名',
      '家庭成员/与户主关系',
      '备注',
    ]);
    expect(table && fieldsOf(table)).toEqual([
      'row.number',
      'household.head_name',
      'household.head_id_number',
      'person.name',
      'household.relation',
      'row.remark',
    ]);
  });

  it('三层；年份也是列名', () => {
    const rows = [
      ['社区', '走访情况', null, null],
      [null, '户数', null, '问题'],
      [null, 2024, 2025, null],
      ['青园', 31, 40, 2],
      ['二运', 28, 33, 0],
    ];
    const [table] = tablesOf([sheet(rows, ['A1:A3', 'B1:D1', 'B2:C2', 'D2:D3'])]);
    expect(table && pathsOf(table)).toEqual(['社区', '走访情况/户数/2024', '走访情况/户数/2025', '走访情况/问题']);
    expect(table).toMatchObject({ rows: 2, range: 'A1:D5' });
  });

  it('文本文件里合并丢了：有空格的一行是上一层', () => {
    const rows = [
      ['户主信息', null, '房屋', null],
      ['姓名', '身份证号', '房屋结构', '层数'],
      ['李福根', '439901196503124816', '砖混', '2'],
    ];
    const [table] = tablesOf([sheet(rows)]);
    expect(table && pathsOf(table)).toEqual(['户主信息/姓名', '户主信息/身份证号', '房屋/房屋结构', '房屋/层数']);
  });

  it('没有列名认得的，看值：身份证、电话', () => {
    const rows = [['谁', '号', '打哪里'], ...people];
    const [table] = tablesOf([sheet(rows)]);
    expect(table?.columns.map(({ field, by }) => [field, by])).toEqual([
      [null, null],
      ['person.id_number', 'values'],
      ['person.phone', 'values'],
    ]);
  });

  it('“电话”下面是几次的数，不当作电话号码', () => {
    const rows = [
      ['社区', '电话', '网站'],
      ['青园', 12, 3],
      ['二运', 7, 0],
    ];
    const [table] = tablesOf([sheet(rows)]);
    expect(table && fieldsOf(table)).toEqual(['place.community', null, null]);
  });
});

describe('不是表头、还有别的表头', () => {
  const head = ['姓名', '身份证号', '联系电话'];

  it('列名竖着排的不是表', () => {
    const rows = [
      ['姓名', '李福根', '张小梅'],
      ['身份证号', people[0]?.[1] ?? '', people[1]?.[1] ?? ''],
      ['联系电话', '13973350001', '13973350002'],
    ];
    expect(tablesOf([sheet(rows)])).toEqual([]);
  });

  it('填写要求一行、甲乙丙一行不算行', () => {
    const [hinted] = tablesOf([sheet([head, ['与身份证一致', '18位，文本格式', '11位手机号'], ...people])]);
    expect(hinted).toMatchObject({ range: 'A1:C5', rows: 3 });
    const [counted] = tablesOf([sheet([head, ['甲', '乙', '1'], ...people])]);
    expect(counted).toMatchObject({ range: 'A1:C5', rows: 3 });
  });

  it('日期、英文也是列名；藏起来的代码一行不是', () => {
    const days = [
      ['姓名', 'd:2026-03-01', 'd:2026-03-02', '备注'],
      ['李福根', '√', null, null],
      ['张小梅', null, '√', '病'],
    ];
    expect(tablesOf([sheet(days)])[0]?.range).toBe('A1:D3');
    const [both] = tablesOf([sheet([head, ['Name', 'ID No.', 'Telephone'], ...people])]);
    expect(both && pathsOf(both)).toEqual(['姓名/Name', '身份证号/ID No.', '联系电话/Telephone']);
    const [coded] = tablesOf([sheet([['f_name', 'f_id', 'f_tel'], head, ...people], [], { hiddenRows: [0] })]);
    expect(coded?.range).toBe('A2:C5');
  });

  it('旁边一小列说明不是表的列；没有姓名的电话和住址不是另一张表', () => {
    const legend = people.map((one, i) => [...one, null, i === 0 ? '红：急' : null]);
    expect(tablesOf([sheet([[...head, null, '颜色'], ...legend])])[0]?.range).toBe('A1:C4');
    const gap = people.map(([name, id, phone]) => [name, id, null, phone, '青园1栋']);
    expect(
      tablesOf([sheet([['姓名', '身份证号', null, '联系电话', '现住址'], ...gap])]).map(({ range }) => range),
    ).toEqual(['A1:E4']);
  });
});

describe('行', () => {
  const head = ['序号', '姓名', '住址', '人口'];

  it('合计、小计、又印一遍的表头、空行、末尾的说明都不算行', () => {
    const rows = [
      head,
      [1, '李福根', '青园1栋101', 3],
      [2, '张小梅', '青园1栋102', 2],
      ['小 计', null, null, 5],
      head,
      [null, null, null, null],
      [3, '王大勇', '青园2栋201', 4],
      ['合计', null, null, 9],
      ['注：人口为常住人口。', null, null, null],
      ['填表人：陈敏', null, '审核：何静', null],
    ];
    const [table, ...others] = tablesOf([sheet(rows)]);
    expect(others).toEqual([]);
    expect(table).toMatchObject({ rows: 3, totals: [4, 8], range: 'A1:D8' });
    expect(table?.notes).toEqual(['注：人口为常住人口。', '填表人：陈敏 审核：何静']);
  });

  it('分段的小标题不是说明，也不算行；只填了一格的行是行', () => {
    const rows = [
      head,
      ['一、青园社区', null, null, null],
      [1, '李福根', '青园1栋101', 3],
      ['二、二运社区', null, null, null],
      [null, '张小梅', null, null],
    ];
    expect(tablesOf([sheet(rows, ['A2:D2', 'A4:D4'])])[0]).toMatchObject({ rows: 2, notes: [] });
  });

  it('隐藏的行也数，数出来有几行', () => {
    const rows = [head, [1, '李福根', '甲', 3], [2, '张小梅', '乙', 2]];
    expect(tablesOf([sheet(rows, [], { hiddenRows: [2] })])[0]).toMatchObject({ rows: 2, hidden: 1 });
  });
});

describe('几张表', () => {
  it('一页上下两张，各有标题', () => {
    const rows = [
      ['老人', null, null],
      ['姓名', '年龄', '联系电话'],
      ['李福根', 71, '13973350001'],
      [null, null, null],
      ['企业', null, null],
      ['企业名称', '法定代表人', '从业人数'],
      ['青园超市', '陈敏', 6],
    ];
    const tables = tablesOf([sheet(rows, ['A1:C1', 'A5:C5'])]);
    expect(tables.map(({ range, rows: many, title }) => [range, many, title])).toEqual([
      ['A2:C3', 1, '老人'],
      ['A6:C7', 1, '企业'],
    ]);
  });

  it('左右并排、列名一样：第二张接着第一张', () => {
    const rows = [
      ['姓名', '联系电话', '姓名', '联系电话'],
      ['李福根', '13973350001', '王大勇', '13973350003'],
      ['张小梅', '13973350002', null, null],
    ];
    const tables = tablesOf([sheet(rows)]);
    expect(tables.map(({ range, rows: many, continues }) => [range, many, continues])).toEqual([
      ['A1:B3', 2, null],
      ['C1:D3', 1, { sheet: '表1', range: 'A1:B3' }],
    ]);
  });

  it('隔一列空的、列名不同：两张', () => {
    const rows = [
      ['姓名', '联系电话', null, '小区', '楼栋'],
      ['李福根', '13973350001', null, '青园', '1'],
      ['张小梅', '13973350002', null, '二运', '2'],
    ];
    expect(tablesOf([sheet(rows)]).map(({ range }) => range)).toEqual(['A1:B3', 'D1:E3']);
  });

  it('一村一页：各是一张；“续表”接着前一页', () => {
    const rows = [['姓名', '联系电话'], ...people.map(([name, , phone]) => [name, phone])];
    const tables = tablesOf([sheet(rows), sheet(rows, [], { name: '梅村' }), sheet(rows, [], { name: '梅村续' })]);
    expect(tables.map(({ sheet: name, continues }) => [name, continues?.sheet ?? null])).toEqual([
      ['表1', null],
      ['梅村', null],
      ['梅村续', '梅村'],
    ]);
  });

  it('不是表的一页：没有表', () => {
    const letter = [['通知'], ['各社区：请于周五前上报。'], [null, '青园社区'], [null, '2026年3月5日']];
    expect(tablesOf([sheet(letter)])).toEqual([]);
    expect(tablesOf([sheet([])])).toEqual([]);
  });
});
