import { beforeEach, expect, test } from 'vitest';
import { memoryStore } from '../engine/memory_store.ts';
import { Refused, type StoredOp, type Wire } from '../engine/ports.ts';
import type { PushOp, PushRequest } from '../engine/protocol.ts';
import { evidenceFirst } from './evidence.ts';

const op = (commandId: string, name: string, target: string, files: readonly string[] = []): StoredOp => ({
  op: {
    ...{ commandId, name, target, files, seq: 1, params: { id: target }, body: {} },
    ...{ occurredAt: '2026-11-22T00:00:00.000Z', urgent: false },
  },
  state: { is: 'sending' },
  order: 1,
});
const signed = op('o1', 'casefile.acknowledge', 'c1');
const handled = op('o2', 'casefile.feed_back', 'c1', ['h1']);
const after = op('o3', 'casefile.say', 'c1');
const other = op('o4', 'casefile.measure', 'c2', ['h2']);

let did: string[] = [];
let photosFail: Error | null = null;
let pushFails: Error | null = null;
let holds = '';
const wire: Wire = {
  register: () => Promise.reject(new Error('not asked')),
  pull: () => Promise.reject(new Error('not asked')),
  push: async ({ ops }) => {
    if (pushFails) throw pushFails;
    did.push(...ops.map(({ commandId }) => commandId));
    const verdicts = ops.map(({ commandId }) =>
      commandId === holds
        ? ({ commandId, is: 'held', code: 'x' } as const)
        : ({ commandId, is: 'applied', answer: {} } as const),
    );
    return { verdicts, acknowledged: 0, serverTime: '2026-11-22T00:00:00.000Z' };
  },
  sendFile: async (_op, { sha256 }) => {
    if (photosFail) throw photosFail;
    did.push(sha256);
  },
  sendPreview: async (_op, { sha256 }) => void did.push(`small ${sha256}`),
};

beforeEach(() => {
  did = [];
  photosFail = null;
  pushFails = null;
  holds = '';
});

async function phone(size = 3) {
  const store = memoryStore();
  const file = { type: 'image/jpeg;stage=after', size, keptAt: '', refused: null };
  const putFiles = ['h1', 'h2'].map((sha256) => ({ ...file, sha256, bytes: new Uint8Array(size) }));
  await store.commit({ putOps: [signed, handled, after, other], putFiles }, 'strict');
  return evidenceFirst(wire, store, {
    now: () => new Date('2026-11-22T00:01:00.000Z'),
    previewOf: async () => new Uint8Array(1),
  });
}

const asked = (...given: StoredOp[]): PushRequest => ({
  ...{ deviceId: 'd', deviceAt: '2026-11-22T00:00:00.000Z', dismissed: [], language: 'zh', oldestUnsent: null },
  ops: given.map(({ op: { seq, ...rest } }) => ({ ...rest, seq: seq ?? 0 }) as PushOp),
});

test('不靠照片的先走；反馈的照片先到，反馈才去；同一件案卷后面的跟着它', async () => {
  const line = await phone();
  const { verdicts } = await line.push(asked(signed, handled, after, other));
  expect(verdicts.map(({ commandId }) => commandId)).toEqual(['o1', 'o4', 'o2', 'o3']);
  expect(did).toEqual(['o1', 'o4', 'h1', 'o2', 'o3']);
  // The engine sends files after their record; this one is there.
  await line.sendFile(handled.op, { sha256: 'h1', type: '', size: 3, keptAt: '', refused: null }, new Uint8Array(3));
  expect(did.filter((it) => it === 'h1')).toHaveLength(1);
});

test('照片传到一半断了：反馈等下一次，别的案卷不受影响', async () => {
  const line = await phone();
  photosFail = new Error('cut off');
  const { verdicts } = await line.push(asked(handled, after));
  expect(verdicts).toEqual([
    { commandId: 'o2', is: 'held', code: 'photos' },
    { commandId: 'o3', is: 'held', code: 'photos' },
  ]);
  expect(did).toEqual([]);
  photosFail = new Refused(429, { code: 'http.too_many_sent', title: '', detail: '' });
  expect((await line.push(asked(handled))).verdicts[0]?.is).toBe('held');
});

test.each([
  [500, 'bug'],
  [503, 'photo.not_stored'],
  [503, 'database.busy'],
])('照片暂时存不进去（%i %s）：反馈不会不带照片就走', async (status, code) => {
  const line = await phone();
  photosFail = new Refused(status, { code, title: '', detail: '' });
  expect((await line.push(asked(handled))).verdicts).toEqual([{ commandId: 'o2', is: 'held', code: 'photos' }]);
  photosFail = null;
  expect((await line.push(asked(handled))).verdicts[0]?.is).toBe('applied');
  expect(did).toEqual(['h1', 'o2']);
});

test('前面有一件没有结果，不挡住别的案卷的反馈；同一件案卷的跟着等，照片也不动', async () => {
  const line = await phone();
  holds = 'o4';
  await line.push(asked(other, handled));
  expect(did).toEqual(['o4', 'h1', 'o2']);
  did = [];
  holds = 'o1';
  const { verdicts } = await line.push(asked(signed, handled));
  expect(verdicts.map(({ is }) => is)).toEqual(['held', 'held']);
  expect(did).toEqual(['o1']);
});

test('不是本人的登录：照片一张也不出去', async () => {
  const line = await phone();
  pushFails = new Refused(403, { code: 'device.not_yours', title: '', detail: '' });
  await expect(line.push(asked(handled))).rejects.toThrow(Refused);
  expect(did).toEqual([]);
});

test('服务器不要这张照片：反馈照样去，由它说缺什么', async () => {
  const line = await phone();
  photosFail = new Refused(422, { code: 'photo.not_a_picture', title: '', detail: '' });
  expect((await line.push(asked(handled))).verdicts[0]?.is).toBe('applied');
});

test('证明照片也先传小图，只传一次', async () => {
  const engine = await phone(100_000);
  photosFail = new Error('no answer');
  await engine.push(asked(handled));
  photosFail = null;
  await engine.push(asked(handled));
  expect(did).toEqual(['small h1', 'h1', 'o2']);
});
