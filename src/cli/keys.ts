import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { machineClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { noteKeysBackedUp, openKeys } from '../kernel/keys.ts';
import type { Terminal } from './terminal.ts';

/** Copies the keys to a place of their own and remembers that it was done. Needs no database. */
export async function backUpKeys(terminal: Terminal, folder: string): Promise<void> {
  const { keysFolder, suite } = readConfig();
  const keys = openKeys(keysFolder, suite);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = readdirSync(keys.folder).filter((name) => name !== 'backed-up');
  for (const name of files) copyFileSync(join(keys.folder, name), join(folder, name));
  noteKeysBackedUp(keys.folder, machineClock.now());
  terminal.say({
    zh: `密钥已复制到 ${folder}。请把它放到与数据分开的安全地方；没有它，数据备份打不开。`,
    en: `The keys are copied to ${folder}. Keep them apart from the data; without them a backup cannot be opened.`,
  });
  terminal.result({ folder, files });
}
