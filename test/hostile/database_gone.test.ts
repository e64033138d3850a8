import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantSmall } from '../../seeds/small/index.ts';
import { takeTurn } from '../../src/cli/turn.ts';
import { allEndpoints, consequences } from '../../src/domains/index.ts';
import { openPhotoRoom } from '../../src/domains/work/photos/index.ts';
import { openApp } from '../../src/http/app.ts';
import { machineClock } from '../../src/kernel/clock.ts';
import { accessAt } from '../../src/kernel/database/access.ts';
import { migrate } from '../../src/kernel/database/migrate.ts';
import { prepareOwner } from '../../src/kernel/database/open.ts';
import { type EmbeddedServer, openEmbedded } from '../../src/kernel/embedded/index.ts';
import { processesIn } from '../../src/kernel/embedded/processes.ts';
import { type Engine, startEngine } from '../../src/kernel/engine.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openKeys } from '../../src/kernel/keys.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { type OpenRuntime, openRuntime } from '../../src/kernel/start.ts';
import { aReport } from '../telling.ts';

/*
 * A cluster of its own, as durable as in earnest, whose server is killed while people report. What was acknowledged is
 * there afterwards; what was not may be sent again; meanwhile everybody is told so.
 */
const folder = mkdtempSync(join(tmpdir(), 'jingwei-gone-'));
const keys = openKeys(join(folder, 'keys'));
const password = 'test';
const open = (): Promise<EmbeddedServer> =>
  openEmbedded({ folder: join(folder, 'postgres'), password, log: () => undefined, allowLastResort: true });

let server: EmbeddedServer;
let runtime: OpenRuntime;
let app: FastifyInstance;
let engine: Engine;
const photos = openPhotoRoom({ folder: join(folder, 'photos') });

beforeAll(async () => {
  server = await open();
  const { host, port, user } = server;
  const owner = await prepareOwner({ host, port, user, password, database: 'postgres' }, 'jingwei', keys);
  const access = accessAt({ host, port, database: 'jingwei' }, keys, owner, 'gone');
  await migrate(access);
  runtime = await openRuntime({
    access,
    sizes: { app: 4, system: 3, jobs: 2 },
    keys,
    clock: machineClock,
    ids: randomIds(machineClock),
    log: silentLog,
    outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
  });
  await plantSmall(runtime, { realm: 1, name: '安澜县', passwordHash: '-' });
  app = await openApp(runtime, allEndpoints(true, photos), {
    realm: 1,
    demoAllowed: true,
    publicUrl: 'http://localhost:3000',
    trustProxy: [],
    limits: false,
    demo: null,
    version: 'test',
  });
  engine = await startEngine(runtime, consequences, access.as.system);
});

afterAll(async () => {
  await app.close();
  await engine.stop();
  await photos.close();
  await runtime.close();
  await server.release();
  rmSync(folder, { recursive: true, force: true });
});

const send = async (form: ReturnType<typeof aReport>, commandId: string) =>
  app.inject({ method: 'POST', url: '/api/reports', payload: { commandId, ...form } });

describe('数据库被杀掉又起来', () => {
  it('回执过的都在；没有回执的再交一次，各只有一条；其间说明白', async () => {
    const forms = Array.from({ length: 60 }, () => ({ commandId: randomUUID(), form: aReport() }));
    const replies = [];
    for (const [i, { commandId, form }] of forms.entries()) {
      if (i === 20) await killServer();
      if (i === 40) expect(['restarted', 'rejoined', 'running']).toContain(await server.ensureRunning());
      replies.push(await send(form, commandId));
    }
    const away = replies.filter((reply) => reply.statusCode !== 200);
    expect(replies.slice(0, 20).every((reply) => reply.statusCode === 200)).toBe(true);
    expect(away.length).toBeGreaterThanOrEqual(20);
    for (const reply of away) {
      expect(reply.statusCode).toBe(503);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      expect(reply.json()).toMatchObject({ code: 'database.away', title: '数据库暂时连不上' });
    }
    for (const [i, { commandId, form }] of forms.entries()) {
      const again = await send(form, commandId);
      expect(again.statusCode, `第 ${i} 条`).toBe(200);
      if (replies[i]?.statusCode === 200)
        expect(again.json()).toMatchObject({ repeated: true, number: replies[i]?.json().number });
    }
    const { rows } = await runtime.pools.keeper.query('select count(*) as n from casefile where realm = 1');
    expect(rows[0].n).toBe(60);
  });

  it('后台的事也接着办完：每个报事人恰好听到一次', async () => {
    const told = async () =>
      (
        await runtime.pools.keeper.query(
          `select count(*) as n, count(distinct to_id) as people from message where text_code = 'casefile.received'`,
        )
      ).rows[0];
    // The minute after which the jobs of workers that were cut off are free again.
    await runtime.pools.jobs.query(
      `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 hour'`,
    );
    await runtime.pools.jobs.query(
      `update graphile_worker._private_job_queues set locked_at = locked_at - interval '1 hour'`,
    );
    await expect.poll(told, { timeout: 60_000 }).toEqual({ n: 60, people: 60 });
  });
});

it('同一个数据目录不能再起第二个：说已经有一个在运行', async () => {
  const { host, port, user } = server;
  const access = accessAt(
    { host, port, database: 'jingwei' },
    keys,
    { host, port, user, password, database: 'jingwei' },
    'x',
  );
  const database = { access, embedded: server } as unknown as Parameters<typeof takeTurn>[0];
  const release = await takeTurn(database, 'serve');
  await expect(takeTurn(database, 'serve')).rejects.toMatchObject({ code: 'cli.serving_already' });
  await release();
  await (await takeTurn(database, 'serve'))();
});

/** As the out-of-memory killer does it: the server and all who work for it, without a word. */
async function killServer(): Promise<void> {
  const lost = new Promise<void>((resolve) => server.onLost(resolve));
  for (const pid of (await processesIn(join(folder, 'postgres', 'cluster'))) ?? []) process.kill(pid, 'SIGKILL');
  await lost;
}
