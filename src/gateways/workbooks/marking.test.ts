import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, writeOds, writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedIn, partsOf, sheetXml, textOf, zipOf } from './fixtures/book.ts';
import { encodeGbk } from './gbk.model.ts';
import { markWorkbook } from './marking.outside.ts';
import { type Mark, REASONS_HEADER } from './reasons.model.ts';
import type { Table } from './table.model.ts';
import { understandWorkbook } from './workbook.outside.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jingwei-marks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function tablesIn(bytes: Uint8Array): Promise<readonly Table[]> {
  const file = join(folder, 'file');
  writeFileSync(file, bytes);
  return (await understandWorkbook(file)).tables;
}

const HEAD = ['姓名', '身份证号', '联系电话'];
const rows = [HEAD, ['李福根', '43098119600101001X', '13973350001'], ['张小梅', '1', '13973350002']];
const marks = (sheet: string, row = 3): Mark[] => [{ sheet, row, column: 'B', reason: '身份证号：少 17 位' }];

describe('标了再读：只当我们没写过', () => {
  it('xlsx：标题行、两行表头、两张表上下排', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: '住户',
          rows: [
            ['某某社区住户台账'],
            ['户主信息', null, '联系电话', '备注'],
            ['姓名', '身份证号'],
            ['李福根', '43098119600101001X', '13973350001', '租住'],
            ['张小梅', '1', '13973350002', null],
            [],
            ['姓名', '联系电话'],
            ['王秀兰', '13973350003'],
          ],
          merges: [
            { startRow: 0, startCol: 0, endRow: 0, endCol: 3 },
            { startRow: 1, startCol: 0, endRow: 1, endCol: 1 },
            { startRow: 1, startCol: 2, endRow: 2, endCol: 2 },
            { startRow: 1, startCol: 3, endRow: 2, endCol: 3 },
          ],
        },
      ],
    });
    const tables = await tablesIn(bytes);
    const marked = await markWorkbook(bytes, { tables, marks: [...marks('住户', 5), ...marks('住户', 8)] });
    expect(marked).toMatchObject({ kind: 'same', ending: null });
    expect(changedIn(Buffer.from(bytes), marked.bytes)).toEqual(['xl/styles.xml', 'xl/worksheets/sheet1.xml']);
    const [sheet] = (await read(marked.bytes)).sheets;
    expect(sheet?.rows.map((row) => row[4] ?? null)).toEqual([
      null,
      REASONS_HEADER,
      null,
      null,
      '身份证号：少 17 位',
      null,
      REASONS_HEADER,
      '身份证号：少 17 位',
    ]);
    expect(await tablesIn(marked.bytes)).toEqual(tables);
  });

  it('csv（GBK）：同一个文件', async () => {
    const bytes = encodeGbk(rows.map((row) => row.join(',')).join('\r\n'));
    const tables = await tablesIn(bytes);
    const marked = await markWorkbook(bytes, { tables, marks: marks('csv') });
    expect(marked.kind).toBe('same');
    expect(new TextDecoder('gbk').decode(marked.bytes)).toContain('13973350002,身份证号：少 17 位');
    expect(await tablesIn(marked.bytes)).toEqual(tables);
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['ods', () => writeOds({ sheets: [{ name: '一', rows }] })],
    [
      '网页导出的“xls”',
      () => Buffer.from(`<table>${rows.map((row) => `<tr><td>${row.join('</td><td>')}</td></tr>`).join('')}</table>`),
    ],
  ])('%s：另做一个 xlsx，值不变', async (_kind, make) => {
    const bytes = await make();
    const tables = await tablesIn(bytes);
    const { sheet = '' } = tables[0] ?? {};
    const marked = await markWorkbook(bytes, { tables, marks: marks(sheet) });
    expect(marked).toMatchObject({ kind: 'remade', ending: '.xlsx' });
    const [made] = (await read(marked.bytes, { readStyles: true })).sheets;
    expect(made?.rows.map(trimmed)).toEqual([
      [...HEAD, REASONS_HEADER],
      rows[1],
      [...(rows[2] ?? []), '身份证号：少 17 位'],
    ]);
    expect(made?.cells?.get('2,1')?.style?.fill).toMatchObject({ fgColor: { rgb: 'FFBFB0' } });
    expect(await tablesIn(marked.bytes)).toEqual(tables);
    // The next time it is one that can be marked in place.
    const clean = await markWorkbook(marked.bytes, { tables, marks: [] });
    expect(clean.kind).toBe('same');
    expect((await read(clean.bytes)).sheets[0]?.rows.map(trimmed)).toEqual(rows);
  });
});

describe('说清楚为什么不行', () => {
  const book = (xml: string): Buffer => zipOf(partsOf([xml]));
  const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['是一张照片', () => Buffer.from('ffd8ffe000104a464946000101', 'hex'), 'workbook.not_a_table'],
    ['只有前一半', () => Buffer.from('504b030414000600', 'hex'), 'workbook.damaged'],
    ['页没有完', () => book(sheetXml(row).slice(0, -40)), 'workbook.damaged'],
    ['自带声明', () => book(sheetXml(row).replace('<worksheet', '<!DOCTYPE a><worksheet')), 'workbook.cannot_mark'],
    [
      '一直合并到最右边',
      () => book(sheetXml(row, '', '<mergeCells><mergeCell ref="A1:XFD9"/></mergeCells>')),
      'workbook.no_room',
    ],
    [
      '有打开密码',
      () => writeXlsx({ sheets: [{ name: '一', rows }], encryption: { password: 'x', spinCount: 1 } }),
      'workbook.encrypted',
    ],
    ['说自己很小，展开很大', () => lying(book(sheetXml(row + ' '.repeat(1_000_000)))), 'workbook.too_big'],
    ['太大', () => Buffer.alloc(65 * 1024 * 1024, 0x41), 'workbook.too_big'],
  ])('%s', async (_why, make, code) => {
    const asked = { tables: [{ sheet: '一', range: 'A1:C3' }], marks: marks('一') };
    await expect(markWorkbook(await make(), asked)).rejects.toMatchObject({ code });
  });

  it('标在没有表的页上：是我们自己的错', async () => {
    await expect(markWorkbook(Buffer.from('a,b'), { tables: [], marks: marks('一') })).rejects.toThrow('no table');
  });
});

it('整列下拉、一百多万行的范围：几秒以内', async () => {
  const rule = '<dataValidation type="list" sqref="A1:XFD1048576"><formula1>"男,女"</formula1></dataValidation>';
  const rules = `<dataValidations count="500">${rule.repeat(500)}</dataValidations>`;
  const style = '<cols><col min="1" max="16384" width="9" style="1"/></cols>';
  const cells = '<c r="A2" t="str"><v>李</v></c><c r="B2"/><c r="XFD2" s="1"/>';
  const far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>';
  const xml = sheetXml(`<row r="2">${cells}</row>${far}`, `<dimension ref="A1:XFD1048576"/>${style}`, rules);
  const bytes = zipOf(partsOf([xml]));
  const began = performance.now();
  const tables = [{ sheet: '一', range: 'A1:B1048576' }];
  const marked = await markWorkbook(bytes, { tables, marks: marks('一', 2) });
  expect(performance.now() - began).toBeLessThan(8000);
  const said = textOf(marked.bytes, 'xl/worksheets/sheet1.xml');
  expect(said).toContain(`${rules}</worksheet>`);
  expect(said).toContain('<c r="C2" s="1" t="inlineStr"><is><t>身份证号：少 17 位</t></is></c><c r="XFD2" s="1"/>');
});

/** The list of contents says that the sheet unpacks to next to nothing. */
function lying(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24;
  bytes.writeUInt32LE(100, at);
  return bytes;
}

const trial = process.env.JINGWEI_TRIAL_DATA;

describe.skipIf(trial === undefined)('真实的表格（JINGWEI_TRIAL_DATA）', () => {
  const at = join(trial ?? '', 'xlsx-forms');
  const names = trial === undefined ? [] : readdirSync(at).filter((name) => /\.xlsx?$/.test(name));
  it.each(names)('%s', async (name) => {
    const bytes = readFileSync(join(at, name));
    const tables = await tablesIn(bytes);
    const wrong = tables.map(({ sheet, range, columns }) => ({
      sheet,
      row: Number(/\d+$/.exec(range)?.[0]),
      column: columns[0]?.column ?? null,
      reason: '不对',
    }));
    const marked = await markWorkbook(bytes, { tables, marks: wrong });
    expect(marked.kind).toBe(name.endsWith('.xls') ? 'remade' : 'same');
    expect(await tablesIn(marked.bytes)).toEqual(tables);
    const { sheets } = await read(marked.bytes);
    for (const { sheet, row } of wrong)
      expect(sheets.find((one) => one.name === sheet)?.rows[row - 1]).toContain('不对');
    if (marked.kind === 'remade') return;
    const sheetsOnly = changedIn(bytes, marked.bytes).filter(
      (one) => !/^xl\/(styles|worksheets\/sheet\d+)\.xml$/.test(one),
    );
    expect(sheetsOnly).toEqual([]);
    const clean = await markWorkbook(marked.bytes, { tables, marks: [] });
    const [was, is] = await Promise.all([bytes, clean.bytes].map((one) => read(one)));
    expect(is?.sheets.map((one) => one.rows.map(trimmed))).toEqual(was?.sheets.map((one) => one.rows.map(trimmed)));
  });
});

/** A row without the empty cells at its end. */
const trimmed = (row: readonly unknown[]): unknown[] =>
  row.slice(0, row.findLastIndex((value) => value !== null && value !== '' && value !== undefined) + 1);
