import { people } from '../invented.ts';
import { gbk, separated } from '../older.ts';
import { type Made, one, table } from '../truth.ts';
import { escaped } from '../xlsx.ts';

const head = '序号 姓名 身份证号 联系电话 现住址'.split(' ');
const heads = [
  '序号=row.number',
  '姓名=person.name',
  '身份证号=person.id_number',
  '联系电话=person.phone',
  '现住址=person.lives_at',
];
const grid = [head, ...people(8, 'no name id phone address')];
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const marked = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`);
/** The sheet of a text has no name of its own: any is right. */
const any = '*';
const plain = one(any, 'A1:E9', heads, 8);
const titled = [
  ['石桥社区居民花名册', '', '', '', ''],
  ...grid,
  ['合计', '8', '', '', ''],
  ['注：本表每月25日前报送', '', '', '', ''],
];

const html = (inside: string, charset = 'utf-8'): string =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"><style>td{mso-number-format:"\\@";}</style></head><body>${inside}</body></html>`;
const htmlRows = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(String(cell ?? ''))}</td>`).join('')}</tr>`).join('\n');
const htmlTable = `<table border="1">${htmlRows(grid)}</table>`;

const xml2003 = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>${grid.map((row) => `<Row>${row.map((cell) => `<Cell><Data ss:Type="${typeof cell === 'number' ? 'Number' : 'String'}">${escaped(String(cell ?? ''))}</Data></Cell>`).join('')}</Row>`).join('')}</Table></Worksheet></Workbook>`;

/** Texts with separators, and web pages that are called spreadsheets. */
export const texts: readonly Made[] = [
  { name: 'text-utf8.csv', make: () => utf8(separated(grid)), truth: plain },
  { name: 'text-utf8-marked.csv', make: () => marked(separated(grid)), truth: plain },
  { name: 'text-gbk.csv', make: () => gbk(separated(grid)), truth: plain },
  { name: 'text-utf16.csv', make: () => Buffer.from(`\ufeff${separated(grid, '\t')}`, 'utf16le'), truth: plain },
  { name: 'text-semicolons.csv', make: () => utf8(separated(grid, ';', '\n')), truth: plain },
  { name: 'text-tabs-gbk.xls', make: () => gbk(separated(grid, '\t')), truth: plain },
  { name: 'text-tabs.txt', make: () => utf8(separated(grid, '\t', '\n')), truth: plain },
  {
    name: 'text-title-total-note-gbk.csv',
    make: () => gbk(separated(titled)),
    truth: one(any, 'A2:E11', heads, 8, { totals: [11] }),
  },
  {
    name: 'text-lines-inside-cells.csv',
    make: () =>
      marked(
        separated([
          ['姓名', '备注', '联系电话'],
          ...people(6, 'name').map(([name = null], i) => [name, `第一行,"引用"\n第二行`, `1990000100${i}`]),
        ]),
      ),
    truth: one(any, 'A1:C7', ['姓名=person.name', '备注=row.remark', '联系电话=person.phone'], 6),
  },
  {
    name: 'text-ids-behind-equals.csv',
    make: () =>
      utf8(
        grid
          .map((row, at) =>
            row.map((cell, column) => (at > 0 && column === 2 ? `="${String(cell)}"` : String(cell ?? ''))).join(','),
          )
          .join('\r\n'),
      ),
    truth: plain,
  },
  {
    name: 'text-ids-behind-tabs.csv',
    make: () =>
      gbk(
        grid
          .map((row, at) =>
            row.map((cell, column) => (at > 0 && column === 2 ? `\t${String(cell)}` : String(cell ?? ''))).join(','),
          )
          .join('\r\n'),
      ),
    truth: plain,
  },
  { name: 'text-uneven-rows.csv', make: () => utf8(`${separated(grid)},,,,,,\r\n,,,,,,\r\n`), truth: plain },
  { name: 'text-labels-only.csv', make: () => utf8(`${head.join(',')}\r\n`), truth: one(any, 'A1:E1', heads, 0) },
  { name: 'page-called-xls.xls', make: () => utf8(html(htmlTable)), truth: plain },
  { name: 'page-gbk-called-xls.xls', make: () => gbk(html(htmlTable, 'gb2312')), truth: plain },
  { name: 'page-called-xlsx.xlsx', make: () => utf8(htmlTable), truth: plain },
  {
    name: 'page-spans-title-and-two-rows.xls',
    make: () =>
      utf8(
        html(
          `<table><tr><th colspan=6>户籍人口登记表</th></tr><tr><th rowspan=2>序号</th><th colspan="2">户主信息</th><th colspan="2">家庭成员</th><th rowspan="2">备&nbsp;注</th></tr><tr><th>姓名</th><th>联系<br>电话</th><th>姓名</th><th>与户主关系</th></tr>${htmlRows(people(6, 'no name phone other relation remark'))}</table>`,
        ),
      ),
    truth: one(
      any,
      'A2:F9',
      [
        '序号=row.number',
        '户主信息/姓名=household.head_name',
        '户主信息/联系电话=household.head_phone',
        '家庭成员/姓名=person.name',
        '家庭成员/与户主关系=household.relation',
        '备注=row.remark',
      ],
      6,
    ),
  },
  {
    name: 'page-two-tables.xls',
    make: () =>
      utf8(
        html(
          `${htmlTable}<p>隐患</p><table>${htmlRows([['隐患位置', '隐患内容', '责任人'], ...people(4, 'site hazard other')])}</table>`,
        ),
      ),
    truth: {
      tables: [
        table(any, '*', heads, 8),
        table(any, '*', ['隐患位置=place.site', '隐患内容=hazard.words', '责任人=work.answerable'], 4),
      ],
    },
  },
  {
    name: 'page-tags-not-closed.xls',
    make: () =>
      utf8(
        `<TABLE>${grid.map((row) => `<TR>${row.map((cell) => `<TD>${String(cell ?? '')}`).join('')}`).join('\n')}</TABLE>`,
      ),
    truth: plain,
  },
  { name: 'xml-of-2003.xls', make: () => utf8(xml2003), truth: one('Sheet1', 'A1:E9', heads, 8) },
];
