import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { buildSync } from 'esbuild';
import { expect, inject } from 'vitest';
import { allConsequences } from '../../src/gateways/index.ts';
import { accessAt } from '../../src/kernel/database/access.ts';
import { type Engine, startEngine } from '../../src/kernel/engine.ts';
import { pump } from '../../src/kernel/reaction.ts';
import { packageRoot } from '../../src/kernel/root.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import type { County } from '../harness.ts';
import type { Fate, Moment } from './fixtures/mortal.ts';

/** Longer than any work takes: what it should die of does not come. Nobody may be left who would do the next test's work. */
const LONGEST_MS = 60_000;
const LAST_MS = 5_000;

/** Starts another process on the county's database and waits until it is dead; what it said to the world is returned. */
export async function killedDuring({ clock, database }: County, during: string, moment: Moment): Promise<string[]> {
  const fate: Fate = { place: inject('cluster'), database, now: clock.now().toISOString(), during, moment };
  const child = spawn(process.execPath, [mortalProgram(), JSON.stringify(fate)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  let outlived = false;
  const end = setTimeout(() => {
    outlived = true;
    child.kill('SIGTERM');
  }, LONGEST_MS);
  const last = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS + LAST_MS);
  const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
  clearTimeout(end);
  clearTimeout(last);
  expect({ outlived, signal }, `${during}, ${moment}`).toEqual({ outlived: false, signal: 'SIGKILL' });
  return said.split('\n').filter((line) => line !== '');
}

let built: string | null = null;

/** In one file, since the sources take three times as long to start. Whole at once: another worker may be starting it. */
function mortalProgram(): string {
  if (built !== null) return built;
  const folder = join(packageRoot, 'dist', 'tested');
  const outfile = join(folder, `mortal-${process.pid}.js`);
  buildSync({
    ...{ entryPoints: [join(import.meta.dirname, 'fixtures', 'mortal.ts')], outfile, bundle: true },
    ...{ platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'warning' },
  });
  built = join(folder, 'mortal.js');
  renameSync(outfile, built);
  return built;
}

export const openEngine = ({ database }: County, runtime: Runtime): Promise<Engine> =>
  startEngine(
    runtime,
    allConsequences,
    accessAt({ ...inject('cluster'), database }, runtime.keys, undefined, 'test').as.system,
  );

/** A dead process's jobs are free without the minute that has to pass, and what failed is tried again at once. */
export async function freed({ sql }: County): Promise<void> {
  await sql(
    `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 hour', run_at = least(run_at, now())`,
  );
  await sql(`update graphile_worker._private_job_queues set locked_at = locked_at - interval '1 hour'`);
}

/** The program starts again and has nothing left to do: no entry without a position, no job, nothing due. */
export async function finishedByAnother(county: County, runtime: Runtime = county.runtime): Promise<void> {
  await freed(county);
  // What a sweep began while the engine was being stopped is there for the next one.
  do {
    const engine = await openEngine(county, runtime);
    try {
      await expect.poll(() => leftToDo(county), { timeout: 30_000 }).toEqual(nothing);
    } finally {
      await engine.stop();
    }
    await pump(runtime, 1, allConsequences);
  } while (!isDeepStrictEqual(await leftToDo(county), nothing));
}

const nothing = { entries: 0, jobs: 0 };

async function leftToDo({ sql }: County) {
  const [left] = await sql(
    `select (select count(*) from entry_pending) as entries, (select count(*) from graphile_worker._private_jobs) as jobs`,
  );
  return left;
}
