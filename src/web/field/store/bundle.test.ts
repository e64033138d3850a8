import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import type { StoredOp } from '../engine/ports.ts';
import { exportUnsent, importUnsent, NotOurBundle } from './bundle.ts';
import { openIndexedStore } from './indexed_store.ts';
import { type Lock, makeLock, openLock } from './lock.ts';

const serverKey = new Uint8Array(32).fill(9);
const stored = (commandId: string, is: 'waiting' | 'applied', files: readonly string[] = []): StoredOp => ({
  op: {
    ...{ commandId, files, seq: 7, name: 'casefile.report', params: {}, body: { words: '路面塌陷' } },
    ...{ occurredAt: '2026-11-22T00:00:00.000Z', target: commandId, urgent: false },
  },
  state: is === 'applied' ? { is, answer: {} } : { is },
  order: 1,
});

async function phoneOf(accountId: string, pin: string) {
  const lock: Lock = await makeLock({ accountId, personId: 'p', name: '王秀兰' }, pin, serverKey, 1000);
  const key = await openLock(lock, pin);
  if (!key) throw new Error('no key');
  return { lock, key };
}

test('没发出的装进一个加密文件，同一个人在另一台手机读入，读两次也只有一份；别人读不了', async () => {
  const old = await phoneOf('a1', '246813');
  const broken = await openIndexedStore('a1', old.key, null);
  const bytes = new TextEncoder().encode('照片');
  const file = { sha256: 'h', type: 'image/jpeg;stage=report', size: bytes.length, keptAt: '', refused: null };
  const putOps = [stored('c-1', 'waiting', ['h']), stored('c-2', 'applied'), stored('c-3', 'applied', ['h3'])];
  // The third is at the server, its photo is not; the last belongs to something half written.
  const putFiles = ['h', 'h3', 'drafted'].map((sha256) => ({ ...file, sha256, bytes }));
  await broken.commit({ putOps, putFiles }, 'strict');
  const text = await (await exportUnsent(broken, old.lock, old.key)).text();
  expect(text).not.toContain('路面塌陷');
  broken.close();

  // A phone of its own: another store, another PIN, another data key.
  globalThis.indexedDB = new IDBFactory();
  const fresh = await phoneOf('a1', '975312');
  const store = await openIndexedStore('a1', fresh.key, null);
  expect(await importUnsent(store, 'a1', serverKey, text)).toBe(2);
  expect(await importUnsent(store, 'a1', serverKey, text)).toBe(0);
  const { ops } = await store.open();
  expect(ops).toMatchObject(
    ['c-1', 'c-3'].map((commandId) => ({ op: { commandId, seq: null }, state: { is: 'waiting' } })),
  );
  for (const hash of ['h', 'h3'])
    expect(new TextDecoder().decode((await store.bytes(hash)) ?? new Uint8Array())).toBe('照片');
  expect(await store.bytes('drafted')).toBeNull();

  await expect(importUnsent(store, 'a2', serverKey, text)).rejects.toThrow(NotOurBundle);
  await expect(importUnsent(store, 'a1', new Uint8Array(32), text)).rejects.toThrow(NotOurBundle);
  await expect(importUnsent(store, 'a1', serverKey, text.slice(0, -9))).rejects.toThrow(NotOurBundle);
  await expect(importUnsent(store, 'a1', serverKey, 'hello')).rejects.toThrow(NotOurBundle);
  expect((await store.open()).ops).toHaveLength(2);
  store.close();
});
