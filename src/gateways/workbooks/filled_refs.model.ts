/** Rows pushed down to make room: what that does to whatever names cells. Rows count from 0. */
export interface Shift {
  /** The empty rows: from here to before `below`, what stands there and further moves down. */
  readonly first: number;
  readonly below: number;
  readonly by: number;
  /** The last row that is filled, as counted afterwards. */
  readonly last: number;
}

export const shiftedRow = (row: number, { below, by }: Shift): number => (row >= below ? row + by : row);

/** A range that ends with the empty rows grows with them: a sum, a rule of what may be entered. */
function shiftedEnd(top: number, bottom: number, shift: Shift): number {
  if (bottom >= shift.below) return bottom + shift.by;
  return bottom === shift.below - 1 && bottom > top ? bottom + shift.by : bottom;
}

const ONE = /^(\$?[A-Z]{1,3}\$?)(\d{1,7})$/;

/** `A5:H14`, `A5`; what is whole columns stays. */
export function shiftedRange(range: string, shift: Shift): string {
  const [from = '', to] = range.split(':');
  const [, column, row] = ONE.exec(from) ?? [];
  if (column === undefined) return range;
  const top = Number(row) - 1;
  const start = `${column}${shiftedRow(top, shift) + 1}`;
  const [, other, end] = ONE.exec(to ?? '') ?? [];
  if (to === undefined || other === undefined) return to === undefined ? start : range;
  return `${start}:${other}${shiftedEnd(top, Number(end) - 1, shift) + 1}`;
}

/** Rules for cells, several ranges at once: those over the first empty row reach as far as there are people. */
export const shiftedList = (list: string, shift: Shift): string =>
  list
    .split(/\s+/)
    .map((range) => grown(shiftedRange(range, shift), shift))
    .join(' ');

function grown(range: string, { first, last }: Shift): string {
  const [, start = '', top, end = '', bottom] = /^(\$?[A-Z]{1,3}\$?)(\d+):(\$?[A-Z]{1,3}\$?)(\d+)$/.exec(range) ?? [];
  const isOver = Number(top) - 1 <= first && Number(bottom) - 1 > first;
  return isOver && Number(bottom) - 1 < last ? `${start}${top}:${end}${last + 1}` : range;
}

const REFERENCE =
  /"(?:[^"]|"")*"|(?<![\p{L}\p{N}_.$])((?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)(?![\p{L}\p{N}_(.!])/gu;

/** A formula that stands on the sheet whose rows move (`isOwn`), or elsewhere and names it. */
export const shiftedFormula = (formula: string, sheet: string, isOwn: boolean, shift: Shift): string =>
  formula.replace(REFERENCE, (all: string, of: string | undefined, range: string | undefined) => {
    if (range === undefined) return all;
    const named = of?.slice(0, -1).replace(/^'|'$/g, '').replaceAll("''", "'");
    const isHere = named === undefined ? isOwn : named === sheet;
    return isHere ? `${of ?? ''}${shiftedRange(range, shift)}` : all;
  });
