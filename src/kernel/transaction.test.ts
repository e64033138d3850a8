import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { sql as q } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { aReport } from '../../test/telling.ts';
import { addPerson } from '../domains/land/staff/index.ts';
import { execute } from './command.ts';
import type { Ctx } from './context.ts';
import { asSystem } from './entrance.ts';
import { transact } from './transaction.ts';

const county = await openCounty();
const { runtime, anyone, sql } = county;
const system = asSystem(1, 'test');
const add = (ctx: Ctx, id: string) => addPerson(ctx, { id, name: '某人', phone: null });
const write = (work: (ctx: Ctx) => Promise<unknown>) => transact(runtime, system, work, { commandId: randomUUID() });
const isThere = async (id: string): Promise<boolean> =>
  (await sql('select 1 from person where realm = 1 and id = $1', [id])).length === 1;

/** Held until it is let go. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('一次事务完了以后', () => {
  it('另一支还没停下的，不能再写：不会单独留下，也不会混进别人的事务', async () => {
    const { opened, open } = gate();
    const ids = [randomUUID(), randomUUID()] as const;
    const late: Promise<unknown>[] = [];
    const broken = write(async (ctx) => {
      late.push(
        opened.then(() => add(ctx, ids[0])),
        opened.then(() => q`select 1`.execute(ctx.db)),
      );
      for (const one of late) one.catch(() => undefined);
      await Promise.all([Promise.reject(new Error('断了')), ...late]);
    });
    await expect(broken).rejects.toThrow('断了');
    open();
    for (const one of late) await expect(one).rejects.toThrow('the transaction is over');
    expect(await isThere(ids[0])).toBe(false);
  });

  it('提交以后也一样', async () => {
    const { opened, open } = gate();
    const [kept, late] = [randomUUID(), randomUUID()];
    let after: Promise<unknown> = Promise.resolve();
    await write(async (ctx) => {
      await add(ctx, kept);
      after = opened.then(() => add(ctx, late));
    });
    open();
    await expect(after).rejects.toThrow('the transaction is over');
    expect([await isThere(kept), await isThere(late)]).toEqual([true, false]);
  });
});

describe('预先问的', () => {
  const ask = (ctx: Ctx, text: string) => ctx.ask({ sql: text, parameters: [] });

  it('跟开头一起去：身份已经定了，要用时答案已在；再问一次是新问', async () => {
    const question = `select nextval('casefile_number') as no, current_setting('jw.realm') as realm /* ahead */`;
    const [{ no: before } = { no: 0 }] = await sql<{ no: string }>(`select nextval('casefile_number') as no`);
    const [first, second] = await transact(
      runtime,
      system,
      async (ctx) => {
        // Somebody else draws after the opening and before we ask.
        await sql(`select nextval('casefile_number')`);
        return [...(await ask(ctx, question)), ...(await ask(ctx, question))];
      },
      { ahead: [question] },
    );
    expect(first).toEqual({ no: Number(before) + 1, realm: '1' });
    expect(second).toEqual({ no: Number(before) + 3, realm: '1' });
  });

  it('问错了，整个事务不算；没用上的，不碍事', async () => {
    const id = randomUUID();
    const bad = transact(runtime, system, (ctx) => add(ctx, id), { ahead: ['select 1 / 0'], commandId: randomUUID() });
    await expect(bad).rejects.toMatchObject({ code: '22012' });
    expect(await isThere(id)).toBe(false);
    await transact(runtime, system, (ctx) => add(ctx, id), { ahead: ['select 1'], commandId: randomUUID() });
    expect(await isThere(id)).toBe(true);
  });
});

describe('数据库说不行', () => {
  it('别人锁着：说别人正在办，稍后再试', async () => {
    const id = randomUUID();
    await write((ctx) => add(ctx, id));
    const { opened, open } = gate();
    const held = gate();
    const first = transact(runtime, system, async (ctx) => {
      await q`select 1 from person where id = ${id} for update`.execute(ctx.db);
      held.open();
      await opened;
    });
    await held.opened;
    const second = transact(runtime, system, async (ctx) => {
      await q`set local lock_timeout = '50ms'`.execute(ctx.db);
      await q`select 1 from person where id = ${id} for update`.execute(ctx.db);
    });
    await expect(second).rejects.toMatchObject({ code: 'database.busy', kind: { status: 503 } });
    open();
    await first;
  });

  it('一句话问得太久：说停下了，没有保存', async () => {
    const slow = transact(runtime, system, async (ctx) => {
      await q`set local statement_timeout = '50ms'`.execute(ctx.db);
      await q`select pg_sleep(5)`.execute(ctx.db);
    });
    await expect(slow).rejects.toMatchObject({ code: 'database.slow' });
  });

  it('数据盘满了：说没有保存、找谁', async () => {
    const full = transact(runtime, system, async () => {
      throw Object.assign(new Error('could not extend file'), { code: '53100' });
    });
    await expect(full).rejects.toMatchObject({ code: 'database.full', title: { zh: '数据盘满了，没有保存' } });
  });
});

describe('同一个操作前后脚到', () => {
  const fingerprint = (name: string, input: object): Buffer =>
    createHash('sha256')
      .update(`${name}\n${canonicalize(input)}`)
      .digest();

  it('第一个的记录先撞上：再看一眼，给第一个的回执', async () => {
    const [id, personId] = [randomUUID(), randomUUID()];
    let tries = 0;
    const done = await execute(
      runtime,
      system,
      { id, name: 'raced', input: { personId } },
      {
        work: async (ctx) => {
          tries += 1;
          // The first sender commits between our look and our write.
          await write((other) => add(other, personId));
          await sql(
            `insert into command (realm, id, actor, fingerprint, received_at, answer)
             values (1, $1, 'system:test', $2, now(), '{"by":"first"}')`,
            [id, fingerprint('raced', { personId })],
          );
          await add(ctx, personId);
          return { by: 'second' };
        },
      },
    );
    expect(done).toMatchObject({ answer: { by: 'first' }, repeated: true });
    expect(tries).toBe(1);
  });

  it('编号真的是别人的：再看一眼还是拒绝', async () => {
    const personId = randomUUID();
    await write((ctx) => add(ctx, personId));
    let tries = 0;
    const work = async (ctx: Ctx) => {
      tries += 1;
      await add(ctx, personId);
      return {};
    };
    const clash = execute(runtime, system, { id: randomUUID(), name: 'clash', input: {} }, { work });
    await expect(clash).rejects.toMatchObject({ code: 'command.id_taken' });
    expect(tries).toBe(2);
    const form = aReport();
    expect((await anyone.post('/api/reports', form)).status).toBe(200);
    expect(await anyone.post('/api/reports', form)).toMatchObject({ status: 409, body: { code: 'command.id_taken' } });
  });
});
