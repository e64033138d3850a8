import { type CellAt, COLUMNS, type Known, type Survey, spanOf, type Walk, walkerOf } from './marked_survey.model.ts';
import { advance, attributesOf, type Edit, encoded, newTag, Unmarkable, withAttribute } from './marked_xml.model.ts';
import { headersFor, REASONS_HEADER, type SheetMarks } from './reasons.model.ts';
import { letters, rangeOf, type Span } from './sheet.model.ts';

/** How a cell looks that is marked, and how it looked before; all by its number in the list of styles. */
export interface Painter extends Pick<Known, 'isMarked'> {
  readonly marked: (style: number) => number;
  readonly unmarked: (style: number) => number;
}

/** There is no empty column beside the table. */
class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

/** What becomes of a row. */
interface Wanted {
  readonly cells: Set<number>;
  isWhole: boolean;
  /** What is written into our column. */
  text: string | null;
  isHeader: boolean;
}

const NARROWEST = 24;
const WIDTH = 48;

/** What changes in the XML of a sheet, from the front to the back. */
export function editsFor(bytes: Buffer, survey: Survey, marks: SheetMarks, known: Known, painter: Painter): Edit[] {
  const wanted = wantedIn(survey, marks);
  const written = [...wanted].filter(([, { text }]) => text !== null).map(([row]) => row);
  const edge = Math.max(0, ...marks.extents.map(({ right }) => right));
  const column = survey.ours[0] ?? (written.length > 0 ? freeColumn(survey, edge, written) : COLUMNS);
  const edits: Edit[] = [];
  if (written.length > 0) {
    if (survey.bodyTo === survey.bodyFrom) throw new Unmarkable('no rows');
    if (survey.dimension) edits.push(...dimensionWith(bytes, survey.dimension, column, written));
    if (survey.ours.length === 0) edits.push(columnWith(bytes, survey, column));
  }
  const walk = walkerOf(bytes, survey.prefix, known);
  const sheet: Paint = { bytes, survey, walk, painter, column, edge };
  const missing = [...wanted.keys()].sort((a, b) => a - b);
  const there = new Set(survey.rows);
  let next = 0;
  const addRowsBefore = (row: number, at: number): void => {
    for (; next < missing.length && (missing[next] as number) < row; next += 1) {
      const one = missing[next] as number;
      if (!there.has(one)) edits.push({ from: at, to: at, text: newRow(sheet, one, wanted.get(one) as Wanted) });
    }
  };
  for (const [i, row] of survey.rows.entries()) {
    const from = survey.rowsFrom[i] as number;
    addRowsBefore(row, from);
    const want = wanted.get(row);
    if (want || survey.rowsMarked[i]) edits.push(...rowWith(sheet, row, from, want ?? none()));
  }
  addRowsBefore(Number.POSITIVE_INFINITY, survey.bodyTo);
  return edits.sort((a, b) => a.from - b.from || a.to - b.to);
}

const none = (): Wanted => ({ cells: new Set(), isWhole: false, text: null, isHeader: false });

function wantedIn({ merges }: Survey, marks: SheetMarks): Map<number, Wanted> {
  const wanted = new Map<number, Wanted>();
  const rowOf = (row: number): Wanted => {
    const known = wanted.get(row) ?? none();
    wanted.set(row, known);
    return known;
  };
  const wrong = [...marks.rows.keys()].sort((a, b) => a - b);
  const spans = spansOver(merges, wrong);
  for (const row of wrong) {
    const { cells, isWhole, reason } = marks.rows.get(row) as NonNullable<ReturnType<typeof marks.rows.get>>;
    const want = rowOf(row);
    want.text = reason;
    want.isWhole = isWhole;
    for (const column of cells) {
      // Of merged cells only the first is seen.
      const span = spans.get(row)?.find(({ left, right }) => column >= left && column <= right);
      rowOf(span?.top ?? row).cells.add(span?.left ?? column);
    }
  }
  for (const row of headersFor(marks)) {
    const want = rowOf(row);
    want.text = REASONS_HEADER;
    want.isHeader = true;
  }
  return wanted;
}

/** Merged areas by those of the rows, which are in order, that they cover. */
function spansOver(merges: readonly Span[], rows: readonly number[]): Map<number, Span[]> {
  const found = new Map<number, Span[]>();
  for (const span of merges)
    for (let i = firstFrom(rows, span.top); i < rows.length && (rows[i] as number) <= span.bottom; i += 1) {
      const row = rows[i] as number;
      found.set(row, [...(found.get(row) ?? []), span]);
    }
  return found;
}

function firstFrom(rows: readonly number[], row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first behind the tables in which nothing stands anywhere, nor a merged cell over a row we write in. */
function freeColumn({ taken, merges }: Survey, edge: number, rows: readonly number[]): number {
  const inOrder = [...rows].sort((a, b) => a - b);
  const covered = new Uint8Array(COLUMNS);
  for (const { top, bottom, left, right } of merges) {
    const row = inOrder[firstFrom(inOrder, top)];
    if (row !== undefined && row <= bottom) covered.fill(1, left, right + 1);
  }
  for (let column = edge + 1; column < COLUMNS; column += 1)
    if (taken[column] === 0 && covered[column] === 0) return column;
  throw new NoRoom();
}

function dimensionWith(
  bytes: Buffer,
  { from, to, attributes }: NonNullable<Survey['dimension']>,
  column: number,
  rows: readonly number[],
): Edit[] {
  const is = spanOf(attributes.get('ref') ?? '');
  if (is === null) return [];
  const top = rows.reduce((a, b) => Math.min(a, b), is.top);
  const bottom = rows.reduce((a, b) => Math.max(a, b), is.bottom);
  const grown = rangeOf({ top, bottom, left: is.left, right: Math.max(is.right, column) });
  if (grown === rangeOf(is)) return [];
  return [{ from, to, text: withAttribute(bytes.toString('utf8', from, to), 'ref', grown) }];
}

/** Our column is wide enough to be read, and is not hidden with those that nobody uses. */
function columnWith(bytes: Buffer, { prefix, columns, columnsEnd, bodyFrom }: Survey, column: number): Edit {
  const own = `<${prefix}col min="${column + 1}" max="${column + 1}" width="${WIDTH}" customWidth="1"/>`;
  if (columnsEnd === null) return { from: bodyFrom, to: bodyFrom, text: `<${prefix}cols>${own}</${prefix}cols>` };
  const over = columns.find(({ first, last }) => first <= column && last >= column);
  if (over === undefined) {
    const at = columns.find(({ first }) => first > column)?.from ?? columnsEnd;
    return { from: at, to: at, text: own };
  }
  const { from, to, first, last, attributes } = over;
  const tag = bytes.toString('utf8', from, to);
  const part = (min: number, max: number): string =>
    min > max ? '' : withAttribute(withAttribute(tag, 'min', String(min + 1)), 'max', String(max + 1));
  const width = Math.max(WIDTH, Number(attributes.get('width') ?? 0));
  const seen = withAttribute(withAttribute(part(column, column), 'hidden', null), 'customWidth', '1');
  const isWide =
    Number(attributes.get('width') ?? 0) >= NARROWEST && !/^(1|true)$/.test(attributes.get('hidden') ?? '');
  const middle = isWide ? part(column, column) : withAttribute(seen, 'width', String(width));
  return { from, to, text: part(first, column - 1) + middle + part(column + 1, last) };
}

interface Paint {
  readonly bytes: Buffer;
  readonly survey: Survey;
  readonly walk: Walk;
  readonly painter: Painter;
  /** Ours, and the last of the tables'. */
  readonly column: number;
  readonly edge: number;
}

function rowWith(sheet: Paint, row: number, from: number, want: Wanted): Edit[] {
  const { bytes, survey, walk, painter, column, edge } = sheet;
  const tag = { ...newTag(), end: from };
  advance(bytes, tag);
  const start = { from, to: tag.end, isEmpty: tag.isEmpty, attributes: attributesOf(bytes, tag) };
  const cells: CellAt[] = [];
  walk(tag, row, (cell) => cells.push({ ...cell }));
  const edits: Edit[] = [];
  const added = newCells(sheet, row, want, cells, blankStyle(survey, start.attributes));
  let next = 0;
  const addBefore = (before: number, at: number): void => {
    for (; next < added.length && (added[next]?.column as number) < before; next += 1)
      edits.push({ from: at, to: at, text: added[next]?.text as string });
  };
  for (const [i, cell] of cells.entries()) {
    addBefore(cell.column, cell.from);
    const isReason = survey.ours.includes(cell.column) || (cell.column === column && want.text !== null);
    if (isReason) {
      edits.push(...reasonInstead(sheet, row, want, cell, cells[i + 1]));
      continue;
    }
    const isWrong = want.cells.has(cell.column) || (want.isWhole && cell.isFilled && cell.column <= edge);
    const style = isWrong ? painter.marked(cell.style) : painter.unmarked(cell.style);
    if (style === cell.style) continue;
    const said = bytes.toString('utf8', cell.from, cell.tagTo);
    const text = withAttribute(said, 's', style === 0 ? null : String(style));
    edits.push({ from: cell.from, to: cell.tagTo, text });
  }
  const head = startWith(
    sheet,
    start,
    added.map((one) => one.column),
  );
  if (!start.isEmpty) {
    addBefore(COLUMNS, tag.start);
    return [...head, ...edits];
  }
  if (added.length === 0) return [];
  const [open = bytes.toString('utf8', start.from, start.to)] = head.map(({ text }) => text);
  const all = added.map(({ text }) => text).join('');
  return [{ from: start.from, to: start.to, text: `${open.replace(/\s*\/>$/, '>')}${all}</${survey.prefix}row>` }];
}

/** What a cell looks like that is not there. */
function blankStyle({ columns }: Survey, row: ReadonlyMap<string, string>): (column: number) => number {
  if (/^(1|true)$/.test(row.get('customFormat') ?? '')) return () => Number(row.get('s') ?? 0);
  return (column) =>
    Number(columns.find(({ first, last }) => first <= column && last >= column)?.attributes.get('style') ?? 0);
}

/** Cells the row lacks: wrong because they are empty, and the reason. */
function newCells(
  { survey: { prefix }, painter, column, edge }: Paint,
  row: number,
  want: Wanted,
  cells: readonly CellAt[],
  blank: (column: number) => number,
): { column: number; text: string }[] {
  const there = new Set(cells.map((cell) => cell.column));
  const added = [...want.cells]
    .filter((one) => !there.has(one))
    .map((one) => ({
      column: one,
      text: `<${prefix}c r="${letters(one)}${row + 1}" s="${painter.marked(blank(one))}"/>`,
    }));
  if (want.text !== null && !there.has(column)) {
    // The header looks like its neighbour and wears the colour of the marks.
    const beside = cells.findLast((one) => one.column <= edge)?.style ?? 0;
    const style = want.isHeader ? painter.marked(beside) : painter.unmarked(blank(column));
    added.push({ column, text: reasonCell(prefix, row, column, style, want.text) });
  }
  return added.sort((a, b) => a.column - b.column);
}

function reasonCell(prefix: string, row: number, column: number, style: number, text: string): string {
  const [p, s] = [prefix, style === 0 ? '' : ` s="${style}"`];
  const at = `${letters(column)}${row + 1}`;
  return `<${p}c r="${at}"${s} t="inlineStr"><${p}is><${p}t>${encoded(text)}</${p}t></${p}is></${p}c>`;
}

/** A cell of our column: what it said goes, what is to be said comes. */
function reasonInstead(
  { survey: { prefix }, painter, column }: Paint,
  row: number,
  want: Wanted,
  cell: CellAt,
  next: CellAt | undefined,
): Edit[] {
  const { from, to } = cell;
  const style = painter.unmarked(cell.style);
  if (want.text !== null && cell.column === column) {
    if (want.isHeader && cell.isHeader) return [];
    const look = want.isHeader ? painter.marked(cell.style) : style;
    return [{ from, to, text: reasonCell(prefix, row, column, look, want.text) }];
  }
  if (!cell.isFilled) return [];
  // Without its place in its tag the next one would move up.
  const mayGo = cell.isHeader || style === 0;
  if (mayGo && cell.isPlaced && next?.isPlaced !== false) return [{ from, to, text: '' }];
  const s = style === 0 ? '' : ` s="${style}"`;
  return [{ from, to, text: `<${prefix}c r="${letters(cell.column)}${row + 1}"${s}/>` }];
}

/** `spans` says from which column to which a row has cells. */
function startWith(
  { bytes }: Paint,
  { from, to, attributes }: { from: number; to: number; attributes: ReadonlyMap<string, string> },
  columns: readonly number[],
): Edit[] {
  const said = attributes.get('spans');
  if (said === undefined || columns.length === 0) return [];
  const all = [...(said.match(/\d+/g) ?? []).map(Number), ...columns.map((column) => column + 1)];
  const spans = `${Math.min(...all)}:${Math.max(...all)}`;
  return spans === said ? [] : [{ from, to, text: withAttribute(bytes.toString('utf8', from, to), 'spans', spans) }];
}

function newRow(sheet: Paint, row: number, want: Wanted): string {
  const { prefix } = sheet.survey;
  const cells = newCells(sheet, row, want, [], blankStyle(sheet.survey, new Map()));
  return `<${prefix}row r="${row + 1}">${cells.map(({ text }) => text).join('')}</${prefix}row>`;
}
