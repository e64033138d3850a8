import { withClient } from './database/pools.ts';
import type { Runtime } from './runtime.ts';

/**
 * A process that was killed leaves its jobs taken; the queue would wait four hours for it, and all later jobs on the same
 * record with it. A reaction takes well under a second, so what has been taken for a minute is free again. Should somebody
 * still be at it, the second run finds the command running or done and changes nothing.
 */
export async function freeAbandonedJobs(runtime: Runtime): Promise<number> {
  return withClient(runtime.pools.jobs, async (client) => {
    const { rowCount } = await client.query(`
      with queues as (
        update graphile_worker._private_job_queues set locked_at = null, locked_by = null
        where locked_at < now() - interval '1 minute')
      update graphile_worker._private_jobs set locked_at = null, locked_by = null
      where locked_at < now() - interval '1 minute'`);
    return rowCount ?? 0;
  });
}
