import { join } from 'node:path';
import { allEndpoints } from '../../src/domains/index.ts';
import { openPhotoRoom } from '../../src/domains/work/photos/index.ts';
import { openApp } from '../../src/http/app.ts';
import { machineClock } from '../../src/kernel/clock.ts';
import { readConfig } from '../../src/kernel/config.ts';
import { openDatabase } from '../../src/kernel/database/open.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openKeys } from '../../src/kernel/keys.ts';
import { openLog } from '../../src/kernel/log.ts';
import { openRuntime } from '../../src/kernel/start.ts';
import { plantedEndpoints } from './planted.ts';

/** The control: the same program with endpoints that break every rule, as a process of its own. */
const config = readConfig();
const keys = openKeys(config.keysFolder);
const database = await openDatabase(config, keys, () => undefined);
const runtime = await openRuntime({
  access: database.access,
  sizes: { app: 8, system: 2, jobs: 1 },
  keys,
  clock: machineClock,
  ids: randomIds(machineClock),
  log: openLog('error', machineClock.now, (line) => process.stderr.write(line)),
  outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
});
const photos = openPhotoRoom({ folder: join(config.dataFolder, 'photos') });
const app = await openApp(runtime, [...allEndpoints(true, photos), ...plantedEndpoints], {
  ...config,
  demoAllowed: true,
  limits: false,
  demo: null,
  version: 'lab',
});
await app.listen({ host: config.host, port: config.port });
await new Promise((resolve) => process.once('SIGTERM', resolve));
// Some of what was planted never ends.
process.exit(0);
