import fc from 'fast-check';
import { read } from 'hucre';
import { expect, it } from 'vitest';
import { changedIn, partsOf, sheetXml, textOf, zipOf } from './fixtures/book.ts';
import { markBook } from './marked_book.model.ts';
import { type Mark, marksOf, REASONS_HEADER } from './reasons.model.ts';
import { letters } from './sheet.model.ts';

/**
 * Sheets and marks as chance has it; cells are found again by a reading of its own (the sheets made here are simple
 * enough for it), and each that is not concerned must be what it was, letter by letter.
 */
const WIDE = 6;
const SHEET = 'xl/worksheets/sheet1.xml';

const content = fc.constantFrom(
  '<v>1</v>',
  '<f>A1+1</f><v>2</v>',
  '<f t="shared" si="0"/><v>3</v>',
  '<is><t xml:space="preserve"> 李&amp;&#x674E; </t></is>',
  '<!-- </c><c r="A1"> --><v>4</v>',
  '',
  null,
);
const cell = fc.record({
  content,
  style: fc.constantFrom(null, 0, 1, 2, 3),
  quote: fc.constantFrom('"', "'"),
  more: fc.constantFrom('', ' cm="1"', ' x:y="a>b"'),
  isThere: fc.boolean(),
  isPlaced: fc.boolean(),
});
const row = fc.record({
  cells: fc.array(cell, { maxLength: WIDE }),
  gap: fc.integer({ min: 0, max: 2 }),
  isPlaced: fc.boolean(),
  head: fc.constantFrom('', ' spans="1:2"', ' s="2" customFormat="1"', ' ht="30" x14:dyDescent="0.2"'),
  isBare: fc.boolean(),
});

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

/** Their XML; a place may be left out only where the one before is its neighbour. */
function rowsXml(rows: readonly Row[]): { xml: string; last: number } {
  let [xml, last] = ['', 0];
  for (const one of rows) {
    const number = last + 1 + one.gap;
    let [inner, before] = ['', -1];
    for (const [column, { content, style, quote, more, isThere, isPlaced }] of one.cells.entries()) {
      if (!isThere) continue;
      const at = isPlaced || column !== before + 1 ? ` r=${quote}${letters(column)}${number}${quote}` : '';
      const type = content?.startsWith('<is>') ? ' t="inlineStr"' : '';
      const start = `<c${at}${style === null ? '' : ` s=${quote}${style}${quote}`}${type}${more}`;
      inner += content === null ? `${start}/>` : `${start}>${content}</c>`;
      before = column;
    }
    const start = `<row${one.isPlaced || one.gap > 0 ? ` r="${number}"` : ''}${one.head}`;
    xml += inner === '' && one.isBare ? `${start} />` : `${start}>${inner}</row>\n`;
    last = number;
  }
  return { xml, last };
}

/** Each cell of the XML by its place: all of it, and without what it says of its style. */
function cellsIn(xml: string): Map<string, { all: string; plain: string; style: number }> {
  const found = new Map<string, { all: string; plain: string; style: number }>();
  let row = 0;
  for (const [, head = '', inner = ''] of xml.matchAll(/<row\b((?:"[^"]*"|[^>"])*?)(?:\/>|>([\s\S]*?)<\/row>)/g)) {
    row = Number(/ r="(\d+)"/.exec(head)?.[1] ?? row + 1);
    let column = -1;
    const tag = /<c\b((?:"[^"]*"|'[^']*'|[^>"'])*?)(?:\/>|>((?:<!--[\s\S]*?-->|(?!<\/c>)[\s\S])*)<\/c>)/g;
    for (const [all, said = ''] of inner.matchAll(tag)) {
      const at = / r=["']([A-Z]+)\d+/.exec(said)?.[1];
      column = at === undefined ? column + 1 : at.charCodeAt(0) - 65;
      const style = / s=["'](\d+)["']/.exec(said);
      found.set(`${letters(column)}${row}`, {
        all,
        plain: all.replace(style?.[0] ?? '', ''),
        style: Number(style?.[1] ?? 0),
      });
    }
  }
  return found;
}

const HEAD = `<row r="1">${[...'甲乙丙丁戊己'].map((one, i) => `<c r="${letters(i)}1" s="1" t="inlineStr"><is><t>${one}</t></is></c>`).join('')}</row>`;
const marksFor = (last: number): fc.Arbitrary<Mark[]> =>
  fc.array(
    fc.record({
      sheet: fc.constant('一'),
      row: fc.integer({ min: 2, max: last + 1 }),
      column: fc.option(fc.integer({ min: 0, max: WIDE - 1 }).map(letters), { freq: 4 }),
      reason: fc.constantFrom('甲：不对', '乙：空', '<&>'),
    }),
    { maxLength: 6 },
  );

it('不管怎样的页、怎样的标注：没说到的格一个字不变，说到的只换样子；全改好就回到原样', async () => {
  const book = fc
    .array(row, { maxLength: 6 })
    .map((rows) => rowsXml([{ cells: [], gap: 0, isPlaced: true, head: '', isBare: true }, ...rows]))
    .chain(({ xml, last }) =>
      fc.tuple(fc.constant(xml.replace(/^<row[^>]*\/>/, HEAD)), fc.constant(last), marksFor(last), marksFor(last)),
    );
  await fc.assert(
    fc.asyncProperty(book, async ([rows, last, first, second]) => {
      const before = zipOf(partsOf([sheetXml(rows)]));
      const tables = [{ sheet: '一', range: `A1:F${last + 1}` }];
      const was = cellsIn(textOf(before, SHEET));
      const [touched, touchedRows] = [new Set<string>(), new Set<number>()];
      let now = before;
      for (const marks of [first, second, []]) {
        now = (await markBook(now, marksOf(tables, marks))) as Buffer;
        expect(changedIn(before, now).filter((name) => name !== SHEET && name !== 'xl/styles.xml')).toEqual([]);
        const is = cellsIn(textOf(now, SHEET));
        const { sheets } = await read(now, { readStyles: true });
        const whole = new Set(marks.filter(({ column }) => column === null).map((mark) => mark.row));
        const wrong = new Set(marks.flatMap((mark) => (mark.column === null ? [] : [`${mark.column}${mark.row}`])));
        for (const at of wrong) touched.add(at);
        for (const number of whole) touchedRows.add(number);
        for (const [at, cell] of is) {
          const number = Number(/\d+/.exec(at)?.[0]);
          const old = was.get(at);
          if (at.startsWith('G')) continue;
          const fill = sheets[0]?.cells?.get(`${number - 1},${at.charCodeAt(0) - 65}`)?.style?.fill;
          const isMarked = fill?.type === 'pattern' && /FFBFB[01]$/.test(fill.fgColor?.rgb ?? '');
          if (wrong.has(at)) expect([at, isMarked]).toEqual([at, true]);
          else if (!whole.has(number)) expect([at, isMarked]).toEqual([at, false]);
          // What was added because it is missing has no words, and stays as an empty cell.
          if (old === undefined) expect(cell.plain).toMatch(/^<c r="[A-F]\d+"\/>$/);
          else expect(cell.plain).toBe(old.plain);
          if (old && !touched.has(at) && !touchedRows.has(number)) expect(cell.all).toBe(old.all);
        }
        for (const at of was.keys()) expect(is.has(at)).toBe(true);
        for (const number of Array.from({ length: last + 1 }, (_, i) => i + 1)) {
          const said = new Set(marks.filter((mark) => mark.row === number).map(({ reason }) => reason));
          const wanted = number === 1 && marks.length > 0 ? REASONS_HEADER : [...said].join('；');
          expect(sheets[0]?.rows[number - 1]?.[WIDE] ?? '').toBe(wanted);
        }
      }
      const is = cellsIn(textOf(now, SHEET));
      for (const [at, { style }] of was) {
        // Of a fill in several colours none is kept.
        if (style !== 3) expect([at, is.get(at)?.style]).toEqual([at, style]);
      }
    }),
    { numRuns: 150 },
  );
});
