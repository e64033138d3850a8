import { Problem } from '../problem.ts';
import { run } from './command.ts';
import type { Context } from './context.ts';
import { embeddedProblems } from './embedded.problems.ts';
import { wayOfRunning } from './privilege.ts';

const stopSeconds = 60;

/** Stops the server (fast: open transactions are rolled back, what was committed is on disk). */
export async function stopServer({ places, binaries, log }: Context): Promise<void> {
  const way = await wayOfRunning(places.data);
  const words = ['stop', '-w', '-t', String(stopSeconds), '-m', 'fast', '-D', places.data];
  const { code, output } = await run([...way.prefix, binaries.pgCtl, ...words]);
  if (code === 0 || output.includes('PID file') || output.includes('No such process')) return;
  if (output.includes('does not shut down'))
    return log('the database is still writing its last pages and will stop then');
  const detail = output.split('\n').slice(-2).join(' · ').slice(-300);
  throw new Problem(embeddedProblems['database.stop_failed'], { path: places.folder, detail });
}
