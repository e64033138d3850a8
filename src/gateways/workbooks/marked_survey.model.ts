import {
  advance,
  attributesOf,
  Damaged,
  isNamed,
  type Letters,
  nameOfTag,
  newLetters,
  numberAt,
  readLetters,
  rootOf,
  skip,
  type Tag,
  textIn,
  Unmarkable,
} from './marked_xml.model.ts';
import { columnOf, REASONS_HEADER } from './reasons.model.ts';
import type { Span } from './sheet.model.ts';

/** A sheet's XML looked over once: where its rows are, which columns are taken, and what of it is ours from last time. */
export interface Survey {
  readonly prefix: string;
  readonly dimension: Piece | null;
  readonly columns: readonly ColumnPiece[];
  /** Where the widths of columns end, and where the rows begin and end. */
  readonly columnsEnd: number | null;
  readonly bodyFrom: number;
  readonly bodyTo: number;
  /** Each row's number from 0 on, where it begins, and whether something in it is ours: a mark, a reason. */
  readonly rows: readonly number[];
  readonly rowsFrom: readonly number[];
  readonly rowsMarked: readonly boolean[];
  /** By column: something stands there somewhere. */
  readonly taken: Uint8Array;
  readonly merges: readonly Span[];
  /** Columns with our reasons of last time. */
  readonly ours: readonly number[];
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Widths and styles of columns, counted from 0. */
export interface ColumnPiece extends Piece {
  readonly first: number;
  readonly last: number;
}

/** What in this workbook says that a cell is ours. */
export interface Known {
  /** Places in the list of shared texts at which our header stands. */
  readonly headers: ReadonlySet<number>;
  readonly isMarked: (style: number) => boolean;
}

/** A cell where it lies; the walk over a row uses one for all its cells. */
export interface CellAt {
  column: number;
  from: number;
  /** Behind its start tag, and behind all of it. */
  tagTo: number;
  to: number;
  isPlaced: boolean;
  style: number;
  isFilled: boolean;
  isFormula: boolean;
  isHeader: boolean;
}

export const COLUMNS = 16_384;
const HEADER = Buffer.from(REASONS_HEADER);
const [C, V, F, S] = [99, 118, 102, 115];

export function surveySheet(bytes: Buffer, known: Known): Survey {
  const { tag, prefix } = rootOf(bytes);
  const name = (local: string): Buffer => Buffer.from(prefix + local);
  const [body, dimensionName, colName, colsName, rowName] = ['sheetData', 'dimension', 'col', 'cols', 'row'].map(
    name,
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  if (!isNamed(bytes, tag, name('worksheet'))) throw new Unmarkable('no sheet of cells');
  let dimension: Piece | null = null;
  let columnsEnd: number | null = null;
  const columns: ColumnPiece[] = [];
  for (;;) {
    if (!advance(bytes, tag)) throw new Damaged('no rows');
    if (isNamed(bytes, tag, body)) break;
    if (isNamed(bytes, tag, dimensionName) && !tag.isClose) dimension = pieceAt(bytes, tag);
    if (isNamed(bytes, tag, colsName)) {
      if (tag.isEmpty) throw new Unmarkable('no columns');
      columnsEnd = tag.start;
    }
    if (isNamed(bytes, tag, colName) && !tag.isClose) columns.push(columnsAt(bytes, tag));
  }
  const bodyFrom = tag.start;
  const isBare = tag.isEmpty;
  const rows: number[] = [];
  const rowsFrom: number[] = [];
  const rowsMarked: boolean[] = [];
  const taken = new Uint8Array(COLUMNS);
  const formulas = new Uint8Array(COLUMNS);
  const headers = new Set<number>();
  const walk = walkerOf(bytes, prefix, known);
  let isMarked = false;
  const look = (cell: CellAt): void => {
    if (cell.isFilled) taken[cell.column] = 1;
    if (cell.isFormula) formulas[cell.column] = 1;
    if (cell.isHeader) headers.add(cell.column);
    isMarked ||= known.isMarked(cell.style) || (cell.isFilled && headers.has(cell.column));
  };
  const letters = newLetters();
  for (let last = -1; !isBare; ) {
    if (!advance(bytes, tag)) throw new Damaged('rows have no end');
    if (tag.isClose) break;
    if (!isNamed(bytes, tag, rowName)) throw new Unmarkable(nameOfTag(bytes, tag));
    const row = rowAt(bytes, tag, letters, last);
    rows.push(row);
    rowsFrom.push(tag.start);
    isMarked = false;
    walk(tag, row, look);
    rowsMarked.push(isMarked);
    last = row;
  }
  const bodyTo = tag.start;
  const merges = mergesBehind(bytes, tag, prefix);
  const ours = [...headers].filter((column) => formulas[column] === 0).sort((a, b) => a - b);
  return { prefix, dimension, columns, columnsEnd, bodyFrom, bodyTo, rows, rowsFrom, rowsMarked, taken, merges, ours };
}

const pieceAt = (bytes: Buffer, tag: Tag): Piece => ({
  from: tag.start,
  to: tag.end,
  attributes: attributesOf(bytes, tag),
});

function columnsAt(bytes: Buffer, tag: Tag): ColumnPiece {
  if (!tag.isEmpty) throw new Unmarkable('columns with content');
  const piece = pieceAt(bytes, tag);
  return { ...piece, first: Number(piece.attributes.get('min')) - 1, last: Number(piece.attributes.get('max')) - 1 };
}

/** A row that does not say its number is the one after the last. */
function rowAt(bytes: Buffer, tag: Tag, letters: Letters, last: number): number {
  readLetters(bytes, tag, letters);
  const row = letters.rFrom === 0 ? last + 1 : numberAt(bytes, letters.rFrom, letters.rTo) - 1;
  if (row <= last) throw new Unmarkable('rows are out of order');
  return row;
}

/** Goes over the cells of the row whose tag is given, and stands at its end. */
export type Walk = (tag: Tag, row: number, each: (cell: CellAt) => void) => void;

export function walkerOf(bytes: Buffer, prefix: string, known: Known): Walk {
  const before = Buffer.from(prefix);
  const letters = newLetters();
  const cell: CellAt = {
    column: 0,
    from: 0,
    tagTo: 0,
    to: 0,
    isPlaced: false,
    style: 0,
    isFilled: false,
    isFormula: false,
    isHeader: false,
  };
  const mayHaveHeader = known.headers.size > 0 || bytes.includes(HEADER);
  /** Of a name of one letter, else 0. */
  const letterOf = (tag: Tag): number => {
    if (tag.nameTo - tag.nameFrom !== before.length + 1) return 0;
    for (let i = 0; i < before.length; i += 1) if (bytes[tag.nameFrom + i] !== before[i]) return 0;
    return bytes[tag.nameTo - 1] as number;
  };
  const place = (row: number, last: number): number => {
    if (letters.rFrom === 0) return last + 1;
    let [at, column] = [letters.rFrom, 0];
    for (; at < letters.rTo; at += 1) {
      const letter = (bytes[at] as number) - 64;
      if (letter < 1 || letter > 26) break;
      column = column * 26 + letter;
    }
    if (numberAt(bytes, at, letters.rTo) !== row + 1) throw new Unmarkable('a cell is in another row');
    return column - 1;
  };
  const readContent = (tag: Tag): void => {
    let value = 0;
    for (;;) {
      if (!advance(bytes, tag)) throw new Damaged('a cell has no end');
      const letter = letterOf(tag);
      if (tag.isClose) {
        if (letter === C) return;
        // Shared texts are said by their number.
        if (letter === V && mayHaveHeader && isShared())
          cell.isHeader = known.headers.has(numberAt(bytes, value, tag.start));
        continue;
      }
      cell.isFilled = true;
      if (letter === F) cell.isFormula = true;
      if (letter === V) value = tag.end;
    }
  };
  const isShared = (): boolean => letters.tTo - letters.tFrom === 1 && bytes[letters.tFrom] === S;
  /** Cells come in the order they lie in; so do the places where our header is written out. */
  let nextHeader = mayHaveHeader ? bytes.indexOf(HEADER) : -1;
  const saysHeader = (): boolean => {
    while (nextHeader >= 0 && nextHeader < cell.tagTo) nextHeader = bytes.indexOf(HEADER, cell.tagTo);
    if (nextHeader < 0 || nextHeader >= cell.to) return false;
    return textIn(bytes, cell.tagTo, cell.to).trim() === REASONS_HEADER;
  };
  return (tag, row, each) => {
    if (tag.isEmpty) return;
    for (let last = -1; ; last = cell.column) {
      if (!advance(bytes, tag)) throw new Damaged('a row has no end');
      if (tag.isClose) return;
      while (letterOf(tag) !== C) {
        if (nameOfTag(bytes, tag) !== `${prefix}extLst`) throw new Unmarkable(nameOfTag(bytes, tag));
        skip(bytes, tag);
        if (!advance(bytes, tag)) throw new Damaged('a row has no end');
        if (tag.isClose) return;
      }
      readLetters(bytes, tag, letters);
      cell.column = place(row, last);
      if (cell.column <= last || cell.column >= COLUMNS) throw new Unmarkable('cells are out of order');
      cell.from = tag.start;
      cell.tagTo = tag.end;
      cell.isPlaced = letters.rFrom !== 0;
      cell.style = letters.sFrom === 0 ? 0 : numberAt(bytes, letters.sFrom, letters.sTo);
      cell.isFilled = cell.isFormula = cell.isHeader = false;
      if (!tag.isEmpty) readContent(tag);
      cell.to = tag.end;
      cell.isHeader ||= cell.isFilled && saysHeader();
      each(cell);
    }
  };
}

function mergesBehind(bytes: Buffer, tag: Tag, prefix: string): Span[] {
  const name = Buffer.from(`${prefix}mergeCell`);
  const merges: Span[] = [];
  let last = '';
  while (advance(bytes, tag)) {
    if (isNamed(bytes, tag, name) && !tag.isClose) {
      const span = spanOf(attributesOf(bytes, tag).get('ref') ?? '');
      if (span !== null) merges.push(span);
    }
    if (tag.isClose) last = nameOfTag(bytes, tag);
  }
  if (last !== `${prefix}worksheet`) throw new Damaged('the sheet has no end');
  return merges;
}

export function spanOf(range: string): Span | null {
  const [, left, top, right = left, bottom = top] = /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(range) ?? [];
  if (left === undefined || right === undefined) return null;
  return { top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) };
}

/** Where our header stands in the list of texts all sheets share. */
export function headersIn(bytes: Buffer): Set<number> {
  const found = new Set<number>();
  if (!bytes.includes(HEADER)) return found;
  const { tag, prefix } = rootOf(bytes);
  const item = Buffer.from(`${prefix}si`);
  for (let at = 0; advance(bytes, tag); ) {
    if (!isNamed(bytes, tag, item) || tag.isClose) continue;
    const from = tag.end;
    skip(bytes, tag);
    if (textIn(bytes, from, tag.end).trim() === REASONS_HEADER) found.add(at);
    at += 1;
  }
  return found;
}
