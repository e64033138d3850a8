import { sql } from 'kysely';
import type { Ctx } from './context.ts';
import { withClient } from './database/pools.ts';
import type { Id } from './id.ts';
import type { Runtime } from './runtime.ts';

/** Jobs that failed so often that the queue gave them up. An operator sees them, runs them again or puts them aside. */
export interface FailedJob {
  readonly id: string;
  readonly reaction: string;
  readonly entry: Id;
  readonly attempts: number;
  readonly queuedAt: Date;
  readonly failedAt: Date;
  /** Of what kind its last error was: the text itself may quote a row, and stays where it is. */
  readonly cause: string;
  readonly givenUp: boolean;
}

/** For an administrator; others get none. */
export async function failedJobs(ctx: Ctx): Promise<FailedJob[]> {
  const { rows } = await sql<FailedJob>`select * from jobs_failed()`.execute(ctx.db);
  return rows;
}

export interface QueueState {
  readonly waiting: number;
  readonly oldest: Date | null;
  readonly failed: number;
  readonly failedSince: Date | null;
}

export async function queueState(ctx: Ctx): Promise<QueueState> {
  const { rows } = await sql<QueueState>`select * from jobs_waiting()`.execute(ctx.db);
  return rows[0] ?? { waiting: 0, oldest: null, failed: 0, failedSince: null };
}

export type SettledJob = Pick<FailedJob, 'id' | 'reaction' | 'entry'>;

/**
 * Gives failed jobs their tries back, or puts them aside. A reaction that did run before changes nothing when it is run
 * again, and one put aside can still be run.
 */
export async function settleJobs(ctx: Ctx, ids: readonly string[], giveUp: boolean): Promise<SettledJob[]> {
  const { rows } = await sql<SettledJob>`select * from jobs_settle(${[...ids]}::bigint[], ${giveUp})`.execute(ctx.db);
  return rows;
}

/** For the operator's shell. */
export async function countFailedJobs(runtime: Runtime, realm: number): Promise<number> {
  return withClient(runtime.pools.jobs, async (client) => {
    const { rows } = await client.query<{ failed: number }>(
      `select count(*) as failed from graphile_worker._private_jobs
       where attempts >= max_attempts and (payload->>'realm')::int = $1 and payload->>'givenUp' is null`,
      [realm],
    );
    return rows[0]?.failed ?? 0;
  });
}
