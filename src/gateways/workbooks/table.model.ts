import { fieldOf, fieldsOf, type Understood } from '../../domains/land/registry/batches/columns.model.ts';
import { dictionary } from '../../domains/land/registry/fields/dictionary.model.ts';
import { typeOfValue, type ValueType } from '../../domains/land/registry/fields/value.model.ts';
import { type Column, type Header, headerAt, isBlank, isRepeat, spanAt } from './header.model.ts';
import { withoutReasons } from './reasons.model.ts';
import { type Cell, cellAt, letters, rangeOf, type Sheet } from './sheet.model.ts';

/** What was understood of one table. */
export interface Table {
  readonly sheet: string;
  /** Labels, rows and totals, as a spreadsheet says it: `A3:J118`. */
  readonly range: string;
  readonly title: string | null;
  readonly columns: readonly TableColumn[];
  /** How many rows of its own it has: no labels said again, no totals, no sections, no empty ones. */
  readonly rows: number;
  /** Which rows of the sheet these are, from 0. */
  readonly at: readonly number[];
  /** Of these, how many are hidden. */
  readonly hidden: number;
  /** The table whose rows go on here: beside it, or on a sheet before. */
  readonly continues: { readonly sheet: string; readonly range: string } | null;
  /** Rows that add up others, as the spreadsheet counts them. */
  readonly totals: readonly number[];
  readonly notes: readonly string[];
}

export interface TableColumn {
  /** Labels from the top down, joined by `/`. */
  readonly path: string;
  readonly column: string;
  readonly field: string | null;
  readonly by: Understood['by'] | null;
}

const SAMPLES = 40;
const TOTAL = /^(合计|总计|小计|累计|共计|总数|平均|平均数|平均值|total|subtotal|sum|average)[:：]?$/i;
/** `全镇合计`, `石桥村小计`: over figures. */
const TOTAL_OF = /^.{1,10}(合计|总计|小计|累计|共计)[:：]?$/;
/** `1,204`, `15人`, `共 36 户`. */
const FIGURE = /^[共计]?-?[\d,.]+(%|[人户名个口位栋间套元岁次条件])?$/;
/** What stands under a table with nothing or one thing beside it, also without a colon; no name begins like this. */
const FOOT = /^(以上|本表|经办|制表|填表|填报|打印|上报|审核|审批|(统计|截止|登记)(日期|时间))/;
const NOTE =
  /^(注|备注|说明|附注|填表说明|填报说明|填表人|填报人|制表|审核|审批|联系人|单位负责人|负责人|填报单位|填报日期|note)/i;

/** All tables of a workbook, sheet by sheet from the top down. */
export function tablesOf(sheets: readonly Sheet[]): Table[] {
  const tables: Table[] = [];
  for (const sheet of sheets.map(withoutReasons)) {
    for (const found of inSheet(sheet)) {
      const before = tables.findLast(({ columns }) => pathsOf(columns) === pathsOf(found.columns));
      const goesOn = found.continues === null && before !== undefined && /续/.test(`${sheet.name}${found.title ?? ''}`);
      tables.push(goesOn ? { ...found, continues: { sheet: before.sheet, range: before.range } } : found);
    }
  }
  return tables;
}

const pathsOf = (columns: readonly TableColumn[]): string => columns.map(({ path }) => path).join('\n');

function inSheet(sheet: Sheet): Table[] {
  const tables: Table[] = [];
  let lead: string[] = [];
  for (let row = 0; row < sheet.rows.length; ) {
    const header = headerAt(sheet, row);
    if (header === null) {
      const said = textOf(sheet, row);
      if (said !== '') lead.push(said);
      row += 1;
      continue;
    }
    const body = bodyOf(sheet, header);
    tables.push(...partsOf(sheet, header, body, lead));
    lead = [];
    row = body.end;
  }
  return tables;
}

interface Body {
  readonly rows: readonly number[];
  readonly totals: readonly number[];
  readonly notes: readonly string[];
  /** Last row that belongs to it, and the first that is looked at next. */
  readonly last: number;
  readonly end: number;
}

function bodyOf(sheet: Sheet, header: Header): Body {
  const rows: number[] = [];
  const totals: number[] = [];
  let notes: string[] = [];
  let empty = 0;
  let row = header.top + header.height;
  for (; row < sheet.rows.length; row += 1) {
    const kind = kindOf(sheet, row, header);
    if (kind === 'empty') {
      empty += 1;
      continue;
    }
    if (kind === 'hint') continue;
    if (kind === 'repeat') {
      row += header.height - 1;
      continue;
    }
    // Another header ends it; so does a title over one, which then is the next one's.
    if (kind !== 'total' && (empty > 0 || notes.length > 0 || kind === 'label') && beginsAnother(sheet, row, header))
      break;
    empty = 0;
    if (kind === 'total') totals.push(row + 1);
    else if (kind === 'row' || kind === 'label') {
      rows.push(row);
      // What looked like a note stood between rows: the name of a section.
      notes = [];
    } else notes.push(textOf(sheet, row));
  }
  const last = Math.max(header.top + header.height - 1, ...rows.slice(-1), ...totals.slice(-1).map((one) => one - 1));
  return { rows, totals, notes, last, end: Math.max(row, last + 1) };
}

type Kind = 'empty' | 'repeat' | 'hint' | 'total' | 'row' | 'note' | 'label';

function kindOf(sheet: Sheet, row: number, header: Header): Kind {
  const filled = (sheet.rows[row] ?? []).filter((cell) => cell !== null);
  const [first] = filled;
  if (!first || isEmpty(sheet, row, header)) return 'empty';
  if (isRepeat(sheet, row, header)) return 'repeat';
  const starts = filled.slice(0, 3).map(({ text }) => text.replace(/\s+/g, ''));
  if (starts.some((text) => TOTAL.test(text))) return 'total';
  const isFigure = ({ kind, text }: Cell): boolean => kind === 'number' || FIGURE.test(text.replace(/\s+/g, ''));
  if (starts.some((text) => TOTAL_OF.test(text)) && filled.slice(1).every(isFigure) && filled.length > 1)
    return 'total';
  if (row === header.top + header.height && (isCounted(filled, header) || isHint(sheet, row, header))) return 'hint';
  if (filled.length <= 2 && header.columns.length > 2 && FOOT.test(starts[0] ?? '')) return 'note';
  if (filled.length === 1) return isAside(sheet, row, header) ? 'note' : 'row';
  if (NOTE.test(first.text) && (/[:：]/.test(first.text) || filled.length * 3 < header.columns.length)) return 'note';
  return filled.every(({ kind }) => kind === 'text') ? 'label' : 'row';
}

/** Blank, or with nothing but the number of somebody who is still to be written there. */
const isEmpty = (sheet: Sheet, row: number, { columns }: Header): boolean => {
  const cells = sheet.rows[row] ?? [];
  return columns.length > 2 && cells[columns[0]?.at ?? 0] !== null && isBlank(cells);
};

/** Columns counted under their labels: 甲 乙 丙 1 2 3. */
function isCounted(filled: readonly Cell[], { columns }: Header): boolean {
  if (filled.length < 3 || filled.length !== columns.length) return false;
  const signs = filled.map(({ text }) => text.replace(/[()（）]/g, ''));
  const of = (all: readonly string[], from: number): boolean => signs.slice(from).every((sign, i) => sign === all[i]);
  const numbers = signs.map((_, i) => String(i + 1));
  const letters = signs.findIndex((sign, i) => sign !== '甲乙丙丁戊己庚辛壬癸'[i]);
  const stems = letters < 0 ? signs.length : letters;
  return of(numbers, stems) || of([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'], 0);
}

/** Under the labels, what is to be written: `18位，文本格式` where all rows below have identity numbers. */
function isHint(sheet: Sheet, row: number, { columns }: Header): boolean {
  const typed = columns.flatMap(({ at, path }) => {
    const type = typeOf(fieldOf(path, [])?.field);
    return type !== null && cellAt(sheet, row, at)?.kind === 'text' ? [{ at, type }] : [];
  });
  const isOf = (line: number, { at, type }: (typeof typed)[number]): boolean =>
    typeOfValue(cellAt(sheet, line, at)?.text ?? '') === type;
  return typed.length >= 2 && !typed.some((one) => isOf(row, one)) && typed.every((one) => isOf(row + 1, one));
}

/** Types whose values are seen to be of it. */
function typeOf(code: string | undefined): ValueType | null {
  const type = dictionary.find((field) => field.code === code)?.type ?? 'text';
  return ['id_number', 'phone', 'sex', 'number', 'date', 'credit_code'].includes(type) ? type : null;
}

/** One cell alone: a note or the name of a section stands at the left edge or over many columns; else it is a poor row. */
function isAside(sheet: Sheet, row: number, { columns }: Header): boolean {
  const at = (sheet.rows[row] ?? []).findIndex((cell) => cell !== null);
  const covered = columns.filter((one) => one.at >= at && spanAt(sheet, row, one.at) === spanAt(sheet, row, at)).length;
  const isWide = spanAt(sheet, row, at) !== undefined && covered * 2 > columns.length;
  return isWide || NOTE.test(cellAt(sheet, row, at)?.text ?? '') || (columns.length > 2 && at <= (columns[0]?.at ?? 0));
}

/** In this row, or below a title or two. A row of words is a header only if it names what another table asks. */
function beginsAnother(sheet: Sheet, row: number, header: Header): boolean {
  for (let ahead = 0; ahead < 3; ahead += 1) {
    const filled = (sheet.rows[row + ahead] ?? []).filter((cell) => cell !== null);
    const next = headerAt(sheet, row + ahead);
    if (next !== null) {
      const known = next.columns.filter(({ path }) => fieldOf(path, []) !== null).length;
      return known >= 2 || (ahead > 0 && next.columns.length !== header.columns.length);
    }
    if (filled.length > 2) return false;
  }
  return false;
}

/** Side by side: the same labels again continue the first; others, behind an empty column, are a table of their own. */
function partsOf(sheet: Sheet, header: Header, body: Body, lead: readonly string[]): Table[] {
  const tables: Table[] = [];
  for (const [i, columns] of groupsOf(sheet, header, body).entries()) {
    const under = body.rows.filter((row) => columns.some(({ at }) => cellAt(sheet, row, at) !== null));
    const known = understood(sheet, columns, under);
    const first = tables.find((one) => pathsOf(one.columns) === pathsOf(known));
    const totals = body.totals.filter((row) => columns.some(({ at }) => cellAt(sheet, row - 1, at) !== null));
    const ends = [header.top + header.height, (under.at(-1) ?? 0) + 1, totals.at(-1) ?? 0];
    // Beside the table it goes on from, it ends where that ends.
    const bottom = first ? body.last : Math.max(...ends) - 1;
    tables.push({
      sheet: sheet.name,
      range: rangeOf({ top: header.top, left: columns[0]?.at ?? 0, bottom, right: columns.at(-1)?.at ?? 0 }),
      title: lead.at(0) ?? null,
      columns: known,
      rows: under.length,
      at: under,
      hidden: under.filter((row) => sheet.hiddenRows.includes(row)).length,
      continues: first ? { sheet: first.sheet, range: first.range } : null,
      totals,
      notes: i === 0 ? [...lead.slice(1), ...body.notes] : [],
    });
  }
  return tables;
}

function groupsOf(sheet: Sheet, { columns, top, height }: Header, { rows }: Body): Column[][] {
  const leaf = ({ path }: Column): string => path.join('/');
  for (let size = 2; size <= columns.length / 2; size += 1) {
    if (columns.length % size !== 0) continue;
    const parts = Array.from({ length: columns.length / size }, (_, i) => columns.slice(i * size, (i + 1) * size));
    const [first = [], ...others] = parts;
    if (others.every((part) => part.every((one, i) => leaf(one) === leaf(first[i] as Column)))) return parts;
  }
  const parts: Column[][] = [[]];
  for (const [i, column] of columns.entries()) {
    const before = columns[i - 1];
    const isApart =
      before !== undefined &&
      column.at > before.at + 1 &&
      spanAt(sheet, top + height - 1, column.at - 1) === undefined &&
      rows.every((row) => cellAt(sheet, row, column.at - 1) === null);
    const isLast = i === columns.length - 1;
    if (isApart && isLast && isLegend(sheet, column, rows)) break;
    // One empty column is a gap in the labels; a table of its own has at least two, and so has the one before.
    const isOfItsOwn = isApart && (parts.at(-1)?.length ?? 0) >= 2 && columns.length - i >= 2;
    if (isOfItsOwn && !columns.slice(i).every(isAttribute)) parts.push([]);
    parts.at(-1)?.push(column);
  }
  return parts;
}

/** A few words in a column of their own: what the colours mean. */
const isLegend = (sheet: Sheet, { at, path }: Column, rows: readonly number[]): boolean =>
  fieldOf(path, []) === null && rows.filter((row) => cellAt(sheet, row, at) !== null).length < rows.length / 2;

/** A telephone and an address are somebody's: without a name they are no table of their own. */
function isAttribute({ path }: Column): boolean {
  const field = fieldOf(path, [])?.field ?? '';
  return field.startsWith('person.') && field !== 'person.name';
}

function understood(sheet: Sheet, columns: readonly Column[], rows: readonly number[]): TableColumn[] {
  const seen = rows.slice(0, SAMPLES);
  const fields = fieldsOf(
    columns.map(({ at, path }) => ({ path, values: seen.flatMap((row) => cellAt(sheet, row, at)?.text ?? []) })),
  );
  return columns.map(({ at, path }, i) => ({
    path: path.join('/'),
    column: letters(at),
    field: fields[i]?.field ?? null,
    by: fields[i]?.by ?? null,
  }));
}

const textOf = (sheet: Sheet, row: number): string =>
  (sheet.rows[row] ?? []).flatMap((cell: Cell | null) => (cell === null ? [] : cell.text.trim())).join(' ');
