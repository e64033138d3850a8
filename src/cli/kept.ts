import { resolve } from 'node:path';
import { machineClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { noteKept } from '../kernel/keeping/ledger.ts';
import { Problem } from '../kernel/problem.ts';
import type { Tally } from './backup.ts';

/** What was done to keep the data is noted beside it, for the administrator's page. Paths are told whole. */
const now = (): string => machineClock.now().toISOString();

export async function noteMade({ path, size, header, rows, photos }: Tally & { path: string; size: number }) {
  const at = now();
  const takenAt = header?.takenAt ?? at;
  await noteKept(readConfig().dataFolder, { is: 'backup', at, path: resolve(path), takenAt, size, rows, photos });
}

export async function noteChecked(
  path: string,
  told: Pick<Tally, 'header'> | null,
  found: { restored: boolean; whole: boolean },
): Promise<void> {
  const takenAt = told?.header?.takenAt ?? null;
  await noteKept(readConfig().dataFolder, { is: 'checked', at: now(), path: resolve(path), takenAt, ...found });
}

/** A file that is not there, or other keys, say nothing about the backup. */
const broken: ReadonlySet<string> = new Set(['backup.damaged', 'backup.cut', 'backup.differs']);

/** Notes that it is broken, should the check find so, and says it as before. */
export async function notingDamage<T>(path: string, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Problem && broken.has(error.code))
      await noteChecked(path, null, { restored: false, whole: false });
    throw error;
  }
}
