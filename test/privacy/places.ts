import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { County } from '../harness.ts';
import { heard } from './canaries.ts';

/** Every row of every table, the queue's included, as text; bytes are in it as hex. By name of the table. */
export async function tablesHeard(county: County): Promise<string[]> {
  const tables = await county.sql<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 2`,
  );
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await county.sql<{ row: string }>(`select t::text as row from "${schema}"."${name}" t`);
    if (heard(rows.map(({ row }) => row).join('\n')).length > 0) found.push(name);
  }
  return found;
}

/** What lies on the disk: the files of this database, what the server wrote ahead, the files of the program. */
export async function filesHeard(county: County): Promise<string[]> {
  await county.sql('checkpoint');
  const [place] = await county.sql<{ folder: string; oid: number }>(
    `select current_setting('data_directory') as folder, oid::int from pg_database where datname = current_database()`,
  );
  if (!place) throw new Error('there is no database');
  const folders = [
    join(place.folder, 'base', String(place.oid)),
    ...['pg_wal', 'global', 'pg_stat', 'pg_logical', 'log'].map((name) => join(place.folder, name)),
    county.photoFolder,
  ];
  const found: string[] = [];
  for (const file of folders.flatMap(filesIn)) if (await isHeardIn(file)) found.push(file);
  return found;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  } catch (error) {
    // There is no such folder, or the server is another machine's.
    if (['ENOENT', 'EACCES'].includes((error as { code?: string }).code ?? '')) return [];
    throw error;
  }
}

/** In pieces that overlap: a word may lie across two of them. */
async function isHeardIn(path: string): Promise<boolean> {
  let before = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 4 << 20 })) {
      const bytes = Buffer.concat([before, piece as Buffer]);
      if (heard(bytes).length > 0) return true;
      before = bytes.subarray(-120);
    }
  } catch (error) {
    // The server takes away files while they are listed.
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  return false;
}
