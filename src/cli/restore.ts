import { join } from 'node:path';
import { folderStore } from '../domains/work/photos/index.ts';
import { noteCheckpoints, readCheckpoints } from '../kernel/checkpoint.ts';
import { machineClock } from '../kernel/clock.ts';
import { readArchive } from '../kernel/keeping/archive.ts';
import { load } from '../kernel/keeping/load.ts';
import { readThrough } from './backup.ts';
import { checkJournal, sayChecked } from './journal.ts';
import { atStation, openStation } from './station.ts';
import type { Terminal } from './terminal.ts';
import { takeTurn } from './turn.ts';

/**
 * `restore FILE`: into an empty database, this station's embedded one or a server. The file is read to its end before
 * anything is touched. Opening the station afterwards destroys again what was to be forgotten; then the journal is
 * verified, and the checkpoints learn that it goes on from here.
 */
export async function restore(terminal: Terminal, path: string): Promise<number> {
  const told = await readThrough(terminal, path);
  return atStation(terminal, async (station) => {
    const { config, keys, database } = station;
    const release = database.access.owner ? await takeTurn(database, 'restore') : async () => undefined;
    try {
      const bar = terminal.progress({ zh: '恢复', en: 'restore' }, 100);
      const pieces = readArchive(path, keys, (read, size) => bar.to((read / size) * 100));
      const photos = folderStore(join(config.dataFolder, 'photos'));
      const loaded = await load(database.access, pieces, photos).finally(() => bar.done());
      const runtime = await openStation(station, { app: 2, system: 2, jobs: 1 });
      try {
        const at = machineClock.now();
        await noteCheckpoints(runtime, config.checkpointsFolder, at, 'restored');
        const checked = await checkJournal(terminal, runtime, readCheckpoints(config.checkpointsFolder));
        terminal.say({
          zh: `已恢复 ${told.header?.takenAt} 的备份：${told.rows} 行、${loaded.photos} 个照片文件，每张表的哈希都一致。`,
          en: `Restored the backup of ${told.header?.takenAt}: ${told.rows} rows, ${loaded.photos} photo files, every table has the hash it had.`,
        });
        const code = sayChecked(terminal, checked);
        terminal.result({ path, ...told, ...checked });
        return code;
      } finally {
        await runtime.close();
      }
    } finally {
      await release();
    }
  });
}
