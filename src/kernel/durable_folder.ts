import { closeSync, fsyncSync, openSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A new name in a folder survives a power cut only once the folder itself was flushed. Windows cannot and need not. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function flushFolderNow(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Makes a folder with those above it, each flushed into the one that holds it. */
export async function makeFolder(path: string, flush: (folder: string) => Promise<void> = flushFolder): Promise<void> {
  const whole = resolve(path);
  const made = await mkdir(whole, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  for (const folder of foldersBetween(made, whole)) await flush(folder);
}

/** What holds the highest folder that was made, and so on down to what holds the lowest. */
function foldersBetween(highest: string, lowest: string): string[] {
  const holder = dirname(lowest);
  return lowest === highest ? [holder] : [...foldersBetween(highest, holder), holder];
}
