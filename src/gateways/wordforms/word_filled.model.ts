import type { AddedSheet } from '../workbooks/filled_book.model.ts';
import type { MadeCell } from '../workbooks/made_book.model.ts';
import { type Edit, edited, encoded, Unmarkable } from '../workbooks/marked_xml.model.ts';
import { columnOf } from '../workbooks/reasons.model.ts';
import { bodyOf, type WordBody, type WordCell, type WordRow, type WordTable } from './word_body.model.ts';
import { cellEdits, emptied, isCounted, pieceOf } from './word_cell.model.ts';
import { asCopy, newPageAt } from './word_copies.model.ts';

/** What is written into one table of a document. */
export interface WordFilling {
  readonly word: 'table' | 'form';
  readonly sheet: string;
  readonly first: number;
  readonly below: number | null;
  /** Where each value of a record goes: in a table `C`, in a form `C3`. */
  readonly places: readonly string[];
  readonly rows: readonly (readonly MadeCell[])[];
  /** Texts of single cells of a table, `B7`: the whole of what stands there afterwards. */
  readonly cells: readonly { readonly at: string; readonly text: string }[];
}

/** More than a document can be. */
class TooMany extends Error {
  override readonly name = 'TooMany';
}
const MOST_BYTES = 48 * 1024 * 1024;

/** The document's own XML with its table filled, and what is added behind it. */
export function filledDocument(bytes: Buffer, filling: WordFilling, added: AddedSheet): Buffer[] {
  const body = bodyOf(bytes);
  const table = body.tables.find(({ name }) => name === filling.sheet);
  if (table === undefined) throw new Unmarkable('the table is not there');
  const edits = filling.word === 'form' ? copies(body, table, filling) : inRows(body, table, filling);
  const sources = added.rows.length === 0 ? '' : sourcesXml(added, body.prefix);
  return edited(bytes, [...edits, { from: body.end, to: body.end, text: sources }]);
}

const inOrder = (edits: readonly Edit[]): Edit[] => [...edits].sort((one, other) => one.from - other.from);

const cellOver = ({ cells }: WordRow, column: number): WordCell | undefined =>
  cells.find(({ left, width, isContinued }) => !isContinued && left <= column && column < left + width);

function rowEdits(body: WordBody, row: WordRow, places: readonly string[], values: readonly MadeCell[]): Edit[] {
  const taken = new Set<WordCell>();
  return places.flatMap((place, i) => {
    const cell = cellOver(row, columnOf(place));
    if (cell === undefined || taken.has(cell)) return [];
    taken.add(cell);
    return cellEdits(body, cell, values[i] ?? null);
  });
}

/** Each record in a row: in the empty ones first, then in rows that look like the first of them. */
function inRows(body: WordBody, table: WordTable, { first, below, places, rows, cells }: WordFilling): Edit[] {
  const end = below ?? table.rows.length;
  const empty = table.rows.slice(first, end);
  const [model, last] = [empty[0], empty.at(-1)];
  if (model === undefined || last === undefined) throw new Unmarkable('no empty row');
  const there = empty.flatMap((row, i) => (i < rows.length ? rowEdits(body, row, places, rows[i] ?? []) : []));
  if ((model.to - model.from) * rows.length > MOST_BYTES) throw new TooMany();
  const fresh = rows.slice(empty.length).map((values, i) => newRow(body, model, places, values, i + 1));
  const texts = cells.flatMap(({ at, text }): Edit[] => {
    const cell = cellAt(table, at);
    return cell ? [...cellEdits(body, { ...cell, text: '' }, text)] : [];
  });
  return inOrder([...there, ...texts, { from: last.to, to: last.to, text: fresh.join('') }]);
}

function newRow(
  body: WordBody,
  model: WordRow,
  places: readonly string[],
  values: readonly MadeCell[],
  copy: number,
): string {
  const edits = rowEdits(body, model, places, values);
  // Rows that were numbered beforehand: the number of the first is not that of the others.
  const counted = model.cells.filter(
    (one) => isCounted(one) && !edits.some(({ from }) => from >= one.from && from < one.to),
  );
  const all = inOrder([...edits, ...counted.map((one) => emptied(body, one))]);
  return asCopy(pieceOf(body.bytes, model.from, model.to, all), body.prefix, copy);
}

function cellAt(table: WordTable, at: string): WordCell | undefined {
  const [, column = '', row] = /^([A-Z]+)(\d+)$/.exec(at) ?? [];
  const found = table.rows[Number(row) - 1];
  return found && cellOver(found, columnOf(column));
}

/** One copy for each record, each on a page of its own. */
function copies(body: WordBody, table: WordTable, { places, rows }: WordFilling): Edit[] {
  const { bytes, inside, end, prefix } = body;
  if ((end - inside) * rows.length > MOST_BYTES) throw new TooMany();
  const cells = places.map((at) => cellAt(table, at));
  const editsOf = (values: readonly MadeCell[]): Edit[] =>
    inOrder(cells.flatMap((cell, i) => (cell ? cellEdits(body, cell, values[i] ?? null) : [])));
  const [one = [], ...others] = rows;
  const page = newPageAt(body);
  const further = others.map((values, i) =>
    asCopy(pieceOf(bytes, inside, end, inOrder([page, ...editsOf(values)])), prefix, i + 1),
  );
  return [...editsOf(one), { from: end, to: end, text: further.join('') }];
}

/** Where each value came from, on pages of its own that can be taken out. */
function sourcesXml({ name, rows, widths }: AddedSheet, p: string): string {
  const [title, note, ...lines] = rows;
  const looks = (size: number, more = ''): string => `<${p}rPr>${more}<${p}sz ${p}val="${size}"/></${p}rPr>`;
  const text = (words: MadeCell, size: number, more = ''): string =>
    `<${p}r>${looks(size, more)}<${p}t xml:space="preserve">${encoded(String(words ?? ''))}</${p}t></${p}r>`;
  const bold = `<${p}b/>`;
  const line = (words: MadeCell): string => `<${p}p>${text(words, 20)}</${p}p>`;
  const all = widths.reduce((sum, one) => sum + one, 0);
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<${p}${side} ${p}val="single" ${p}sz="4" ${p}space="0" ${p}color="999999"/>`)
    .join('');
  const columns = widths.map((width) => `<${p}gridCol ${p}w="${Math.round((width / all) * WIDE)}"/>`).join('');
  const trs = lines.map((cells, i) => {
    const head = i === 0 ? `<${p}trPr><${p}tblHeader/></${p}trPr>` : '';
    const tcs = widths.map(
      (width, at) =>
        `<${p}tc><${p}tcPr><${p}tcW ${p}w="${Math.round((width / all) * WIDE)}" ${p}type="dxa"/></${p}tcPr><${p}p>${text(cells[at] ?? null, 18, i === 0 ? bold : '')}</${p}p></${p}tc>`,
    );
    return `<${p}tr>${head}${tcs.join('')}</${p}tr>`;
  });
  return `<${p}p><${p}pPr><${p}pageBreakBefore/></${p}pPr>${text(name, 28, bold)}</${p}p>${line(title?.[0] ?? null)}${line(note?.[0] ?? null)}<${p}tbl><${p}tblPr><${p}tblW ${p}w="5000" ${p}type="pct"/><${p}tblBorders>${edges}</${p}tblBorders></${p}tblPr><${p}tblGrid>${columns}</${p}tblGrid>${trs.join('')}</${p}tbl><${p}p/>`;
}

/** In twentieths of a point, on an upright page. */
const WIDE = 8300;
