import pg from 'pg';
import { Problem } from '../problem.ts';
import type { DatabaseAccess, LoginRole } from './access.ts';
import { requireMigrated } from './migrate.ts';
import { databaseProblems } from './problems.ts';
import { refuseMightyRole } from './roles.ts';

/** Our counters stay far below 2^53, and a calendar day is a text, not an instant. */
const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(DATE, (text) => text);

/**
 * One pool for each kind of work. Loading what is kept in memory has its own, so that a transaction which waits for such
 * a load can never be what the load waits for.
 */
export interface Pools {
  readonly app: pg.Pool;
  readonly system: pg.Pool;
  readonly caches: pg.Pool;
  readonly jobs: pg.Pool;
  /** Looks at everything of a realm and changes nothing: verifying, counting, backing up. */
  readonly keeper: pg.Pool;
}

export interface PoolSizes {
  readonly app: number;
  readonly system: number;
  readonly jobs: number;
  /**
   * For planting a demo county: commits are not waited for. After a power cut the last of them may be missing, never one
   * from the middle, and planting goes on from there. Nobody is told that anything was kept until it is over.
   */
  readonly hasty?: boolean;
}

const seconds = (n: number): number => n * 1000;

/** Opens the connections of a serving process and refuses roles that row security would not bind. */
export async function openPools(
  access: DatabaseAccess,
  sizes: PoolSizes,
  onFault: (error: Error) => void,
): Promise<Pools> {
  const haste = sizes.hasty ? ' -c synchronous_commit=off' : '';
  const open = (role: LoginRole, max: number, statementMs: number, more = ''): pg.Pool => {
    const pool = new pg.Pool({
      ...access.as[role],
      max,
      connectionTimeoutMillis: seconds(10),
      idleTimeoutMillis: seconds(60),
      options: `-c statement_timeout=${statementMs} -c idle_in_transaction_session_timeout=${seconds(30)} -c lock_timeout=${seconds(8)} -c timezone=UTC${more}`,
    });
    pool.on('error', onFault);
    pool.on('connect', (client) => client.on('error', onFault));
    return pool;
  };
  const pools: Pools = {
    app: open('app', sizes.app, seconds(15), haste),
    system: open('system', sizes.system, seconds(60), haste),
    caches: open('system', 2, seconds(60)),
    jobs: open('jobs', sizes.jobs, seconds(60)),
    // One moment for the whole look: what is written meanwhile must not seem to disagree.
    keeper: open('keeper', 2, seconds(600), ' -c default_transaction_isolation=repeatable\\ read'),
  };
  try {
    for (const pool of Object.values(pools)) await inspect(pool);
    await withClient(pools.app, requireMigrated);
    return pools;
  } catch (error) {
    await closePools(pools);
    throw error;
  }
}

export async function closePools(pools: Pools): Promise<void> {
  await Promise.allSettled(Object.values(pools).map((pool: pg.Pool) => pool.end()));
}

async function inspect(pool: pg.Pool): Promise<void> {
  await withClient(pool, refuseMightyRole);
}

export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** A database that is away is a fact to tell the user, not a bug. */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw connectFault(error);
  }
}

/** Why there is no connection, as far as the user can do something about it. */
export function connectFault(error: unknown): unknown {
  if (isAway(error)) return new Problem(databaseProblems['database.away']);
  return isShut(error) ? new Problem(databaseProblems['database.refuses_us']) : error;
}

/** Role or password unknown, database missing, or not allowed in: never prepared, or with other keys. */
const isShut = (error: unknown): boolean =>
  ['28000', '28P01', '3D000', '42501'].includes(String((error as { code?: unknown } | null)?.code));

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  '53300',
]);

/** No connection, a connection that broke, or a server that starts, stops or has none left. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: string }).code;
  if (code !== undefined && awayCodes.has(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    error.message,
  );
}
