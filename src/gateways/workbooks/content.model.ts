import { spanAt } from './header.model.ts';
import { type Cell, cellAt, letters, type Sheet } from './sheet.model.ts';
import type { Table } from './table.model.ts';

/** What stands in the rows of a table, column by column in the order of its columns. */
export interface TableRows {
  readonly rows: readonly ContentRow[];
}

export interface ContentRow {
  /** As the spreadsheet counts it, from 1. */
  readonly row: number;
  readonly cells: readonly (Cell | null)[];
}

/**
 * The rows of a table as they pass between processes: JSON of some thousand at a time, a text alone where it is one. Cells
 * as objects took five times the time and, all at once, more memory than the reader may have.
 */
export function packRows(sheets: readonly Sheet[], { sheet: name, at, columns }: Table): Uint8Array[] {
  const sheet = sheets.find((one) => one.name === name);
  if (!sheet) return [];
  const places = new Map<string, number>();
  for (let column = 0; column < widthOf(sheet, at); column += 1) places.set(letters(column), column);
  const wanted = columns.map(({ column }) => places.get(column) ?? -1);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < at.length; from += PART) {
    const rows = at
      .slice(from, from + PART)
      .map((row) => [row + 1, ...wanted.map((one) => packed(contentAt(sheet, row, one)))]);
    parts.push(Buffer.from(JSON.stringify(rows)));
  }
  return parts;
}

const PART = 2000;
type Packed = null | string | readonly [text: string, kind: Cell['kind']];

const packed = (cell: Cell | null): Packed =>
  cell === null ? null : cell.kind === 'text' ? cell.text : [cell.text, cell.kind];

const unpacked = (cell: Packed): Cell | null =>
  cell === null ? null : typeof cell === 'string' ? { text: cell, kind: 'text' } : { text: cell[0], kind: cell[1] };

export function unpackRows(parts: readonly Uint8Array[]): TableRows {
  const rows: ContentRow[] = [];
  for (const part of parts)
    for (const [row, ...cells] of JSON.parse(Buffer.from(part).toString()) as [number, ...Packed[]][])
      rows.push({ row, cells: cells.map(unpacked) });
  return { rows };
}

const widthOf = ({ rows }: Sheet, at: readonly number[]): number =>
  at.reduce((widest, row) => Math.max(widest, rows[row]?.length ?? 0), 0);

/** A cell merged over several rows holds for each of them: one writes the head of a household once. */
function contentAt(sheet: Sheet, row: number, column: number): Cell | null {
  const span = spanAt(sheet, row, column);
  return span && span.left === column ? cellAt(sheet, span.top, column) : cellAt(sheet, row, column);
}
