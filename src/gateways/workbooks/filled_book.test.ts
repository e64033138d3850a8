import { read } from 'hucre';
import { describe, expect, it } from 'vitest';
import { fillBook } from './filled_book.model.ts';
import { shiftedFormula, shiftedList } from './filled_refs.model.ts';
import type { Filling } from './filled_sheet.model.ts';
import { differingIn, partsOf, sheetXml, textOf, zipOf } from './fixtures/book.ts';

/** A superior's workbook: title, labels, three empty rows with looks of their own, a total, a line to sign. */
const rows = [
  '<row r="1"><c r="A1" t="str"><v>老年人登记表</v></c></row>',
  '<row r="2"><c r="A2" t="str"><v>序号</v></c><c r="B2" t="str"><v>姓名</v></c><c r="C2" t="str"><v>性别</v></c><c r="E2" t="str"><v>补贴</v></c></row>',
  ...[3, 4, 5].map(
    (n) =>
      `<row r="${n}" spans="1:5" ht="24" customHeight="1"><c r="A${n}" s="1"/><c r="B${n}" s="1"/><c r="C${n}" s="2"/><c r="D${n}" s="2"/><c r="E${n}" s="3"/></row>`,
  ),
  '<row r="6" ht="30"><c r="A6" t="str"><v>合计</v></c><c r="E6" s="3"><f>SUM(E3:E5)+LEN("E6")</f><v>0</v></c></row>',
  '<row r="7"><c r="A7" t="str"><v>负责人签字：</v></c></row>',
];
const behind =
  '<autoFilter ref="A2:E5"/><mergeCells count="3"><mergeCell ref="A1:E1"/><mergeCell ref="C3:D3"/><mergeCell ref="A7:E7"/></mergeCells>' +
  '<conditionalFormatting sqref="E3:E5"><cfRule type="expression" priority="1"><formula>E3&gt;$E$6</formula></cfRule></conditionalFormatting>' +
  '<dataValidations count="1"><dataValidation type="list" sqref="C3:C5"><formula1>"男,女"</formula1></dataValidation></dataValidations><drawing r:id="rId1"/>';
const OTHER = '<row r="1"><c r="A1"><f>一!E6*2</f><v>0</v></c><c r="B1"><f>E6</f></c></row>';
const book = (more = {}): Buffer => {
  const parts = partsOf([sheetXml(rows.join(''), '<dimension ref="A1:E7"/>', behind), sheetXml(OTHER)]);
  return zipOf({
    ...parts,
    'xl/workbook.xml': String(parts['xl/workbook.xml']).replace(
      '</sheets>',
      '</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">一!$A$1:$E$7</definedName></definedNames>',
    ),
    'xl/_rels/workbook.xml.rels': String(parts['xl/_rels/workbook.xml.rels']).replace(
      '</Rel',
      '<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Rel',
    ),
    '[Content_Types].xml': String(parts['[Content_Types].xml']).replace(
      '</Types>',
      '<Override PartName="/xl/calcChain.xml" ContentType="application/x"/></Types>',
    ),
    'xl/calcChain.xml': '<calcChain><c r="E6" i="1"/></calcChain>',
    'xl/worksheets/_rels/sheet1.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
    'xl/drawings/drawing1.xml':
      '<xdr:wsDr xmlns:xdr="http://x"><xdr:from><xdr:row>1</xdr:row></xdr:from><xdr:to><xdr:row>6</xdr:row></xdr:to></xdr:wsDr>',
    'xl/media/image1.png': Buffer.from([1, 2, 3]),
    ...more,
  });
};
const people = (n: number): Filling['rows'] =>
  Array.from({ length: n }, (_, i) => [i + 1, `=居民${i + 1}`, i % 2 ? '女' : '男']);
const filling = (n: number): Filling => ({
  ...{ sheet: '一', first: 2, below: 5, columns: [0, 1, 2], rows: people(n) },
  cells: [{ at: 'A7', text: '负责人签字：孙丽' }],
});
const added = { name: '填表来源', rows: [['说明'], [], ['行', '来自'], [3, '一张表']], widths: [10, 20] };
const fill = async (n: number, bytes = book()): Promise<Buffer> =>
  (await fillBook(bytes, filling(n), added)) ?? Buffer.alloc(0);

describe('填上级的空表', () => {
  it('空行够：只动这一页和目录，别的字节不变；多的空行照旧', async () => {
    const blank = book();
    const filled = await fill(2, blank);
    expect(differingIn(blank, filled)).toEqual([
      ...['[Content_Types].xml', 'xl/_rels/workbook.xml.rels', 'xl/calcChain.xml', 'xl/workbook.xml'],
      ...['xl/worksheets/sheet1.xml', 'xl/worksheets/sources1.xml'],
    ]);
    const xml = textOf(filled, 'xl/worksheets/sheet1.xml');
    expect(xml).toContain('<c r="B3" s="1" t="inlineStr"><is><t xml:space="preserve">=居民1</t></is></c>');
    expect(xml).toContain(rows[4]);
    expect(xml).toContain(rows[5]);
    expect(xml).toContain(behind);
    expect(textOf(filled, 'xl/worksheets/sheet2.xml')).toContain(OTHER);
  });

  it('空行不够：加的行和第一空行一个样；合计、签字、公式、规则、打印区、图片跟着往下', async () => {
    const filled = await fill(10);
    const { sheets } = await read(filled);
    expect(sheets.map(({ name }) => name)).toEqual(['一', '二', '填表来源']);
    expect(sheets[0]?.rows.map((row) => row[1] ?? row[0])).toEqual([
      ...['老年人登记表', '姓名', ...people(10).map((row) => row[1])],
      ...['合计', '负责人签字：孙丽'],
    ]);
    const xml = textOf(filled, 'xl/worksheets/sheet1.xml');
    for (const part of [
      '<row r="12" ht="24" customHeight="1"><c r="A12" s="1"><v>10</v></c>',
      '<c r="D12" s="2"/><c r="E12" s="3"/></row><row r="13" ht="30"><c r="A13" t="str">',
      '<f>SUM(E3:E12)+LEN(&quot;E6&quot;)</f>',
      '<dimension ref="A1:E14"/>',
      '<autoFilter ref="A2:E12"/><mergeCells count="10">',
      ...['<mergeCell ref="A14:E14"/>', '<mergeCell ref="C12:D12"/>', 'sqref="E3:E12"', 'sqref="C3:C12"'],
      '<formula>E3&gt;$E$13</formula>',
    ])
      expect(xml).toContain(part);
    expect(textOf(filled, 'xl/worksheets/sheet2.xml')).toContain('<f>一!E13*2</f><v>0</v></c><c r="B1"><f>E6</f>');
    expect(textOf(filled, 'xl/workbook.xml')).toContain('>一!$A$1:$E$14</definedName>');
    expect(textOf(filled, 'xl/workbook.xml')).toContain('<calcPr fullCalcOnLoad="1"/>');
    expect(textOf(filled, 'xl/drawings/drawing1.xml')).toContain('<xdr:row>1</xdr:row></xdr:from><xdr:to><xdr:row>13<');
    expect(textOf(filled, '[Content_Types].xml')).not.toContain('calcChain');
  });

  it('下面没有东西：往下接着填，点选的规则跟到最后一行', async () => {
    const bare = sheetXml(
      rows.slice(0, 3).join(''),
      '',
      '<dataValidations count="1"><dataValidation type="list" sqref="C3:C4"/></dataValidations>',
    );
    const filled =
      (await fillBook(zipOf(partsOf([bare])), { ...filling(5), below: null, cells: [] }, added)) ?? Buffer.alloc(0);
    expect((await read(filled)).sheets[0]?.rows.slice(2).map((row) => row[0])).toEqual([1, 2, 3, 4, 5]);
    expect(textOf(filled, 'xl/worksheets/sheet1.xml')).toContain('sqref="C3:C7"');
  });

  it('下面有批注或表格样式、几行共用的公式：不硬挪，说挪不动；空行够就照填', async () => {
    const commented = book({ 'xl/worksheets/sheet1.xml': sheetXml(rows.join(''), '', '<legacyDrawing r:id="rId9"/>') });
    await expect(fill(10, commented)).rejects.toMatchObject({ name: 'NotMovable' });
    expect((await read(await fill(3, commented))).sheets[0]?.rows[3]?.[1]).toBe('=居民2');
    const shared = rows.join('').replace('<f>SUM', '<f t="shared" ref="E6:E7" si="0">SUM');
    await expect(fill(10, book({ 'xl/worksheets/sheet1.xml': sheetXml(shared) }))).rejects.toMatchObject({
      name: 'NotMovable',
    });
  });

  it('带前缀的写法、关着的目录项，一样填', async () => {
    const blank = book();
    const other = textOf(blank, 'xl/worksheets/sheet1.xml')
      .replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:')
      .replace('xmlns=', 'xmlns:x=');
    const filled = await fill(4, book({ 'xl/worksheets/sheet1.xml': other }));
    const { sheets } = await read(filled);
    expect(sheets.at(-1)?.rows.at(-1)).toEqual([3, '一张表']);
    expect(textOf(filled, 'xl/worksheets/sheet1.xml')).toContain('<x:row r="6"');
  });
});

describe('填过的再填', () => {
  it('另一张表、明年再填：每个编号只有一个，两页来源都读得出', async () => {
    const again = { ...filling(2), sheet: '二', first: 1, below: null, cells: [] };
    const once = await fill(2);
    const twice = (await fillBook(once, again, { ...added, rows: [['第二次']] })) ?? Buffer.alloc(0);
    const thrice = (await fillBook(twice, { ...again, first: 5 }, added)) ?? Buffer.alloc(0);
    const { sheets } = await read(thrice);
    expect(sheets.map(({ name }) => name)).toEqual(['一', '二', '填表来源', '填表来源2', '填表来源3']);
    expect(sheets.slice(2).map(({ rows }) => rows[0]?.[0])).toEqual(['说明', '第二次', '说明']);
    expect(sheets[0]?.rows[2]?.[1]).toBe('=居民1');
    expect(sheets[1]?.rows[1]?.[1]).toBe('=居民1');
    const idsIn = (at: string, form: RegExp): string[] =>
      [...textOf(thrice, at).matchAll(form)].map(([, id = '']) => id);
    for (const [at, form] of [
      ['xl/_rels/workbook.xml.rels', /<Relationship\b[^>]*\sId="([^"]*)"/g],
      ['xl/workbook.xml', /<sheet\b[^>]*\sr:id="([^"]*)"/g],
      ['xl/workbook.xml', /<sheet\b[^>]*\ssheetId="([^"]*)"/g],
      ['[Content_Types].xml', /\sPartName="([^"]*)"/g],
    ] as const) {
      const ids = idsIn(at, form);
      expect(ids.length, at).toBeGreaterThanOrEqual(3);
      expect(new Set(ids).size, at).toBe(ids.length);
    }
  });
});

describe('引用往下挪', () => {
  const shift = { first: 4, below: 9, by: 3, last: 11 };
  it.each([
    ['SUM(A5:A9)', 'SUM(A5:A12)'],
    ['A9+A10', 'A9+A13'],
    ["'别的'!A10+本表!$B$10", "'别的'!A10+本表!$B$13"],
    ['LOG10(A10)&"A10"', 'LOG10(A13)&"A10"'],
    ['名称A10+Table1[A10]', '名称A10+Table1[A13]'],
    ['A1:A20', 'A1:A23'],
  ])('%s → %s', (before, after) => expect(shiftedFormula(before, '本表', true, shift)).toBe(after));
  it('规则：几段分开看', () => {
    expect(shiftedList('A5:A9 C1:C3 D10 E:E', shift)).toBe('A5:A12 C1:C3 D13 E:E');
  });
});
