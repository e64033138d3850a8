import { type Cell, type CellValue, type Sheet, type WriteSheet, writeXlsx } from 'hucre';
import { headersFor, REASONS_HEADER, type SheetMarks } from './reasons.model.ts';

/** A new xlsx of the same values, for files that cannot be changed in place: their formulas and looks are not kept. */
export function markAnew(sheets: readonly Sheet[], all: readonly SheetMarks[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map((sheet) =>
      marked(
        sheet,
        all.find((one) => one.sheet === sheet.name),
      ),
    ),
  });
}

/** The colour of the marks in the same workbook as well. */
const look = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFBFB0' } } } as const;
const WIDTH = 48;

function marked({ name, rows: read, merges = [], columns = [], hidden }: Sheet, marks?: SheetMarks): WriteSheet {
  const rows = Array.from(read, (row) => Array.from(row ?? [], filled));
  const cells = new Map<string, Partial<Cell>>();
  const base: WriteSheet = { name, rows, merges, ...(hidden === undefined ? {} : { hidden }) };
  if (marks === undefined || marks.rows.size === 0) return base;
  const ours = rows.flat().includes(REASONS_HEADER)
    ? rows.map((row) => row.indexOf(REASONS_HEADER)).find((at) => at >= 0)
    : undefined;
  const behind = [...rows.map((row) => row.length - 1), ...merges.map(({ endCol }) => endCol)];
  const column = ours ?? behind.reduce((a, b) => Math.max(a, b), -1) + 1;
  if (ours !== undefined) for (const row of rows) if (row.length > ours) row[ours] = null;
  const write = (row: number, text: string): void => {
    while (rows.length <= row) rows.push([]);
    const cells = rows[row] as CellValue[];
    while (cells.length < column) cells.push(null);
    cells[column] = text;
  };
  for (const [row, { cells: wrong, isWhole, reason }] of marks.rows) {
    const whole = isWhole ? (rows[row] ?? []).flatMap((value, at) => (value === null ? [] : [at])) : [];
    for (const at of [...wrong, ...whole]) cells.set(seenAt(merges, row, at), { style: look });
    write(row, reason);
  }
  for (const row of headersFor(marks)) {
    write(row, REASONS_HEADER);
    cells.set(`${row},${column}`, { style: look });
  }
  const widths = Array.from({ length: column }, (_, at) => columns[at] ?? {});
  return { ...base, cells, columns: [...widths, { width: WIDTH }] };
}

/** Of merged cells only the first is seen. */
function seenAt(merges: NonNullable<Sheet['merges']>, row: number, column: number): string {
  const over = merges.find(
    (one) => row >= one.startRow && row <= one.endRow && column >= one.startCol && column <= one.endCol,
  );
  return over ? `${over.startRow},${over.startCol}` : `${row},${column}`;
}

const filled = (value: CellValue | undefined): CellValue => (value === undefined || value === '' ? null : value);
