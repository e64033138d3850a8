import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { allEndpoints } from '../../src/domains/index.ts';
import { openPhotoRoom } from '../../src/domains/work/photos/index.ts';
import { openApp } from '../../src/http/app.ts';
import { readConfig } from '../../src/kernel/config.ts';
import { openDatabase } from '../../src/kernel/database/open.ts';
import { asKeeper } from '../../src/kernel/entrance.ts';
import { load } from '../../src/kernel/keeping/load.ts';
import { openRuntime } from '../../src/kernel/start.ts';
import { transact } from '../../src/kernel/transaction.ts';
import { verifyJournal } from '../../src/kernel/verify.ts';
import { openStrongbox } from '../fixtures/keeping.ts';
import { openCounty } from '../harness.ts';
import { aReport, report } from '../telling.ts';

/*
 * A county moves: from the server of the tests (PostgreSQL 15 in the second run of CI) to an embedded database of another
 * major version, works there, and moves back to a new database on the server.
 */
const county = await openCounty();
const box = openStrongbox(county);
const folder = mkdtempSync(join(tmpdir(), 'jingwei-moving-'));
const { keys } = county.runtime;
const embedded = await openDatabase({ ...readConfig({}), dataFolder: folder }, keys, () => undefined);
afterAll(async () => {
  await embedded.release();
  rmSync(folder, { recursive: true, force: true });
});

test('搬到内置的库：查询码照旧，能接着办，编号接着走；再搬回服务器', async () => {
  const before = await report(county.anyone, { contact: { name: '王先生', phone: '13800001111' } });
  await county.settle();
  const there = await load(embedded.access, box.read(await box.backUp()), box.newStore());
  expect(there.tables.get('report')?.rows).toBe(1);

  const runtime = await openRuntime({
    ...county.runtime,
    access: embedded.access,
    sizes: { app: 3, system: 2, jobs: 1 },
  });
  const photos = openPhotoRoom({ folder: join(folder, 'photos') });
  const app = await openApp(runtime, allEndpoints(true, photos), {
    realm: 1,
    demoAllowed: true,
    publicUrl: 'http://localhost:3000',
    trustProxy: [],
    limits: false,
    demo: null,
    version: 'test',
  });
  try {
    const tracked = await app.inject({ url: `/api/track/${before.code}` });
    expect([tracked.statusCode, tracked.json().number]).toEqual([200, before.number]);
    const payload = { commandId: runtime.ids.newId(), ...aReport() };
    const after = await app.inject({ method: 'POST', url: '/api/reports', payload });
    expect(after.statusCode).toBe(200);
    expect(after.json().number > before.number, `${after.json().number} follows ${before.number}`).toBe(true);
    const check = await transact(runtime, asKeeper(1), (ctx) => verifyJournal(ctx, () => undefined));
    expect(check).toMatchObject({ pending: 1, faults: [] });
  } finally {
    await app.close();
    await photos.close();
    await runtime.close();
  }

  const back = await box.backUp('back.jwb', box.pieces({ access: embedded.access, unbound: embedded.unbound }));
  const home = await load(await box.emptyDatabase(), box.read(back), box.newStore());
  expect(home.tables.get('report')?.rows).toBe(2);
});
