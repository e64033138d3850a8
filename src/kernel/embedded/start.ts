import { open, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Problem } from '../problem.ts';
import { settingsName } from './cluster.ts';
import { run } from './command.ts';
import type { Context } from './context.ts';
import { readIfThere, writeDurably } from './durable.ts';
import { embeddedProblems } from './embedded.problems.ts';
import { folderFault, programFault } from './faults.ts';
import { moveStaleLocks, readPidFile } from './pidfile.ts';
import { makePrivateFolder, makeSocketFolder } from './places.ts';
import type { Way } from './privilege.ts';
import { processesIn, whoIs } from './processes.ts';
import { settingsText } from './settings.ts';
import { until } from './waiting.ts';

const startSeconds = 60;
const keptLogs = 3;
const logLimitBytes = 5 * 1024 * 1024;

/** Starts the server of a complete cluster. It may still be recovering when this returns. */
export async function startServer(context: Context, way: Way): Promise<void> {
  try {
    await prepare(context, way);
    // A dying server's last processes may hold the shared memory for a moment longer.
    let said = '';
    const settled = await until(context.seams.retrySeconds ?? 10, async () => {
      await moveStaleLocks(context);
      said = await startOnce(context, way);
      if (said === '') return 'started';
      if (!mayPass(said)) return 'failed';
      return (await wasFaster(context)) ? 'started' : null;
    });
    if (settled === 'started') return;
    throw settled === null ? await remnantFault(context, said) : await faultOfStart(context, said);
  } catch (error) {
    throw folderFault(context.places.folder, error);
  }
}

function mayPass(said: string): boolean {
  return /pre-existing shared memory|lock file "[^"]*" (already exists|is empty)/.test(said);
}

/** The pg_ctl of a process of ours that was killed may have gone on to start the server. */
async function wasFaster(context: Context): Promise<boolean> {
  const file = await readPidFile(context);
  return file !== null && (await whoIs(file.pid, context.places.data)) === 'ours';
}

async function faultOfStart({ places }: Context, said: string): Promise<Problem> {
  return programFault(places.folder, said, places.log);
}

/** A statement that never pauses does not notice that its server has been killed. */
async function remnantFault(context: Context, said: string): Promise<Problem> {
  const { data, folder } = context.places;
  const pids = (await processesIn(data)) ?? [];
  if (pids.length === 0) return faultOfStart(context, said);
  return new Problem(embeddedProblems['database.remnants'], { path: folder, pids: pids.join(' ') });
}

async function prepare(context: Context, way: Way): Promise<void> {
  const { places, options } = context;
  await makePrivateFolder(places.logFolder, null);
  const tcpPort = process.platform === 'win32' ? await freePort(context) : null;
  if (tcpPort === null) await makeSocketFolder(places);
  const path = join(places.data, settingsName);
  const text = settingsText(places, tcpPort, options.settings ?? {});
  if ((await readIfThere(path)) !== text) await writeDurably(path, text, way.owner);
  await rotateLog(places.log);
}

/** Empty when it runs, else what pg_ctl and the log said. */
async function startOnce({ places, binaries }: Context, way: Way): Promise<string> {
  const before = (await stat(places.log).catch(() => null))?.size ?? 0;
  const words = ['start', '-w', '-t', String(startSeconds), '-D', places.data, '-l', places.log];
  const { code, output } = await run([...way.prefix, binaries.pgCtl, ...words]);
  // A long recovery outlasts pg_ctl; whoever connects next waits for the rest.
  if (code === 0 || output.includes('did not start in time')) return '';
  return `${output}\n${await readFrom(places.log, before)}`;
}

async function readFrom(path: string, offset: number): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return '';
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(32_768), 0, 32_768, offset);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** postgres.log becomes postgres.log.1 and so on when it has grown large; the oldest is overwritten. */
async function rotateLog(log: string): Promise<void> {
  const size = (await stat(log).catch(() => null))?.size ?? 0;
  if (size <= logLimitBytes) return;
  for (let number = keptLogs; number >= 1; number -= 1) {
    const younger = number === 1 ? log : `${log}.${number - 1}`;
    await rename(younger, `${log}.${number}`).catch(() => null);
  }
}

/** Windows only (no socket folder there): a port the machine gives us, kept in the folder. Untried. */
async function freePort({ places }: Context): Promise<number> {
  const recorded = Number(await readIfThere(join(places.folder, 'port')));
  if (recorded > 0) return recorded;
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  const port = typeof address === 'object' && address ? address.port : 5432;
  await writeDurably(join(places.folder, 'port'), `${port}\n`, null);
  return port;
}
