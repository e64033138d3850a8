import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import type { Lock } from './lock.ts';

/** What a phone knows before anybody unlocked it: who has worked on it, and how their stores are locked. */
interface PhoneSchema extends DBSchema {
  locks: { key: string; value: Lock };
  /** `last`: whose store was opened last. */
  said: { key: string; value: string };
}

export interface Phone {
  locks(): Promise<readonly Lock[]>;
  last(): Promise<Lock | null>;
  keep(lock: Lock): Promise<void>;
  /** The lock and the store behind it. */
  remove(accountId: string): Promise<void>;
}

export const storeName = (accountId: string): string => `jingwei-field-${accountId}`;

export async function openPhone(): Promise<Phone> {
  const db: IDBPDatabase<PhoneSchema> = await openDB<PhoneSchema>('jingwei-field', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('locks', { keyPath: 'accountId' });
      fresh.createObjectStore('said');
    },
  });
  return {
    locks: () => db.getAll('locks'),
    last: async () => {
      const [accountId, locks] = await Promise.all([db.get('said', 'last'), db.getAll('locks')]);
      return locks.find((lock) => lock.accountId === accountId) ?? locks[0] ?? null;
    },
    keep: async (lock) => {
      const writing = db.transaction(['locks', 'said'], 'readwrite', { durability: 'strict' });
      await Promise.all([
        writing.objectStore('locks').put(lock),
        writing.objectStore('said').put(lock.accountId, 'last'),
        writing.done,
      ]);
    },
    remove: async (accountId) => {
      await db.delete('locks', accountId);
      await deleteDB(storeName(accountId));
    },
  };
}
