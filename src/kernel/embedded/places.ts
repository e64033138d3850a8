import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../durable_folder.ts';
import { Problem } from '../problem.ts';
import { embeddedProblems } from './embedded.problems.ts';
import { codeOf, folderFault } from './faults.ts';
import type { EmbeddedOptions } from './options.ts';

/** A socket's path must fit in 108 bytes on Linux and 104 on macOS, its closing zero included. */
const longestSocketPath = 100;
const socketName = '.s.PGSQL.5432';

/** Where everything of a cluster lies. */
export interface Places {
  folder: string;
  /** The cluster itself; it carries its name only when it is complete. */
  data: string;
  pidFile: string;
  logFolder: string;
  log: string;
  socket: string;
  socketLock: string;
}

export interface Owner {
  uid: number;
  gid: number;
}

/** Makes the folder if it is absent and says where everything in it lies. */
export async function findPlaces(options: EmbeddedOptions): Promise<Places> {
  // pg_ctl hands these paths to a shell inside double quotes.
  if (process.platform !== 'win32' && /["$`\\\r\n]/.test(options.folder)) {
    throw new Problem(embeddedProblems['database.folder_name'], { path: options.folder });
  }
  try {
    await makeFolder(options.folder);
    const folder = await realpath(options.folder);
    await shutOthersOut(folder);
    return placesIn(folder, options.runtimeFolder ?? tmpdir());
  } catch (error) {
    throw folderFault(options.folder, error);
  }
}

/**
 * As root we work only in a folder of root's: in a user's folder he could put a link where we are about to write, and
 * have root overwrite or give him any file of the machine.
 */
async function shutOthersOut(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder);
  const me = process.getuid?.();
  if (me === 0 && uid !== 0) throw new Problem(embeddedProblems['database.folder_of_user'], { path: folder, uid });
  if (me === uid && (mode & 0o077) !== 0) await chmod(folder, 0o700);
}

function placesIn(folder: string, runtime: string): Places {
  const data = join(folder, 'cluster');
  const logFolder = join(folder, 'log');
  const inside = join(folder, 'socket');
  const fits = Buffer.byteLength(join(inside, socketName)) <= longestSocketPath;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const socket = fits ? inside : join(runtime, `jingwei-${process.getuid?.() ?? 0}-${hash}`);
  return {
    folder,
    data,
    pidFile: join(data, 'postmaster.pid'),
    logFolder,
    log: join(logFolder, 'postgres.log'),
    socket,
    socketLock: join(socket, `${socketName}.lock`),
  };
}

/** Makes a folder only its owner may enter. As root it is given to `owner`. */
export async function makePrivateFolder(path: string, owner: Owner | null): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (owner) await chown(path, owner.uid, owner.gid);
}

/**
 * Makes the socket folder, always our own. Outside the data folder its name can be guessed, so an existing one must
 * have been made by us: in a stranger's folder the stranger could put a socket of his own and listen in.
 */
export async function makeSocketFolder(places: Places): Promise<void> {
  try {
    await mkdir(places.socket, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw folderFault(places.socket, error);
  }
  await checkSocketFolder(places.socket, process.getuid?.() ?? 0);
}

async function checkSocketFolder(path: string, uid: number): Promise<void> {
  const found = await lstat(path);
  const faults = [
    !found.isDirectory() && 'it is not a folder (a link, perhaps)',
    found.uid !== uid && `it belongs to user ${found.uid} and not to ${uid}`,
    (found.mode & 0o077) !== 0 && 'its mode lets others in',
  ].filter((fault) => fault !== false);
  if (faults[0]) throw new Problem(embeddedProblems['database.folder_denied'], { path, detail: faults[0] });
}
