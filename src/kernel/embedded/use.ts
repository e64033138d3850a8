import type pg from 'pg';

/** Any number will do, as long as it stays the same: `JW` and 1. */
const key = 0x4a57_0001;

/** Counts this connection in as a user of the server for as long as it lives. Waits while somebody stops the server. */
export async function countIn(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [key]);
}

/** Does anybody else hold the server, as far as can be seen now? */
export async function othersAreIn(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_locks
      WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()`,
    [key],
  );
  return (rowCount ?? 0) > 0;
}

/** Counts this connection out. True: it was the last, and nobody can be counted in until it closes. */
export async function countOut(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [key]);
  const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [key]);
  return rows[0]?.alone === true;
}
