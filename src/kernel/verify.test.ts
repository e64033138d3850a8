import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { body, report, step } from '../../test/telling.ts';
import { asKeeper } from './entrance.ts';
import type { EntryRow } from './journal.ts';
import { leafOf } from './journal.ts';
import { transact } from './transaction.ts';
import { type Fault, verifyJournal } from './verify.ts';

/** Somebody with every right on the server changes the journal behind the program's back. Each time it has to show. */
const county = await openCounty();
const { as, anyone, settle, sql } = county;
const tables = ['entry', 'entry_pending', 'entry_position', 'seal', 'journal_head'];

beforeAll(async () => {
  const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];
  for (let i = 0; i < 3; i += 1) {
    const { id } = await report(anyone, { contact: { phone: '13800001111' } });
    await settle();
    await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off', words: '属实' });
    await step(chen, id, 'dispatch', { bodyId: body('works') });
    await settle();
    await step(cao, id, 'acknowledge');
  }
  await settle();
  for (const table of tables) await sql(`create table kept_${table} as select * from ${table}`);
});

afterEach(async () => {
  await sql(
    tables.map((table) => `truncate ${table} cascade; insert into ${table} select * from kept_${table}`).join(';'),
  );
  expect((await check()).faults, '恢复原样').toEqual([]);
});

const check = () => transact(county.runtime, asKeeper(1), (ctx) => verifyJournal(ctx, () => undefined));
const faultAfter = async (...statements: string[]): Promise<Fault | undefined> => {
  for (const statement of statements) await sql(statement);
  return (await check()).faults[0];
};
const MIDDLE = `(select max(position) / 2 from entry_position where realm = 1)`;
const middleEntry = `realm = 1 and id = (select entry_id from entry_position where realm = 1 and position = ${MIDDLE})`;
const position = async (): Promise<number> => Number((await sql<{ n: string }>(`select ${MIDDLE} as n`))[0]?.n);

it('没有人动过：全部对得上，条数和封印数都说得出', async () => {
  const found = await check();
  const [counted] = await sql<{ entries: string; seals: string }>(
    `select (select count(*) from entry where realm = 1) as entries, (select count(*) from seal where realm = 1) as seals`,
  );
  expect(found).toEqual({ entries: Number(counted?.entries), seals: Number(counted?.seals), pending: 0, faults: [] });
  expect(found.entries).toBeGreaterThan(100);
  expect(found.seals).toBeGreaterThan(5);
});

it('还没编位置的不算错，数得出来', async () => {
  await report(anyone);
  expect(await check()).toMatchObject({ pending: 1, faults: [] });
});

it('只看一个时刻：核对的时候别人在写，不会看成对不上', async () => {
  await transact(county.runtime, asKeeper(1), async (ctx) => {
    const before = await verifyJournal(ctx, () => undefined);
    await report(anyone);
    await settle();
    expect(await verifyJournal(ctx, () => undefined)).toEqual(before);
  });
});

describe('改一条流水的任何一栏', () => {
  it.each([
    ['kind', `kind = 'casefile.closed'`],
    ['body', `body = body || '{"x": 1}'`],
    ['body 里加一个空值', `body = body || '{"x": null}'`],
    ['record_kind', `record_kind = 'x'`],
    ['record_id', `record_id = gen_random_uuid()`],
    ['scope_no', `scope_no = scope_no + 1`],
    ['confidential', `confidential = not confidential`],
    ['actor_kind', `actor_kind = case actor_kind when 'system' then 'anyone' else 'system' end`],
    ['person_id', `person_id = gen_random_uuid()`],
    ['post_id', `post_id = gen_random_uuid()`],
    ['command_id', `command_id = gen_random_uuid()`],
    ['occurred_at', `occurred_at = occurred_at - interval '1 millisecond'`],
    ['recorded_at', `recorded_at = recorded_at + interval '1 day'`],
    ['ord', `ord = ord + 1000000`],
    ['sealed', `sealed = '\\x01', key_id = coalesce(key_id, gen_random_uuid())`],
  ])('%s', async (_column, change) => {
    const at = await position();
    expect(await faultAfter(`update entry set ${change} where ${middleEntry}`)).toEqual({
      what: 'entry',
      id: expect.any(String),
      says: `of position ${at} was changed`,
    });
  });
});

describe('动位置和封印', () => {
  it('删掉一条流水', async () => {
    expect(await faultAfter(`delete from entry where ${middleEntry}`)).toMatchObject({
      what: 'entry',
      says: `of position ${await position()} is gone`,
    });
  });

  it('连位置一起删掉', async () => {
    const at = await position();
    expect(
      await faultAfter(
        `delete from entry where ${middleEntry}`,
        `delete from entry_position where realm = 1 and position = ${at}`,
      ),
    ).toEqual({ what: 'position', id: String(at), says: 'is missing' });
  });

  it('删掉第一条、最后一条的位置', async () => {
    expect(await faultAfter('delete from entry_position where realm = 1 and position = 1')).toMatchObject({ id: '1' });
    await sql('insert into entry_position select * from kept_entry_position where realm = 1 and position = 1');
    expect(
      await faultAfter(
        'delete from entry_position where realm = 1 and position = (select max(position) from entry_position where realm = 1)',
      ),
    ).toMatchObject({ what: 'head' });
  });

  it('换两条的位置', async () => {
    const at = await position();
    const swap = `update entry_position p set entry_id = o.entry_id, leaf = o.leaf from kept_entry_position o
      where p.realm = 1 and o.realm = 1 and p.position in (${at}, ${at + 1}) and o.position = ${2 * at + 1} - p.position`;
    await sql('alter table entry_position drop constraint entry_position_given_once');
    const found = await faultAfter(swap);
    await sql(
      `update entry_position p set entry_id = o.entry_id from kept_entry_position o where p.realm = o.realm and p.position = o.position`,
    );
    await sql('alter table entry_position add constraint entry_position_given_once unique (realm, entry_id)');
    expect(found).toMatchObject({ what: 'entry', says: `of position ${at} was changed` });
  });

  it('改了流水又把叶子重算：封印对不上', async () => {
    const at = await position();
    await sql(`update entry set body = body || '{"x": 1}' where ${middleEntry}`);
    const [row] = await sql<Record<string, unknown>>(`select * from entry where ${middleEntry}`);
    const camel = Object.fromEntries(
      Object.entries(row ?? {}).map(([name, value]) => [
        name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
    ) as unknown as EntryRow;
    const leaf = leafOf({ ...camel, ord: Number(camel.ord) }, at);
    await sql('update entry_position set leaf = $1 where realm = 1 and position = $2', [leaf, at]);
    const found = (await check()).faults[0];
    expect(found).toMatchObject({ what: 'seal', says: 'does not fit the entries up to it' });
    expect(Number(found?.id)).toBeGreaterThanOrEqual(at);
  });

  it('改一个封印', async () => {
    expect(
      await faultAfter(
        `update seal set root = sha256(root) where realm = 1 and last_position = (select min(last_position) from seal where realm = 1)`,
      ),
    ).toMatchObject({ what: 'seal' });
  });

  it('拿掉最后一个封印', async () => {
    expect(
      await faultAfter(
        'delete from seal where realm = 1 and last_position = (select max(last_position) from seal where realm = 1)',
      ),
    ).toMatchObject({ what: 'seal' });
  });

  it('拿掉中间的一个封印', async () => {
    expect(
      await faultAfter(
        'delete from seal where realm = 1 and last_position = (select last_position from seal where realm = 1 order by 1 offset 3 limit 1)',
      ),
    ).toMatchObject({ what: 'seal' });
  });

  it('改一个封印的起点', async () => {
    expect(
      await faultAfter(
        'update seal set first_position = 1 where realm = 1 and last_position = (select max(last_position) from seal where realm = 1)',
      ),
    ).toMatchObject({ what: 'seal' });
  });

  it('多出一个还没到的封印', async () => {
    expect(
      await faultAfter(
        `insert into seal select 1, last_position + 10, last_position + 1, root, sealed_at from seal where realm = 1 order by 2 desc limit 1`,
      ),
    ).toMatchObject({ what: 'seal' });
  });

  it('往回拨编号的位置、改峰、拿掉头', async () => {
    expect(await faultAfter('update journal_head set position = position - 1 where realm = 1')).toMatchObject({
      what: 'head',
    });
    await sql('update journal_head h set position = k.position from kept_journal_head k where h.realm = k.realm');
    expect(await faultAfter(`update journal_head set peaks[1] = sha256('x') where realm = 1`)).toMatchObject({
      what: 'head',
    });
    expect(await faultAfter('delete from journal_head where realm = 1')).toMatchObject({ what: 'head' });
  });
});

describe('在流水旁边塞东西', () => {
  const slipped = `insert into entry (realm, id, kind, record_kind, record_id, scope_no, confidential, actor_kind, command_id, occurred_at, recorded_at, body)
    select 1, '${randomUUID()}', kind, record_kind, record_id, scope_no, confidential, actor_kind, command_id, occurred_at, recorded_at, body
    from entry where ${middleEntry}`;

  it('塞进一条没有位置、也不在等位置的流水', async () => {
    expect(await faultAfter(slipped)).toMatchObject({ what: 'entry' });
  });

  it('让一条等位置的流水永远等不到', async () => {
    await report(anyone);
    expect(await faultAfter('delete from entry_pending where realm = 1')).toMatchObject({ what: 'entry' });
  });
});

it('另一个县的封印不受影响', async () => {
  await sql(`update entry set body = '{}' where ${middleEntry}`);
  const other = await transact(county.runtime, asKeeper(2), (ctx) => verifyJournal(ctx, () => undefined));
  expect(other.faults).toEqual([]);
});
