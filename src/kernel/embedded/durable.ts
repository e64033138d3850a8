import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from '../durable_folder.ts';
import type { Owner } from './places.ts';

/** Writes a whole file so that after a power cut it is either as before or complete. */
export async function writeDurably(path: string, text: string, owner: Owner | null): Promise<void> {
  const draft = `${path}.draft`;
  await writePrivately(draft, text, owner);
  await rename(draft, path);
  await flushFolder(dirname(path));
}

/** Writes a file that only its owner may read. */
export async function writePrivately(path: string, text: string, owner: Owner | null): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    if (owner) await file.chown(owner.uid, owner.gid);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Gives a file or folder a new name that ends in the time of its last change. Says the new name. */
export async function moveAside(path: string, newName: string): Promise<string> {
  const changed = (await stat(path)).mtime.toISOString().slice(0, 19).replaceAll(':', '');
  for (let number = 1; ; number += 1) {
    const aside = `${newName}-${changed}${number === 1 ? '' : `-${number}`}`;
    if (await isThere(aside)) continue;
    await rename(path, aside);
    return aside;
  }
}
