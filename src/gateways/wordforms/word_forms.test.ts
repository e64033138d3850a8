import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../seeds/small/plan.ts';
import { book, secretary } from '../../../test/fixtures/ledger_books.ts';
import { idNumber } from '../../../test/fixtures/resident_book.ts';
import { documentXml, docx, formDocument, line, listDocument, row, table } from '../../../test/fixtures/word_forms.ts';
import { openCounty } from '../../../test/harness.ts';
import { textOf } from '../workbooks/fixtures/book.ts';
import { bodyOf } from './word_body.model.ts';

/* A superior's blank form in Word is kept, bound and filled like a workbook. */
const county = await openCounty();
const head = await county.as('孙丽');
const { taken } = secretary(county, head);
const station = idOf(1, 'area', 'station');

const labels = '姓名 性别 身份证号 联系电话 婚姻状况 所属网格 小区名称 楼栋 单元 门牌号'.split(' ');
const person = (n: number, name: string, day: string, marital: string): string[] => [
  ...[name, n % 2 ? '男' : '女', idNumber(day, n), `1397335000${n}`, marital],
  ...['二运第一网格', '青园小区', '3栋', '2单元', `40${n}`],
];
const [elder, wife, young] = [idNumber('19480312', 1), idNumber('19500601', 2), idNumber('20010901', 3)];
await taken(
  'residents',
  await book(labels, [
    person(1, '张大山', '19480312', '已婚'),
    person(2, '李桂花', '19500601', '离异'),
    person(3, '张小宝', '20010901', '未婚'),
  ]),
);

interface Template {
  readonly version: number;
  readonly ledger: string;
  readonly chosen: number;
  readonly masked: readonly string[];
  readonly tables: readonly {
    readonly word?: string;
    readonly room: number | null;
    readonly columns: readonly { readonly column: string; readonly at?: string; readonly field: string | null }[];
  }[];
}

const upload = (bytes: Buffer, name: string) =>
  head.upload('/api/ledger-templates', { commandId: randomUUID(), areaId: station }, [{ name, bytes }]);
async function send(bytes: Buffer, name = '空表.docx'): Promise<{ at: string; template: Template }> {
  const { body, status } = await upload(bytes, name);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const at = `/api/ledger-templates/${body.templateId}`;
  return { at, template: (await head.get(at)).body };
}
const old = { field: 'person.age', is: 'at_least', value: '60' };
const bind = (at: string, version: number, columns: object[] = [], cells: object[] = []) =>
  head.post(`${at}/bind`, { version, table: 0, columns, cells, conditions: [old] });

async function filled(at: string, given: object = {}) {
  const made = await head.post(`${at}/fill`, { areaId: station, ...given });
  expect(made).toMatchObject({ status: 200 });
  const file = (await head.get(`/api/ledger-exports/${made.body.exportId}/file`)).raw;
  const xml = textOf(file, 'word/document.xml');
  const tables = bodyOf(Buffer.from(xml)).tables.map(({ rows }) =>
    rows.map(({ cells }) => cells.map((one) => one.text)),
  );
  const { fileName } = (await head.get(`/api/ledger-exports/${made.body.exportId}`)).body as { fileName: string };
  return { tables, xml, rows: made.body.rows, fileName };
}

describe('Word 的一览表', () => {
  it('存下、写条件、填：号码遮住，写了为什么才完整；来源在最后一张表', async () => {
    const { at, template } = await send(docx(listDocument()), '老年人登记表.docx');
    expect(template).toMatchObject({ ledger: 'residents', tables: [{ word: 'table', room: 3 }] });
    expect(template.masked).toContain('person.id_number');
    expect(await bind(at, 1)).toMatchObject({ status: 200 });
    const { tables, rows, fileName } = await filled(at);
    expect([rows, fileName]).toEqual([2, expect.stringMatching(/^老年人登记表 二运社区 .*\.docx$/)]);
    const [list, sources, ...others] = tables;
    expect(others).toEqual([]);
    expect(list?.slice(1, 4).map((cells) => cells.slice(0, 5))).toEqual([
      ['1', '张大山', '男', `${elder.slice(0, 4)}**********${elder.slice(-4)}`, '139****0001'],
      ['2', '李桂花', '女', `${wife.slice(0, 4)}**********${wife.slice(-4)}`, '139****0002'],
      ['3', '', '', '', ''],
    ]);
    expect(list?.[4]).toEqual(['填报单位：二运社区', '填表人：孙丽']);
    expect(sources?.[0]).toEqual(['填在第几行', '哪些项目', '来自哪里', '谁说的', '说的是哪天', '该重新问了']);
    expect(sources?.[1]?.slice(0, 3)).toEqual(['2', expect.stringContaining('姓名'), '登记表.xlsx 表 第 3 行']);
    const full = await filled(at, { reason: '民政部门核对' });
    expect(full.tables[0]?.[1]?.slice(3, 5)).toEqual([elder, '13973350001']);
    const [noted] = await county.sql<{ body: { fields: string[] } }>(
      `select body from entry where kind = 'ledger.template_filled' and body->'fields' <> '[]'`,
    );
    expect(noted?.body.fields).toEqual(expect.arrayContaining(['person.id_number', 'person.phone']));
  });

  it('同样表头的下一张记得；改过的对法照着填', async () => {
    const first = await send(docx(listDocument('困难老人登记表')));
    const phone = first.template.tables[0]?.columns.find(({ field }) => field === 'person.phone');
    expect(await bind(first.at, first.template.version, [{ column: phone?.column, field: null }])).toMatchObject({
      status: 200,
    });
    expect((await filled(first.at)).tables[0]?.[1]?.[4]).toBe('');
    const next = await send(docx(listDocument('困难老人登记表')));
    expect(next.template.tables[0]?.columns.find(({ column }) => column === phone?.column)?.field).toBeNull();
  });
});

describe('Word 的一人一份', () => {
  it('一人一页；勾选；表里没有的选项写在来源里', async () => {
    const { at, template } = await send(docx(formDocument()), '关爱服务登记表.docx');
    expect(template.tables[0]).toMatchObject({ word: 'form' });
    expect(template.tables[0]?.columns.find(({ at: cell }) => cell === 'B4')?.field).toBe('person.id_number');
    await bind(at, 1);
    const { tables, rows } = await filled(at, { reason: '上门服务建档' });
    expect(rows).toBe(2);
    const [one, other, sources, ...more] = tables;
    expect(more).toEqual([]);
    expect(one?.[1]).toEqual(['姓名', '张大山', '性别', '☑男 □女', '出生年月', '1948年3月', '照片']);
    expect(one?.[2]?.[3]).toBe('□未婚 ☑已婚 □丧偶');
    expect(one?.[3]?.slice(0, 4)).toEqual(['身份证号', elder, '联系电话', '13973350001']);
    // The guardian and the family are others, of whom nothing is written.
    expect(one?.[5]).toEqual(['监护人', '姓名', '', '联系电话', '']);
    expect(one?.slice(8, 10).flat().join('')).toBe('');
    expect(other?.[1]?.slice(0, 4)).toEqual(['姓名', '李桂花', '性别', '□男 ☑女']);
    expect(other?.[2]?.[3]).toBe('□未婚 □已婚 □丧偶');
    expect(sources?.[0]?.[0]).toBe('第几份');
    expect(sources?.map((cells) => cells.slice(0, 3))).toContainEqual(['2', '婚姻状况', '表里没有对应的选项，没有勾']);
    expect(JSON.stringify(tables)).not.toContain(young);
  });
});

describe('填不了的 Word 文件', () => {
  const kept = async (): Promise<number> => (await head.get('/api/ledger-templates')).body.length;
  const ole = (stream: string): Buffer => {
    const bytes = Buffer.alloc(2048);
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0]).copy(bytes);
    bytes.writeUInt16LE(9, 30);
    const name = Buffer.from(stream, 'utf16le');
    name.copy(bytes, 512);
    bytes.writeUInt16LE(name.length + 2, 512 + 64);
    return bytes;
  };

  it('说明为什么、怎么办，什么也不存', async () => {
    const before = await kept();
    const refused: readonly (readonly [name: string, bytes: Buffer, code: string])[] = [
      ['旧表.doc', ole('WordDocument'), 'word.not_docx'],
      ['旧表.doc', Buffer.from('{\\rtf1 x}'), 'word.not_docx'],
      ['加密.docx', ole('EncryptedPackage'), 'word.encrypted'],
      ['宏.docm', docx(listDocument(), { 'word/vbaProject.bin': Buffer.from([0]) }), 'word.macros'],
      ['坏.docx', docx(listDocument()).subarray(0, 900), 'word.damaged'],
      ['通知.docx', docx(documentXml(line('请于周五前报送。'))), 'word.no_table'],
      ['别的.docx', docx(documentXml(table(2, row('甲项', ''), row('乙项', '')))), 'word.not_recognised'],
      ['套.docx', docx(documentXml('<w:sdt><w:sdtContent>'.repeat(200_000))), 'word.damaged'],
    ];
    for (const [name, bytes, code] of refused)
      expect([name, (await upload(bytes, name)).body]).toMatchObject([name, { code }]);
    expect(await kept()).toBe(before);
  });
});
