import type { Insertable, Updateable } from 'kysely';
import type { DB } from '../db.generated.ts';

/** A statement ready to be sent. */
export interface Write {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

type Table = keyof DB & string;

/**
 * Whole rows, as they are written a hundred times a second. A row of one shape is one text, made once and kept; the
 * builder would make it anew for every row. Names come from our own types, never from a request.
 */
export function insertion<T extends Table>(table: T, row: Insertable<DB[T]>): Write {
  const { columns, sql } = shapeOf(inserts, table, row, (given) => {
    const values = given.map((_, i) => `$${i + 1}`);
    return `insert into ${quoted(table)} (${given.map(quoted).join(', ')}) values (${values.join(', ')})`;
  });
  return { sql, parameters: valuesOf(row, columns) };
}

/** The row of this key; none is no fault, as with every `update`. */
export function change<T extends Table>(table: T, key: { realm: number; id: string }, to: Updateable<DB[T]>): Write {
  const { columns, sql } = shapeOf(updates, table, to, (given) => {
    const set = given.map((column, i) => `${quoted(column)} = $${i + 3}`);
    return `update ${quoted(table)} set ${set.join(', ')} where realm = $1 and id = $2`;
  });
  return { sql, parameters: [key.realm, key.id, ...valuesOf(to, columns)] };
}

/**
 * Many rows in one statement: an import writes them by the hundred. All have the columns of the first; what a column
 * of JSON holds is given as it is, not as text.
 */
export function insertions<T extends Table>(table: T, rows: readonly Insertable<DB[T]>[]): Write {
  const { columns, sql } = shapeOf(sets, table, rows[0] ?? {}, (given) => {
    const names = given.map(quoted).join(', ');
    return `insert into ${quoted(table)} (${names}) select ${names} from json_populate_recordset(null::${quoted(table)}, $1::json)`;
  });
  const names = columns.map(snake);
  return { sql, parameters: [JSON.stringify(rows.map((row) => namedAs(names, columns, row)))] };
}

/** One shape for all rows, filled in one order: that is what makes it fast. */
function namedAs(names: readonly string[], columns: readonly string[], row: object): object {
  const named: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i += 1) {
    const value = (row as Row)[columns[i] ?? ''];
    named[names[i] ?? ''] = Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : (value ?? null);
  }
  return named;
}

type Row = Readonly<Record<string, unknown>>;

/** The columns of a row, in the order it names them, and the text that writes them. */
interface Shape {
  readonly columns: readonly string[];
  readonly sql: string;
}

type Shapes = Map<Table, Shape[]>;
const [inserts, updates, sets]: [Shapes, Shapes, Shapes] = [new Map(), new Map(), new Map()];

/** Found by looking along the row: a table is written in a few shapes, and naming one would be dearer than the look. */
function shapeOf(kept: Shapes, table: Table, row: object, make: (columns: readonly string[]) => string): Shape {
  const known = kept.get(table)?.find(({ columns }) => fits(columns, row));
  if (known) return known;
  const columns = Object.keys(row).filter((column) => (row as Row)[column] !== undefined);
  const shape = { columns, sql: make(columns) };
  kept.set(table, [...(kept.get(table) ?? []), shape]);
  return shape;
}

function fits(columns: readonly string[], row: object): boolean {
  let i = 0;
  for (const column in row) {
    if ((row as Row)[column] === undefined) continue;
    if (columns[i] !== column) return false;
    i += 1;
  }
  return i === columns.length;
}

const valuesOf = (row: object, columns: readonly string[]): unknown[] => columns.map((column) => (row as Row)[column]);

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const quoted = (name: string): string => `"${snake(name)}"`;
