import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { DatabaseAccess } from '../database/access.ts';
import { migrate, migrationsHere, refreshStatistics } from '../database/migrate.ts';
import { databaseProblems } from '../database/problems.ts';
import { Problem } from '../problem.ts';
import { type Footer, type Header, openSum, type Part, type Piece, requireSame, type Sum } from './archive.ts';
import { keepingProblems } from './keeping.problems.ts';
import { copyIn, copyOut, PLAIN, readShapes, type TableShape } from './shape.ts';

/** Where files of an archive go. */
export interface FilesToFill {
  put(name: string, bytes: Buffer): Promise<void>;
}

export interface Loaded {
  readonly header: Header;
  readonly tables: ReadonlyMap<string, Sum>;
  readonly jobs: number;
  readonly photos: number;
}

/**
 * Puts an archive into an empty database: first the tables as the archive had them, then its rows in one transaction with
 * all rules on, then a look whether what lies there is what was kept, then the tables of this release. Fails as a whole:
 * what cannot be restored entirely leaves the database as empty as it was.
 */
export async function load(access: DatabaseAccess, pieces: AsyncIterable<Piece>, photos: FilesToFill): Promise<Loaded> {
  const { owner } = access;
  if (!owner) throw new Problem(databaseProblems['database.no_owner']);
  const reader = pieces[Symbol.asyncIterator]();
  const first = await reader.next();
  if (first.done || first.value.is !== 'header') throw new Error('the archive does not begin with its header');
  const { header } = first.value;
  await prepare(access, owner, header);
  const rest: AsyncIterable<Piece> = { [Symbol.asyncIterator]: () => reader };
  const loaded = await asLoader(owner, (client) => fill(client, rest, photos));
  await migrate(access);
  await refreshStatistics(access);
  return { header, ...loaded };
}

async function prepare(access: DatabaseAccess, owner: pg.ClientConfig, { migrations }: Header): Promise<void> {
  const here = migrationsHere();
  const unknown = migrations.filter((name) => !here.includes(name));
  if (unknown.length > 0)
    throw new Problem(keepingProblems['backup.newer_format'], { path: '', what: unknown.join(', ') });
  const applied = await withClient(owner, requireEmpty);
  const newer = applied.filter((name) => !migrations.includes(name));
  if (newer.length > 0) throw new Problem(keepingProblems['restore.not_fresh'], { newer: newer.join(', ') });
  await migrate(access, migrations.at(-1));
}

/** Refuses a database with a county in it; returns the migrations that an empty one has already. */
async function requireEmpty(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.realm') is not null as there`);
  if (!rows[0]?.there) return [];
  await client.query('begin');
  // Row security would hide the rows from the owner as from anybody; the lock goes with the transaction.
  await client.query('alter table realm no force row level security');
  const found = await client.query('select 1 from realm limit 1');
  await client.query('rollback');
  if (found.rowCount !== 0) throw new Problem(keepingProblems['restore.not_empty']);
  const applied = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return applied.rows.map((row) => row.name);
}

/** One transaction in which the owner is not bound by row security; nobody else gets at the tables meanwhile. */
async function asLoader<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(owner, async (client) => {
    await client.query('begin');
    const names = (await readShapes(client)).map(({ name }) => `public."${name}"`);
    for (const name of names) await client.query(`alter table ${name} no force row level security`);
    // What migrations themselves put there comes with the archive.
    await client.query(`truncate ${names.join(', ')}`);
    const result = await work(client);
    for (const name of names) await client.query(`alter table ${name} force row level security`);
    await client.query('commit');
    return result;
  });
}

async function withClient<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...owner, options: PLAIN });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function fill(
  client: pg.Client,
  pieces: AsyncIterable<Piece>,
  photos: FilesToFill,
): Promise<Omit<Loaded, 'header'>> {
  const shapes = new Map((await readShapes(client)).map((shape) => [shape.name, shape]));
  const tables = new Map<string, Sum>();
  let [jobs, files] = [0, 0];
  let into: Writable | null = null;
  for await (const piece of pieces) {
    if (piece.is === 'part') into = openPart(client, piece.part, photos);
    if (piece.is === 'data') await write(into, piece.data);
    if (piece.is === 'sum') {
      const { part, sum } = piece;
      await finish(into);
      if (part.kind === 'table') tables.set(part.name, await compareTable(client, shapes.get(part.name), part, sum));
      if (part.kind === 'jobs') jobs = sum.rows;
      if (part.kind === 'photo') files += 1;
    }
    if (piece.is === 'footer') await setSequences(client, piece.footer);
  }
  requireAll(shapes, tables);
  return { tables, jobs, photos: files };
}

function requireAll(shapes: ReadonlyMap<string, TableShape>, tables: ReadonlyMap<string, Sum>): void {
  const lacking = [...shapes.keys()].filter((name) => !tables.has(name));
  if (lacking.length > 0) throw new Error(`the archive lacks ${lacking.join(', ')}`);
}

function openPart(client: pg.Client, { kind, name, columns = [] }: Part, photos: FilesToFill): Writable {
  if (kind === 'table') {
    const rows = client.query(copyFrom(copyIn(name, columns)));
    // It is told once more when the part is finished.
    rows.on('error', () => undefined);
    return rows;
  }
  return gathering(async (bytes) => {
    if (kind === 'photo') await photos.put(name, bytes);
    else
      await client.query(`select queue_jobs($1::jsonb)`, [
        `[${bytes.toString('utf8').trimEnd().replaceAll('\n', ',')}]`,
      ]);
  });
}

/** What is small is taken whole: one photo, the jobs that wait. */
function gathering(take: (bytes: Buffer) => Promise<void>): Writable {
  const gathered: Buffer[] = [];
  return new Writable({
    write: (data: Buffer, _encoding, done) => {
      gathered.push(data);
      done();
    },
    final: (done) => {
      take(Buffer.concat(gathered)).then(() => done(), done);
    },
  });
}

async function write(into: Writable | null, data: Buffer): Promise<void> {
  if (!into) throw new Error('the archive has data outside of a part');
  const stream = into;
  await new Promise<void>((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()));
  });
}

async function finish(into: Writable | null): Promise<void> {
  if (!into) throw new Error('the archive ends a part that it did not begin');
  into.end();
  await finished(into);
}

/** The rows as they lie there now, in the order in which they were kept. */
async function compareTable(client: pg.Client, shape: TableShape | undefined, part: Part, sum: Sum): Promise<Sum> {
  if (!shape) throw new Error(`no table is called ${part.name}`);
  const sums = openSum();
  const rows = client.query(copyTo(copyOut({ ...shape, columns: part.columns ?? [] }))) as AsyncIterable<Buffer>;
  for await (const data of rows) sums.add(data);
  requireSame(part.name, sums.sum(), sum);
  return sum;
}

async function setSequences(client: pg.Client, { sequences }: Footer): Promise<void> {
  for (const { name, value, called } of sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [`public."${name}"`, value, called]);
}
