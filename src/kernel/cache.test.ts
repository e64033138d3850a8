import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnother } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { area } from '../../test/telling.ts';
import { addArea, atlasOf } from '../domains/land/areas/index.ts';
import { directoryOf } from '../domains/land/staff/index.ts';
import { calendarsOf } from '../domains/work/calendars/index.ts';
import { standardsOf } from '../domains/work/standards/index.ts';
import { markChanged } from './cache_version.ts';
import type { Ctx } from './context.ts';
import { asAnyone, asSystem } from './entrance.ts';
import { realmOf } from './realm.ts';
import { transact } from './transaction.ts';

const county = await openCounty();
const here = county.runtime;
const there = await openAnother(county);
const narrow = await openAnother(county, { sizes: { app: 2, system: 2, jobs: 1 } });
afterAll(() => Promise.all([there.close(), narrow.close()]));

let made = 0;
const newGrid = () => {
  made += 1;
  const code = `439901001002${String(100 + made)}`;
  return {
    id: here.ids.newId(),
    parentId: area('park'),
    level: 'grid',
    code,
    name: `新网格${made}`,
    boundary: null,
  } as const;
};
const inCommand = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  transact(here, asSystem(1, 'test'), work, { commandId: here.ids.newId() });
const bump = (realm: number, ...names: string[]): Promise<void> =>
  transact(here, asSystem(realm, 'test'), async (ctx) => {
    for (const name of names) await markChanged(ctx, name);
  });

describe('留在内存里的东西', () => {
  it('一个进程改了，别的进程下一次事务就看得到', async () => {
    const seen = (runtime: typeof here, id: string) =>
      transact(runtime, asAnyone(1), async (ctx) => (await atlasOf(ctx)).get(id)?.name);
    const grid = newGrid();
    expect(await seen(there, grid.id)).toBeUndefined();
    await inCommand((ctx) => addArea(ctx, grid));
    expect(await seen(there, grid.id)).toBe(grid.name);
    expect(await seen(here, grid.id)).toBe(grid.name);
  });

  it('没有提交的改动自己看得到，别人看不到；撤销以后谁也看不到', async () => {
    const grid = newGrid();
    const seenBy = (ctx: Ctx) => atlasOf(ctx).then((atlas) => atlas.get(grid.id)?.name);
    await expect(
      inCommand(async (ctx) => {
        await addArea(ctx, grid);
        expect(await seenBy(ctx)).toBe(grid.name);
        for (const runtime of [here, there]) expect(await transact(runtime, asAnyone(1), seenBy)).toBeUndefined();
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    for (const runtime of [here, there]) expect(await transact(runtime, asAnyone(1), seenBy)).toBeUndefined();
  });

  it('以系统身份装载：先问的人看不到的，不会让大家都看不到', async () => {
    await bump(1, 'staff');
    // Nobody in particular may not read who holds a post; whether one is held is everybody's to use.
    const held = await transact(
      here,
      asAnyone(1),
      async (ctx) => (await directoryOf(ctx)).posts.filter((post) => post.held).length,
    );
    expect(held).toBeGreaterThan(20);
  });

  it('没有变化就不再读数据库', async () => {
    let loads = 0;
    const ask = () => transact(here, asAnyone(1), (ctx) => ctx.cache.get(ctx, 'counted', async () => (loads += 1)));
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 1]);
    await bump(1, 'counted');
    expect([await ask(), await ask()]).toEqual([2, 2]);
  });

  it('同时来的许多人只读一次', async () => {
    let loads = 0;
    const slow = async () => {
      loads += 1;
      await sleep(30);
      return loads;
    };
    const asked = Array.from({ length: 6 }, () =>
      transact(here, asAnyone(1), (ctx) => ctx.cache.get(ctx, 'asked by many', slow)),
    );
    expect(new Set(await Promise.all(asked))).toEqual(new Set([1]));
  });

  it('读失败了不留下来，下一次重新读', async () => {
    let tries = 0;
    const ask = () =>
      transact(here, asAnyone(1), (ctx) =>
        ctx.cache.get(ctx, 'fails once', async () => {
          tries += 1;
          if (tries === 1) throw new Error('第一次不成');
          return tries;
        }),
      );
    await expect(ask()).rejects.toThrow('第一次不成');
    expect(await ask()).toBe(2);
  });

  it('一个县的东西不会给另一个县', async () => {
    const ask = (realm: number) =>
      transact(here, asAnyone(realm), (ctx) => ctx.cache.get(ctx, 'of a realm', async (own) => own.realm));
    expect([await ask(1), await ask(2), await ask(1)]).toEqual([1, 2, 1]);
    const names = [1, 2].map((realm) => transact(here, asAnyone(realm), async (ctx) => (await realmOf(ctx)).name));
    expect(await Promise.all(names)).toEqual(['安澜县', '邻山县']);
  });
});

describe('装载不等事务的连接', () => {
  const everything = (ctx: Ctx) => Promise.all([atlasOf(ctx), directoryOf(ctx), standardsOf(ctx), calendarsOf(ctx)]);
  const names = ['land', 'staff', 'standards', 'calendars', 'realm'];

  it('刚改过一版，50 个事务同时来，两条连接也全部办完', async () => {
    await bump(1, ...names);
    const done = await Promise.all(Array.from({ length: 50 }, () => transact(narrow, asAnyone(1), everything)));
    expect(done.length).toBe(50);
  });

  it('两个县同时改过，也不会你等我、我等你', async () => {
    await bump(1, ...names);
    await bump(2, ...names);
    const asked = Array.from({ length: 50 }, (_, i) => transact(narrow, asAnyone(1 + (i % 2)), everything));
    expect((await Promise.all(asked)).length).toBe(50);
  });

  it('两个正在装载的都要用第三样东西，而第三样正在排队：不会卡住', async () => {
    await bump(1, 'first', 'second', 'third');
    const third = (ctx: Ctx) => ctx.cache.get(ctx, 'third', async () => 3);
    const slow = (name: string) => (ctx: Ctx) =>
      ctx.cache.get(ctx, name, async (own) => {
        await sleep(150);
        return third(own);
      });
    const asked = [slow('first'), slow('second')].map((ask) => transact(narrow, asSystem(1, 'test'), ask));
    await sleep(50);
    asked.push(transact(narrow, asAnyone(1), third));
    expect(await Promise.all(asked)).toEqual([3, 3, 3]);
  });
});
