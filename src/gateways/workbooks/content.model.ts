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

/** A cell merged over several rows holds for each of them: one writes the head of a household once. */
export function rowsOf(sheets: readonly Sheet[], { sheet: name, at, columns }: Table): TableRows {
  const sheet = sheets.find((one) => one.name === name);
  if (!sheet) return { rows: [] };
  const places = new Map<string, number>();
  for (let column = 0; column < widthOf(sheet, at); column += 1) places.set(letters(column), column);
  const wanted = columns.map(({ column }) => places.get(column) ?? -1);
  return { rows: at.map((row) => ({ row: row + 1, cells: wanted.map((column) => contentAt(sheet, row, column)) })) };
}

const widthOf = ({ rows }: Sheet, at: readonly number[]): number =>
  at.reduce((widest, row) => Math.max(widest, rows[row]?.length ?? 0), 0);

function contentAt(sheet: Sheet, row: number, column: number): Cell | null {
  const span = spanAt(sheet, row, column);
  return span && span.left === column ? cellAt(sheet, span.top, column) : cellAt(sheet, row, column);
}
