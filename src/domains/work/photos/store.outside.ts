import { type FileHandle, mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushFolder, makeFolder } from '../../../kernel/durable_folder.ts';

/** Where sealed photos lie. It never sees a key, and what it holds is worth nothing without one. */
export interface PhotoStore {
  /** On the disk, not merely in memory, when this is through. */
  put(name: string, bytes: Buffer): Promise<void>;
  /** Null: there is no such file. */
  get(name: string): Promise<Buffer | null>;
  remove(name: string): Promise<void>;
  /** Everything that lies there, also what a crash left half written. */
  list(): AsyncIterable<StoredFile>;
}

export interface StoredFile {
  readonly name: string;
  readonly writtenAt: Date;
}

/** A photo's files share the first 32 characters: `<hex>` and `<hex>.thumb`; `.part` is one being written. */
const wellFormed = /^[0-9a-f]{32}(?:\.thumb)?(?:\.part)?$/;
export const stemOf = (name: string): string => name.slice(0, 32);

/** In folders by the first two characters, so that none grows beyond what a file system likes. */
export function folderStore(folder: string, flush: (folder: string) => Promise<void> = flushFolder): PhotoStore {
  const pathOf = (name: string): string => {
    if (!wellFormed.test(name)) throw new Error('not the name of a stored photo');
    return join(folder, name.slice(0, 2), name);
  };
  const shelf = openShelves(folder, flush);
  return {
    put: async (name, bytes) => {
      const path = pathOf(name);
      await shelf(dirname(path));
      await writeWhole(path, bytes);
      await flush(dirname(path));
    },
    get: (name) => orNull(readFile(pathOf(name))),
    remove: (name) => rm(pathOf(name), { force: true }),
    list: () => listFolder(folder),
  };
}

/** Whoever finds a shelf that another upload is just making waits until its name is on the disk, too. */
function openShelves(folder: string, flush: (folder: string) => Promise<void>): (shelf: string) => Promise<void> {
  const flushed = new Map<string, Promise<void>>();
  const make = async (shelf: string): Promise<void> => {
    await makeFolder(folder, flush);
    await mkdir(shelf, { recursive: true, mode: 0o700 });
    // Also one that is there: whoever made it may have been killed before this.
    await flush(folder);
  };
  return (shelf) => {
    const making = flushed.get(shelf) ?? make(shelf);
    flushed.set(shelf, making);
    making.catch(() => flushed.delete(shelf));
    return making;
  };
}

/** Whoever finds the file finds all of it, after a power cut too: written aside, flushed, renamed. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.part`;
  await withHandle(await open(part, 'w', 0o600), async (file) => {
    await file.writeFile(bytes);
    await file.sync();
  });
  await rename(part, path);
}

async function withHandle(handle: FileHandle, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

async function* listFolder(folder: string): AsyncIterable<StoredFile> {
  const shelves = await orNull(opendir(folder));
  if (shelves === null) return;
  for await (const shelf of shelves) {
    if (!shelf.isDirectory() || !/^[0-9a-f]{2}$/.test(shelf.name)) continue;
    for await (const { name } of await opendir(join(folder, shelf.name))) {
      const found = wellFormed.test(name) ? await orNull(stat(join(folder, shelf.name, name))) : null;
      if (found) yield { name, writtenAt: found.mtime };
    }
  }
}

async function orNull<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
