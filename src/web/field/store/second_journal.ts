import type { Bytes, Lock } from './lock.ts';

/**
 * The second journal: what was not sent yet, once more, in files of the browser's own disk. A database that breaks is
 * thrown away whole by browsers; these lie beside it, each by itself and sealed, so that a broken one is noticed.
 */
export interface SecondJournal {
  put(name: string, bytes: Bytes): Promise<void>;
  drop(name: string): Promise<void>;
  all(): Promise<ReadonlyMap<string, Bytes>>;
}

const folderOf = async (name: string): Promise<FileSystemDirectoryHandle | null> => {
  if (typeof navigator.storage?.getDirectory !== 'function') return null;
  try {
    const root = await navigator.storage.getDirectory();
    const ours = await root.getDirectoryHandle('jingwei-field', { create: true });
    return await ours.getDirectoryHandle(name, { create: true });
  } catch {
    return null;
  }
};

/** Null: this browser has no disk of its own for pages. */
export async function openSecondJournal(accountId: string): Promise<SecondJournal | null> {
  const folder = await folderOf(accountId);
  return (
    folder && {
      put: (name, bytes) => write(folder, name, bytes),
      drop: async (name) => folder.removeEntry(name).catch(() => undefined),
      all: () => readAll(folder),
    }
  );
}

async function write(folder: FileSystemDirectoryHandle, name: string, bytes: Bytes): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  const writing = await file.createWritable();
  await writing.write(bytes);
  // Under its name only when it is whole.
  await writing.close();
}

async function readAll(folder: FileSystemDirectoryHandle): Promise<Map<string, Bytes>> {
  const found = new Map<string, Bytes>();
  for await (const [name, entry] of listing(folder)) {
    if (entry.kind !== 'file') continue;
    const file = await (entry as FileSystemFileHandle).getFile();
    found.set(name, new Uint8Array(await file.arrayBuffer()));
  }
  return found;
}

/** The types of a page do not know yet that folders can be gone through. */
const listing = (folder: FileSystemDirectoryHandle) =>
  folder as unknown as AsyncIterable<readonly [string, FileSystemHandle]>;

const LOCKS = 'locks';

/** Locks lie there too: without its lock a sealed copy is worth nothing. */
export async function keepLockTwice(lock: Lock): Promise<void> {
  const folder = await folderOf(LOCKS);
  if (folder) await write(folder, lock.accountId, new TextEncoder().encode(JSON.stringify(lock, bytesAsText)));
}

export async function locksKeptTwice(): Promise<Lock[]> {
  const folder = await folderOf(LOCKS);
  const found = folder ? [...(await readAll(folder)).values()] : [];
  return found.map((bytes) => JSON.parse(new TextDecoder().decode(bytes), textAsBytes) as Lock);
}

export async function dropSecondJournal(accountId: string): Promise<void> {
  const root = await navigator.storage?.getDirectory?.().catch(() => null);
  const ours = await root?.getDirectoryHandle('jingwei-field').catch(() => null);
  await ours?.removeEntry(accountId, { recursive: true }).catch(() => undefined);
  const locks = await ours?.getDirectoryHandle(LOCKS).catch(() => null);
  await locks?.removeEntry(accountId).catch(() => undefined);
}

const bytesAsText = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { bytes: [...value] } : value;

const textAsBytes = (_name: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'bytes' in value
    ? Uint8Array.from((value as { bytes: number[] }).bytes)
    : value;
