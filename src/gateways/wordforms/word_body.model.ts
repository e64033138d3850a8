import { Damaged, nameOfTag, rootOf, skip, Unmarkable } from '../workbooks/marked_xml.model.ts';
import type { Cell, Sheet, Span } from '../workbooks/sheet.model.ts';
import { childrenOf, contentOf, type Element, firstNamed, saidBy, wordsIn } from './word_xml.model.ts';

/** The tables of a document, each cell where it lies in it and in the grid of its table. Rows and columns count from 0. */
export interface WordBody {
  readonly bytes: Buffer;
  readonly prefix: string;
  /** What stands in it, without what is said last of its pages. */
  readonly inside: number;
  readonly end: number;
  readonly tables: readonly WordTable[];
}

export interface WordTable {
  /** `表1`, by its place in the document. */
  readonly name: string;
  /** What stands over it. */
  readonly title: string | null;
  readonly rows: readonly WordRow[];
}

export interface WordRow extends Pick<Element, 'from' | 'to'> {
  readonly cells: readonly WordCell[];
}

export interface WordCell extends Element {
  readonly left: number;
  readonly width: number;
  /** Of cells merged downwards only the first is one. */
  readonly isContinued: boolean;
  readonly height: number;
  readonly text: string;
}

/** More than any program makes. */
const [MOST_TABLES, MOST_ROWS, MOST_COLUMNS] = [200, 20_000, 300];

export function bodyOf(bytes: Buffer): WordBody {
  const { tag, prefix } = rootOf(bytes);
  if (nameOfTag(bytes, tag) !== `${prefix}document`) throw new Unmarkable('no document');
  const inside = tag.end;
  skip(bytes, tag);
  const body = firstNamed(bytes, prefix, { inside, closeAt: tag.start }, 'body');
  if (body === undefined) throw new Damaged('no body');
  const tables: WordTable[] = [];
  let [end, above]: [number, string[]] = [body.closeAt, []];
  for (const one of contentOf(bytes, prefix, body)) {
    if (one.name === 'sectPr') end = one.from;
    if (one.name === 'p') above.push(wordsIn(bytes, prefix, one));
    if (one.name !== 'tbl') continue;
    if (tables.length >= MOST_TABLES) throw new Unmarkable('too many tables');
    tables.push({ name: `表${tables.length + 1}`, title: titleOf(above), rows: rowsOf(bytes, prefix, one) });
    above = [];
  }
  return { bytes, prefix, inside: body.inside, end, tables };
}

const LONGEST_TITLE = 60;

/** The line that calls itself a table or list; else the last that asks nothing. */
function titleOf(above: readonly string[]): string | null {
  const lines = above.map(plainLine).filter((line) => line !== '' && line.length <= LONGEST_TITLE);
  const asking = /[:：]/;
  return (
    lines.findLast((line) => /[表册单]([（(].*[)）])?$|台账/.test(line) && !asking.test(line)) ??
    lines.findLast((line) => !asking.test(line) && !/^附[件表]/.test(line)) ??
    null
  );
}

/** `姓  名` is one word. */
export const plainLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '')
    .trim();

function rowsOf(bytes: Buffer, prefix: string, table: Element): WordRow[] {
  const rows: (Pick<Element, 'from' | 'to'> & { cells: Laid[] })[] = [];
  for (const row of contentOf(bytes, prefix, table)) {
    if (row.name !== 'tr') continue;
    if (rows.length >= MOST_ROWS) throw new Unmarkable('too many rows');
    rows.push({ from: row.from, to: row.to, cells: cellsOf(bytes, prefix, row) });
  }
  return rows.map(({ from, to, cells }, at) => ({
    ...{ from, to },
    cells: cells.map(({ merge, ...cell }) => ({
      ...cell,
      isContinued: merge === 'continue',
      height: merge === 'restart' ? 1 + continuedBelow(rows, at, cell.left) : 1,
    })),
  }));
}

type Laid = Omit<WordCell, 'isContinued' | 'height'> & { readonly merge: 'restart' | 'continue' | null };

function continuedBelow(rows: readonly { readonly cells: readonly Laid[] }[], at: number, left: number): number {
  let many = 0;
  const goesOn = (row: number): boolean =>
    rows[row]?.cells.some((one) => one.left === left && one.merge === 'continue') ?? false;
  while (goesOn(at + many + 1)) many += 1;
  return many;
}

function cellsOf(bytes: Buffer, prefix: string, row: Element): Laid[] {
  const cells: Laid[] = [];
  const number = (of: Element | undefined, name: string): number => {
    const found = of && childrenOf(bytes, prefix, of).find((one) => one.name === name);
    return found ? Number(saidBy(bytes, prefix, found) ?? 0) : 0;
  };
  let left = 0;
  for (const one of contentOf(bytes, prefix, row)) {
    if (one.name === 'trPr') left += number(one, 'gridBefore');
    if (one.name !== 'tc') continue;
    const looks = childrenOf(bytes, prefix, one).find(({ name }) => name === 'tcPr');
    const width = Math.max(1, number(looks, 'gridSpan') || 1);
    const merged = looks && childrenOf(bytes, prefix, looks).find(({ name }) => name === 'vMerge');
    const merge = merged ? (saidBy(bytes, prefix, merged) === 'restart' ? 'restart' : 'continue') : null;
    cells.push({ ...one, left, width, merge, text: wordsIn(bytes, prefix, one) });
    left += width;
    if (!(left <= MOST_COLUMNS)) throw new Unmarkable('too many columns');
  }
  return cells;
}

/** `____`, `  年  月  日`: nothing stands there yet. */
export const isBlankText = (text: string): boolean => /^(年月日?)?$/.test(text.replace(/[\s_＿]/g, ''));

/** The table as a sheet, so that it is understood as a workbook's. */
export function sheetOf({ name, rows }: WordTable): Sheet {
  const spans: Span[] = [];
  const cells = rows.map(({ cells: inRow }, row) => {
    const line: (Cell | null)[] = [];
    for (const { left, width, height, isContinued, text } of inRow) {
      while (line.length < left) line.push(null);
      const said = plainLine(text);
      line.push(isContinued || isBlankText(said) ? null : { text: said, kind: /^\d+$/.test(said) ? 'number' : 'text' });
      if (!isContinued && (width > 1 || height > 1))
        spans.push({ top: row, left, bottom: row + height - 1, right: left + width - 1 });
      while (line.length < left + width) line.push(null);
    }
    return line;
  });
  return { name, rows: cells, spans, hiddenRows: [] };
}
