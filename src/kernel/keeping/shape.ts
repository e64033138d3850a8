import type { Client } from 'pg';
import { tables } from '../tables.ts';

/** A table as an archive needs it: its columns by name, and the order in which its rows are always read. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** By key, texts by code point: the same rows give the same bytes on every server. */
  readonly order: string;
  /** Size on the disk, for the progress bar. */
  readonly weight: number;
}

/** The registered tables, those referred to before those that refer to them. */
export async function readShapes(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select c.relname as name, c.relpages + 1 as weight,
       (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
       (select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', ' order by k.n)
        from pg_constraint p cross join unnest(p.conkey) with ordinality as k (no, n)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.no
        where p.conrelid = c.oid and p.contype = 'p') as "order"
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname::text = any ($1)
     order by c.relname`,
    [Object.keys(tables)],
  );
  return inOrderOfReference(rows, await readReferences(client));
}

async function readReferences(client: Client): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ from: string; to: string }>(
    `select f.relname as "from", t.relname as "to" from pg_constraint k
     join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and f.oid <> t.oid`,
  );
  const references = new Map<string, Set<string>>();
  for (const { from, to } of rows) references.set(from, (references.get(from) ?? new Set()).add(to));
  return references;
}

function inOrderOfReference(shapes: readonly TableShape[], references: Map<string, Set<string>>): TableShape[] {
  const placed = new Map<string, TableShape>();
  while (placed.size < shapes.length) {
    const ready = shapes.filter(
      ({ name }) => !placed.has(name) && [...(references.get(name) ?? [])].every((other) => placed.has(other)),
    );
    if (ready.length === 0) throw new Error('tables refer to each other in a circle');
    for (const shape of ready) placed.set(shape.name, shape);
  }
  return [...placed.values()];
}

const named = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

export const copyOut = ({ name, columns, order }: Pick<TableShape, 'name' | 'columns' | 'order'>): string =>
  `copy (select ${named(columns)} from public."${name}" order by ${order}) to stdout`;

export const copyIn = (name: string, columns: readonly string[]): string =>
  `copy public."${name}" (${named(columns)}) from stdin`;

/** How values are written as text must not depend on whose server it is. */
export const PLAIN =
  '-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=1 -c bytea_output=hex -c statement_timeout=0 -c lock_timeout=10000';
