import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Op } from '../engine/contract.ts';
import { type Meta, type StoredOp, StoreFull } from '../engine/ports.ts';
import { openIndexedStore } from './indexed_store.ts';
import { type Bytes, makeLock, openLock } from './lock.ts';
import { storeName } from './phone.ts';
import type { SecondJournal } from './second_journal.ts';

const ACCOUNT = 'a1';
const lock = await makeLock({ accountId: ACCOUNT, personId: 'p', name: '王秀兰' }, '246810', new Uint8Array(32), 1000);
const opened = await openLock(lock, '246810');
if (!opened) throw new Error('no key');
const key = opened;

const files = (): SecondJournal & { readonly names: () => string[] } => {
  const kept = new Map<string, Bytes>();
  return {
    names: () => [...kept.keys()].sort(),
    put: async (name, bytes) => void kept.set(name, bytes),
    drop: async (name) => void kept.delete(name),
    all: async () => kept,
  };
};

const op = (commandId: string, more: Partial<Op> = {}): Op => ({
  commandId,
  seq: null,
  name: 'casefile.report',
  params: {},
  body: { words: '路面塌陷' },
  occurredAt: '2026-11-22T00:00:00.000Z',
  target: 'casefile c1',
  urgent: false,
  files: [],
  ...more,
});
const stored = (commandId: string, more: Partial<Op> = {}, order = 1): StoredOp => ({
  op: op(commandId, more),
  state: { is: 'waiting' },
  order,
});
const meta: Meta = {
  deviceId: 'ph',
  registered: true,
  accountId: ACCOUNT,
  nextSeq: 4,
  nextOrder: 2,
  dismissed: [],
  cursors: {},
  skewMs: null,
  lastSyncAt: null,
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function everythingWritten(): Promise<string> {
  const db = await new Promise<IDBDatabase>((tell) => {
    const asking = indexedDB.open(storeName(ACCOUNT));
    asking.onsuccess = () => tell(asking.result);
  });
  const rows = await Promise.all(
    [...db.objectStoreNames].map(
      (name) =>
        new Promise<unknown[]>((tell) => {
          const asking = db.transaction(name).objectStore(name).getAll();
          asking.onsuccess = () => tell(asking.result);
        }),
    ),
  );
  db.close();
  const plain = (_name: string, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  return JSON.stringify(rows, plain);
}

describe('手机里的库', () => {
  it('关掉再开，存过的都在；写在盘上的没有一个字看得懂', async () => {
    const store = await openIndexedStore(ACCOUNT, key, files());
    const bytes = new TextEncoder().encode('照片里的字');
    await store.commit(
      {
        meta,
        putOps: [stored('c-1', { files: ['h'] })],
        putHeld: [
          { kind: 'casefile', id: 'c1', position: 9, mark: 'm', leaving: false, body: { title: '井盖翘起' } },
          { kind: 'area', id: 'x', position: 1, mark: 'n', leaving: false, body: { name: '二运第一网格' } },
        ],
        putFiles: [{ sha256: 'h', type: 'image/jpeg', size: bytes.length, keptAt: 'x', refused: null, bytes }],
      },
      'strict',
    );
    await store.drafts.write('report', { words: '写到一半的话' });
    store.close();
    const again = await openIndexedStore(ACCOUNT, key, files());
    expect(await again.open()).toMatchObject({ meta, ops: [{ op: { commandId: 'c-1' } }], files: [{ sha256: 'h' }] });
    expect(await again.held('casefile')).toMatchObject([{ id: 'c1', position: 9, body: { title: '井盖翘起' } }]);
    expect(await again.one('area', 'x')).toMatchObject({ body: { name: '二运第一网格' } });
    expect(await again.one('area', 'y')).toBeNull();
    expect(await again.marks('area')).toEqual([{ id: 'x', mark: 'n', leaving: false }]);
    expect(new TextDecoder().decode((await again.bytes('h')) ?? new Uint8Array())).toBe('照片里的字');
    expect(await again.drafts.read('report')).toEqual({ words: '写到一半的话' });
    again.close();
    const written = await everythingWritten();
    for (const word of ['路面塌陷', '井盖翘起', '二运第一网格', '照片里的字', '写到一半的话'])
      expect(written).not.toContain(word);
  });

  it('放下的就没有了，放下的先于写入的', async () => {
    const store = await openIndexedStore(ACCOUNT, key, null);
    const row = { kind: 'casefile', id: 'c1', position: 1, mark: 'm', leaving: false, body: {} };
    await store.commit({ putOps: [stored('c-1'), stored('c-2')], putHeld: [row] }, 'strict');
    await store.commit(
      { dropOps: ['c-1'], dropHeld: [row], putHeld: [{ ...row, position: 2 }], dropFiles: ['none'] },
      'relaxed',
    );
    expect((await store.open()).ops.map(({ op: { commandId } }) => commandId)).toEqual(['c-2']);
    expect((await store.one('casefile', 'c1'))?.position).toBe(2);
    store.close();
  });

  it('数据库坏了：没发出的从第二本底账找回来，编号不算数了，发过没有都还是同一件', async () => {
    const second = files();
    const store = await openIndexedStore(ACCOUNT, key, second);
    const photo = { sha256: 'h', type: 'image/jpeg;stage=after', size: 6, keptAt: 'x', refused: null };
    const bytes = new TextEncoder().encode('照片');
    await store.commit(
      {
        meta,
        putOps: [{ ...stored('c-1', { seq: 3, files: ['h'] }), state: { is: 'sending' } }, stored('c-2')],
        putFiles: [{ ...photo, bytes }],
      },
      'strict',
    );
    store.close();
    globalThis.indexedDB = new IDBFactory();
    const again = await openIndexedStore(ACCOUNT, key, second);
    expect(again.recoveredOps).toBe(2);
    const { ops } = await again.open();
    expect(ops.find((one) => one.op.commandId === 'c-1')).toMatchObject({
      op: { seq: null },
      state: { is: 'waiting' },
    });
    expect(new TextDecoder().decode((await again.bytes('h')) ?? new Uint8Array())).toBe('照片');
    expect((await again.open()).files).toEqual([photo]);
    await again.commit({ dropFiles: ['h'] }, 'strict');
    expect(second.names()).toEqual(['op-c-1', 'op-c-2']);
    again.close();
    expect((await openIndexedStore(ACCOUNT, key, second)).recoveredOps).toBe(0);
  });

  it('发成的、撤回的不会从第二本底账回来；坏了的一份只丢它自己', async () => {
    const second = files();
    const store = await openIndexedStore(ACCOUNT, key, second);
    await store.commit({ putOps: [stored('c-1'), stored('c-2'), stored('c-3'), stored('c-4')] }, 'strict');
    await store.commit({ putOps: [{ ...stored('c-1'), state: { is: 'applied', answer: {} } }] }, 'strict');
    await store.commit({ dropOps: ['c-2'] }, 'strict');
    expect(second.names()).toEqual(['op-c-3', 'op-c-4']);
    await second.put('op-c-4', new Uint8Array(40));
    store.close();
    globalThis.indexedDB = new IDBFactory();
    const again = await openIndexedStore(ACCOUNT, key, second);
    expect((await again.open()).ops.map(({ op: { commandId } }) => commandId)).toEqual(['c-3']);
    again.close();
  });

  it('第二本底账写不进去：照样存下，并且说得出来', async () => {
    const store = await openIndexedStore(ACCOUNT, key, {
      put: () => Promise.reject(new Error('disk')),
      drop: async () => undefined,
      all: async () => new Map(),
    });
    expect(store.isSecondKept()).toBe(true);
    await store.commit({ putOps: [stored('c-1')] }, 'strict');
    expect((await store.open()).ops).toHaveLength(1);
    expect(store.isSecondKept()).toBe(false);
    store.close();
  });

  it('拍了又没用上的照片，下次打开时清掉；还写着的、要发的留着', async () => {
    const second = files();
    const store = await openIndexedStore(ACCOUNT, key, second);
    const bytes = new Uint8Array(3);
    const file = { type: 'image/jpeg', size: 3, keptAt: 'x', refused: null, bytes };
    const putFiles = ['unsent', 'drafted', 'dropped'].map((sha256) => ({ ...file, sha256 }));
    await store.commit({ putOps: [stored('c-1', { files: ['unsent'] })], putFiles }, 'strict');
    await store.drafts.write('report', { photos: ['drafted'] });
    store.close();
    const again = await openIndexedStore(ACCOUNT, key, second);
    expect((await again.open()).files.map(({ sha256 }) => sha256).sort()).toEqual(['drafted', 'unsent']);
    expect(await again.bytes('dropped')).toBeNull();
    expect(second.names()).not.toContain('file-dropped');
    again.close();
  });

  it('写到一半没有地方了：说存满了，一样也没有写进去', async () => {
    const store = await openIndexedStore(ACCOUNT, key, null);
    await store.commit({ putOps: [stored('c-1')] }, 'strict');
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === 'meta') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    };
    const change = { meta, dropOps: ['c-1'], putOps: [stored('c-2')] };
    await expect(store.commit(change, 'strict')).rejects.toThrow(StoreFull);
    IDBObjectStore.prototype.put = put;
    expect((await store.open()).ops.map(({ op: { commandId } }) => commandId)).toEqual(['c-1']);
    await store.commit(change, 'strict');
    expect((await store.open()).ops.map(({ op: { commandId } }) => commandId)).toEqual(['c-2']);
    store.close();
  });

  it('换了钥匙什么也打不开', async () => {
    const store = await openIndexedStore(ACCOUNT, key, null);
    await store.commit({ putOps: [stored('c-1')] }, 'strict');
    store.close();
    const other = await makeLock({ accountId: ACCOUNT, personId: 'p', name: 'x' }, '1', new Uint8Array(32), 1000);
    const wrong = await openLock(other, '1');
    if (!wrong) throw new Error('no key');
    const strange = await openIndexedStore(ACCOUNT, wrong, null);
    await expect(strange.open()).rejects.toThrow();
    strange.close();
  });
});
