import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { asKeeper } from '../../src/kernel/entrance.ts';
import { transact } from '../../src/kernel/transaction.ts';
import { verifyJournal } from '../../src/kernel/verify.ts';
import { openAnother, openAnotherApp, tokenOf } from '../fixtures/another.ts';
import { openCounty } from '../harness.ts';
import { report, step } from '../telling.ts';
import { openEngine } from './killed.ts';

/** The live program: two of them give positions and do what follows, and the feed tells whoever may know. */
const county = await openCounty();
const { as, anyone, sql, runtime } = county;
const there = await openAnother(county);
const engine = await openEngine(county, runtime);
const engines = [engine, await openEngine(county, there)];
const app = await openAnotherApp(county, { listen: engine.listen });
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;
afterAll(async () => {
  await app.close();
  await Promise.all(engines.map((engine) => engine.stop()));
  await there.close();
});

interface Line {
  readonly position: number;
  readonly kind?: string;
  readonly recordId?: string;
}

/** A browser's event source: keeps what it hears, can be cut, and can be opened again after a position. */
async function listenAs(login: string | null, after?: number) {
  const heard: Line[] = [];
  const token = login === null ? null : await tokenOf(county, login);
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(after !== undefined && { 'last-event-id': String(after) }),
  };
  const asked = request({ port, path: '/api/live', headers });
  asked.on('error', () => undefined);
  const opened = new Promise<{ status: number; ended: Promise<void> }>((resolve) =>
    asked.on('response', (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const data of blocks.flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? []))
          heard.push(JSON.parse(data));
      });
      const ended = new Promise<void>((done) => response.on('close', () => done()));
      resolve({ status: response.statusCode ?? 0, ended });
    }),
  );
  asked.end();
  return { heard, ...(await opened), cut: () => asked.destroy() };
}
const kindsOf = (heard: readonly Line[], id: string): string[] =>
  heard.filter((line) => line.recordId === id).map((line) => line.kind ?? '');
const lastOf = (heard: readonly Line[]): number => heard.at(-1)?.position ?? 0;

describe('实时消息', () => {
  it('看得到的人按台账的次序听到，看不到的人听不到', async () => {
    const [he, other] = [await listenAs('hejing'), await listenAs('tianqing')];
    const { id } = await report(anyone);
    await step(await as('何静'), id, 'register', { conditionCode: 'road-sunken-cut-off' });
    await expect
      .poll(() => kindsOf(he.heard, id), { timeout: 15_000 })
      .toEqual(['casefile.reported', 'casefile.registered']);
    const positions = he.heard.map((line) => line.position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(kindsOf(other.heard, id)).toEqual([]);
    expect(JSON.stringify(he.heard)).not.toContain('二运巷');
    he.cut();
    other.cut();
  });

  it('断了以后从听到的地方接着听：不重、不漏', async () => {
    const first = await listenAs('hejing');
    const one = await report(anyone);
    await expect.poll(() => kindsOf(first.heard, one.id), { timeout: 15_000 }).toEqual(['casefile.reported']);
    first.cut();
    const missed = [await report(anyone), await report(anyone)];
    const second = await listenAs('hejing', lastOf(first.heard));
    const after = await report(anyone);
    const expected = [...missed, after].map(({ id }) => id);
    const reported = () =>
      second.heard.filter((line) => line.kind === 'casefile.reported').map((line) => line.recordId);
    await expect.poll(reported, { timeout: 15_000 }).toEqual(expected);
    const all = [...first.heard, ...second.heard].filter((line) => line.kind !== undefined);
    expect(new Set(all.map((line) => line.position)).size).toBe(all.length);
    second.cut();
  });

  it('没有登录：请先登录', async () => {
    const nobody = await listenAs(null);
    expect(nobody.status).toBe(401);
  });

  it('登录结束了，消息也就断了', async () => {
    const listening = await listenAs('chenmin');
    await sql(
      `update session set ended_at = opened_at where account_id = (select id from account where realm = 1 and login = 'chenmin')`,
    );
    await report(anyone);
    await listening.ended;
  });
});

it('两个一起编位置、提交有快有慢：不断号、不漏，每个报事人恰好听到一次', async () => {
  const slow = await there.pools.system.connect();
  await slow.query('begin');
  await slow.query(`select set_config('jw.realm', '1', true)`);
  const said = await Promise.all(Array.from({ length: 15 }, () => report(anyone)));
  // Holds an entry that was written before others and is committed after them.
  const [entry] = (
    await slow.query(
      `insert into entry (realm, id, kind, record_kind, record_id, scope_no, confidential, actor_kind, command_id, occurred_at, recorded_at, body)
       select 1, gen_random_uuid(), 'test.slow', 'test', gen_random_uuid(), 0, false, 'system', gen_random_uuid(), now(), now(), '{}'
       returning id`,
    )
  ).rows;
  await slow.query('insert into entry_pending (realm, entry_id) values (1, $1)', [entry.id]);
  const after = await Promise.all(Array.from({ length: 15 }, () => report(anyone)));
  const everybody = [...said, ...after].map(({ id }) => id);
  const told = () =>
    sql<{ n: number; people: number }>(
      `select count(*)::int as n, count(distinct to_id)::int as people from message
       where text_code = 'casefile.received' and record_id = any ($1)`,
      [everybody],
    ).then(([row]) => row);
  await expect.poll(told, { timeout: 60_000 }).toEqual({ n: 30, people: 30 });
  await slow.query('commit');
  slow.release();
  const placed = () => sql('select 1 from entry_position where entry_id = $1', [entry.id]).then((rows) => rows.length);
  await expect.poll(placed, { timeout: 15_000 }).toBe(1);
  const positions = await sql<{ position: number }>('select position from entry_position where realm = 1 order by 1');
  expect(positions.map(({ position }) => Number(position))).toEqual(positions.map((_, i) => i + 1));
  const check = await transact(runtime, asKeeper(1), (ctx) => verifyJournal(ctx, () => undefined));
  expect(check.faults).toEqual([]);
});
