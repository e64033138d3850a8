import { z } from 'zod';
import { withClient } from './database/pools.ts';
import type { Runtime } from './runtime.ts';

/** Jobs that failed so often that the queue gave them up. An operator sees them and may run them again. */
export const failedJob = z.object({
  id: z.string(),
  reaction: z.string(),
  realm: z.number(),
  entry: z.string(),
  attempts: z.number(),
  failedAt: z.date(),
});
export type FailedJob = z.infer<typeof failedJob>;

/** The queue keeps the error's text, which may quote a row; it is not shown. */
export async function failedJobs(runtime: Runtime, realm: number): Promise<FailedJob[]> {
  return withClient(runtime.pools.jobs, async (client) => {
    const { rows } = await client.query<FailedJob>(
      `select id::text, payload->>'reaction' as reaction, (payload->>'realm')::int as realm, payload->>'entry' as entry,
              attempts, updated_at as "failedAt"
       from graphile_worker._private_jobs where attempts >= max_attempts and (payload->>'realm')::int = $1
       order by updated_at desc limit 500`,
      [realm],
    );
    return rows;
  });
}

/** Gives failed jobs their tries back; tells how many there were. A reaction that did run before changes nothing. */
export async function rerunJobs(runtime: Runtime, realm: number, ids: readonly string[]): Promise<number> {
  return withClient(runtime.pools.jobs, async (client) => {
    const { rowCount } = await client.query(
      `update graphile_worker._private_jobs set attempts = 0, run_at = now(), last_error = null
       where id = any ($1::bigint[]) and attempts >= max_attempts and (payload->>'realm')::int = $2`,
      [ids, realm],
    );
    return rowCount ?? 0;
  });
}
