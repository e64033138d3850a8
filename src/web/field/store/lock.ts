/**
 * The lock of a phone. All that is kept on it is sealed with one data key, which is kept only in wraps: one opens with
 * the PIN, one with a key that the server gives to whoever has just signed in. Who forgets the PIN signs in and loses
 * nothing; who finds the phone has neither.
 */
export interface Lock {
  readonly accountId: string;
  readonly personId: string;
  readonly name: string;
  readonly salt: Bytes;
  readonly rounds: number;
  readonly byPin: Wrap;
  readonly byServer: Wrap;
  /** Wrong PINs in a row. */
  readonly failures: number;
  /** No PIN is tried before; ISO, null: now. */
  readonly notBefore: string | null;
}

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Wrap {
  readonly nonce: Bytes;
  readonly key: Bytes;
}

/** How often a PIN is stretched: what OWASP asks for PBKDF2 with SHA-256. */
const ROUNDS = 600_000;
export const PIN_LENGTH = 6;

const AES = { name: 'AES-GCM', length: 256 } as const;
const drawn = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export type Owner = Pick<Lock, 'accountId' | 'personId' | 'name'>;

export async function makeLock(owner: Owner, pin: string, serverKey: Bytes, rounds = ROUNDS): Promise<Lock> {
  const key = await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);
  return wrapAnew(owner, key, pin, serverKey, rounds);
}

/** The PIN was forgotten: the server's key opens, and what is kept is under the new PIN from now on. */
export async function recover(lock: Lock, pin: string, serverKey: Bytes): Promise<Lock> {
  const key = await unwrap(lock.byServer, await wrapping(serverKey), true);
  return wrapAnew(lock, key, pin, serverKey, lock.rounds);
}

async function wrapAnew(owner: Owner, key: CryptoKey, pin: string, server: Bytes, rounds: number): Promise<Lock> {
  const salt = drawn(16);
  const [byPin, byServer] = await Promise.all([
    stretch(pin, salt, rounds).then((own) => wrap(key, own)),
    wrapping(server).then((own) => wrap(key, own)),
  ]);
  const { accountId, personId, name } = owner;
  return { accountId, personId, name, salt, rounds, byPin, byServer, failures: 0, notBefore: null };
}

/** The data key, which cannot be taken out again; null: another PIN. */
export async function openLock(lock: Lock, pin: string): Promise<CryptoKey | null> {
  const own = await stretch(pin, lock.salt, lock.rounds);
  return unwrap(lock.byPin, own, false).catch(() => null);
}

/** What the server's key opens: an export of another phone, and what a forgotten PIN closed. */
export const openWith = async (byServer: Wrap, serverKey: Bytes): Promise<CryptoKey> =>
  unwrap(byServer, await wrapping(serverKey), false);

const FREE = 5;
const LONGEST_MS = 15 * 60_000;

/** A PIN is short: after five wrong ones each further one costs twice the wait. */
export function afterWrongPin(lock: Lock, now: Date): Lock {
  const failures = lock.failures + 1;
  const wait = failures < FREE ? 0 : Math.min(LONGEST_MS, 30_000 * 2 ** (failures - FREE));
  return { ...lock, failures, notBefore: wait === 0 ? null : new Date(now.getTime() + wait).toISOString() };
}

async function stretch(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(pin);
  const raw = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, raw, AES, false, ['wrapKey', 'unwrapKey']);
}

const wrapping = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, AES, false, ['wrapKey', 'unwrapKey']);

async function wrap(key: CryptoKey, by: CryptoKey): Promise<Wrap> {
  const nonce = drawn(12);
  return { nonce, key: new Uint8Array(await crypto.subtle.wrapKey('raw', key, by, { name: AES.name, iv: nonce })) };
}

const unwrap = ({ nonce, key }: Wrap, by: CryptoKey, extractable: boolean): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey('raw', key, by, { name: AES.name, iv: nonce }, AES, extractable, ['encrypt', 'decrypt']);

/** Bytes under the data key: nonce and ciphertext in one. */
export async function seal(key: CryptoKey, plain: Bytes): Promise<Bytes> {
  const iv = drawn(12);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: AES.name, iv }, key, plain));
  const whole = new Uint8Array(iv.length + sealed.length);
  whole.set(iv);
  whole.set(sealed, iv.length);
  return whole;
}

export async function unseal(key: CryptoKey, whole: Bytes): Promise<Bytes> {
  const how = { name: AES.name, iv: whole.subarray(0, 12) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, whole.subarray(12)));
}

export const sealText = (key: CryptoKey, value: unknown): Promise<Bytes> =>
  seal(key, new TextEncoder().encode(JSON.stringify(value)));

export const unsealText = async <T>(key: CryptoKey, whole: Bytes): Promise<T> =>
  JSON.parse(new TextDecoder().decode(await unseal(key, whole))) as T;
