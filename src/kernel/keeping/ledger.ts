import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from '../durable_folder.ts';
import { type KeptLine, keptLine } from './kept.ts';

const FILE = 'keeping.jsonl';

/** Appends and flushes. Where no data lies, as on a machine that only checks a backup, nothing is noted. */
export async function noteKept(dataFolder: string, told: KeptLine): Promise<void> {
  if (!existsSync(dataFolder)) return;
  const file = await open(join(dataFolder, FILE), 'a', 0o600);
  try {
    const { size } = await file.stat();
    await file.appendFile(`${JSON.stringify(told)}\n`);
    await file.sync();
    if (size === 0) await flushFolder(dataFolder);
  } finally {
    await file.close();
  }
}

/** In the order in which they were written; what is no line of ours is passed over. */
export function readKept(dataFolder: string): KeptLine[] {
  const path = join(dataFolder, FILE);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        return [keptLine.parse(JSON.parse(text))];
      } catch {
        return [];
      }
    });
}
