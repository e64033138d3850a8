import { forgetAgain } from '../domains/index.ts';
import { machineClock } from '../kernel/clock.ts';
import { type Config, readConfig } from '../kernel/config.ts';
import { reconcileDestroyedKeys } from '../kernel/data_key.ts';
import { migrate } from '../kernel/database/migrate.ts';
import { type OpenDatabase, openDatabase } from '../kernel/database/open.ts';
import type { PoolSizes } from '../kernel/database/pools.ts';
import { randomIds } from '../kernel/ids.ts';
import { type Keys, openKeys } from '../kernel/keys.ts';
import { openLog } from '../kernel/log.ts';
import { realOutside } from '../kernel/outside.ts';
import { listRealms } from '../kernel/reaction.ts';
import { type OpenRuntime, openRuntime } from '../kernel/start.ts';
import type { Terminal } from './terminal.ts';

/** What a command of the shell works with: settings, keys, the database (joined, or started for its own duration). */
export interface Station {
  readonly config: Config;
  readonly keys: Keys;
  readonly database: OpenDatabase;
}

export async function atStation<T>(terminal: Terminal, work: (station: Station) => Promise<T>): Promise<T> {
  const config = readConfig();
  const keys = openKeys(config.keysFolder, config.suite);
  const database = await openDatabase(config, keys, (line) => terminal.line(line));
  try {
    return await work({ config, keys, database });
  } finally {
    await database.release();
  }
}

/** Opens the program on the station's database: brings the tables up to date where it may, and forgets what must be forgotten. */
export async function openStation({ config, keys, database }: Station, sizes: PoolSizes): Promise<OpenRuntime> {
  if (database.access.owner) await migrate(database.access);
  const log = openLog(
    config.logLevel,
    () => machineClock.now(),
    (line) => process.stderr.write(line),
  );
  const ids = randomIds(machineClock);
  const runtime = await openRuntime({
    access: database.access,
    sizes,
    keys,
    clock: machineClock,
    ids,
    log,
    outside: realOutside(config.webhooksPrivate),
  });
  for (const realm of await listRealms(runtime)) await reconcileDestroyedKeys(runtime, realm, forgetAgain);
  return runtime;
}

export async function withRuntime<T>(
  terminal: Terminal,
  work: (runtime: OpenRuntime, station: Station) => Promise<T>,
): Promise<T> {
  return atStation(terminal, async (station) => {
    const runtime = await openStation(station, { app: 2, system: 2, jobs: 1 });
    try {
      return await work(runtime, station);
    } finally {
      await runtime.close();
    }
  });
}
