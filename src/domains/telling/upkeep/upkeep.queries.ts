import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';

export interface DatabaseState {
  readonly version: string;
  readonly startedAt: Date;
  readonly bytes: number;
  /** What is acknowledged survives a power cut. */
  readonly durable: boolean;
}

export async function databaseState(ctx: Ctx): Promise<DatabaseState> {
  const { rows } = await sql<DatabaseState>`
    select current_setting('server_version') as version, pg_postmaster_start_time() as started_at,
      pg_database_size(current_database()) as bytes,
      current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error('a database that says nothing of itself');
  return row;
}
