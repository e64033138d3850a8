import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { openDatabase } from '../kernel/database/open.ts';
import { randomIds } from '../kernel/ids.ts';
import { readArchive } from '../kernel/keeping/archive.ts';
import { load } from '../kernel/keeping/load.ts';
import type { Keys } from '../kernel/keys.ts';
import { openLog } from '../kernel/log.ts';
import { openRuntime } from '../kernel/start.ts';
import type { Tally } from './backup.ts';
import { checkJournal, sayChecked } from './journal.ts';
import type { Terminal } from './terminal.ts';

/**
 * A restore that is thrown away: an embedded PostgreSQL of its own in a temporary folder, whatever server the county
 * lives on. Nothing of the deployment is touched, and its database need not even run.
 */
export async function rehearse(terminal: Terminal, path: string, keys: Keys, told: Tally): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-rehearsal-'));
  const config = { ...readConfig(), database: undefined, dataFolder: folder };
  const scratch = await openDatabase(config, keys, () => undefined);
  const clear = async (): Promise<void> => {
    await scratch.release();
    rmSync(folder, { recursive: true, force: true });
  };
  // Somebody's county lies there: whoever breaks off must not leave it behind.
  const breakOff = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', breakOff);
  process.once('SIGTERM', breakOff);
  try {
    const start = performance.now();
    await load(
      scratch.access,
      readArchive(path, keys, () => undefined),
      { put: async () => undefined },
    );
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const runtime = await openRuntime({
      access: scratch.access,
      sizes: { app: 2, system: 2, jobs: 1 },
      keys,
      clock: machineClock,
      ids: randomIds(machineClock),
      log: openLog(
        config.logLevel,
        () => machineClock.now(),
        (line) => process.stderr.write(line),
      ),
      outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
    });
    try {
      const checked = await checkJournal(terminal, runtime, []);
      terminal.say({
        zh: `试恢复用了 ${seconds} 秒，每张表的哈希都与备份一致。`,
        en: `Restored for trial in ${seconds} s, every table has the hash that the backup gives.`,
      });
      const code = sayChecked(terminal, checked);
      terminal.result({ path, ...told, restored: { seconds, ...checked } });
      return code;
    } finally {
      await runtime.close();
    }
  } finally {
    process.off('SIGINT', breakOff);
    process.off('SIGTERM', breakOff);
    await clear();
  }
}
