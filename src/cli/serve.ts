import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendLedgers, sendSmallLedgers } from '../../seeds/county/filing.ts';
import { allEndpoints } from '../domains/index.ts';
import { openHouse } from '../domains/telling/upkeep/index.ts';
import { openPhotoRoom, type PhotoRoom, sweepOrphans } from '../domains/work/photos/index.ts';
import { allConsequences, gatewayEndpoints } from '../gateways/index.ts';
import { type HttpApp, openApp } from '../http/app.ts';
import { operatorRoutes } from '../http/operator.ts';
import { findDesk } from '../http/pages/desk.ts';
import { findField } from '../http/pages/field.ts';
import { noteCheckpoints } from '../kernel/checkpoint.ts';
import { machineClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { OpenDatabase } from '../kernel/database/open.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import { startEngine } from '../kernel/engine.ts';
import { faultOf } from '../kernel/log.ts';
import { defineProblems, Problem } from '../kernel/problem.ts';
import { listRealms } from '../kernel/reaction.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import { figurePacks } from '../packs/figures/index.ts';
import { demoAccounts, plant } from './seed.ts';
import { atStation, openStation } from './station.ts';
import type { Terminal } from './terminal.ts';
import { takeTurn } from './turn.ts';
import { VERSION } from './version.ts';

const serveProblems = defineProblems({
  'serve.port_taken': {
    status: 409,
    title: { zh: '端口 {port} 已被占用', en: 'Port {port} is taken' },
    hint: { zh: '请停掉占用它的程序，或者设置 PORT。', en: 'Stop the program that uses it, or set PORT.' },
  },
});

/** The server: database, tables, demo county where wanted, consequences, pages. Stops orderly within 30 seconds. */
export async function serve(terminal: Terminal): Promise<void> {
  await atStation(terminal, async (station) => {
    const { config, database } = station;
    const release = await takeTurn(database, 'serve');
    const runtime = await openStation(station, { app: config.poolSize, system: 4, jobs: 4 });
    watchDatabase(database, runtime);
    // What is open, the last first: also when the start fails half-way, or the process would never end.
    const open: (() => Promise<void> | void)[] = [];
    try {
      if ((await listRealms(runtime)).length === 0 && config.seed !== 'none')
        await plant(terminal, station, { what: config.seed, until: machineClock.now() });
      const photos = openPhotoRoom({ folder: join(config.dataFolder, 'photos') });
      open.unshift(() => photos.close());
      const tidying = keepTidy(photos, runtime);
      open.unshift(() => clearInterval(tidying));
      const witnessing = keepWitnessed(config, runtime);
      // The last line when everything has its position.
      open.unshift(() => witnessing.end());
      const engine = await startEngine(runtime, allConsequences, database.access.as.system);
      open.unshift(() => engine.stop());
      const offered = [
        ...allEndpoints(
          config.isPrivate,
          photos,
          figurePacks,
          openHouse(config, { version: VERSION, embedded: database.embedded !== undefined }),
        ),
        ...gatewayEndpoints(config),
        ...operatorRoutes,
      ];
      const app = await openApp(runtime, offered, {
        ...config,
        demoAllowed: config.isPrivate,
        limits: true,
        demo: isDemo(config) ? demoAccounts : null,
        version: VERSION,
        desk: findDesk(),
        field: findField(),
        listen: engine.listen,
        photos,
      });
      open.unshift(() => app.close());
      await listen(app, config);
      announce(terminal, config, app);
      const filing = fillLedgers(config, runtime, offered);
      open.unshift(() => filing.end());
      await untilAskedToStop();
      terminal.say({
        zh: '正在停止：不再接新请求，办完手头的……',
        en: 'Stopping: no new requests, finishing those at hand …',
      });
      hurry();
    } finally {
      for (const close of open) await close();
      await runtime.close();
      await release();
    }
  });
}

/** What the demo county's ledgers hold comes in beside the work, by the same files and commands as anybody's. */
function fillLedgers(config: Config, runtime: OpenRuntime, offered: readonly Endpoint[]): { end(): Promise<void> } {
  const stop = new AbortController();
  const fill = config.seed === 'county' ? sendLedgers : sendSmallLedgers;
  const filled = isDemo(config)
    ? fill(runtime, offered, stop.signal).catch((error) => runtime.log.warn('demo ledgers', faultOf(error)))
    : Promise.resolve();
  return {
    end: async () => {
      stop.abort();
      await filled;
    },
  };
}

/** An upload that lay still for so long is not gone on with. */
const ARRIVING_MS = 48 * 3_600_000;

/** Once a day: files of photos whose report was never committed, and uploads that nobody finished. */
function keepTidy(photos: PhotoRoom, runtime: OpenRuntime): NodeJS.Timeout {
  const tidy = (): void => {
    sweepOrphans(photos.store, runtime).catch((error) => runtime.log.warn('photo sweep', faultOf(error)));
    const before = new Date(machineClock.now().getTime() - ARRIVING_MS);
    photos.arriving.sweep(before).catch((error) => runtime.log.warn('upload sweep', faultOf(error)));
  };
  return setInterval(tidy, 24 * 3_600_000).unref();
}

/** Once an hour and when it stops: where the journal stands, signed, outside the database. */
function keepWitnessed({ checkpointsFolder }: Config, runtime: OpenRuntime): { end(): Promise<void> } {
  const note = async (): Promise<void> => {
    try {
      await noteCheckpoints(runtime, checkpointsFolder, machineClock.now());
    } catch (error) {
      runtime.log.warn('checkpoint', faultOf(error));
    }
  };
  void note();
  const hourly = setInterval(() => void note(), 3_600_000).unref();
  return {
    end: () => {
      clearInterval(hourly);
      return note();
    },
  };
}

/** An embedded database that is killed is started again; meanwhile requests are told that it is away. */
function watchDatabase({ embedded }: OpenDatabase, runtime: OpenRuntime): void {
  embedded?.onLost(() => {
    const revive = async (): Promise<void> => {
      for (;;) {
        try {
          runtime.log.warn('database lost, starting it again', { outcome: await embedded.ensureRunning() });
          return;
        } catch (error) {
          runtime.log.error('database does not start', faultOf(error));
          await sleep(2000);
        }
      }
    };
    void revive();
  });
}

async function listen(app: HttpApp, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new Problem(serveProblems['serve.port_taken'], { port });
    throw error;
  }
}

const isDemo = ({ isPrivate, seed }: Config): boolean => isPrivate && seed !== 'none';

function announce(terminal: Terminal, config: Config, app: HttpApp): void {
  const address = app.server.address();
  const { port, publicUrl } = config;
  const base = port === 0 && address && typeof address === 'object' ? `http://localhost:${address.port}` : publicUrl;
  terminal.say({ zh: `\n经纬已启动`, en: `\nJingwei is running` });
  terminal.say({ zh: `  群众报事、查询  ${base}/`, en: `  report and track   ${base}/` });
  terminal.say({ zh: `  工作台          ${base}/console`, en: `  console            ${base}/console` });
  if (!isDemo(config)) return;
  const { accounts, password } = demoAccounts;
  terminal.say({
    zh: `  演示账号（密码都是 ${password}）：`,
    en: `  demo sign-ins (the password of all is ${password}):`,
  });
  for (const { login, name, post } of accounts)
    terminal.say({ zh: `    ${login.padEnd(14)}${name} ${post.zh}`, en: `    ${login.padEnd(14)}${name}, ${post.en}` });
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** What is not done by then is rolled back by the database; nothing that was acknowledged is lost by it. */
function hurry(): void {
  setTimeout(() => process.exit(1), 28_000).unref();
}
