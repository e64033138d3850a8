import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import {
  type Changes,
  type HeldRow,
  type Mark,
  type Meta,
  type Opened,
  type Store,
  type StoredFile,
  type StoredOp,
  StoreFull,
} from '../engine/ports.ts';
import { type Bytes, seal, sealText, unseal, unsealText } from './lock.ts';
import { storeName } from './phone.ts';
import { aboutName, fileName, opName, orphans, recovered } from './reconcile.ts';
import type { SecondJournal } from './second_journal.ts';

/** The engine's store in the browser's database. Words, photos and records lie there under the data key only. */
interface StoreSchema extends DBSchema {
  meta: { key: string; value: Bytes };
  ops: { key: string; value: Bytes };
  held: { key: [string, string]; value: SealedRow; indexes: { kind: string } };
  files: { key: string; value: StoredFile };
  contents: { key: string; value: Bytes };
  drafts: { key: string; value: Bytes };
}

type SealedRow = Omit<HeldRow, 'body'> & { readonly sealed: Bytes };

/** What was being written when the app was put away. */
export interface Drafts {
  read<T>(name: string): Promise<T | null>;
  write(name: string, value: unknown): Promise<void>;
  drop(name: string): Promise<void>;
  all(): Promise<readonly unknown[]>;
}

export interface IndexedStore extends Store {
  readonly drafts: Drafts;
  /** Of items that only the second journal still had at the start. */
  readonly recoveredOps: number;
  /** False after the second journal could not be written: said on the screen. */
  isSecondKept(): boolean;
  close(): void;
}

const tables = ['meta', 'ops', 'held', 'files', 'contents'] as const;

export async function openIndexedStore(
  accountId: string,
  key: CryptoKey,
  second: SecondJournal | null,
): Promise<IndexedStore> {
  const db = await openDB<StoreSchema>(storeName(accountId), 1, {
    upgrade(fresh) {
      for (const name of ['meta', 'ops', 'contents', 'drafts'] as const) fresh.createObjectStore(name);
      fresh.createObjectStore('files', { keyPath: 'sha256' });
      fresh.createObjectStore('held', { keyPath: ['kind', 'id'] }).createIndex('kind', 'kind');
    },
  });
  const journal = journalOf(key, second);
  const found = await recovered(db, key, second);
  if (found.putOps.length > 0) await write(db, key, found, 'strict');
  const left = { dropFiles: await orphans(db, key) };
  await journal.forget(left);
  // With no room left even that may fail, and shuts nobody out.
  await write(db, key, left, 'relaxed').catch(() => undefined);
  // One after the other: what is sealed first is written first.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    recoveredOps: found.putOps.length,
    isSecondKept: journal.isKept,
    open: () => readAll(db, key),
    held: async (kind) => Promise.all((await db.getAllFromIndex('held', 'kind', kind)).map((row) => opened(row, key))),
    one: async (kind, id) => {
      const row = await db.get('held', [kind, id]);
      return row ? opened(row, key) : null;
    },
    marks: async (kind): Promise<Mark[]> =>
      (await db.getAllFromIndex('held', 'kind', kind)).map(({ id, mark, leaving }) => ({ id, mark, leaving })),
    bytes: async (sha256) => {
      const sealed = await db.get('contents', sha256);
      return sealed ? unseal(key, sealed) : null;
    },
    commit: (changes, durability) =>
      inTurn(async () => {
        // Gone from the second journal first, there second: a crash between brings nothing back that was withdrawn.
        await journal.forget(changes);
        await write(db, key, changes, durability);
        await journal.keep(changes);
      }),
    drafts: {
      read: async <T>(name: string) => {
        const sealed = await db.get('drafts', name);
        return sealed ? unsealText<T>(key, sealed) : null;
      },
      write: async (name, value) => {
        const sealed = await sealText(key, value);
        await db.put('drafts', sealed, name).catch(asStoreFull);
      },
      drop: (name) => db.delete('drafts', name),
      all: async () => {
        const read = (sealed: Bytes) => unsealText<unknown>(key, sealed).catch(() => null);
        return (await Promise.all((await db.getAll('drafts')).map(read))).filter((draft) => draft !== null);
      },
    },
    close: () => db.close(),
  };
}

async function readAll(db: IDBPDatabase<StoreSchema>, key: CryptoKey): Promise<Opened> {
  const [meta, ops, files] = await Promise.all([db.get('meta', 'meta'), db.getAll('ops'), db.getAll('files')]);
  return {
    meta: meta ? await unsealText<Meta>(key, meta) : null,
    ops: await Promise.all(ops.map((sealed) => unsealText<StoredOp>(key, sealed))),
    files,
  };
}

async function opened({ sealed, ...row }: SealedRow, key: CryptoKey): Promise<HeldRow> {
  return { ...row, body: await unsealText(key, sealed) };
}

/** Sealed before the transaction: the browser ends one that waits for anything else. */
async function write(
  db: IDBPDatabase<StoreSchema>,
  key: CryptoKey,
  changes: Changes,
  durability: 'strict' | 'relaxed',
): Promise<void> {
  const { meta, putOps = [], dropOps = [], putHeld = [], dropHeld = [], putFiles = [], dropFiles = [] } = changes;
  const sealedMeta = meta && (await sealText(key, meta));
  const ops = await Promise.all(putOps.map(async (one) => [one.op.commandId, await sealText(key, one)] as const));
  const rows = await Promise.all(
    putHeld.map(async ({ body, ...row }) => ({ ...row, sealed: await sealText(key, body) })),
  );
  const contents = await Promise.all(
    putFiles.map(async ({ sha256, bytes }) => [sha256, bytes && (await seal(key, new Uint8Array(bytes)))] as const),
  );
  const writing = db.transaction(tables, 'readwrite', { durability });
  const done: Promise<unknown>[] = [writing.done];
  const into = <T extends (typeof tables)[number]>(name: T) => writing.objectStore(name);
  try {
    for (const id of dropOps) done.push(into('ops').delete(id));
    for (const { kind, id } of dropHeld) done.push(into('held').delete([kind, id]));
    for (const hash of dropFiles) done.push(into('files').delete(hash), into('contents').delete(hash));
    for (const [id, sealed] of ops) done.push(into('ops').put(sealed, id));
    for (const row of rows) done.push(into('held').put(row));
    for (const { bytes: _bytes, ...file } of putFiles) done.push(into('files').put(file));
    for (const [hash, sealed] of contents) if (sealed) done.push(into('contents').put(sealed, hash));
    if (sealedMeta) done.push(into('meta').put(sealedMeta, 'meta'));
    await Promise.all(done);
  } catch (error) {
    // All of it or nothing, also when the browser throws half-way.
    void Promise.allSettled(done);
    giveUp(writing);
    asStoreFull(error);
  }
}

function giveUp(writing: { abort(): void }): void {
  try {
    writing.abort();
  } catch {
    // It had ended by itself.
  }
}

/** What browsers say when there is no room; some say it only as the reason why the transaction was given up. */
function asStoreFull(error: unknown): never {
  const { name, message } = error as DOMException;
  if (name === 'QuotaExceededError' || /quota|full/i.test(message)) throw new StoreFull(message);
  throw error;
}

/** Best effort: the database is the first home, and a full disk must not stop what it took. */
function journalOf(key: CryptoKey, second: SecondJournal | null) {
  let isKept = true;
  const trying = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch(() => {
      isKept = false;
    });
  };
  return {
    isKept: () => isKept,
    forget: async ({ dropOps = [], dropFiles = [] }: Changes): Promise<void> => {
      for (const id of dropOps) await second?.drop(opName(id));
      for (const hash of dropFiles) for (const name of [fileName(hash), aboutName(hash)]) await second?.drop(name);
    },
    keep: async ({ putOps = [], putFiles = [] }: Changes): Promise<void> => {
      if (!second) return;
      for (const { bytes, ...file } of putFiles) {
        await trying(async () => second.put(aboutName(file.sha256), await sealText(key, file)));
        if (bytes) await trying(async () => second.put(fileName(file.sha256), await seal(key, new Uint8Array(bytes))));
      }
      for (const stored of putOps) {
        const name = opName(stored.op.commandId);
        if (stored.state.is === 'applied') await second.drop(name);
        else await trying(async () => second.put(name, await sealText(key, stored)));
      }
    },
  };
}
