import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Program } from './program.ts';

/** In the midst of what it is to be killed. */
export const moments = ['anywhere', 'positions', 'reaction', 'sweep', 'import'] as const;
export type Moment = (typeof moments)[number];

/** Where each must pass with its transaction half done; a lock there holds it until it was killed. */
const gates: Readonly<Record<Exclude<Moment, 'anywhere'>, { table: string; statement: string }>> = {
  positions: { table: 'seal', statement: 'insert into seal%' },
  reaction: { table: 'message', statement: 'insert into "message"%' },
  sweep: { table: 'obligation', statement: 'update "obligation"%' },
  import: { table: 'imported_row', statement: 'insert into "imported_row"%' },
};

interface Reached {
  readonly reached: boolean;
  /** The database's process for whoever was held, or one for the desks. */
  readonly backend: number;
  /** Opens the gate, if there is still one. */
  release(): Promise<void>;
}

/** A part of an import takes its time on a slow machine, and nobody else waits at its gate. */
const patienceMs = (moment: Moment): number => (moment === 'import' ? 30_000 : 6000);

/** Waits until the program is at this moment and holds it there; a moment that does not come is said and passed over. */
export async function reach(program: Program, moment: Moment): Promise<Reached> {
  if (moment === 'anywhere')
    return { reached: true, backend: await anyBackend(program), release: async () => undefined };
  const { table, statement } = gates[moment];
  const gate = await program.connect();
  await gate.query(`begin; lock table ${table} in share row exclusive mode`);
  const held = await whoWaits(program, statement, patienceMs(moment));
  return {
    reached: held !== null,
    backend: held ?? (await anyBackend(program)),
    release: () => gate.end().catch(() => undefined),
  };
}

async function whoWaits(program: Program, statement: string, patience: number): Promise<number | null> {
  const watcher: pg.Client = await program.connect();
  try {
    for (const start = performance.now(); performance.now() - start < patience; await sleep(10)) {
      const { rows } = await watcher.query<{ pid: number }>(
        `select pid from pg_stat_activity where usename = 'jingwei_system' and wait_event_type = 'Lock'
         and query ilike $1 order by pid limit 1`,
        [statement],
      );
      if (rows[0]) return rows[0].pid;
    }
    return null;
  } finally {
    await watcher.end();
  }
}

async function anyBackend(program: Program): Promise<number> {
  const [row] = await program.sql<{ pid: number }>(
    `select pid from pg_stat_activity where usename = 'jingwei_app' order by random() limit 1`,
  );
  if (!row) throw new Error('nobody is connected for the desks');
  return row.pid;
}
