import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { problemOfConstraint } from './constraints.ts';
import type { Actor, Ctx } from './context.ts';
import { connect, isAway } from './database/pools.ts';
import { databaseProblems } from './database/problems.ts';
import { hold, overClient } from './database/single.ts';
import { statement } from './database/statements.ts';
import type { Entrance } from './entrance.ts';
import type { Id } from './id.ts';
import { jitter } from './ids.ts';
import { Problem } from './problem.ts';
import type { Runtime } from './runtime.ts';

export interface TransactionOptions {
  readonly commandId?: Id;
  readonly occurredAt?: Date;
  readonly now?: Date;
  /** Loading what is kept in memory: on connections of its own, and what it needs of the same kind is loaded along. */
  readonly forCache?: boolean;
}

/**
 * The one place where a transaction opens and closes. It opens through an entrance, so that row security knows for whom
 * it runs before the first row is read; it commits when `work` is through and rolls back when anything is thrown.
 * A deadlock or a serialisation failure is tried again from the start: `work` must not act outside the database.
 */
export async function transact<T>(
  runtime: Runtime,
  entrance: Entrance,
  work: (ctx: Ctx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(runtime, entrance, work, options);
    } catch (error) {
      if (attempt >= 4 || !isCollision(error)) throw asProblem(error);
      await sleep(5 * 2 ** attempt * (0.5 + jitter()));
    }
  }
}

/** Two transactions got in each other's way, or two senders of one command met: the second try sees what the first did. */
function isCollision(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '40001' || code === '40P01' || (code === '23505' && constraint === 'command_pkey');
}

/** What the database refused by a named rule, or could not take because it is away, is the user's to know. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (isAway(error)) return new Problem(databaseProblems['database.away']);
  return problemOfConstraint(error) ?? error;
}

async function attemptOnce<T>(
  runtime: Runtime,
  entrance: Entrance,
  work: (ctx: Ctx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const client = await connect(runtime.pools[options.forCache ? 'caches' : entrance.role]);
  let broken: Error | undefined;
  try {
    const ctx = await open(runtime, client, entrance, options);
    const result = await work(ctx);
    await client.query('commit');
    return result;
  } catch (error) {
    if (isAway(error)) broken = error as Error;
    else
      await client.query('rollback').catch((fault: Error) => {
        broken = fault;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function open(
  runtime: Runtime,
  client: PoolClient,
  entrance: Entrance,
  options: TransactionOptions,
): Promise<Ctx> {
  // Sent together, answered one after the other: opening costs one trip to the server.
  hold(client);
  const begun = client.query('begin');
  const entered = client.query<{ who: unknown; versions: Record<string, number> }>({
    ...statement(entrance.text),
    values: [...entrance.values],
  });
  const [, answer] = await Promise.all([begun, entered]);
  const row = answer.rows[0];
  const actor: Actor = entrance.read(row?.who ?? null);
  const now = options.now ?? runtime.clock.now();
  return {
    db: overClient(client),
    realm: entrance.realm,
    actor,
    now,
    occurredAt: options.occurredAt ?? now,
    ids: options.commandId === undefined ? runtime.ids : runtime.ids.of(options.commandId),
    keys: runtime.keys,
    cache: runtime.caches.reader(entrance.realm, row?.versions ?? {}, options.forCache ?? false),
    scope: runtime.scope,
    commandId: options.commandId ?? null,
  };
}
