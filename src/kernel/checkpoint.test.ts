import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sealAnew } from '../../test/fixtures/reseal.ts';
import { openCounty } from '../../test/harness.ts';
import { report } from '../../test/telling.ts';
import { noteCheckpoints, openWitness, readCheckpoints } from './checkpoint.ts';
import { asKeeper } from './entrance.ts';
import { openKeys } from './keys.ts';
import { transact } from './transaction.ts';
import { type Fault, verifyJournal } from './verify.ts';

/* Somebody with every right on the database rewrites the journal and seals it anew, so that all of it fits. */
const county = await openCounty();
const { runtime, anyone, settle, sql } = county;
const folder = mkdtempSync(join(tmpdir(), 'jingwei-checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tables = ['entry', 'entry_pending', 'entry_position', 'seal', 'journal_head'];
const file = join(folder, 'journal.jsonl');
let signed = '';

const note = (kind?: 'restored') => noteCheckpoints(runtime, folder, runtime.clock.now(), kind);
const check = (watched = true) =>
  transact(runtime, asKeeper(1), (ctx) =>
    verifyJournal(ctx, () => undefined, watched ? openWitness(readCheckpoints(folder), 1, runtime.keys) : undefined),
  );
const faultOf = async (watched = true): Promise<Fault | undefined> => (await check(watched)).faults[0];

beforeAll(async () => {
  await report(anyone);
  await settle();
  await note();
  for (let i = 0; i < 3; i += 1) await report(anyone);
  await settle();
  await note();
  signed = readFileSync(file, 'utf8');
  for (const table of tables) await sql(`create table kept_${table} as select * from ${table}`);
});

beforeEach(async () => {
  await sql(
    tables.map((table) => `truncate ${table} cascade; insert into ${table} select * from kept_${table}`).join(';'),
  );
  writeFileSync(file, signed);
});

it('没有人动过：每一行检查点都对得上；没有新内容不再写', async () => {
  expect(readCheckpoints(folder)).toHaveLength(3);
  expect(await note()).toEqual([]);
  const witness = openWitness(readCheckpoints(folder), 1, runtime.keys);
  const found = await check();
  expect(found.faults).toEqual([]);
  expect({ lines: witness.lines, reached: witness.reached.position }).toEqual({ lines: 2, reached: found.entries });
});

it('改一条并整体重新封印：没有检查点看不出来，有就指出第一条', async () => {
  const [bad] = await sql<{ id: string; n: number }>(
    `select entry_id as id, position::int as n from entry_position where realm = 1 order by position desc offset 3 limit 1`,
  );
  await sql(`update entry set body = body || '{"x": 1}' where realm = 1 and id = $1`, [bad?.id]);
  await sealAnew(runtime, sql);
  expect(await faultOf(false), '对照：不看检查点').toBeUndefined();
  expect(await faultOf()).toMatchObject({
    what: 'entry',
    id: bad?.id,
    says: expect.stringMatching(`^of position ${bad?.n} is not the one the checkpoint of`),
  });
});

it('删掉最后几条并重新封印：说少了哪一条', async () => {
  const [{ n: end } = { n: 0 }] = await sql<{ n: number }>(
    `select max(position)::int as n from entry_position where realm = 1`,
  );
  await sql(
    `with gone as (delete from entry_position where realm = 1 and position > $1 returning entry_id)
    delete from entry where realm = 1 and id in (select entry_id from gone)`,
    [end - 2],
  );
  await sealAnew(runtime, sql);
  expect(await faultOf(false)).toBeUndefined();
  expect(await faultOf()).toMatchObject({ what: 'position', id: String(end - 1) });
});

it('前几个字节凑对了，根也对不上', async () => {
  await sql(
    `update entry set scope_no = scope_no + 1 where realm = 1 and id = (select entry_id from entry_position where realm = 1 and position = 1)`,
  );
  await sealAnew(runtime, sql);
  // As if the bytes it noted of each entry had been hit by trying.
  const found = await transact(runtime, asKeeper(1), (ctx) =>
    verifyJournal(ctx, () => undefined, {
      ...openWitness(readCheckpoints(folder), 1, runtime.keys),
      sawOther: () => null,
    }),
  );
  expect(found.faults[0]).toMatchObject({ what: 'checkpoint', says: expect.stringContaining('saw other entries') });
});

it('检查点自己被改、被别人签、读不懂：数得出是哪一行', () => {
  const [first = '', second = ''] = signed.split('\n');
  const forged = first.replace(/"position":\d+/, '"position":1');
  writeFileSync(file, `${forged}\n${second}\n这不是一行\n`);
  expect(openWitness(readCheckpoints(folder), 1, runtime.keys).unsigned).toEqual([1, 3]);
  writeFileSync(file, signed);
  const stranger = openKeys(join(folder, 'other-keys'));
  expect(openWitness(readCheckpoints(folder), 1, stranger)).toMatchObject({ lines: 0, unsigned: [1, 2, 3] });
});

it('断电留下的半行不算，后面接着写', async () => {
  appendFileSync(file, '{"kind":"checkpoint","realm":1,"posi');
  expect(readCheckpoints(folder)).toHaveLength(3);
  await report(anyone);
  await settle();
  expect(await note()).toHaveLength(1);
  const witness = openWitness(readCheckpoints(folder), 1, runtime.keys);
  expect(witness).toMatchObject({ lines: 3, unsigned: [4] });
  expect(await faultOf()).toBeUndefined();
});

it('从较早的备份恢复：签名写明从哪里接着走，放弃了哪些；之后照常核对', async () => {
  const [{ n: end } = { n: 0 }] = await sql<{ n: number }>(
    `select max(position)::int as n from entry_position where realm = 1`,
  );
  await sql(
    `with gone as (delete from entry_position where realm = 1 and position > $1 returning entry_id)
    delete from entry where realm = 1 and id in (select entry_id from gone)`,
    [end - 2],
  );
  await sealAnew(runtime, sql);
  await note('restored');
  expect(await faultOf()).toBeUndefined();
  const { givenUp } = openWitness(readCheckpoints(folder), 1, runtime.keys);
  expect(givenUp).toMatchObject([{ position: end - 2, reached: end }]);
  await report(anyone);
  await settle();
  await note();
  expect(await faultOf()).toBeUndefined();
  await sql(
    `update entry set body = body || '{"x": 1}' where realm = 1 and id = (select entry_id from entry_position where realm = 1 and position = 2)`,
  );
  await sealAnew(runtime, sql);
  expect(await faultOf()).toMatchObject({ what: 'entry', says: expect.stringContaining('position 2 is not') });
});
