import { type Shift, shiftedFormula, shiftedList, shiftedRange, shiftedRow } from './filled_refs.model.ts';
import { cellXml, type MadeCell } from './made_book.model.ts';
import { type CellAt, type Survey, spanOf, surveySheet, walkerOf } from './marked_survey.model.ts';
import {
  advance,
  attributesOf,
  decoded,
  type Edit,
  edited,
  encoded,
  newTag,
  Unmarkable,
  withAttribute,
} from './marked_xml.model.ts';
import { letters, rangeOf } from './sheet.model.ts';

/** What is written into one sheet; rows and columns count from 0. */
export interface Filling {
  readonly sheet: string;
  readonly first: number;
  readonly below: number | null;
  /** Of each value of a row. */
  readonly columns: readonly number[];
  readonly rows: readonly (readonly MadeCell[])[];
  /** Texts of single cells, `B2`: the whole of what stands there afterwards. */
  readonly cells: readonly { readonly at: string; readonly text: string }[];
}

/** What stands below the empty rows cannot be moved without harm. */
class NotMovable extends Error {
  override readonly name = 'NotMovable';
}

const known = { headers: new Set<number>(), isMarked: () => false };

export function shiftOf({ first, below, rows }: Filling): Shift {
  const last = first + rows.length - 1;
  if (below === null) return { first, below: Number.MAX_SAFE_INTEGER, by: 0, last };
  return { first, below, by: Math.max(0, rows.length - (below - first)), last };
}

/** The sheet with its empty rows filled: looks are those of the first of them, and what stands below stays below. */
export function filledSheet(bytes: Buffer, filling: Filling): Buffer[] {
  const survey = surveySheet(bytes, known);
  const shift = shiftOf(filling);
  const work: Work = { bytes, survey, filling, shift, model: modelOf(bytes, survey, filling) };
  const tail = bytes.toString('utf8', survey.bodyTo);
  if (shift.by > 0 && /<(?:\w+:)?(legacyDrawing|tableParts)\b/.test(tail)) throw new NotMovable();
  const edits = [...dimensionEdit(work), ...rowEdits(work)];
  const changed = filledTail(tail, work);
  if (changed !== tail) edits.push({ from: survey.bodyTo, to: bytes.length, text: changed });
  return edited(bytes, edits);
}

interface Work {
  readonly bytes: Buffer;
  readonly survey: Survey;
  readonly filling: Filling;
  readonly shift: Shift;
  readonly model: Model;
}

interface Row {
  /** Its start tag, and its cells in order. */
  readonly tag: string;
  readonly isEmpty: boolean;
  readonly cells: readonly CellAt[];
  readonly to: number;
}

function rowAt({ bytes, survey }: Pick<Work, 'bytes' | 'survey'>, i: number): Row {
  const from = survey.rowsFrom[i] as number;
  const tag = { ...newTag(), end: from };
  advance(bytes, tag);
  const [said, isEmpty] = [bytes.toString('utf8', from, tag.end), tag.isEmpty];
  const cells: CellAt[] = [];
  walkerOf(bytes, survey.prefix, known)(tag, survey.rows[i] as number, (cell) => cells.push({ ...cell }));
  return { tag: said, isEmpty, cells, to: tag.end };
}

/** How an empty row looks: its own tag and the styles of its cells. */
interface Model {
  readonly tag: string;
  readonly styles: ReadonlyMap<number, number>;
  readonly style: (column: number) => number;
}

function modelOf(bytes: Buffer, survey: Survey, { first, below }: Filling): Model {
  const i = survey.rows.findIndex((row) => row >= first && (below === null || row < below));
  const row = i < 0 ? null : rowAt({ bytes, survey }, i);
  const styles = new Map(row?.cells.map(({ column, style }) => [column, style]));
  const tag = row ? withAttribute(row.tag.replace(/\s*\/>$/, '>'), 'spans', null) : `<${survey.prefix}row r="1">`;
  const attributes = attributesIn(tag);
  const own = /^(1|true)$/.test(attributes.get('customFormat') ?? '') ? Number(attributes.get('s') ?? 0) : null;
  const ofColumn = (column: number): number =>
    Number(survey.columns.find((one) => one.first <= column && one.last >= column)?.attributes.get('style') ?? 0);
  return { tag, styles, style: (column) => styles.get(column) ?? own ?? ofColumn(column) };
}

function attributesIn(tag: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(tag);
  const at = newTag();
  advance(bytes, at);
  return attributesOf(bytes, at);
}

function dimensionEdit({ bytes, survey: { dimension }, shift, filling }: Work): Edit[] {
  const is = spanOf(dimension?.attributes.get('ref') ?? '');
  if (dimension === null || is === null) return [];
  const bottom = Math.max(shiftedRow(is.bottom, shift), shift.last);
  const right = Math.max(is.right, ...filling.columns);
  const text = withAttribute(
    bytes.toString('utf8', dimension.from, dimension.to),
    'ref',
    rangeOf({ ...is, bottom, right }),
  );
  return [{ from: dimension.from, to: dimension.to, text }];
}

/** Rows that are there are put anew where they change; those that are missing come before the next that is. */
function rowEdits(work: Work): Edit[] {
  const { survey, shift, filling } = work;
  if (survey.bodyTo === survey.bodyFrom) throw new Unmarkable('no rows');
  const edits: Edit[] = [];
  const end = Math.min(shift.below, shift.last + 1);
  let next = filling.first;
  const fresh = (until: number): string => {
    let text = '';
    for (; next < until; next += 1) text += newRow(work, next);
    return text;
  };
  let isBelow = false;
  for (const [i, row] of survey.rows.entries()) {
    const from = survey.rowsFrom[i] as number;
    let before = row >= filling.first ? fresh(Math.min(row, end)) : '';
    if (row >= shift.below && !isBelow) {
      isBelow = true;
      before += fresh(shift.last + 1);
    }
    if (before !== '') edits.push({ from, to: from, text: before });
    const text = changedRow(work, i, row);
    if (row >= filling.first && row < end) next = row + 1;
    if (text !== null) edits.push({ from, to: text.to, text: text.text });
  }
  const rest = fresh(shift.last + 1);
  if (rest !== '') edits.push({ from: survey.bodyTo, to: survey.bodyTo, text: rest });
  return edits;
}

function newRow({ survey: { prefix }, filling, model }: Work, row: number): string {
  const values = valuesOf(filling, row);
  const columns = [...new Set([...model.styles.keys(), ...values.keys()])].sort((a, b) => a - b);
  const cells = columns.map((column) =>
    cellXml(`${letters(column)}${row + 1}`, values.get(column) ?? null, model.style(column), prefix),
  );
  return `${withAttribute(model.tag, 'r', String(row + 1))}${cells.join('')}</${prefix}row>`;
}

const valuesOf = ({ first, columns, rows }: Filling, row: number): Map<number, MadeCell> =>
  new Map(columns.map((column, i) => [column, rows[row - first]?.[i] ?? null]));

/** Null: it is what it was. */
function changedRow(work: Work, i: number, row: number): { to: number; text: string } | null {
  const { survey, filling, shift, model } = work;
  const { prefix } = survey;
  const isRow = row >= filling.first && row < shift.below && row <= shift.last;
  const texts = new Map(filling.cells.flatMap(({ at, text }) => (rowOf(at) === row ? [[at, text] as const] : [])));
  // Formulas of empty rows that stay behind would ask for cells that are filled now.
  const isLeft = row > shift.last && row < shift.below && row >= filling.first;
  const moved = shiftedRow(row, shift);
  const one = rowAt(work, i);
  const hasFormula = one.cells.some(({ isFormula }) => isFormula);
  if (!isRow && moved === row && texts.size === 0 && !(hasFormula && (shift.by > 0 || isLeft))) return null;
  const values = isRow ? valuesOf(filling, row) : new Map<number, MadeCell>();
  const parts = new Map<number, string>();
  for (const cell of one.cells) {
    const at = `${letters(cell.column)}${moved + 1}`;
    const text = texts.get(`${letters(cell.column)}${row + 1}`);
    if (text !== undefined) parts.set(cell.column, cellXml(at, text, cell.style, prefix));
    else if (values.has(cell.column))
      parts.set(cell.column, cellXml(at, values.get(cell.column) ?? null, cell.style, prefix));
    else if (isLeft && cell.isFormula && filling.columns.includes(cell.column))
      parts.set(cell.column, cellXml(at, null, cell.style, prefix));
    else parts.set(cell.column, movedCell(work, cell, at));
  }
  for (const [column, value] of values)
    if (!parts.has(column))
      parts.set(column, cellXml(`${letters(column)}${row + 1}`, value, model.style(column), prefix));
  const cells = [...parts].sort(([a], [b]) => a - b).map(([, text]) => text);
  const tag = withAttribute(withAttribute(one.tag.replace(/\s*\/>$/, '>'), 'spans', null), 'r', String(moved + 1));
  return { to: one.to, text: `${tag}${cells.join('')}</${prefix}row>` };
}

/** Of `B2`, from 0. */
const rowOf = (at: string): number => Number(/\d+$/.exec(at)?.[0]) - 1;

/** A cell as it was, at its new place, its formula naming what it named. */
function movedCell({ bytes, filling, shift }: Work, cell: CellAt, at: string): string {
  const tag = withAttribute(bytes.toString('utf8', cell.from, cell.tagTo), 'r', at);
  const inside = bytes.toString('utf8', cell.tagTo, cell.to);
  if (!cell.isFormula || shift.by === 0) return tag + inside;
  return tag + shiftedFormulas(inside, filling.sheet, true, shift);
}

/** Every formula in a piece of a sheet. One that several rows share cannot be moved alone. */
export function shiftedFormulas(xml: string, sheet: string, isOwn: boolean, shift: Shift): string {
  return xml.replace(/(<(?:\w+:)?f\b[^>]*?)(\/?>)([^<]*)/g, (_all, start: string, close: string, formula: string) => {
    const ref = /\sref="([^"]*)"/.exec(start)?.[1];
    const span = ref === undefined ? null : spanOf(ref);
    if (isOwn && span !== null && span.bottom > span.top && span.bottom >= shift.first) throw new NotMovable();
    const tag = isOwn && ref !== undefined ? withAttribute(start, 'ref', shiftedRange(ref, shift)) : start;
    return `${tag}${close}${encoded(shiftedFormula(decoded(formula), sheet, isOwn, shift))}`;
  });
}

/** What stands behind the rows: merged cells, rules, links, breaks. */
function filledTail(tail: string, work: Work): string {
  const { filling, shift } = work;
  const rules = tail
    .replace(
      /(<(?:\w+:)?(?:dataValidation|conditionalFormatting|ignoredError|protectedRange)\b[^>]*?\ssqref=")([^"]*)"/g,
      (_all, start: string, list: string) => `${start}${shiftedList(list, shift)}"`,
    )
    .replace(/(<xm:sqref>)([^<]*)/g, (_all, start: string, list: string) => `${start}${shiftedList(list, shift)}`);
  const moved = shift.by === 0 ? rules : movedTail(rules, filling.sheet, shift);
  return withMerges(moved, work);
}

const movedTail = (tail: string, sheet: string, shift: Shift): string =>
  tail
    .replace(
      /(<(?:\w+:)?(?:mergeCell|hyperlink|autoFilter|sortState)\b[^>]*?\sref=")([^"]*)"/g,
      (_all, start: string, range: string) => `${start}${shiftedRange(range, shift)}"`,
    )
    .replace(
      /(<(?:\w+:)?(?:formula|formula1|formula2|f)>)([^<]*)/g,
      (_all, start: string, formula: string) =>
        `${start}${encoded(shiftedFormula(decoded(formula), sheet, true, shift))}`,
    )
    .replace(/(<(?:\w+:)?rowBreaks\b[\s\S]*?<\/(?:\w+:)?rowBreaks>)/, (breaks: string) =>
      breaks.replace(
        /(\sid=")(\d+)"/g,
        (_all, start: string, row: string) => `${start}${shiftedRow(Number(row), shift)}"`,
      ),
    );

/** Cells that are merged side by side in the first empty row are so in every row that is added. */
function withMerges(tail: string, { survey, filling, shift }: Work): string {
  const { merges, prefix } = survey;
  const ofModel = merges.filter(({ top, bottom }) => top === filling.first && bottom === filling.first);
  if (ofModel.length === 0) return tail;
  // A row of the superior's own stays as it is.
  const isTheirs = (row: number): boolean => row < shift.below && survey.rows.includes(row);
  const added: string[] = [];
  for (let row = filling.first + 1; row <= shift.last; row += 1)
    if (!isTheirs(row))
      for (const one of ofModel)
        added.push(`<${prefix}mergeCell ref="${rangeOf({ ...one, top: row, bottom: row })}"/>`);
  if (added.length === 0) return tail;
  return tail
    .replace(new RegExp(`</${prefix}mergeCells>`), (end) => added.join('') + end)
    .replace(/(<(?:\w+:)?mergeCells\b[^>]*?\scount=")(\d+)"/, (_all, start: string, count: string) => {
      return `${start}${Number(count) + added.length}"`;
    });
}
