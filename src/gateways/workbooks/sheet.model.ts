/** A sheet as any workbook has it. Rows and columns count from 0; what is empty is null. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (Cell | null)[])[];
  /** Cells that were merged; their text stands in the first. */
  readonly spans: readonly Span[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns?: readonly number[];
}

export interface Cell {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'date' | 'other';
}

export interface Span {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const cellAt = ({ rows }: Sheet, row: number, column: number): Cell | null => rows[row]?.[column] ?? null;

/** `AB` for 27. */
export function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

/** `B3:K118`, as a spreadsheet says it. */
export const rangeOf = ({ top, left, bottom, right }: Span): string =>
  `${letters(left)}${top + 1}:${letters(right)}${bottom + 1}`;
