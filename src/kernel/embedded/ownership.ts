import { lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './faults.ts';
import type { Owner, Places } from './places.ts';
import type { Way } from './privilege.ts';

/**
 * Gives the cluster, its logs and leftover sockets to the user it will run as, where it ran as another before (a user
 * namespace and the last resort). Only ever called while nothing runs on it. Danger: giving away a tree in which a
 * stranger can swap a folder for a link gives away more than the tree; the 0700 folder of root around it shuts him out.
 */
export async function giveTo(way: Way, places: Places, log: (line: string) => void): Promise<void> {
  if (!way.owner) return;
  const { data, logFolder, socket } = places;
  const { uid } = await stat(data);
  if (uid === way.owner.uid) return;
  log(`giving ${data} from user ${uid} to user ${way.owner.uid}, as whom it now runs`);
  for (const folder of [logFolder, socket, data]) await giveTree(folder, way.owner);
  // The folder itself comes last: it is what says that the work is done.
  await lchown(data, way.owner.uid, way.owner.gid);
}

async function giveTree(folder: string, owner: Owner): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTree(path, owner);
    await lchown(path, owner.uid, owner.gid);
  }
}
