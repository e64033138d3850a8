import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  getCiphers,
  getHashes,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * A sealed value: format 1 · suite · nonce · ciphertext · tag. `bound` names what the value belongs to, so that a sealed
 * value copied to another record does not open there. The suite follows from the length of the key, and every key
 * of a deployment from its root key: which suite it has is decided once, when the root key is made.
 */
const FORMAT = 1;
/** Format and suite, with which every sealed value begins. */
export const LABEL = 2;

export const suiteNames = ['international', 'national'] as const;
export type SuiteName = (typeof suiteNames)[number];

interface Suite {
  readonly name: SuiteName;
  readonly number: number;
  /** Bytes. */
  readonly key: number;
  readonly nonce: number;
  readonly tag: number;
  readonly hash: 'sha256' | 'sm3';
  seal(key: Buffer, nonce: Buffer, clear: Buffer | string, bound: string): { text: Buffer; tag: Buffer };
  unseal(key: Buffer, nonce: Buffer, text: Buffer, tag: Buffer, bound: string): Buffer;
}

/** AES-256-GCM and HMAC-SHA-256. */
const international: Suite = {
  ...{ name: 'international', number: 1, key: 32, nonce: 12, tag: 16, hash: 'sha256' },
  seal(key, nonce, clear, bound) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
    const text = Buffer.concat([cipher.update(clear), cipher.final()]);
    return { text, tag: cipher.getAuthTag() };
  },
  unseal(key, nonce, text, tag, bound) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  },
};

const SM4_KEY = 16;

/**
 * SM4 in counter mode (GB/T 32907-2016) and, over what came out, HMAC-SM3 (GB/T 32905-2016): the first 16 bytes of the key
 * encrypt, the other 32 vouch. OpenSSL has no SM4-GCM in the versions we run on.
 */
const national: Suite = {
  ...{ name: 'national', number: 2, key: SM4_KEY + 32, nonce: 16, tag: 32, hash: 'sm3' },
  seal(key, nonce, clear, bound) {
    const cipher = createCipheriv('sm4-ctr', key.subarray(0, SM4_KEY), nonce);
    const text = Buffer.concat([cipher.update(clear), cipher.final()]);
    return { text, tag: vouch(key, nonce, text, bound) };
  },
  unseal(key, nonce, text, tag, bound) {
    if (!timingSafeEqual(tag, vouch(key, nonce, text, bound))) throw new Error('the seal is broken');
    const decipher = createDecipheriv('sm4-ctr', key.subarray(0, SM4_KEY), nonce);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  },
};

/** The length goes before the name: no end of a name can be taken for a beginning of what follows. */
function vouch(key: Buffer, nonce: Buffer, text: Buffer, bound: string): Buffer {
  const name = Buffer.from(bound);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  const head = Buffer.of(FORMAT, national.number);
  const mac = createHmac('sm3', key.subarray(SM4_KEY));
  return mac.update(head).update(length).update(name).update(nonce).update(text).digest();
}

const suites = [international, national];
const suiteNamed = (name: SuiteName): Suite => (name === 'national' ? national : international);

function suiteFor(key: Buffer): Suite {
  const suite = suites.find((one) => one.key === key.length);
  if (!suite) throw new Error(`no suite has keys of ${key.length} bytes`);
  return suite;
}

/** The suite to which a key belongs, by its length; null: to none. */
export const suiteOf = (key: Buffer): SuiteName | null => suites.find((one) => one.key === key.length)?.name ?? null;
export const keyLength = (name: SuiteName): number => suiteNamed(name).key;
/** What sealing adds, in bytes. */
export const overhead = (key: Buffer): number => addedBy(suiteFor(key));
const addedBy = ({ nonce, tag }: Suite): number => LABEL + nonce + tag;

/** How many bytes lie in a sealed value of this length, by its first two; null: it is none. */
export function clearLength(label: Buffer, length: number): number | null {
  const suite = suites.find(({ number }) => label[0] === FORMAT && label[1] === number);
  return suite && length >= addedBy(suite) ? length - addedBy(suite) : null;
}
/** A program built without the national algorithms cannot seal with them. */
export const hasNational = (): boolean => getCiphers().includes('sm4-ctr') && getHashes().includes('sm3');

export function seal(key: Buffer, clear: Buffer | string, bound: string): Buffer {
  const suite = suiteFor(key);
  const nonce = randomBytes(suite.nonce);
  const { text, tag } = suite.seal(key, nonce, clear, bound);
  return Buffer.concat([Buffer.of(FORMAT, suite.number), nonce, text, tag]);
}

/** Throws when the key, the binding or a single bit is wrong. */
export function unseal(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const suite = suiteFor(key);
  if (sealed[0] !== FORMAT || sealed[1] !== suite.number) throw new Error('sealed value of an unknown format');
  const [from, to] = [LABEL + suite.nonce, sealed.length - suite.tag];
  if (to < from) throw new Error('sealed value cut short');
  return suite.unseal(key, sealed.subarray(LABEL, from), sealed.subarray(from, to), sealed.subarray(to), bound);
}

/** A key of the root's suite for one purpose; purposes cannot be computed from each other. */
export function deriveKey(root: Buffer, purpose: string): Buffer {
  const { hash, key } = suiteFor(root);
  return Buffer.from(hkdfSync(hash, root, Buffer.alloc(0), `jingwei ${purpose}`, key));
}

/** 32 bytes, by the hash of the key's suite. */
export function keyedHash(key: Buffer, value: string): Buffer {
  return createHmac(suiteFor(key).hash, key).update(value).digest();
}
