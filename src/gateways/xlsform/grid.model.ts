import type { Remark } from '../../domains/land/registry/forms/read_form.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Cell, cellAt, letters, type Sheet } from '../workbooks/sheet.model.ts';

/** The sheets of an XLSForm by their columns, and where each of its cells stands. Pure. */

/** `stops`: without it another form would be asked. */
export type Tell = (place: Place, says: Words, stops?: boolean) => void;

export interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly found: string;
}

export const remarkAt = ({ sheet, row, column, found }: Place, says: Words, stops: boolean): Remark => ({
  ...{ sheet, cell: `${letters(column)}${row + 1}`, found: found.slice(0, 120), says, stops },
});

export interface Column {
  readonly at: number;
  /** As all writers of XLSForm mean it: `label`, `constraint_message`, `bind::x`. */
  readonly key: string;
  readonly language: string | null;
  readonly place: Place;
}

export interface GridRow {
  readonly row: number;
  /** The first column with this key, or where it would stand. */
  place(key: string): Place;
  text(key: string): string;
  /** Each language of it that is filled in. */
  texts(key: string): readonly { readonly language: string | null; readonly text: string; readonly place: Place }[];
  /** Every filled cell with its column. */
  readonly cells: readonly { readonly column: Column; readonly place: Place }[];
}

export interface Grid {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly GridRow[];
}

/** By their name in small letters. What is sent as text with commas names its sheets in the first column. */
export function gridsOf(sheets: readonly Sheet[]): Map<string, Grid> {
  const [only] = sheets;
  const isText = sheets.length === 1 && only?.name === 'csv';
  const named = isText && only ? sheetsOfText(only) : sheets.map((sheet) => ({ sheet, rows: allRows(sheet), left: 0 }));
  return new Map(
    named.flatMap(({ sheet, rows, left, ...one }) => {
      const name = 'called' in one ? String(one.called) : sheet.name;
      const grid = gridOf(sheet, rows, left);
      return grid === null ? [] : [[name.trim().toLowerCase(), grid] as const];
    }),
  );
}

const allRows = ({ rows }: Sheet): number[] => rows.map((_, row) => row);

function sheetsOfText(sheet: Sheet): { sheet: Sheet; called: string; rows: number[]; left: number }[] {
  const parts: { sheet: Sheet; called: string; rows: number[]; left: number }[] = [];
  for (const row of allRows(sheet)) {
    const called = cellAt(sheet, row, 0)?.text ?? '';
    if (called !== '') parts.push({ sheet, called, rows: [], left: 1 });
    else parts.at(-1)?.rows.push(row);
  }
  return parts;
}

/** Null: nothing stands in it. */
function gridOf(sheet: Sheet, rows: readonly number[], left: number): Grid | null {
  const filled = rows.filter((row) => cellsOf(sheet, row, left).length > 0);
  const [head, ...rest] = filled;
  if (head === undefined) return null;
  const columns = cellsOf(sheet, head, left).map(({ at, cell }) => columnOf(sheet.name, head, at, cell.text));
  return { name: sheet.name, columns, rows: rest.map((row) => rowOf(sheet, row, columns)) };
}

function cellsOf({ rows }: Sheet, row: number, left: number): { at: number; cell: Cell }[] {
  return (rows[row] ?? []).flatMap((cell, at) => (cell === null || at < left ? [] : [{ at, cell }]));
}

function rowOf(sheet: Sheet, row: number, columns: readonly Column[]): GridRow {
  const placeOf = ({ at }: Pick<Column, 'at'>): Place => ({
    ...{ sheet: sheet.name, row, column: at, found: cellAt(sheet, row, at)?.text.trim() ?? '' },
  });
  const cells = columns.flatMap((column) => {
    const place = placeOf(column);
    return place.found === '' ? [] : [{ column, place }];
  });
  const first = (key: string) => cells.find(({ column }) => column.key === key);
  return {
    ...{ row, cells },
    place: (key) => first(key)?.place ?? placeOf({ at: columns.find((one) => one.key === key)?.at ?? 0 }),
    text: (key) => first(key)?.place.found ?? '',
    texts: (key) =>
      cells
        .filter(({ column }) => column.key === key)
        .map(({ column, place }) => ({ language: column.language, text: place.found, place })),
  };
}

const called: Readonly<Record<string, string>> = {
  ...{ command: 'type', tag: 'name', value: 'name', caption: 'label', list: 'list_name', read_only: 'readonly' },
  ...{ relevance: 'relevant', calculate: 'calculation', 'constraint-msg': 'constraint_message' },
  ...{ constraint_msg: 'constraint_message', constraintmsg: 'constraint_message', requiredmsg: 'required_message' },
  ...{ image: 'media', audio: 'media', video: 'media', 'big-image': 'media', big_image: 'media' },
};

/** `label::中文 (zh)`, `label:English`, `bind:jr:constraintMsg`, `media::image::en`. */
function columnOf(sheet: string, row: number, at: number, header: string): Column {
  const place = { sheet, row, column: at, found: header.trim() };
  const [head = '', ...rest] = header.split(header.includes('::') ? /::/ : /:/).map((part) => part.trim());
  const word = head.toLowerCase().replace(/\s+/g, '_');
  if (word === 'bind') {
    const told = rest.join(':').toLowerCase().replace(/^jr:/, '');
    const known = /^(relevant|required|constraint|readonly|calculate|constraintmsg|requiredmsg)$/.test(told);
    return { at, key: known ? (called[told] ?? told) : `bind::${told}`, language: null, place };
  }
  if (word === 'media') return { at, key: 'media', language: rest[1] ?? null, place };
  return { at, key: called[word] ?? word, language: rest.length > 0 ? rest.join(':') : null, place };
}
