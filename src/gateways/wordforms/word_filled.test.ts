import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import {
  cell,
  documentXml,
  docx,
  formDocument,
  line,
  listDocument,
  PAGES,
  row,
  table,
} from '../../../test/fixtures/word_forms.ts';
import type { AddedSheet } from '../workbooks/filled_book.model.ts';
import { changedIn, textOf } from '../workbooks/fixtures/book.ts';
import { repack } from '../workbooks/marked_zip.model.ts';
import { bodyOf } from './word_body.model.ts';
import { filledDocument, type WordFilling } from './word_filled.model.ts';
import { openWord } from './word_package.model.ts';

const none: AddedSheet = { name: '填表来源', rows: [], widths: [] };
const list = (many: number): WordFilling => ({
  ...{ word: 'table', sheet: '表1', first: 1, below: 4, places: ['A', 'B', 'C'] },
  rows: Array.from({ length: many }, (_, i) => [i + 1, `<居民${i + 1}>`, '女']),
  cells: [{ at: 'A5', text: '填报单位：二运社区' }],
});
const form = (...rows: WordFilling['rows']): WordFilling => ({
  ...{ word: 'form', sheet: '表1', first: 0, below: null, cells: [] },
  ...{ places: ['B2', 'D2', 'F2', 'D3', 'B5'], rows },
});

const xmlOf = (blank: string, filling: WordFilling, added = none): string => {
  const xml = Buffer.concat(filledDocument(Buffer.from(blank), filling, added)).toString();
  expect(XMLValidator.validate(xml)).toBe(true);
  return xml;
};
const textsIn = (xml: string): string[][] =>
  bodyOf(Buffer.from(xml)).tables[0]?.rows.map(({ cells }) => cells.map(({ text }) => text)) ?? [];

describe('填 Word 的一览表', () => {
  it('空行够：只动那几格，字体照旧；多的空行、别的字节不变', async () => {
    const blank = docx(listDocument());
    const { archive, name, document } = openWord(blank);
    const filled = await repack(archive, new Map([[name, filledDocument(document, list(2), none)]]));
    expect(changedIn(blank, filled)).toEqual(['word/document.xml']);
    const xml = textOf(filled, 'word/document.xml');
    expect(textsIn(xml).slice(1)).toEqual([
      ['1', '<居民1>', '女', '', '', ''],
      ['2', '<居民2>', '女', '', '', ''],
      ['3', '', '', '', '', ''],
      ['填报单位：二运社区', '填表人：'],
    ]);
    expect(xml).toContain(
      '<w:pPr><w:jc w:val="center"/><w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋"/><w:sz w:val="24"/></w:rPr></w:pPr><w:r><w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋"/><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">&lt;居民1&gt;</w:t></w:r></w:p>',
    );
    expect(xml).toContain(row('3', '', '', '', '', ''));
    expect(xml.endsWith(`${line('填写说明：请如实填写。')}${PAGES}</w:body></w:document>`)).toBe(true);
  });

  it('空行不够：照第一个空行往下加，签字的一行还在下面；没对上的编号不重复', () => {
    const rows = textsIn(xmlOf(listDocument(), list(6)));
    expect(rows.slice(1, 7).map(([n, name]) => [n, name])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [String(n), `<居民${n}>`]),
    );
    expect(rows[7]?.[0]).toBe('填报单位：二运社区');
    const uncounted = { ...list(5), places: ['B'], rows: list(5).rows.map(([, name = null]) => [name]) };
    const xml = xmlOf(listDocument(), uncounted);
    expect(textsIn(xml).map(([n]) => n)).toEqual(['序号', '1', '2', '3', '', '', '填报单位：二运社区']);
    expect(textsIn(xml)[5]?.[1]).toBe('<居民5>');
  });

  it('来源的表在最后，另起一页，页面的设置还在它后面', () => {
    const added = { name: '填表来源', rows: [['题'], ['说明'], ['行', '来自'], [2, '一张表 & 别的']], widths: [1, 4] };
    const xml = xmlOf(listDocument(), list(1), added);
    expect(xml).toMatch(/<w:pageBreakBefore\/><\/w:pPr><w:r>.*填表来源.*一张表 &amp; 别的.*<w:p\/><w:sectPr>/s);
    expect(bodyOf(Buffer.from(xml)).tables).toHaveLength(2);
  });
});

describe('填 Word 的一人一份', () => {
  it('一人一份，从第二份起另起一页；勾选、年月、下划线；只有一份的记号不重复', () => {
    const blank = formDocument().replace(
      '<w:body>',
      '<w:body><w:bookmarkStart w:id="0" w:name="a"/><w:bookmarkEnd w:id="0"/>',
    );
    const people = [
      ['甲老人', '女', '1950-03-12', '丧偶', '城东街道'],
      ['乙老人', '男', null, '离异', null],
    ];
    const xml = xmlOf(blank, form(...people));
    const [first, second, ...others] = bodyOf(Buffer.from(xml)).tables.map(({ rows }) =>
      rows.map(({ cells }) => cells.map(({ text }) => text)),
    );
    expect(others).toEqual([]);
    expect(first?.[1]).toEqual(['姓名', '甲老人', '性别', '□男 ☑女', '出生年月', '1950年3月', '照片']);
    expect(first?.[2]?.[3]).toBe('□未婚 □已婚 ☑丧偶');
    expect(first?.[4]?.[1]).toBe('城东街道');
    expect(second?.[1]?.slice(0, 4)).toEqual(['姓名', '乙老人', '性别', '☑男 □女']);
    // What the form does not offer is ticked nowhere; what nobody knows stays as it was.
    expect(second?.[2]?.[3]).toBe('□未婚 □已婚 □丧偶');
    expect(second?.[4]?.[1]).toBe('____________');
    expect(xml.match(/<w:pageBreakBefore\/>/g)).toHaveLength(1);
    expect(xml).toContain('<w:pPr><w:pStyle w:val="a3"/><w:pageBreakBefore/><w:jc w:val="center"/></w:pPr>');
    expect(xml.match(/bookmarkStart/g)).toHaveLength(1);
    expect(xml.match(/本表一式两份/g)).toHaveLength(2);
    expect(xml.match(/<w:sectPr>/g)).toHaveLength(1);
  });

  it('一份：除了填的格子，一个字节也不变', () => {
    const blank = formDocument();
    const xml = xmlOf(blank, { ...form(['甲老人']), places: ['B2'] });
    const at = xml.indexOf('<w:r>', xml.indexOf('姓名'));
    expect(xml.slice(at)).toMatch(/^<w:r>.*?甲老人<\/w:t><\/w:r>/);
    expect(xml.replace(/<w:r><w:rPr>((?!<w:r>).)*甲老人<\/w:t><\/w:r>/, '')).toBe(blank);
  });

  it('方框在字后面；文件以表格开头的也另起一页', () => {
    const xml = xmlOf(
      documentXml(
        table(
          2,
          row('性别', '男□ 女□'),
          row('民族', ''),
          `<w:tr>${cell('姓名')}${cell('', { inside: '<w:p/>' })}</w:tr>`,
        ),
      ),
      { ...form(['女', '甲'], ['男', '乙']), places: ['B1', 'B3'] },
    );
    const tables = bodyOf(Buffer.from(xml)).tables.map(({ rows }) =>
      [rows[0], rows[2]].map((one) => one?.cells[1]?.text),
    );
    expect(tables).toEqual([
      ['男□ 女☑', '甲'],
      ['男☑ 女□', '乙'],
    ]);
    expect(xml).toMatch(/<\/w:tbl><w:p><w:pPr><w:pageBreakBefore\/>.*?<\/w:p><w:tbl>/);
  });

  it('多到一个文件装不下的，不填', () => {
    const long = formDocument().replace('本表一式两份', '本'.repeat(400_000));
    expect(() => filledDocument(Buffer.from(long), form(...Array.from({ length: 60 }, () => ['甲'])), none)).toThrow();
  });
});

describe('不收的 Word 文件', () => {
  const named = (more: Parameters<typeof docx>[1], xml = listDocument()): string => {
    try {
      bodyOf(openWord(docx(xml, more)).document);
      return 'taken';
    } catch (error) {
      return (error as Error).name;
    }
  };
  const relation = (type: string, target: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/${type}" Target="${target}" TargetMode="External"/></Relationships>`;

  it('宏、去别处取的、实体、不是文档的', () => {
    expect(named({})).toBe('taken');
    expect(named({ 'word/vbaProject.bin': Buffer.from([0]) })).toBe('Macros');
    const settings = 'word/_rels/settings.xml.rels';
    expect(named({ [settings]: relation('attachedTemplate', 'http://example.org/x.dotm') })).toBe('Elsewhere');
    expect(named({ [settings]: relation('image', '\\\\host\\x.png') })).toBe('Elsewhere');
    expect(named({ [settings]: relation('attachedTemplate', 'file:///C:\\Users\\a\\Normal.dotm') })).toBe('taken');
    expect(named({ [settings]: relation('hyperlink', 'https://example.org') })).toBe('taken');
    const entity = listDocument().replace('<w:document', '<!DOCTYPE x [<!ENTITY a "甲">]><w:document');
    expect(named({}, entity)).toBe('Unmarkable');
    expect(named({ '_rels/.rels': relation('officeDocument', 'xl/workbook.xml') })).toBe('NoDocument');
    expect(named({}, listDocument().replace('</w:tbl>', ''))).toBe('Damaged');
    expect(named({}, `${'<w:sdt>'.repeat(3)}`)).not.toBe('taken');
  });
});
