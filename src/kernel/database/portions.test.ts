import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openCounty } from '../../../test/harness.ts';
import type { Ctx } from '../context.ts';
import { asKeeper } from '../entrance.ts';
import { transact } from '../transaction.ts';
import { recordsTold } from '../verify.ts';
import { portionsOf } from './portions.ts';

const county = await openCounty();
const within = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => transact(county.runtime, asKeeper(1), work);
const numbersTo = (ctx: Ctx, last: number) =>
  portionsOf(ctx, 'numbers', sql<{ n: number }>`select n from generate_series(1, ${last}::int) n`);

it('一份一份地读，一行不多一行不少，最后一份是零头', async () => {
  const sizes: number[] = [];
  const read = await within(async (ctx) => {
    const numbers: number[] = [];
    for await (const rows of numbersTo(ctx, 4321)) {
      sizes.push(rows.length);
      numbers.push(...rows.map(({ n }) => n));
    }
    return numbers;
  });
  expect(read).toEqual(Array.from({ length: 4321 }, (_, i) => i + 1));
  expect(sizes).toEqual([2000, 2000, 321]);
});

it('一行都没有：一份都不给', async () => {
  await within(async (ctx) => {
    for await (const _ of numbersTo(ctx, 0)) expect.unreachable();
  });
});

it('看到一半不看了：同一个事务里还能再读，名字空出来了', async () => {
  await within(async (ctx) => {
    for (let i = 0; i < 2; i += 1)
      for await (const rows of numbersTo(ctx, 9000)) {
        expect(rows[0]?.n).toBe(1);
        break;
      }
  });
});

it('读到一半出错：说出是什么错', async () => {
  const reading = within(async (ctx) => {
    const query = sql<{ n: number }>`select 1 / (3000 - n) as n from generate_series(1, 5000) n`;
    for await (const _ of portionsOf(ctx, 'broken', query));
  });
  await expect(reading).rejects.toThrow(/division by zero/);
});

it('一条记录的流水多过一份：不拆开，前后的记录也不混进来', async () => {
  const counts = { a: 1500, b: 4700, c: 3 };
  const idOf = (letter: string) => `${letter.repeat(8)}-0000-7000-8000-000000000000`;
  for (const [letter, count] of Object.entries(counts))
    await county.sql(
      `insert into entry (realm, id, kind, record_kind, record_id, scope_no, confidential, actor_kind, command_id, occurred_at, recorded_at, body)
       select 1, gen_random_uuid(), 'trial.noted', 'trial', $1, 1, false, 'system', gen_random_uuid(), now(), now(), jsonb_build_object('n', n)
       from generate_series(1, $2::int) n`,
      [idOf(letter), count],
    );
  const told = await within(async (ctx) => {
    const all: [string, unknown[]][] = [];
    for await (const records of recordsTold(ctx, 'trial'))
      for (const { recordId, entries } of records) all.push([recordId, entries.map(({ body }) => body.n)]);
    return all;
  });
  const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
  expect(told).toEqual(Object.entries(counts).map(([letter, count]) => [idOf(letter), upTo(count)]));
});
