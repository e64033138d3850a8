import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsBack } from '../../../domains/work/devices/lane.model.ts';
import type { NewOp } from './contract.ts';
import { openEngine } from './engine.ts';
import { memoryStore } from './memory_store.ts';
import type { Machine, Wire } from './ports.ts';
import type { PushOp, Verdict } from './protocol.ts';

/* One bad item never blocks the rest: it holds up only what may build on it. */
const serverTime = '2026-11-22T00:00:00.000Z';
const no = { is: 'refused', code: 'patrol.no_place', title: '没有这个点', detail: '没有保存。' } as const;

/** A server that refuses what is bad, and holds what follows that on its target. */
function server(isBad: (op: PushOp) => boolean) {
  const refused = new Map<string, PushOp>();
  const done: PushOp[] = [];
  const judge = (op: PushOp): Verdict => {
    const { commandId, target, seq } = op;
    const inTheWay = [...refused.values()].some(
      (one) => one.target === target && one.seq < seq && holdsBack(one.name) && one.commandId !== commandId,
    );
    if (inTheWay) return { commandId, is: 'held', code: 'device.waits' };
    if (isBad(op)) {
      refused.set(commandId, op);
      return { commandId, ...no };
    }
    done.push(op);
    return { commandId, is: 'applied', answer: {} };
  };
  const wire: Wire = {
    register: async ({ deviceId }) => ({ deviceId, accountId: 'a' }),
    push: async ({ ops, dismissed }) => {
      for (const id of dismissed) refused.delete(id);
      return { verdicts: ops.map(judge), acknowledged: 0, serverTime };
    },
    pull: async () => ({
      ...{ accountId: 'a', serverTime, upserts: [], evict: [], whole: [], differing: [], recheck: false },
      ...{ cursors: {}, more: false },
    }),
    sendFile: async () => undefined,
  };
  return { wire, done, refused };
}

let clock = 0;
const machine: Machine = {
  now: () => new Date(Date.parse(serverTime) + clock++),
  newId: () => randomUUID(),
  chance: () => 0.5,
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
};
const open = (wire: Wire) =>
  openEngine({ store: memoryStore(), wire, machine, app: { model: '测试机', version: '1' }, language: 'zh' });
const said = (name: string, plan: string, target: string, body: object = {}): NewOp => ({
  ...{ name, params: { id: plan }, target, urgent: false, files: [], body: { ...body } },
});

test('一个点被退回，这一趟后面的、结束、下一趟，都照发', async () => {
  const walk = fc.array(fc.record({ urgent: fc.boolean(), bad: fc.boolean() }), { maxLength: 5 });
  const walks = fc.array(fc.record({ badStart: fc.boolean(), badEnd: fc.boolean(), ticks: walk }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(walks, async (all) => {
      const { wire, done } = server(({ body }) => body.bad === true);
      const engine = await open(wire);
      let wanted = 0;
      for (const [i, { badStart, badEnd, ticks }] of all.entries()) {
        const patrolId = `walk-${i}`;
        const give = (name: string, bad: boolean, urgent = false) =>
          engine.submit({ ...said(name, 'plan', patrolId, { patrolId, bad }), urgent });
        await give('patrol.start', badStart);
        for (const { bad, urgent } of ticks) await give('patrol.tick', bad, urgent);
        await give('patrol.end', badEnd);
        // Of a walk that never began nothing goes on until that is put away.
        if (!badStart) wanted += [false, badEnd, ...ticks.map(({ bad }) => bad)].filter((bad) => !bad).length;
      }
      await engine.sync();
      expect(done).toHaveLength(wanted);
      for (const { op, state } of await engine.outbox())
        if (state.is === 'refused') expect(await engine.dismiss(op.commandId)).toBe(true);
      await engine.sync();
      const still = (await engine.outbox()).filter(({ state }) => state.is === 'waiting' || state.is === 'sending');
      expect(still).toHaveLength(0);
    }),
    { numRuns: 60 },
  );
});

test('案卷上：后面的可能靠着前面的，就等；一句话被退回，什么都不耽误', async () => {
  const { wire, done } = server(({ body }) => body.bad === true);
  const engine = await open(wire);
  await engine.submit(said('casefile.say', 'a', 'a', { bad: true }));
  await engine.submit(said('casefile.acknowledge', 'a', 'a', { bad: true }));
  await engine.submit(said('casefile.measure', 'a', 'a'));
  await engine.submit(said('casefile.acknowledge', 'b', 'b'));
  await engine.sync();
  expect(done.map(({ target }) => target)).toEqual(['b']);
  expect((await engine.outbox()).map(({ state }) => state.is).sort()).toEqual([
    ...['applied', 'refused', 'refused', 'sending'],
  ]);
});

test('被退回的改好再发：还是那时候的事，在原来的位置，旧的收起', async () => {
  const { wire, done, refused } = server(({ body }) => body.words === '');
  const engine = await open(wire);
  const first = await engine.submit(said('casefile.measure', 'a', 'a', { words: '' }));
  await engine.submit(said('casefile.feed_back', 'a', 'a', { words: '好了' }));
  await engine.sync();
  expect(done).toHaveLength(0);
  const [before] = await engine.outbox();
  expect(await engine.again(first, { words: '围挡\0好了' })).toBe(true);
  expect(await engine.again(first, { words: '再来' })).toBe(false);
  await engine.sync();
  expect(done.map(({ body }) => body.words)).toEqual(['围挡好了', '好了']);
  expect(done[0]).toMatchObject({ occurredAt: before?.op.occurredAt });
  expect(refused.size).toBe(0);
  expect((await engine.outbox()).map(({ state }) => state.is)).toEqual(['applied', 'applied']);
});

test('服务器存不下的字，手机也不存', async () => {
  const { wire, done } = server(() => false);
  const engine = await open(wire);
  const id = await engine.submit(said('patrol.tick', 'p', 'w', { reason: '门\0锁着\ud800' }));
  expect(await engine.change(id, { reason: '钥\0匙' })).toBe(true);
  await engine.submit(said('patrol.tick', 'p', 'w', { reason: '门\0锁着\ud800' }));
  await engine.sync();
  expect(done.map(({ body }) => body.reason)).toEqual(['钥匙', '门锁着']);
});

test('这一轮正在收新消息时又存了一条：不等下一次，接着就发', async () => {
  const { wire, done } = server(() => false);
  let pulls = 0;
  const engine = await open({
    ...wire,
    pull: async (asked) => {
      pulls += 1;
      if (pulls === 1) {
        await engine.submit(said('casefile.say', 'b', 'b'));
        void engine.sync();
      }
      return wire.pull(asked);
    },
  });
  await engine.submit(said('casefile.say', 'a', 'a'));
  await engine.sync();
  expect(done.map(({ target }) => target)).toEqual(['a', 'b']);
  expect(pulls).toBe(2);
});
