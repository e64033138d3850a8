import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Held, NewOp } from './contract.ts';
import { openEngine } from './engine.ts';
import { memoryStore } from './memory_store.ts';
import type { Machine, Store, Wire } from './ports.ts';
import type { PulledRow, PullRequest, PushOp } from './protocol.ts';

/*
 * The server carries out at once what it is sent; its journal gets there later. What was done here is shown as done all
 * the while, and by the server's word as soon as that is heard.
 */
const serverTime = '2026-11-22T00:00:00.000Z';
const machine: Machine = {
  now: () => new Date(serverTime),
  newId: () => randomUUID(),
  chance: () => 0.5,
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
};
const open = (wire: Wire, store: Store = memoryStore()) =>
  openEngine({ store, wire, machine, app: { model: '测试机', version: '1' }, language: 'zh' });

/** A server of people to be visited, and of one case, that tells news only as far as its journal has come. */
function server(ids: readonly string[]) {
  const now = { isOnline: true, journal: ids.length };
  const journal = [...ids];
  const results = new Map<string, unknown>();
  const asked: PullRequest[] = [];
  const rowOf = (id: string): PulledRow => {
    const body = id === CASE ? { status: 'handling', flags: [], duties: [] } : { result: results.get(id) ?? null };
    return { kind: id === CASE ? 'casefile' : 'visit', id, position: 0, mark: '0'.repeat(16), body };
  };
  const judge = ({ commandId, params, body }: PushOp) => {
    const { id = '' } = params;
    results.set(id, body.result);
    journal.push(id);
    return { commandId, is: 'applied', answer: {} } as const;
  };
  const wire: Wire = {
    register: async ({ deviceId }) => ({ deviceId, accountId: 'a' }),
    push: async ({ ops }) => ({ verdicts: ops.map(judge), acknowledged: 0, serverTime }),
    pull: async (request) => {
      if (!now.isOnline) throw new Error('no network');
      asked.push(request);
      const after = Number(request.cursors.casefile ?? 0);
      const told = [...new Set([...journal.slice(after, now.journal), ...(request.records ?? [])])];
      return {
        ...{ accountId: 'a', serverTime, upserts: told.map(rowOf), evict: [], whole: [], differing: [] },
        ...{ recheck: false, cursors: { casefile: String(now.journal) }, more: false },
      };
    },
    sendFile: async () => undefined,
  };
  return { wire, now, asked, results };
}
const CASE = '01a20000-0000-7000-8000-00000000ca5e';
const visit = (id: string, result = 'done'): NewOp => ({
  ...{ name: 'campaign.visit', params: { id }, target: id, urgent: false, files: [], body: { result } },
});
const results = (rows: readonly Held[]) => rows.map(({ body }) => body.result);

test('服务器流水还没排到：走访过的不会又变成没走访', async () => {
  const { wire } = server(['a', 'b']);
  const engine = await open(wire);
  await engine.sync();
  await engine.submit(visit('a'));
  await engine.sync();
  expect(results(await engine.held('visit'))).toEqual(['done', null]);
  expect((await engine.one('visit', 'a'))?.body).toMatchObject({ result: 'done' });
});

test('发出去了还没听到回音就断网、关机：再打开还是办过的', async () => {
  const { wire, now } = server(['a', 'b']);
  const store = memoryStore();
  const engine = await open(wire, store);
  await engine.sync();
  await engine.submit(visit('a'));
  now.isOnline = false;
  expect(await engine.sync()).toMatchObject({ waiting: 0, online: false });
  const again = await open(wire, store);
  expect(results(await again.held('visit'))).toEqual(['done', null]);
});

test('听到了就以服务器的为准；什么都没改变的也不一直挂着', async () => {
  const { wire, results: done, asked } = server(['a', CASE]);
  const engine = await open(wire);
  await engine.sync();
  await engine.submit(visit('a'));
  await engine.submit({ ...visit(CASE), name: 'casefile.say', body: { words: '看过了' } });
  expect((await engine.one('casefile', CASE))?.body).toMatchObject({ unsent: 1 });
  const pull = wire.pull.bind(wire);
  wire.pull = (request) => {
    done.set('a', 'moved');
    return pull(request);
  };
  await engine.sync();
  expect((await engine.one('visit', 'a'))?.body).toMatchObject({ result: 'moved' });
  expect((await engine.one('casefile', CASE))?.body.unsent).toBeUndefined();
  await engine.sync();
  expect(asked.map(({ records }) => records)).toEqual([[], ['a', CASE], []]);
});

test('断网一天办了四百五十件：路上也好，到了也好，件件都是办过的', async () => {
  const ids = Array.from({ length: 450 }, () => randomUUID());
  const { wire, now, asked } = server(ids);
  const engine = await open(wire);
  await engine.sync();
  for (const id of ids) await engine.submit(visit(id));
  now.isOnline = false;
  await engine.sync();
  const isDone = async () => results(await engine.held('visit')).filter((result) => result === 'done').length;
  expect(await isDone()).toBe(450);
  now.isOnline = true;
  asked.length = 0;
  await engine.sync();
  expect(await isDone()).toBe(450);
  expect(new Set(asked.flatMap(({ records }) => records)).size).toBe(450);
  expect(Math.max(...asked.map(({ records }) => records.length))).toBeLessThanOrEqual(200);
});
