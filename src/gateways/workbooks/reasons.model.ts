import type { Sheet } from './sheet.model.ts';

/** Over the column in which we write, beside the rows, what is wrong in them. Who reads a workbook passes it over. */
export const REASONS_HEADER = '经纬：要改的地方';

/** A cell that is wrong, or with no column a row; `row` as the spreadsheet counts, `column` in its letters. */
export interface Mark {
  readonly sheet: string;
  readonly row: number;
  readonly column: string | null;
  readonly reason: string;
}

/** Where a table is, as the reader told it: `A3:J118`. */
export interface TablePlace {
  readonly sheet: string;
  readonly range: string;
}

/** Marks of one row: which cells, and what is said beside them. Rows and columns count from 0. */
export interface WrongRow {
  readonly cells: ReadonlySet<number>;
  readonly isWhole: boolean;
  readonly reason: string;
}

/** Where a table lies, all of it from the first row of its labels on. */
export interface Extent {
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

/** What is to be done to one sheet. */
export interface SheetMarks {
  readonly sheet: string;
  readonly extents: readonly Extent[];
  readonly rows: ReadonlyMap<number, WrongRow>;
}

const LONGEST = 2000;

export function marksOf(tables: readonly TablePlace[], marks: readonly Mark[]): SheetMarks[] {
  return [...new Set(tables.map(({ sheet }) => sheet))].map((sheet) => {
    const rows = new Map<number, { cells: Set<number>; isWhole: boolean; reasons: Set<string> }>();
    for (const mark of marks.filter((one) => one.sheet === sheet)) {
      const row = rows.get(mark.row - 1) ?? { cells: new Set(), isWhole: false, reasons: new Set() };
      if (mark.column === null) row.isWhole = true;
      else row.cells.add(columnOf(mark.column));
      row.reasons.add(words(mark.reason));
      rows.set(mark.row - 1, row);
    }
    return {
      sheet,
      extents: tables.filter((one) => one.sheet === sheet).map(({ range }) => extentOf(range)),
      rows: new Map(
        [...rows].map(([at, { cells, isWhole, reasons }]) => [
          at,
          { cells, isWhole, reason: [...reasons].join('；').slice(0, LONGEST) },
        ]),
      ),
    };
  });
}

/** Rows of labels over the rows that are wrong: our header belongs there. */
export function headersFor({ extents, rows }: SheetMarks): Set<number> {
  const found = new Set<number>();
  for (const row of rows.keys()) {
    const around = extents.filter(({ top, bottom }) => row >= top && row <= bottom);
    const nearest = extents.findLast(({ top }) => top <= row) ?? extents[0];
    for (const { top } of around.length > 0 || !nearest ? around : [nearest]) found.add(top);
  }
  return found;
}

/** One line, and nothing a file cannot hold. */
const words = (reason: string): string => reason.replace(/\p{Cc}+|[\ufffe\uffff]/gu, ' ').trim();

/** 27 for `AB`. */
export function columnOf(name: string): number {
  let column = 0;
  for (const letter of name.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function extentOf(range: string): Extent {
  const [, top, right = '', bottom] = /^[A-Z]+(\d+):([A-Z]+)(\d+)$/.exec(range) ?? [];
  return { top: Number(top) - 1, bottom: Number(bottom) - 1, right: columnOf(right) };
}

/** A sheet as it was before we wrote beside its rows. */
export function withoutReasons(sheet: Sheet): Sheet {
  const ours = new Set(
    sheet.rows.flatMap((cells) => cells.flatMap((cell, at) => (cell?.text === REASONS_HEADER ? [at] : []))),
  );
  if (ours.size === 0) return sheet;
  return { ...sheet, rows: sheet.rows.map((cells) => cells.map((cell, at) => (ours.has(at) ? null : cell))) };
}
