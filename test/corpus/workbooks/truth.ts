/**
 * What a careful clerk who knows the field dictionary says of a file. Written from the file alone, before the reader was
 * looked at, and not changed to suit it. The rules the truth keeps:
 *  - a range goes from the first row of labels to the last row or total; titles, units and notes are outside;
 *  - a path is the labels from the top down, a label that goes on through several rows said once;
 *  - a field goes to the column that means it of the row's own subject: the telephone of a child's father, the name of a
 *    vaccine, the floor space of a field are no field of the dictionary; of two columns that mean the same the better one has it;
 *  - where the dictionary has learnt a fact since (曾用名, 残疾证号, 就读学校 …), its own name for it is true: on 24 November 2026 eighteen
 *    labels that were none of the dictionary's became one; 经营范围 is a fact of enterprises alone now, and no trade;
 *  - `a|b` where two clerks would differ and neither is wrong;
 *  - `*` for a sheet or a range that the file does not say: a text has no sheets;
 *  - a label–value form is no table, nor are records that run sideways with their labels down the first column: both are
 *    counted apart, and must not be passed off as tables.
 */
export interface TrueTable {
  readonly sheet: string;
  readonly range: string;
  readonly columns: readonly TrueColumn[];
  readonly rows: number;
  readonly totals: readonly number[];
  readonly continues: { readonly sheet: string; readonly range: string } | null;
}

interface TrueColumn {
  readonly column: string;
  readonly path: string;
  /** Any of them is right; null: none of the dictionary's. */
  readonly fields: readonly (string | null)[];
}

export type Truth =
  | {
      readonly tables: readonly TrueTable[];
      readonly forms?: number;
      readonly sideways?: number;
      /** To refuse it with one of these is as good. */
      readonly orRefused?: readonly string[];
    }
  | { readonly refused: readonly string[] };

export interface Made {
  /** Of the file, with the extension that it claims. */
  readonly name: string;
  readonly make: () => Uint8Array;
  readonly truth: Truth;
}

/** 0 → A. */
export function letters(index: number): string {
  let left = index + 1;
  let out = '';
  while (left > 0) {
    const digit = (left - 1) % 26;
    out = String.fromCharCode(65 + digit) + out;
    left = (left - 1 - digit) / 26;
  }
  return out;
}

/** A → 0. */
function columnIndex(column: string): number {
  let index = 0;
  for (const letter of column) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/**
 * `columns` are one after the other from the first of the range: `path=field`, `path=a|b`, or `path` alone for none. A column
 * without a label, '', is not asked after.
 */
export function table(
  sheet: string,
  range: string,
  columns: readonly string[],
  rows: number,
  rest: { totals?: readonly number[]; continues?: string; continuesOn?: string } = {},
): TrueTable {
  const first = columnIndex(/^[A-Z]+/.exec(range)?.[0] ?? 'A');
  return {
    sheet,
    range,
    columns: columns.flatMap((said, at) => {
      if (said === '') return [];
      const [path = '', fields = ''] = said.split('=');
      return {
        column: letters(first + at),
        path,
        fields: fields === '' ? [null] : fields.split('|').map((field) => (field === 'none' ? null : field)),
      };
    }),
    rows,
    totals: rest.totals ?? [],
    continues: rest.continues === undefined ? null : { sheet: rest.continuesOn ?? sheet, range: rest.continues },
  };
}

/** A file with one table on one sheet. */
export const one = (...said: Parameters<typeof table>): Truth => ({ tables: [table(...said)] });
export const none: Truth = { tables: [] };
export const refused = (...problems: string[]): Truth => ({ refused: problems });
