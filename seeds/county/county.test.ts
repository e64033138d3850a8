import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { machineClock } from '../../src/kernel/clock.ts';
import { accessAt } from '../../src/kernel/database/access.ts';
import { migrate } from '../../src/kernel/database/migrate.ts';
import { prepareOwner } from '../../src/kernel/database/open.ts';
import { asKeeper } from '../../src/kernel/entrance.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openSecrets } from '../../src/kernel/journal.ts';
import { openKeys } from '../../src/kernel/keys.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { openRuntime } from '../../src/kernel/start.ts';
import { transact } from '../../src/kernel/transaction.ts';
import { recordsTold } from '../../src/kernel/verify.ts';
import { withOwner } from '../../test/cluster.ts';
import { foundCounty, moveCounty } from './index.ts';

/**
 * The county is the same for whoever plants it up to the same instant, in one go or moved forward, with whatever random
 * ids and however many connections: every row, but for what nobody may be able to work out and what follows from it.
 */
const place = inject('cluster');
const keys = openKeys(place.keysFolder);
const folder = mkdtempSync(join(tmpdir(), 'jingwei-county-'));
const [inOneGo, moved] = ['a', 'b'].map((one) => `t_county_${one}_${randomUUID().slice(0, 8)}`) as [string, string];
const FROM = '2026-03-05';
const options = { passwordHash: '-', volume: 0.4, from: FROM, photoFolder: join(folder, 'photos') };
const [NOON, END] = [new Date('2026-03-06T04:00:00Z'), new Date('2026-03-08T15:59:59.999Z')];

beforeAll(async () => {
  const owner = await prepareOwner({ ...place, database: 'postgres' }, inOneGo, keys);
  await migrate(accessAt({ ...place, database: inOneGo }, keys, owner, 'test'));
  await withOwner(place, 'postgres', async (superuser) => {
    await superuser.query(`alter database ${inOneGo} set synchronous_commit = off`);
    await superuser.query(`create database ${moved} template ${inOneGo}`);
    await superuser.query(`alter database ${moved} set synchronous_commit = off`);
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await withOwner(place, 'postgres', async (superuser) => {
    for (const name of [inOneGo, moved]) await superuser.query(`drop database if exists ${name} with (force)`);
  });
});

it('同一个截止时间：一次建成的，和停过一次再推进的，每一行都一样', async () => {
  const whole = await open(inOneGo, 6, async (runtime) => {
    const lived = await foundCounty(runtime, { ...options, until: END });
    return { lived, words: await wordsOf(runtime) };
  });
  const parts = await open(moved, 2, async (runtime) => {
    const [first, second] = [
      await foundCounty(runtime, { ...options, until: NOON }),
      await moveCounty(runtime, { ...options, until: END }),
    ];
    return { first, second, words: await wordsOf(runtime) };
  });
  expect(whole.lived).toMatchObject({ from: FROM, refusals: [] });
  expect([parts.first.refusals, parts.second?.refusals]).toEqual([[], []]);
  expect(parts.first.acts + (parts.second?.acts ?? 0)).toBe(whole.lived.acts);
  expect(whole.words.length).toBeGreaterThan(50);
  expect(parts.words).toEqual(whole.words);
  const [these, those] = [await rowsOf(inOneGo), await rowsOf(moved)];
  expect(these.get('casefile')?.length).toBeGreaterThan(15);
  for (const [table, rows] of these) {
    const others = those.get(table) ?? [];
    expect([rows.length, unlike(rows, others)], table).toEqual([others.length, []]);
  }
});

const unlike = (rows: readonly string[], others: readonly string[]): string[] => {
  const there = new Set(others);
  return rows.filter((row) => !there.has(row)).slice(0, 3);
};

async function open<T>(database: string, connections: number, work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const runtime = await openRuntime({
    ...{ access: accessAt({ ...place, database }, keys, undefined, 'test'), keys, log: silentLog },
    ...{ clock: machineClock, ids: randomIds(machineClock) },
    sizes: { app: connections, system: connections, jobs: 1 },
    outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
  });
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
  }
}

/** What was said on cases, and who said it: sealed, so that no row shows it. */
const wordsOf = (runtime: Runtime): Promise<string[]> =>
  transact(runtime, asKeeper(1), async (ctx) => {
    const words: string[] = [];
    for await (const records of recordsTold(ctx, 'casefile'))
      for (const { entries } of records)
        for (const [id, said] of await openSecrets(ctx, entries)) words.push(`${id} ${JSON.stringify(said)}`);
    return words.sort();
  });

/** Tokens and what seals are random for good; stories go on side by side, so that the order among them is chance. */
const random: Readonly<Record<string, readonly string[]>> = {
  entry: ['ord', 'sealed'],
  entry_position: ['position', 'leaf'],
  message: ['ord', 'sealed'],
  public_step: ['position'],
  person: ['sealed'],
  report: ['sealed'],
  data_key: ['wrapped'],
  figure_counted: ['days', 'facts', 'kinds'],
  kysely_migration: ['timestamp'],
};
/** Signing in, how far the county has lived, and what is counted over all entries. */
const left: Readonly<Record<string, string>> = {
  session: 'false',
  seal: 'false',
  journal_head: 'false',
  cache_version: 'false',
  entry: `kind not in ('account.signed_in', 'demo.lived')`,
  entry_position: `entry_id in (select id from entry where kind not in ('account.signed_in', 'demo.lived'))`,
  command: `id in (select command_id from entry where kind not in ('account.signed_in', 'demo.lived'))`,
};

const rowsOf = (database: string): Promise<Map<string, string[]>> =>
  withOwner(place, database, async (superuser) => {
    const { rows } = await superuser.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    const all = new Map<string, string[]>();
    for (const { name } of rows) {
      const found = await superuser.query<{ row: string }>(
        `select (to_jsonb(t) - $1::text[])::text as row from ${name} t where ${left[name] ?? 'true'} order by 1`,
        [random[name] ?? []],
      );
      all.set(
        name,
        found.rows.map(({ row }) => row),
      );
    }
    return all;
  });
