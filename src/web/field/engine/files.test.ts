import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Engine, NewOp } from './contract.ts';
import { openEngine } from './engine.ts';
import { memoryStore } from './memory_store.ts';
import { type Machine, Refused, type Wire } from './ports.ts';

const refusal = (status: number, code = 'x.y') => new Refused(status, { code, title: '不收', detail: '换一张' });
const serverTime = '2026-11-22T00:00:00.000Z';
let made = 0;
const machine: Machine = {
  now: () => new Date(serverTime),
  newId: () => `id-${++made}`,
  chance: () => 0.5,
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

let fails = new Map<string, Error>();
let held = new Set<string>();
let turnedDown = new Set<string>();
let got: string[] = [];
const wire: Wire = {
  register: async ({ deviceId }) => ({ deviceId, accountId: 'a' }),
  push: async ({ ops }) => {
    const verdicts = ops.map(({ commandId, target }) => {
      if (held.has(target)) return { commandId, is: 'held', code: 'x' } as const;
      if (turnedDown.has(target)) return { commandId, is: 'refused', code: 'x', title: '不行', detail: '' } as const;
      return { commandId, is: 'applied', answer: {} } as const;
    });
    return { verdicts, acknowledged: 0, serverTime };
  },
  pull: async () => ({
    ...{ accountId: 'a', upserts: [], evict: [], whole: [], differing: [], cursors: {}, more: false, serverTime },
  }),
  sendFile: async ({ target }, { sha256 }) => {
    const error = fails.get(sha256);
    if (error) throw error;
    got.push(`${target} ${sha256}`);
  },
};

beforeEach(() => {
  fails = new Map();
  held = new Set();
  turnedDown = new Set();
  got = [];
});

const phone = (store = memoryStore()): Promise<Engine> =>
  openEngine({ store, wire, machine, app: { model: '测试机', version: '1' }, language: 'zh' });
const about = (target: string, files: readonly string[]): NewOp => ({
  ...{ name: 'casefile.say', params: { id: target }, body: { words: '说' }, target, urgent: false, files },
});

test.each([
  [503, 'photo.busy'],
  [500, 'bug'],
  [403, 'account.not_for_you'],
  [409, 'command.still_running'],
])('照片传不上去（%i %s）只是暂时的：不算退回，别的照片照传，好了就补上', async (status, code) => {
  const engine = await phone();
  const [bad, good] = [await engine.keepFile(Uint8Array.of(1), 'x'), await engine.keepFile(Uint8Array.of(2), 'x')];
  await engine.submit(about('c1', [bad, good]));
  fails.set(bad, refusal(status, code));
  expect(await engine.sync()).toMatchObject({ waiting: 0, refused: 0 });
  expect((await engine.outbox())[0]).toMatchObject({ filesRefused: [], filesWaiting: status === 503 ? 2 : 1 });
  fails.clear();
  expect(await engine.sync()).toMatchObject({ filesWaiting: 0, trouble: null });
  expect(got).toEqual(expect.arrayContaining([`c1 ${bad}`, `c1 ${good}`]));
});

test.each([404, 409, 410, 413, 422])('服务器不收的照片（%i）说得出来，收起以后什么也不剩', async (status) => {
  const store = memoryStore();
  const engine = await phone(store);
  const bad = await engine.keepFile(Uint8Array.of(1), 'x');
  const id = await engine.submit(about('c1', [bad]));
  fails.set(bad, refusal(status));
  expect(await engine.sync()).toMatchObject({ waiting: 0, refused: 1, filesWaiting: 0, trouble: null });
  expect((await engine.outbox())[0]).toMatchObject({
    filesWaiting: 0,
    filesRefused: [{ sha256: bad, title: '不收', detail: '换一张' }],
  });
  expect(await engine.dismiss(id)).toBe(true);
  expect(engine.status()).toMatchObject({ refused: 0, filesWaiting: 0 });
  expect(await store.bytes(bad)).toBeNull();
  expect(await engine.dismiss(id)).toBe(false);
});

test('两件事用同一张照片：都到了才腾出地方', async () => {
  const store = memoryStore();
  const engine = await phone(store);
  const shared = await engine.keepFile(Uint8Array.of(1), 'x');
  await engine.submit(about('c1', [shared]));
  await engine.submit(about('c2', [shared]));
  held.add('c2');
  await engine.sync();
  expect(await store.bytes(shared)).not.toBeNull();
  held.clear();
  await engine.sync();
  expect(new Set(got)).toEqual(new Set([`c1 ${shared}`, `c2 ${shared}`]));
  expect(await store.bytes(shared)).toBeNull();
});

test('底账找回来的排在前面，新说的接在后面', async () => {
  const store = memoryStore();
  const op = { ...about('c1', []), commandId: 'old', seq: null, occurredAt: serverTime };
  await store.commit({ putOps: [{ op, state: { is: 'waiting' }, order: 7 }] }, 'strict');
  const engine = await phone(store);
  const id = await engine.submit(about('c1', []));
  expect((await engine.outbox()).map((item) => item.op.commandId)).toEqual(['old', id]);
});

test('传照片的时候又报了一件：不用等全部照片传完，下一张之前就送到', async () => {
  const engine = await phone();
  const [first, second] = [
    await engine.keepFile(Uint8Array.of(11), 'x'),
    await engine.keepFile(Uint8Array.of(12), 'x'),
  ];
  await engine.submit(about('a', [first]));
  await engine.submit(about('b', [second]));
  const order: string[] = [];
  const { push, sendFile } = wire;
  wire.push = async (body) => {
    order.push(...body.ops.map(({ target }) => `说 ${target}`));
    return push(body);
  };
  wire.sendFile = async (op, file, bytes) => {
    if (op.target === 'a') await engine.submit(about('c', []));
    order.push(`照片 ${op.target}`);
    return sendFile(op, file, bytes);
  };
  try {
    await engine.sync();
  } finally {
    Object.assign(wire, { push, sendFile });
  }
  expect(order).toEqual(['说 a', '说 b', '照片 a', '说 c', '照片 b']);
});

test('同一张照片后面一条也用：前一条到了就不再算待传，不再重传；后一条收起了，照片也不留', async () => {
  const store = memoryStore();
  const engine = await phone(store);
  const shared = await engine.keepFile(Uint8Array.of(3), 'x');
  await engine.submit(about('c1', [shared]));
  turnedDown.add('c2');
  const commandId = await engine.submit(about('c2', [shared]));
  await engine.sync();
  expect((await engine.outbox()).map(({ op, filesWaiting }) => [op.target, filesWaiting])).toEqual([
    ['c1', 0],
    ['c2', 1],
  ]);
  await engine.sync();
  expect(got).toEqual([`c1 ${shared}`]);
  await engine.dismiss(commandId);
  expect(await store.bytes(shared)).toBeNull();
});
