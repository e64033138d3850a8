import { realpath } from 'node:fs/promises';
import type pg from 'pg';
import { Problem } from '../problem.ts';
import { checkVersion, ensureCluster } from './cluster.ts';
import { type Address, isCutOff, knock } from './connection.ts';
import type { Context } from './context.ts';
import { embeddedProblems } from './embedded.problems.ts';
import { folderFault } from './faults.ts';
import { giveTo } from './ownership.ts';
import { readPidFile } from './pidfile.ts';
import { chooseWay, wayOfRunning } from './privilege.ts';
import { whoIs } from './processes.ts';
import { quietSessions } from './settings.ts';
import { startServer } from './start.ts';
import { stopServer } from './stop.ts';
import { inTurn } from './turn.ts';
import { countIn, othersAreIn } from './use.ts';
import { until } from './waiting.ts';

/** Longer than any recovery (max_wal_size is 1 GB) on a slow disk. */
const recoverySeconds = 600;
/** A living server without its socket has lost it for good; one that has just been forked makes it at once. */
const socketSeconds = 15;

const attempts = 5;

/** One user's hold on the running server. */
export interface Hold {
  address: Address;
  /** The connection that counts us in; the server goes on for as long as one such connection lives. */
  client: pg.Client;
  asUser: string;
  started: boolean;
  adopted: boolean;
}

interface Running {
  address: Address;
  client: pg.Client;
}

/** Joins the server of the folder, or makes and starts it; one process at a time. */
export async function attach(context: Context): Promise<Hold> {
  return inTurn(context.places.folder, context.log, { waitSeconds: recoverySeconds + 60 }, async () => {
    await checkVersion(context);
    for (let attempt = 1; ; attempt += 1) {
      const hold = await attachOnce(context);
      if (hold) return hold;
      if (attempt === attempts) throw endedAtOnce(context);
      context.log('the database was stopped while it was being opened: opening it again');
    }
  });
}

function endedAtOnce({ places }: Context): Problem {
  const params = { path: places.log, detail: `stopped ${attempts} times while it was being opened` };
  return new Problem(embeddedProblems['database.start_failed'], params);
}

async function attachOnce(context: Context): Promise<Hold | null> {
  const found = await findRunning(context);
  const running = found ?? (await start(context));
  if (!running) return null;
  try {
    if (!found) await running.client.query(quietSessions);
    const adopted = found !== null && !(await othersAreIn(running.client));
    await countIn(running.client);
    const { asUser } = await wayOfRunning(context.places.data);
    context.log(`database ${found ? (adopted ? 'adopted' : 'joined') : 'started'} (${asUser}): ${context.places.data}`);
    return { ...running, asUser, started: found === null, adopted };
  } catch (error) {
    await running.client.end().catch(() => undefined);
    if (isCutOff(error)) return null;
    throw error;
  }
}

/** The server that runs on this folder, or null. */
async function findRunning(context: Context): Promise<Running | null> {
  const { places, seams, log } = context;
  let silentSince = performance.now();
  let told = false;
  const outcome = await until(seams.silenceSeconds ?? recoverySeconds, async () => {
    const file = await readPidFile(context);
    const alive = file !== null && (await whoIs(file.pid, places.data)) === 'ours';
    // Asked even if its process cannot be seen: it may run in another container on the same folder.
    const answer = file?.address ? await greet(context, file.address) : 'absent';
    if (typeof answer === 'object') return answer;
    if (!alive) return 'none';
    if (answer === 'not yet') silentSince = performance.now();
    if (performance.now() - silentSince > socketSeconds * 1000) return 'silent';
    if (!told) log(`the database runs as process ${file.pid} but does not answer yet: waiting`);
    told = true;
    return null;
  });
  if (outcome === 'none') return null;
  if (outcome !== null && outcome !== 'silent') return outcome;
  const pid = (await readPidFile(context))?.pid ?? '?';
  throw new Problem(embeddedProblems['database.not_answering'], { path: places.folder, pid });
}

async function greet(context: Context, address: Address): Promise<Running | 'absent' | 'not yet'> {
  const { places, options } = context;
  const answer = await knock(address, options.password).catch((error) => {
    throw folderFault(address.host, error);
  });
  if (answer.is === 'denied') throw new Problem(embeddedProblems['database.password_wrong'], { path: places.data });
  if (answer.is !== 'open') return answer.is;
  // A stale file may name a socket that another cluster has by now.
  const folder = await dataFolderOf(answer.client);
  if (folder === places.data) return { address, client: answer.client };
  await answer.client.end().catch(() => undefined);
  return folder === null ? 'not yet' : 'absent';
}

async function dataFolderOf(client: pg.Client): Promise<string | null> {
  try {
    const { rows } = await client.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`);
    return await realpath(rows[0]?.folder ?? '').catch(() => '');
  } catch (error) {
    if (isCutOff(error)) return null;
    throw error;
  }
}

/** Null when it was stopped again before it answered. */
async function start(context: Context): Promise<Running | null> {
  const { places, options, seams, binaries, log } = context;
  const withoutUserNamespace = seams.withoutUserNamespace === true;
  const choice = { allowLastResort: options.allowLastResort, withoutUserNamespace };
  const way = await chooseWay(places.folder, binaries, choice);
  if (way.warning) log(way.warning);
  await ensureCluster(context, way);
  await giveTo(way, places, log);
  await startServer(context, way);
  try {
    return await findRunning(context);
  } catch (error) {
    // Nobody else can be using it: we have started it in our turn, and it does not know our password.
    if (error instanceof Problem && error.code === 'database.password_wrong') await stopServer(context);
    throw error;
  }
}
