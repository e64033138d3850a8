import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { withOwner } from '../../test/cluster.ts';
import { openAnother } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { report, step } from '../../test/telling.ts';
import { addPerson } from '../domains/land/staff/index.ts';
import { execute } from './command.ts';
import { accessAt } from './database/access.ts';
import { asKeeper, asSystem } from './entrance.ts';
import type { Runtime } from './runtime.ts';
import { entriesAfter, type JobSpec, lastPosition, type PositionedEntry, sequence } from './sequencer.ts';
import { transact } from './transaction.ts';
import { verifyJournal } from './verify.ts';

const county = await openCounty();
const { as, anyone, sql } = county;
const here = county.runtime;
const there = await openAnother(county);
afterAll(() => there.close());

const none = () => [];
const drain = async (runtime: Runtime = here): Promise<PositionedEntry[]> => {
  const all: PositionedEntry[] = [];
  for (let batch = await sequence(runtime, 1, none); batch.length > 0; batch = await sequence(runtime, 1, none))
    all.push(...batch);
  return all;
};
/** Writes one entry; `hold` comes between the writing and the commit. */
const write = async (name: string, hold = async (): Promise<void> => undefined): Promise<string> => {
  const id = randomUUID();
  await execute(
    here,
    asSystem(1, 'test'),
    { id: randomUUID(), name: 'write', input: { id } },
    {
      work: async (ctx) => {
        await addPerson(ctx, { id, name, phone: null });
        await hold();
        return {};
      },
    },
  );
  return id;
};
const positions = () =>
  sql<{ position: string; ord: string; recordId: string }>(
    `select p.position, e.ord, e.record_id as "recordId" from entry_position p
     join entry e on e.realm = p.realm and e.id = p.entry_id where p.realm = 1 order by p.position`,
  ).then((rows) => rows.map((row) => ({ ...row, position: Number(row.position), ord: Number(row.ord) })));

/** From 1 on without a gap, every entry once, every record in the order of cause and effect, and all seals whole. */
async function expectWhole(): Promise<void> {
  const rows = await positions();
  expect(rows.map((row) => row.position)).toEqual(rows.map((_, i) => i + 1));
  const [counted] = await sql<{ entries: string; pending: string }>(
    `select (select count(*) from entry where realm = 1) as entries, (select count(*) from entry_pending where realm = 1) as pending`,
  );
  expect(rows.length).toBe(Number(counted?.entries) - Number(counted?.pending));
  const last = new Map<string, number>();
  for (const { recordId, ord } of rows) {
    expect(ord).toBeGreaterThan(last.get(recordId) ?? 0);
    last.set(recordId, ord);
  }
  expect((await transact(here, asKeeper(1), (ctx) => verifyJournal(ctx, () => undefined))).faults).toEqual([]);
}

describe('给流水编位置', () => {
  it('许多人同时写：位置不断号，同一案卷先因后果', async () => {
    const [he, wang] = [await as('何静'), await as('王秀兰')];
    const busy = Array.from({ length: 12 }, async () => {
      const { id } = await report(anyone);
      await step(he, id, 'order-check');
      await step(wang, id, 'answer-check', { found: 'as_reported', words: '属实' });
      await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' });
    });
    const sequencing = Array.from({ length: 10 }, () => sequence(here, 1, none));
    await Promise.all([...busy, ...sequencing]);
    await drain();
    await expectWhole();
  });

  it('提交得慢的一条不会漏掉，位置也不留空', async () => {
    await drain();
    const start = await transact(here, asSystem(1, 'test'), lastPosition);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let told = (): void => undefined;
    const recorded = new Promise<void>((resolve) => {
      told = resolve;
    });
    const slow = write('慢', () => {
      told();
      return held;
    });
    await recorded;
    const quick = [await write('快一'), await write('快二')];
    const first = await drain();
    expect(first.map((entry) => [entry.recordId, entry.position - start])).toEqual(quick.map((id, i) => [id, i + 1]));
    release();
    const id = await slow;
    const later = await write('快三');
    const second = await drain();
    // The slow one drew its number of cause first, so among those taken together it comes first.
    expect(second.map((entry) => [entry.recordId, entry.position - start])).toEqual([
      [id, 3],
      [later, 4],
    ]);
    await expectWhole();
  });

  it('撤销的写入没有位置，也不占位置', async () => {
    const start = await transact(here, asSystem(1, 'test'), lastPosition);
    await expect(write('撤销', () => Promise.reject(new Error('不写了')))).rejects.toThrow('不写了');
    await write('写了');
    expect((await drain()).map((entry) => entry.position)).toEqual([start + 1]);
    await expectWhole();
  });

  it('两个进程同时编：不重、不漏、不断号，每条只交给一个', async () => {
    const writing = Array.from({ length: 40 }, (_, i) => write(`第${i}个`));
    const taken = await Promise.all([
      ...Array.from({ length: 25 }, (_, i) => sequence(i % 2 === 0 ? here : there, 1, none)),
      ...writing.map(() => []),
    ]);
    const ids = await Promise.all(writing);
    const all = [...taken.flat(), ...(await drain(there)), ...(await drain(here))] as PositionedEntry[];
    const handed = all.map((entry) => entry.recordId).filter((id) => ids.includes(id));
    expect(handed.sort()).toEqual([...ids].sort());
    await expectWhole();
  });

  it('编到一半断了：一条也不算，下次重新来', async () => {
    const id = await write('断');
    await expect(
      sequence(here, 1, () => {
        throw new Error('断电');
      }),
    ).rejects.toThrow('断电');
    expect((await drain()).map((entry) => entry.recordId)).toEqual([id]);
    expect(await drain()).toEqual([]);
    await expectWhole();
  });

  it('积压上千条，一批一批编完', async () => {
    await execute(
      here,
      asSystem(1, 'test'),
      { id: randomUUID(), name: 'many', input: {} },
      {
        work: async (ctx) => {
          for (let i = 0; i < 1010; i += 1) await addPerson(ctx, { id: randomUUID(), name: `积压${i}`, phone: null });
          return {};
        },
      },
    );
    const sizes: number[] = [];
    for (let batch = await sequence(here, 1, none); batch.length > 0; batch = await sequence(here, 1, none))
      sizes.push(batch.length);
    expect(sizes).toEqual([500, 500, 10]);
    await expectWhole();
  });

  it('另一个县的流水自己编自己的', async () => {
    await write('一县的');
    expect(await sequence(here, 2, none).then((batch) => batch.every((entry) => entry.realm === 2))).toBe(true);
    expect((await drain()).every((entry) => entry.realm === 1)).toBe(true);
  });
});

describe('编好以后', () => {
  it('要办的事和位置一起提交；名字相同的就是同一件', async () => {
    const spec = (entry: PositionedEntry): JobSpec => ({
      task: 'nobody does this',
      payload: { realm: 1, entry: entry.id },
      queue: `1:${entry.recordId}`,
      key: 'the same',
    });
    const queued = () =>
      sql<{ entry: string }>(
        `select payload->>'entry' as entry from graphile_worker._private_jobs where key = 'the same'`,
      );
    await write('有后果');
    const [first] = await sequence(here, 1, (one) => [spec(one)]);
    expect(await queued()).toEqual([{ entry: first?.id }]);
    expect(await sequence(here, 1, (one) => [spec(one)])).toEqual([]);
    await write('还有后果');
    const [second] = await sequence(here, 1, (one) => [spec(one)]);
    expect(await queued()).toEqual([{ entry: second?.id }]);
  });

  it('听消息的人得到县和最后的位置', async () => {
    const place = inject('cluster');
    const heard = await withOwner(place, county.database, async (client) => {
      const news: string[] = [];
      client.on('notification', (message) => news.push(message.payload ?? ''));
      await client.query('listen jingwei_live');
      await write('有消息');
      await drain();
      for (let i = 0; i < 50 && news.length === 0; i += 1) await client.query('select pg_sleep(0.02)');
      return news;
    });
    expect(heard).toEqual([`1:${await transact(here, asSystem(1, 'test'), lastPosition)}`]);
  });

  it('往后读：从某个位置起，一次最多几条，接着读不重不漏', async () => {
    const all = await positions();
    const read: number[] = [];
    for (let after = 0; ; ) {
      const batch = await transact(here, asSystem(1, 'test'), (ctx) => entriesAfter(ctx, after, 300));
      if (batch.length === 0) break;
      read.push(...batch.map((entry) => entry.position));
      after = batch.at(-1)?.position ?? after;
    }
    expect(read).toEqual(all.map((row) => row.position));
  });
});

describe('写下就不能改', () => {
  const forbidden = [
    "update entry set body = '{}'",
    'delete from entry',
    'truncate entry cascade',
    "update entry_position set leaf = '\\x00'",
    'delete from entry_position',
    "update seal set root = '\\x00'",
    'delete from seal',
    'delete from journal_head',
    'drop table entry',
    'alter table entry disable row level security',
    'delete from command',
    'set session_replication_role = replica',
  ];
  it.each(['app', 'system', 'keeper', 'jobs'] as const)('%s 改不了、删不了流水、位置、封印', async (role) => {
    const { as: login } = accessAt({ ...inject('cluster'), database: county.database }, here.keys, undefined, 'test');
    const client = new pg.Client(login[role]);
    await client.connect();
    try {
      for (const statement of forbidden) {
        await client.query('begin');
        await client.query(`select set_config('jw.realm', '1', true)`);
        await expect(client.query(statement), `${role}: ${statement}`).rejects.toMatchObject({ code: '42501' });
        await client.query('rollback');
      }
    } finally {
      await client.end();
    }
  });

  it('系统能往前移编号的位置，但只有它能', async () => {
    const { as: login } = accessAt({ ...inject('cluster'), database: county.database }, here.keys, undefined, 'test');
    for (const role of ['app', 'keeper', 'jobs'] as const) {
      const client = new pg.Client(login[role]);
      await client.connect();
      await client.query(`select set_config('jw.realm', '1', false)`);
      const moved = client.query('update journal_head set position = 0');
      await expect(moved, role).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });
});
