import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DatabaseAccess } from '../database/access.ts';
import { connectFault } from '../database/pools.ts';
import { databaseProblems } from '../database/problems.ts';
import { Problem } from '../problem.ts';
import { type Footer, type Header, type Piece, partOf, type Sum } from './archive.ts';
import { keepingProblems } from './keeping.problems.ts';
import { copyOut, PLAIN, readShapes, type TableShape } from './shape.ts';

/** Files that belong to the rows and lie beside the database. They are sealed already. */
export interface FilesToKeep {
  list(): AsyncIterable<string>;
  get(name: string): Promise<Buffer | null>;
}

export interface DumpParts {
  readonly access: DatabaseAccess;
  /** Somebody whom row security does not bind, to count as a second witness; null where there is nobody such. */
  readonly unbound: pg.ClientConfig | null;
  readonly photos: FilesToKeep;
  readonly release: string;
  readonly takenAt: Date;
  readonly progress: (share: number) => void;
}

/**
 * Everything of the database at one moment, as the keeper sees it, and the files. Of the job queue only what waits: all
 * else in its tables is made anew when the program starts.
 */
export async function* dump(parts: DumpParts): AsyncGenerator<Piece> {
  const keeper = await openAt(parts.access.as.keeper, null);
  try {
    const snapshot = await exportSnapshot(keeper);
    yield { is: 'header', header: await describe(keeper, parts) };
    const shapes = await readShapes(keeper);
    const open = await openPolicies(keeper);
    for (const { name } of shapes)
      if (!open.has(name))
        throw new Problem(keepingProblems['backup.rows_hidden'], { table: name, seen: '?', there: '?' });
    const sums = yield* dumpTables(keeper, shapes, parts.progress);
    const counted = await compareCounts(parts.unbound, snapshot, sums);
    yield* partOf({ kind: 'jobs', name: 'jobs' }, waitingJobs(parts.access, snapshot));
    let files = 0;
    // After the snapshot: a file is there before its row is, so each row of the snapshot has its file in the archive.
    for await (const name of parts.photos.list()) {
      const bytes = await parts.photos.get(name);
      if (bytes === null) continue;
      yield* partOf({ kind: 'photo', name }, one(bytes));
      files += 1;
    }
    const sequences = await readSequences(keeper);
    yield { is: 'footer', footer: { sequences, parts: shapes.length + 1 + files, counted } };
  } finally {
    await keeper.end();
  }
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function openAt(config: pg.ClientConfig, snapshot: string | null): Promise<pg.Client> {
  const client = new pg.Client({ ...config, options: PLAIN });
  client.on('error', () => undefined);
  await client.connect().catch((error) => {
    throw connectFault(error);
  });
  await client.query('begin transaction isolation level repeatable read read only');
  if (snapshot !== null) await client.query(`set transaction snapshot ${client.escapeLiteral(snapshot)}`);
  return client;
}

async function exportSnapshot(keeper: pg.Client): Promise<string> {
  const { rows } = await keeper.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
  return rows[0]?.snapshot ?? '';
}

/** An older release's tables can be kept, from the one on that lets the keeper see where the sequences stand. */
const KEEPING = '0015_keeping';

async function describe(keeper: pg.Client, { release, takenAt }: DumpParts): Promise<Header> {
  const made = await keeper.query(`select 1 from pg_class where oid = to_regclass('public.kysely_migration')`);
  if (made.rowCount === 0) throw new Problem(databaseProblems['database.not_migrated'], { missing: KEEPING });
  const { rows } = await keeper.query<{ name: string; server: string }>(
    `select name, current_setting('server_version') as server from public.kysely_migration order by name`,
  );
  const migrations = rows.map((row) => row.name);
  if (!migrations.includes(KEEPING)) throw new Problem(databaseProblems['database.not_migrated'], { missing: KEEPING });
  return { format: 1, release, migrations, takenAt: takenAt.toISOString(), server: rows[0]?.server ?? '?' };
}

async function* dumpTables(
  keeper: pg.Client,
  shapes: readonly TableShape[],
  progress: (share: number) => void,
): AsyncGenerator<Piece, Map<string, Sum>> {
  const whole = shapes.reduce((all, { weight }) => all + weight, 0);
  const sums = new Map<string, Sum>();
  let done = 0;
  for (const shape of shapes) {
    const { name, columns, weight } = shape;
    const rows = keeper.query(copyTo(copyOut(shape))) as AsyncIterable<Buffer>;
    sums.set(name, yield* partOf({ kind: 'table', name, columns: [...columns] }, rows));
    done += weight;
    progress(done / whole);
  }
  return sums;
}

/** Tables of which the keeper sees every row, by the rules themselves: one that lets all through, none that takes away. */
async function openPolicies(keeper: pg.Client): Promise<Set<string>> {
  const { rows } = await keeper.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and exists (select 1 from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and permissive = 'PERMISSIVE'
         and roles && array[current_user, 'public']::name[] and cmd in ('SELECT', 'ALL') and qual = 'true')
       and not exists (select 1 from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
         and permissive = 'RESTRICTIVE' and roles && array[current_user, 'public']::name[] and cmd in ('SELECT', 'ALL'))`,
  );
  return new Set(rows.map((row) => row.name));
}

/** Counted by somebody whom no policy binds, at the same moment: what was copied must be as much as is there. */
async function compareCounts(
  unbound: pg.ClientConfig | null,
  snapshot: string,
  sums: ReadonlyMap<string, Sum>,
): Promise<Footer['counted']> {
  if (unbound === null) return 'by the policies';
  const witness = await openAt(unbound, snapshot);
  try {
    if (!(await isUnbound(witness))) return 'by the policies';
    for (const [table, { rows: seen }] of sums) {
      const { rows } = await witness.query<{ n: string }>(`select count(*)::text as n from public."${table}"`);
      const there = Number(rows[0]?.n);
      if (there !== seen) throw new Problem(keepingProblems['backup.rows_hidden'], { table, seen, there });
    }
    return 'without row security';
  } finally {
    await witness.end();
  }
}

async function isUnbound(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ unbound: boolean }>(
    'select rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user',
  );
  return rows[0]?.unbound ?? false;
}

/**
 * What was queued at the moment of the snapshot. Jobs are queued once, when an entry gets its position, and are not found
 * again from the journal: without these lines a reaction that waited would never run. One that runs now is repeated
 * after a restore and changes nothing, as always.
 */
async function* waitingJobs(access: DatabaseAccess, snapshot: string): AsyncGenerator<Buffer> {
  const client = await openAt(access.as.jobs, snapshot);
  try {
    const { rows } = await client.query<{ job: object }>(
      `select json_build_object('task', t.identifier, 'payload', j.payload, 'queue', q.queue_name, 'key', j.key) as job
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.id`,
    );
    for (const { job } of rows) yield Buffer.from(`${JSON.stringify(job)}\n`);
  } finally {
    await client.end();
  }
}

/** Read last: a number drawn meanwhile is left out, never given twice. */
async function readSequences(keeper: pg.Client): Promise<Footer['sequences']> {
  const { rows } = await keeper.query<{ name: string; value: string | null }>(
    `select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name, value }) => ({ name, value: value ?? '1', called: value !== null }));
}
