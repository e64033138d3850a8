import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../test/harness.ts';
import { openLine, overLine } from './line.ts';
import { connect } from './pools.ts';

const { runtime } = await openCounty();

async function onLine<T>(work: (line: ReturnType<typeof openLine>, client: PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(runtime.pools.system);
  try {
    return await work(openLine(client), client);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** A text nobody has asked before: it is parsed and described for the first time. */
const fresh = (text: string): string => `${text} /* ${randomUUID()} */`;

describe('一起问，各答各的', () => {
  it('同一刻问的几句一起去，答案不串；第二次问不再描述列也一样', () =>
    onLine(async ({ ask }) => {
      const [one, many, none] = [
        fresh('select $1::int as n, $2::timestamptz as at'),
        fresh('select * from generate_series(1, 3) as i'),
        fresh('select 1 as x where false'),
      ];
      const at = new Date('2026-11-20T08:00:00.123Z');
      for (const _ of [1, 2]) {
        const answers = await Promise.all([ask(one, [7, at]), ask(many, []), ask(none, [])]);
        expect(answers.map(({ rows }) => rows)).toEqual([[{ n: 7, at }], [{ i: 1 }, { i: 2 }, { i: 3 }], []]);
        expect(answers.map(({ count }) => count)).toEqual([1, 3, 0]);
      }
    }));

  it('只送不问的，跟下一句一起走，先后不变', () =>
    onLine(async ({ ask, send }) => {
      await ask('begin', []);
      send(`select set_config('jw.test', 'a', true)`, []);
      send(`select set_config('jw.test', $1, true)`, ['b']);
      const { rows } = await ask(`select current_setting('jw.test') as said`, []);
      expect(rows).toEqual([{ said: 'b' }]);
    }));

  it('空值、字节、数组、对象、时间都按原样到', () =>
    onLine(async ({ ask }) => {
      const text = 'select $1::text as nothing, $2::bytea as bytes, $3::text[] as list, $4::jsonb as doc';
      const values = [null, Buffer.from([0, 255]), ['甲', '"乙",'], { 丙: [1] }];
      const { rows } = await ask(text, values);
      expect(rows).toEqual([{ nothing: null, bytes: values[1], list: values[2], doc: values[3] }]);
    }));
});

describe('列名', () => {
  it('用查询工具问的是我们的名字，里面的键不动；直接问的是库里的名字', () =>
    onLine(async (line) => {
      const text = `select 4 as scope_no, '{"in_it": 1}'::jsonb as a_long_name`;
      for (const _ of [1, 2]) {
        const { rows } = await sql.raw(text).execute(overLine(line));
        expect(rows).toEqual([{ scopeNo: 4, aLongName: { in_it: 1 } }]);
        expect((await line.ask(text, [])).rows).toEqual([{ scope_no: 4, a_long_name: { in_it: 1 } }]);
      }
    }));
});

describe('有一句不行', () => {
  it('它后面的都不办，说的都是它的错；这条连接回滚以后照用', () =>
    onLine(async (line, client) => {
      const behind = fresh('select 2 as two');
      await line.ask('begin', []);
      const wrong = line.ask(fresh('select 1 / $1::int as x'), [0]);
      const next = line.ask(behind, []);
      await expect(wrong).rejects.toMatchObject({ code: '22012' });
      await expect(next).rejects.toMatchObject({ code: '22012' });
      await expect(line.ask('select 3', [])).rejects.toMatchObject({ code: '22012' });
      expect(() => line.send('select 4', [])).toThrow('division by zero');
      await client.query('rollback');
      // Neither the one that failed nor the one behind it is believed to be prepared when it is not.
      const again = openLine(client);
      expect((await again.ask(behind, [])).rows).toEqual([{ two: 2 }]);
    }));

  it('写错了的语句，下次还是说它写错了', () =>
    onLine(async (line, client) => {
      const text = fresh('select no_such_column');
      for (const each of [line, openLine(client)])
        await expect(each.ask(text, [])).rejects.toMatchObject({ code: '42703' });
    }));

  it('送不出去的值，当场说，别的照办', () =>
    onLine(async ({ ask }) => {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      await expect(ask('select $1::jsonb', [circle])).rejects.toThrow('circular');
      expect((await ask('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
    }));
});
