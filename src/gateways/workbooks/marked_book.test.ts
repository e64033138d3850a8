import fc from 'fast-check';
import { read, writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { changedIn, type Parts, partsOf, STYLES, sheetXml, textOf, zipOf } from './fixtures/book.ts';
import { markBook } from './marked_book.model.ts';
import { type Mark, marksOf, REASONS_HEADER } from './reasons.model.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const text = (at: string, said: string, style = ''): string =>
  `<c r="${at}"${style} t="inlineStr"><is><t>${said}</t></is></c>`;
const HEAD = `<row r="1" spans="1:3">${text('A1', '姓名', ' s="1"')}${text('B1', '身份证号', ' s="1"')}${text('C1', '面积', ' s="1"')}</row>`;
const BODY = `<row r="2" spans="1:3">${text('A2', '李福根')}<c r="B2" s="1"><v>1</v></c><c r="C2" s="2"><v>12.5</v></c></row>`;
const tables = [{ sheet: '一', range: 'A1:C9' }];
const wrong = (row: number, column: string | null, reason = '身份证号：校验位不对，应为 X', sheet = '一'): Mark => ({
  sheet,
  row,
  column,
  reason,
});

const mark = async (book: Buffer, marks: readonly Mark[], at = tables): Promise<Buffer> => {
  const marked = await markBook(book, marksOf(at, marks));
  if (marked === null) throw new Error('another make');
  return marked;
};

const bookOf = (rows: string, before = '', behind = '', more: Parts = {}): Buffer =>
  zipOf(partsOf([sheetXml(rows, before, behind)], more));

async function seen(book: Buffer) {
  const { sheets } = await read(book, { readStyles: true });
  const [sheet] = sheets;
  if (!sheet) throw new Error('no sheet');
  const rgb = (at: string): string | undefined => {
    const fill = sheet.cells?.get(at)?.style?.fill;
    return fill?.type === 'pattern' ? fill.fgColor?.rgb : undefined;
  };
  return { rows: sheet.rows, rgb, style: (at: string) => sheet.cells?.get(at)?.style };
}

describe('原文件标注', () => {
  it('错的格子有底色，数字格式、边框、字体不变；原因写在右边一列', async () => {
    const before = bookOf(HEAD + BODY);
    const after = await mark(before, [wrong(2, 'B'), wrong(2, 'C', '面积：太大')]);
    const { rows, rgb, style } = await seen(after);
    expect(rows[0]?.[3]).toBe(REASONS_HEADER);
    expect(rows[1]).toEqual(['李福根', 1, 12.5, '身份证号：校验位不对，应为 X；面积：太大']);
    expect([rgb('1,1'), rgb('1,2'), rgb('0,3'), rgb('1,0')]).toEqual(['FFBFB0', 'FFBFB1', 'FFBFB0', undefined]);
    const old = (await seen(before)).style('1,2');
    expect({ ...style('1,2'), fill: null }).toEqual({ ...old, fill: null });
    expect(changedIn(before, after)).toEqual([SHEET, 'xl/styles.xml']);
    expect(textOf(after, SHEET)).toContain('<row r="2" spans="1:4">');
    expect(textOf(after, SHEET)).toContain('<cols><col min="4" max="4" width="48" customWidth="1"/></cols><sheetData>');
  });

  it('改好了再标：旧原因换掉，改对的格子底色去掉，别的一个字节不变', async () => {
    const before = bookOf(HEAD + BODY);
    const once = await mark(before, [wrong(2, 'B'), wrong(2, 'C')]);
    const again = await mark(once, [wrong(2, 'C', '面积：太大')]);
    const wanted = textOf(once, SHEET)
      .replace('<c r="B2" s="4">', '<c r="B2" s="1">')
      .replace('身份证号：校验位不对，应为 X', '面积：太大');
    expect(textOf(again, SHEET)).toBe(wanted);
  });

  it('全对了：标过的痕迹都去掉', async () => {
    const before = bookOf(HEAD + BODY, '<dimension ref="A1:C2"/>', '', {});
    const clean = await mark(await mark(before, [wrong(2, 'B'), wrong(2, 'C'), wrong(2, null, '重复')]), []);
    const rowsIn = (book: Buffer): string => /<sheetData>.*<\/sheetData>/s.exec(textOf(book, SHEET))?.[0] ?? '';
    expect(rowsIn(clean)).toBe(rowsIn(before).replaceAll('spans="1:3"', 'spans="1:4"'));
    expect(await mark(before, [])).toEqual(before);
  });

  it('别的程序另存过（样式重编号、字进了共用表）：照样认得', async () => {
    const once = await mark(bookOf(HEAD + BODY), [wrong(2, 'B'), wrong(2, 'C')]);
    const { sheets } = await read(once, { readStyles: true });
    const saved = Buffer.from(
      await writeXlsx({ sheets: sheets.map(({ name, rows, cells = new Map() }) => ({ name, rows, cells })) }),
    );
    expect(textOf(saved, 'xl/sharedStrings.xml')).toContain(REASONS_HEADER);
    const again = await seen(await mark(saved, [wrong(2, 'C', '面积：太大')]));
    expect(again.rows[1]).toEqual(['李福根', 1, 12.5, '面积：太大']);
    expect([again.rgb('1,1'), again.rgb('1,2')]).toEqual([undefined, 'FFBFB1']);
    const clean = await seen(await mark(saved, []));
    expect(clean.rows.flat()).not.toContain(REASONS_HEADER);
    expect([clean.rgb('1,1'), clean.rgb('1,2')]).toEqual([undefined, undefined]);
  });

  it('宏、格里的图片、外部链接、批注、整列的下拉都在', async () => {
    const rules =
      '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" dxfId="0" priority="1"><formula>A1&lt;0</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"男,女"</formula1></dataValidation></dataValidations><legacyDrawing r:id="rId1"/>';
    const more = {
      'xl/vbaProject.bin': Buffer.from([1, 2, 3, 0, 255]),
      'xl/cellimages.xml': '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
      'xl/media/image1.png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      'xl/externalLinks/externalLink1.xml': '<externalLink/>',
      'xl/comments1.xml': '<comments/>',
      'customXml/空.xml': '<a/>',
    };
    const before = bookOf(HEAD + BODY, '<dimension ref="A1:XFD1048576"/>', rules, more);
    const after = await mark(before, [wrong(2, 'B')]);
    expect(changedIn(before, after)).toEqual([SHEET, 'xl/styles.xml']);
    expect(textOf(after, SHEET).split('</sheetData>')[1]).toBe(`${rules}</worksheet>`);
    expect(textOf(after, SHEET)).toContain('<dimension ref="A1:XFD1048576"/>');
  });

  it.each<[string, string, string[]]>([
    [
      '行和格都不写位置',
      `<row>${'<c t="str"><v>姓名</v></c>'.repeat(3)}</row><row><c><v>1</v></c><c><v>2</v></c><c/></row>`,
      ['<c><v>1</v></c><c s="4"><v>2</v></c><c/>'],
    ],
    ['没有内容的行', `${HEAD}<row r="2" ht="30"/>`, ['<row r="2" ht="30"><c r="B2" s="', '</row></sheetData>']],
    [
      '缺这一行',
      `${HEAD}<row r="9"><c r="A9"><v>1</v></c></row>`,
      ['<row r="2"><c r="B2" s="', '</row><row r="9"><c r="A9"><v>1</v></c></row>'],
    ],
    [
      '没有这一格，行有自己的样子',
      `${HEAD}<row r="2" s="2" customFormat="1"><c r="A2"/></row>`,
      ['<c r="A2"/><c r="B2" s="'],
    ],
    [
      '公式合用',
      `${HEAD}<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">1+1</f><v>2</v></c><c r='B2' s='0' cm="1"><f t="shared" si="0"/><v>2</v></c></row>`,
      ['<c r="A2"><f t="shared" ref="A2:B2" si="0">1+1</f><v>2</v></c>', ' cm="1"><f t="shared" si="0"/><v>2</v></c>'],
    ],
    [
      '夹着注释',
      `${HEAD}<!-- <row r="2"> </c> --><row r="2"><!-- </row> --><c r="B2"><v><!-- </c> -->2</v></c></row>`,
      ['<!-- <row r="2"> </c> --><row r="2"><!-- </row> -->', '<v><!-- </c> -->2</v></c>'],
    ],
    [
      '属性里像有样式',
      `${HEAD}<row r="2"><c x=" s='9'" r = 'B2' t="str"><v>a</v></c></row>`,
      [`<c x=" s='9'" r = 'B2' t="str" s="`],
    ],
    ['属性里有大于号', `${HEAD}<row r="2"><c r="B2" x="a>b" t="str"><v>a&gt;</v></c></row>`, [' x="a>b" t="str"']],
  ])('%s', async (_what, rows, kept) => {
    const before = bookOf(rows);
    const after = await mark(before, [wrong(2, 'B')]);
    const xml = textOf(after, SHEET);
    for (const one of kept) expect(xml).toContain(one);
    const { rows: read, rgb } = await seen(after);
    expect(read[1]?.[3]).toBe('身份证号：校验位不对，应为 X');
    expect(rgb('1,1')).toMatch(/^FFBFB[01]$/);
    const clean = await seen(await mark(after, []));
    expect(clean.rgb('1,1')).toBeUndefined();
    expect(clean.rows.flat().filter((one) => typeof one === 'string' && /经纬|校验/.test(one))).toEqual([]);
  });

  it('带前缀的标签（x:row）', async () => {
    const prefixed = (xml: string): string => xml.replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=');
    const before = zipOf(partsOf([prefixed(sheetXml(HEAD + BODY))], { 'xl/styles.xml': prefixed(STYLES) }));
    const xml = textOf(await mark(before, [wrong(2, 'B')]), SHEET);
    expect(xml).toContain(
      '<x:c r="D2" t="inlineStr"><x:is><x:t>身份证号：校验位不对，应为 X</x:t></x:is></x:c></x:row>',
    );
    expect(xml).toContain('<x:c r="B2" s="4"><x:v>1</x:v></x:c>');
    expect(textOf(await mark(before, [wrong(2, 'B')]), 'xl/styles.xml')).toContain('<x:fgColor rgb="FFFFBFB0"/>');
  });

  it('合并的格：标在左上角那一格；被合并挡住的列不用', async () => {
    const rows = `${HEAD}<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"/></row>`;
    const merges = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="C3:E3"/></mergeCells>';
    const { rows: read, rgb } = await seen(await mark(bookOf(rows, '', merges), [wrong(3, 'A')]));
    expect(rgb('1,0')).toBe('FFBFB0');
    expect([read[0]?.[5], read[2]?.[5]]).toEqual([REASONS_HEADER, '身份证号：校验位不对，应为 X']);
  });

  it('右边的列有人用着、藏着：挪开，露出来', async () => {
    const rows = `${HEAD}${BODY}<row r="8"><c r="D8"><v>7</v></c></row>`;
    const hidden =
      '<cols><col min="1" max="2" width="9"/><col min="4" max="16384" width="0" hidden="1" style="1"/></cols>';
    const after = await mark(bookOf(rows, hidden), [wrong(2, 'B')]);
    expect((await seen(after)).rows[1]?.[4]).toBe('身份证号：校验位不对，应为 X');
    expect(textOf(after, SHEET)).toContain(
      '<cols><col min="1" max="2" width="9"/><col min="4" max="4" width="0" hidden="1" style="1"/><col min="5" max="5" width="48" style="1" customWidth="1"/><col min="6" max="16384" width="0" hidden="1" style="1"/></cols>',
    );
    expect(textOf(after, SHEET)).toContain('<c r="E2" s="1" t="inlineStr">');
  });

  it('两页：这次只错一页，另一页上次的也去掉；没标过的页不动', async () => {
    const sheet = sheetXml(HEAD + BODY);
    const before = zipOf(partsOf([sheet, sheet, sheetXml('')]));
    const both = [...tables, { sheet: '二', range: 'A1:C9' }];
    const once = await mark(before, [wrong(2, 'B'), wrong(2, 'B', '空', '二')], both);
    const again = await mark(once, [wrong(2, 'B')], both);
    expect(textOf(again, 'xl/worksheets/sheet2.xml')).not.toMatch(/经纬|空/);
    expect(changedIn(before, await mark(before, [wrong(2, 'B')], both))).toEqual([SHEET, 'xl/styles.xml']);
  });

  it('原因里的尖括号、控制符、换行', async () => {
    const { rows } = await seen(await mark(bookOf(HEAD + BODY), [wrong(2, 'B', 'a<b & "c"\u0001\n]]>')]));
    expect(rows[1]?.[3]).toBe('a<b & "c" ]]>');
  });
});

describe('不能标的说出来，不弄坏', () => {
  const sheet = sheetXml(HEAD + BODY);
  it.each<[string, () => Buffer, string]>([
    [
      '自带声明',
      () => zipOf(partsOf([sheet.replace('<worksheet', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet')])),
      'Unmarkable',
    ],
    ['别的编码', () => zipOf(partsOf([sheet.replace('UTF-8', 'GBK')])), 'Unmarkable'],
    ['UTF-16', () => zipOf({ ...partsOf([sheet]), [SHEET]: Buffer.from(`\ufeff${sheet}`, 'utf16le') }), 'Unmarkable'],
    ['没有样式', () => bookOf(HEAD + BODY, '', '', { 'xl/styles.xml': '<styleSheet/>' }), 'Unmarkable'],
    ['列宽是空的', () => bookOf(HEAD + BODY, '<cols/>'), 'Unmarkable'],
    ['行倒着排', () => bookOf(BODY + HEAD), 'Unmarkable'],
    ['格倒着排', () => bookOf(`${HEAD}<row r="2"><c r="B2"/><c r="A2"/></row>`), 'Unmarkable'],
    ['格在别的行', () => bookOf(`${HEAD}<row r="2"><c r="B3"/></row>`), 'Unmarkable'],
    ['行里有不认得的', () => bookOf(`${HEAD}<row r="2"><mc:Choice/></row>`), 'Unmarkable'],
    [
      '一直合并到最右边',
      () => bookOf(HEAD + BODY, '', '<mergeCells><mergeCell ref="A2:XFD2"/></mergeCells>'),
      'NoRoom',
    ],
    ['只有一半', () => zipOf(partsOf([sheet.slice(0, -60)])), 'Damaged'],
    ['标签没有完', () => zipOf(partsOf([sheet.replace('</worksheet>', '<a b="')])), 'Damaged'],
    ['内容和校验和不符', () => spoilt(zipOf(partsOf([sheet]))), 'Damaged'],
    ['目录丢了', () => zipOf(partsOf([sheet])).subarray(0, -30), 'Damaged'],
  ])('%s', async (_what, book, name) => {
    await expect(markBook(book(), marksOf(tables, [wrong(2, 'B')]))).rejects.toMatchObject({ name });
  });

  it('没有的页', async () => {
    const at = [{ sheet: '五', range: 'A1:C9' }];
    await expect(mark(zipOf(partsOf([sheet])), [wrong(2, 'B', '错', '五')], at)).rejects.toMatchObject({
      name: 'Unmarkable',
    });
  });
});

it('乱改文件里的字节：要么标好，要么说出是什么', async () => {
  const book = zipOf(partsOf([sheetXml(HEAD + BODY, '<cols><col min="1" max="3" width="9"/></cols>')]));
  const change = fc.record({
    at: fc.integer({ min: 0, max: book.length - 1 }),
    byte: fc.integer({ min: 0, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const spoilt = Buffer.from(book);
      for (const { at, byte } of changes) spoilt[at] = byte;
      const error = await markBook(spoilt, marksOf(tables, [wrong(2, 'B')])).then(
        () => null,
        ({ name }: Error) => name,
      );
      expect(['Unmarkable', 'Damaged', 'NoRoom', 'TooBig', null]).toContain(error);
    }),
    { numRuns: 1000 },
  );
});

it('乱改页里的字：要么标好，要么说出是什么', async () => {
  const sheet = sheetXml(HEAD + BODY, '<cols><col min="1" max="3" width="9"/></cols>');
  const change = fc.record({
    at: fc.integer({ min: 0, max: sheet.length }),
    cut: fc.integer({ min: 0, max: 9 }),
    put: fc.constantFrom('', '<', '>', '"', "'", '/', '<c>', '</row>', '<!--', ' r="B2"', '&#99999999;', ' s="99"'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const spoilt = changes.reduce((xml, { at, cut, put }) => xml.slice(0, at) + put + xml.slice(at + cut), sheet);
      const error = await markBook(zipOf(partsOf([spoilt])), marksOf(tables, [wrong(2, 'B')])).then(
        () => null,
        ({ name }: Error) => name,
      );
      expect(['Unmarkable', 'Damaged', 'NoRoom', null]).toContain(error);
    }),
    { numRuns: 1000 },
  );
});

/** Another sum in the list of contents for the sheet. */
function spoilt(book: Buffer): Buffer {
  const at = book.lastIndexOf(SHEET) - 46 + 16;
  book.writeUInt32LE(book.readUInt32LE(at) ^ 1, at);
  return book;
}
