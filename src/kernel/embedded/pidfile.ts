import { rename } from 'node:fs/promises';
import type { Address } from './connection.ts';
import type { Context } from './context.ts';
import { isThere, readIfThere } from './durable.ts';
import { folderFault } from './faults.ts';
import { processesIn } from './processes.ts';

/** What postmaster.pid says of the server that wrote it. */
interface PidFile {
  /** NaN when the file is empty or was cut off. */
  pid: number;
  /** Null while the server has not yet said where it listens. */
  address: Address | null;
  /** It was asked to stop; asked politely (SIGTERM) it lets nobody in and waits for those who are, for ever if need be. */
  isStopping: boolean;
}

export async function readPidFile({ places }: Context): Promise<PidFile | null> {
  const text = await readIfThere(places.pidFile).catch((error) => {
    throw folderFault(places.folder, error);
  });
  if (text === null) return null;
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, state.
  const [pid = '', , , port = '', socketFolder = '', listens = '', , state = ''] = text.split('\n');
  const host = socketFolder.trim() || listens.trim();
  const address = host && port ? { host, port: Number(port) } : null;
  return { pid: Number.parseInt(pid, 10), address, isStopping: state.trim() === 'stopping' };
}

/**
 * A killed server leaves postmaster.pid and the lock of its socket behind. PostgreSQL sees by itself that their process
 * is gone, but not when the number has gone to another program (every restart of a container) or to a zombie: then it
 * would refuse for ever. Danger: without the file PostgreSQL looks for fewer remnants, so it is moved only when no
 * process whatsoever works in the data folder.
 */
export async function moveStaleLocks(context: Context): Promise<void> {
  const { places, log } = context;
  const found = await readPidFile(context);
  const remnants = await processesIn(places.data);
  if (remnants === null || remnants.length > 0) return;
  for (const path of [places.pidFile, places.socketLock]) {
    if (await isThere(path)) await rename(path, `${path}.stale`);
  }
  if (found)
    log(`the database was not closed properly last time (process ${found.pid} is gone): it recovers by itself`);
}
