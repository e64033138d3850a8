import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkerUtils } from 'graphile-worker';
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely';
import { Client, Pool } from 'pg';
import { Problem } from '../problem.ts';
import { packageRoot } from '../root.ts';
import type { DatabaseAccess } from './access.ts';
import { databaseProblems } from './problems.ts';
import { prepareRoles } from './roles.ts';

const folder = join(packageRoot, 'migrations');

function readMigrations(): Record<string, Migration> {
  const files = readdirSync(folder).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  return Object.fromEntries(
    files.sort().map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return [name.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }];
    }),
  );
}

/** Names of all migrations of this release, in their order. */
export const migrationsHere = (): string[] => Object.keys(readMigrations());

/**
 * Brings roles, tables and job tables to this release, or no further than the migration named. Safe to call by several
 * processes at once, and when nothing is due.
 */
export async function migrate(access: DatabaseAccess, upTo?: string): Promise<{ applied: string[] }> {
  if (!access.owner) throw new Problem(databaseProblems['database.no_owner']);
  await asOwner(access, async (owner) => {
    await refuseOldServer(owner);
    await prepareRoles(owner, access);
  });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new Pool({ ...access.owner, max: 2 }) }) });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => readMigrations() } });
    const { error, results } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
    if (error) throw await explain(db, error);
    await migrateJobs(access);
    if (results?.length) await refreshStatistics(access);
    return { applied: (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName) };
  } finally {
    await db.destroy();
  }
}

/** graphile-worker makes its schema itself and asks for CREATE on the database even when the schema is there. */
async function migrateJobs(access: DatabaseAccess): Promise<void> {
  const pgPool = new Pool({ ...access.as.jobs, max: 2 });
  pgPool.on('error', () => undefined);
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  await asOwner(access, (owner) => letJobsCreate(owner, 'grant'));
  try {
    const worker = await makeWorkerUtils({ pgPool });
    await worker.migrate();
    await worker.release();
  } finally {
    await asOwner(access, (owner) => letJobsCreate(owner, 'revoke'));
    await pgPool.end();
  }
}

async function letJobsCreate(owner: Client, verb: 'grant' | 'revoke'): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name');
  const direction = verb === 'grant' ? 'to' : 'from';
  await owner.query(
    `${verb} create on database ${owner.escapeIdentifier(rows[0]?.name ?? '')} ${direction} jingwei_jobs`,
  );
}

async function explain(db: Kysely<unknown>, error: unknown): Promise<unknown> {
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in readMigrations()));
  return unknown.length > 0 ? new Problem(databaseProblems['database.newer'], { unknown: unknown.join(', ') }) : error;
}

async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  const there = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!there.rows[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** Plans are made for the rows that are there now: after a migration, and after a great many rows at once. */
export async function refreshStatistics(access: DatabaseAccess): Promise<void> {
  if (access.owner) await asOwner(access, analyzeFilled);
}

/** Not the empty ones: known to be empty, they would be planned for as such while they fill. */
export async function analyzeFilled(owner: Client): Promise<void> {
  const tables = await tablesOf(owner, 'pg_relation_size(oid) > 0');
  if (tables.length > 0) await owner.query(`analyze ${tables.join(', ')}`);
}

export async function tablesOf(owner: Client, which: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and ${which}`,
  );
  return rows.map(({ name }) => name);
}

/** For a process that serves but may not migrate: refuses to run on another release's tables. */
export async function requireMigrated(client: Pick<Client, 'query'>): Promise<void> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as there`,
  );
  const wanted = Object.keys(readMigrations());
  const have = there.rows[0]?.there
    ? (await client.query<{ name: string }>('select name from kysely_migration')).rows.map((row) => row.name)
    : [];
  const missing = wanted.filter((name) => !have.includes(name));
  if (missing.length > 0) throw new Problem(databaseProblems['database.not_migrated'], { missing: missing.join(', ') });
  const unknown = have.filter((name) => !wanted.includes(name));
  if (unknown.length > 0) throw new Problem(databaseProblems['database.newer'], { unknown: unknown.join(', ') });
}

async function refuseOldServer(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ no: number; version: string }>(
    `select current_setting('server_version_num')::int as no, current_setting('server_version') as version`,
  );
  if ((rows[0]?.no ?? 0) < 150000) {
    throw new Problem(databaseProblems['database.too_old'], { version: rows[0]?.version ?? '?' });
  }
}

async function asOwner<T>(access: DatabaseAccess, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client(access.owner);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
