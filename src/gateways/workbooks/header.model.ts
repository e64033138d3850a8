import { bareName, fieldOf } from '../../domains/land/registry/batches/columns.model.ts';
import { typeOfValue } from '../../domains/land/registry/fields/value.model.ts';
import { type Cell, cellAt, type Sheet, type Span } from './sheet.model.ts';

/** The labels over a table: how many rows they take, and for each column its labels from the top down. */
export interface Header {
  readonly top: number;
  readonly height: number;
  readonly columns: readonly Column[];
}

export interface Column {
  readonly at: number;
  readonly path: readonly string[];
}

const MOST_LEVELS = 4;
const LONGEST_LABEL = 40;
/** So many rows below are asked whether they look like what the labels promise. */
const WITNESSES = 8;

/** Names of fields that an area added, bare. */
export type AlsoNamed = ReadonlySet<string>;
const nothingElse: AlsoNamed = new Set();

/** The header that begins in this row; null: none does. */
export function headerAt(sheet: Sheet, row: number, also: AlsoNamed = nothingElse): Header | null {
  const first = labelsIn(sheet, row);
  if (first === null) return null;
  // A program's names of the columns, hidden over those for people.
  if (sheet.hiddenRows.includes(row) && !sheet.hiddenRows.includes(row + 1) && headerAt(sheet, row + 1, also) !== null)
    return null;
  const height = heightOf(sheet, row);
  const lower = sheet.rows.slice(row + 1, row + height).flat();
  if (!lower.every((cell) => cell === null || isLowerLabel(cell))) return null;
  const columns = columnsOf(sheet, row, height);
  // A title over one group is no header, nor are two labels that say the same.
  if (columns.length < 2 || new Set(columns.map(({ path }) => path.join('/'))).size < 2) return null;
  const header = { top: row, height, columns };
  return !isSideways(sheet, header) && isBorneOut(sheet, header, also) ? header : null;
}

/** Filled cells of a row if every one may be a label, else null. */
function labelsIn(sheet: Sheet, row: number): readonly Cell[] | null {
  const filled = (sheet.rows[row] ?? []).filter((cell) => cell !== null && !FAULT.test(cell.text)) as Cell[];
  const isOne = areDays(sheet, row) ? (cell: Cell): boolean => cell.kind === 'date' || isLabel(cell) : isLabel;
  if (filled.length < 2 || !filled.every(isOne) || !filled.some(({ kind }) => kind === 'text')) return null;
  // `企业名称：` with its value beside it is a line of a form.
  return filled.filter(({ text }) => /[:：]$/.test(text)).length * 2 < filled.length ? filled : null;
}

/** What a formula leaves that found nothing. */
const FAULT = /^#(REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!)$/;

/** One day after the other, with no days below: the columns of a month's list of attendance. */
function areDays(sheet: Sheet, row: number): boolean {
  const cells = sheet.rows[row] ?? [];
  const places = [...cells.keys()].filter((at) => cells[at]?.kind === 'date');
  const days = places.map((at) => Date.parse(cells[at]?.text ?? ''));
  const below = sheet.rows.slice(row + 1, row + 1 + WITNESSES);
  return (
    days.length >= 2 &&
    days.every((day, i) => i === 0 || day > (days[i - 1] ?? day)) &&
    below.every((line) => places.every((at) => line[at]?.kind !== 'date'))
  );
}

/** Under a group columns are often just counted, or are men and women. */
const isLowerLabel = (cell: Cell): boolean =>
  isLabel(cell) ||
  /^[男女]性?$/.test(cell.text) ||
  (cell.kind === 'number' && /^([1-9]|[12]\d|3[01])$/.test(cell.text));

/** Short, no sentence, nothing that is plainly somebody's value; years are labels in many a table of figures. */
function isLabel({ text, kind }: Cell): boolean {
  if (kind === 'number') return /^(19|20)\d{2}$/.test(text);
  if (kind !== 'text' || text.length > LONGEST_LABEL || /[。；;！!]/.test(text)) return false;
  // `填报单位：某某社区` is a label with its value in one cell.
  if (/[:：]\s*\S/.test(text)) return false;
  return !['id_number', 'phone', 'area_code', 'date', 'credit_code', 'sex', 'yes_no'].includes(typeOfValue(text));
}

/** The labels run down the first column and each further one is somebody: no table of rows. */
function isSideways(sheet: Sheet, { top, height, columns }: Header): boolean {
  const [first, ...others] = columns;
  if (!first || height > 1 || others.some(({ path }) => fieldOf(path, []) !== null)) return false;
  const down = sheet.rows
    .slice(top, top + WITNESSES)
    .map((cells) => cells[first.at] ?? null)
    .filter((cell) => cell !== null);
  const named = down.filter(({ text }) => fieldOf([text], []) !== null).length;
  return named >= 2 && named > down.length / 2;
}

/** The merged area a cell is part of. */
export const spanAt = (sheet: Sheet, row: number, column: number): Span | undefined =>
  indexOf(sheet).get(`${row} ${column}`);

const indexes = new WeakMap<Sheet, Map<string, Span>>();

/** Which merged area a cell is in. Areas over whole columns are looked at no further than there is something. */
function indexOf(sheet: Sheet): Map<string, Span> {
  const known = indexes.get(sheet);
  if (known) return known;
  const index = new Map<string, Span>();
  const width = Math.max(0, ...sheet.rows.map((cells) => cells.length));
  for (const span of sheet.spans)
    for (let row = span.top; row <= Math.min(span.bottom, sheet.rows.length - 1, span.top + MOST_SPANNED); row += 1)
      for (let column = span.left; column <= Math.min(span.right, width - 1); column += 1)
        index.set(`${row} ${column}`, span);
  indexes.set(sheet, index);
  return index;
}

const MOST_SPANNED = 2000;

/**
 * As far down as the merged labels reach; and one further as long as a label over several columns has others below. Where
 * the merging was lost (a text file) a row with gaps over a full one is taken for the groups.
 */
function heightOf(sheet: Sheet, top: number): number {
  let height = 1;
  for (let level = 0; level < height && level < MOST_LEVELS; level += 1) {
    const row = top + level;
    const width = sheet.rows[row]?.length ?? 0;
    for (let column = 0; column < width; column += 1) {
      const span = spanAt(sheet, row, column);
      if (!span || span.top !== row || span.left !== column || cellAt(sheet, row, column) === null) continue;
      height = Math.max(height, span.bottom - top + 1);
      const isGroup = span.right > span.left && below(sheet, span.bottom + 1, span.left, span.right) >= 2;
      if (isGroup) height = Math.max(height, span.bottom - top + 2);
    }
  }
  if (height === 1 && (hasLostGroups(sheet, top) || isTranslated(sheet, top))) height = 2;
  return Math.min(height, MOST_LEVELS);
}

/** How many labels stand in a row between two columns; none if anything there is no label. */
function below(sheet: Sheet, row: number, left: number, right: number): number {
  const cells = (sheet.rows[row] ?? []).slice(left, right + 1).filter((cell) => cell !== null);
  return cells.every(isLowerLabel) ? cells.length : 0;
}

function hasLostGroups(sheet: Sheet, row: number): boolean {
  const [upper, lower] = [sheet.rows[row] ?? [], sheet.rows[row + 1] ?? []];
  const labels = labelsIn(sheet, row + 1);
  const own = upper.filter((cell) => cell !== null).length;
  if (labels === null || labels.length <= own || upper.some((cell) => cell?.kind !== 'text' && cell !== null))
    return false;
  const known = (cells: readonly (Cell | null)[]): number =>
    cells.filter((cell) => cell !== null && fieldOf([cell.text], []) !== null).length;
  // Under each label there is a column, and the lower ones are names of facts.
  return known(lower) >= 2 && known(lower) > known(upper) / 2;
}

/** The same labels once more in another script, below: 姓名 over Name. */
function isTranslated(sheet: Sheet, row: number): boolean {
  const [upper, lower] = [labelsIn(sheet, row), labelsIn(sheet, row + 1)];
  if (upper === null || lower === null || upper.length !== lower.length) return false;
  const isHan = (cells: readonly Cell[]): boolean => cells.every(({ text }) => /\p{Script=Han}/u.test(text));
  const isLatin = (cells: readonly Cell[]): boolean => cells.every(({ text }) => /^[\p{ASCII}]+$/u.test(text));
  if (!(isHan(upper) && isLatin(lower)) && !(isLatin(upper) && isHan(lower))) return false;
  return (
    lower.filter(({ text }, i) => fieldOf([text], [])?.field === fieldOf([upper[i]?.text ?? ''], [])?.field).length >= 2
  );
}

function columnsOf(sheet: Sheet, top: number, height: number): Column[] {
  const width = Math.max(...Array.from({ length: height }, (_, i) => sheet.rows[top + i]?.length ?? 0));
  const columns: Column[] = [];
  const groups: string[] = [];
  for (let at = 0; at < width; at += 1) {
    const path: string[] = [];
    let isOwn = false;
    for (let level = 0; level < height; level += 1) {
      const row = top + level;
      const span = spanAt(sheet, row, at);
      const from = span ? cellAt(sheet, span.top, span.left) : cellAt(sheet, row, at);
      const text = from === null ? '' : label(from.text);
      isOwn ||= (span ? span.left === at : true) && text !== '';
      // What a file without merging leaves empty belongs to the group before it.
      if (level < height - 1 && !span) groups[level] = text === '' ? (groups[level] ?? '') : text;
      const said =
        text === '' && level < height - 1 && !span && sheet.spans.length === 0 ? (groups[level] ?? '') : text;
      if (said !== '' && path.at(-1) !== said) path.push(said);
    }
    // A merged label takes the columns it covers for itself.
    if (path.length > 0 && isOwn) columns.push({ at, path });
  }
  return columns;
}

const label = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '')
    .trim();

/** Ends as names of columns do. */
const ASKS = /(名称|编号|编码|代码|类别|类型|分类|等级|时间|日期|数量?|人数|率|金额|面积|情况|内容|地址|单位|姓名)$/;

/** What stands below are rows of it: mostly filled under the labels and not beside them, and not labels themselves. */
function isBorneOut(sheet: Sheet, { top, height, columns }: Header, also: AlsoNamed): boolean {
  const isNamed = (path: readonly string[]): boolean =>
    fieldOf(path, []) !== null || also.has(bareName(path.at(-1) ?? ''));
  const named = columns.filter(({ path }) => isNamed(path)).length;
  const known = columns.filter(({ path }) => isNamed(path) || ASKS.test(path.at(-1) ?? '')).length;
  const rows: (readonly (Cell | null)[])[] = [];
  for (let row = top + height; row < sheet.rows.length && rows.length < WITNESSES; row += 1) {
    const cells = sheet.rows[row] ?? [];
    if (!isBlank(cells)) rows.push(cells);
  }
  if (rows.length === 0) return named >= 3;
  const places = new Set(columns.map(({ at }) => at));
  const [left, right] = [columns[0]?.at ?? 0, columns.at(-1)?.at ?? 0];
  const fits = rows.filter((cells) => {
    // What somebody counts beside a table is none of it.
    const filled = [...cells.keys()].filter((at) => cells[at] !== null && at >= left && at <= right);
    const under = filled.filter((at) => places.has(at) || spanAt(sheet, top + height - 1, at) !== undefined).length;
    return under >= Math.min(2, columns.length) && under >= filled.length * 0.8;
  });
  if (named >= 2 && named >= columns.length * 0.4) return fits.length > 0;
  if (known >= 2 && known >= columns.length * 0.4) return fits.length > 1;
  if (isPlainTop(sheet, top, columns) && fits.length > (known > 0 ? 0 : 1) && fits.length >= rows.length * 0.7)
    return true;
  if (fits.length < Math.ceil(rows.length * 0.6)) return false;
  const share = (is: (cell: Cell) => boolean): number => {
    const cells = fits.flatMap((row) => columns.map(({ at }) => row[at] ?? null)).filter((cell) => cell !== null);
    return cells.filter(is).length / Math.max(1, cells.length);
  };
  const labels = columns.map(({ at }) => at).length;
  const filledUnder = fits.flatMap((row) => columns.filter(({ at }) => (row[at] ?? null) !== null)).length;
  const isDense = filledUnder >= labels * fits.length * 0.4;
  return isDense && (known >= columns.length / 2 || share(({ kind }) => kind !== 'text') > 0.15);
}

/** With nothing in it, or only numbered for somebody who is still to be written there. */
export function isBlank(cells: readonly (Cell | null)[]): boolean {
  const filled = cells.filter((cell) => cell !== null);
  return (
    filled.length === 0 || (filled.length === 1 && filled[0]?.kind === 'number' && /^\d{1,5}$/.test(filled[0].text))
  );
}

/** The first row of a sheet with more than a title in it, from its left edge on and nothing merged: a list made by a program. */
const isPlainTop = (sheet: Sheet, top: number, columns: readonly Column[]): boolean =>
  columns[0]?.at === 0 &&
  columns.every(({ at }) => spanAt(sheet, top, at) === undefined) &&
  sheet.rows.slice(0, top).every((cells) => cells.filter((cell) => cell !== null).length < 2);

/** The same labels again further down: a page that was printed begins anew. */
export function isRepeat(sheet: Sheet, row: number, { top, height }: Header): boolean {
  // Of a hundred thousand rows nearly all differ in the first cell, and need no further look.
  if (firstIn(sheet, row) !== firstIn(sheet, top)) return false;
  return Array.from({ length: height }, (_, i) => i).every((i) => textsIn(sheet, row + i) === textsIn(sheet, top + i));
}

const firstIn = (sheet: Sheet, row: number): string =>
  bareName(sheet.rows[row]?.find((cell) => cell !== null)?.text ?? '');

const textsIn = (sheet: Sheet, row: number): string =>
  (sheet.rows[row] ?? [])
    .map((cell) => bareName(cell?.text ?? ''))
    .join('\n')
    .replace(/\n+$/, '');
