import pg from 'pg';
import type { OpenDatabase } from '../kernel/database/open.ts';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** Which lock; the number means nothing else. */
const TURN = 782342;

const refusals = { serve: 'cli.serving_already', seed: 'cli.in_use', restore: 'cli.in_use_by_server' } as const;

/**
 * Whoever serves, seeds or restores has the data folder to himself: a county that lives on a simulated clock must not be swept by
 * a server on the real one. On a server of one's own several processes serve together, and only seeding wants to be
 * alone. The lock belongs to a connection, so that a killed process leaves none behind.
 */
export async function takeTurn(
  { access, embedded }: OpenDatabase,
  to: 'serve' | 'seed' | 'restore',
): Promise<() => Promise<void>> {
  const client = new pg.Client(access.owner ?? access.as.system);
  client.on('error', () => undefined);
  await client.connect();
  const shared = to === 'serve' && !embedded ? '_shared' : '';
  const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_lock${shared}(${TURN}) as mine`);
  if (rows[0]?.mine) return () => client.end();
  await client.end();
  throw new Problem(cliProblems[refusals[to]]);
}
