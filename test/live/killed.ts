import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { consequences } from '../../src/domains/index.ts';
import { accessAt } from '../../src/kernel/database/access.ts';
import { type Engine, startEngine } from '../../src/kernel/engine.ts';
import { pump } from '../../src/kernel/reaction.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { County } from '../harness.ts';
import type { Fate, Moment } from './fixtures/mortal.ts';

/** Starts another process on the county's database and waits until it is dead; what it said to the world is returned. */
export async function killedDuring({ clock, database }: County, during: string, moment: Moment): Promise<string[]> {
  const fate: Fate = { place: inject('cluster'), database, now: clock.now().toISOString(), during, moment };
  const program = join(import.meta.dirname, 'fixtures', 'mortal.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(fate)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
  expect(signal, `${during}, ${moment}`).toBe('SIGKILL');
  return said.split('\n').filter((line) => line !== '');
}

export const openEngine = ({ database }: County, runtime: Runtime): Promise<Engine> =>
  startEngine(
    runtime,
    consequences,
    accessAt({ ...inject('cluster'), database }, runtime.keys, undefined, 'test').as.system,
  );

/** The program starts again and has nothing left to do: no entry without a position, no job, nothing due. */
export async function finishedByAnother(county: County, runtime: Runtime = county.runtime): Promise<void> {
  // The minute that has to pass before a dead process's jobs are free.
  await county.sql(`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 hour'`);
  await county.sql(`update graphile_worker._private_job_queues set locked_at = locked_at - interval '1 hour'`);
  const engine = await openEngine(county, runtime);
  try {
    await expect.poll(() => leftToDo(county), { timeout: 30_000 }).toEqual({ entries: 0, jobs: 0 });
  } finally {
    await engine.stop();
  }
  await pump(runtime, 1, consequences);
}

async function leftToDo({ sql }: County) {
  const [left] = await sql(
    `select (select count(*) from entry_pending) as entries, (select count(*) from graphile_worker._private_jobs) as jobs`,
  );
  return left;
}
