import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A sealed value: format 1 · suite · nonce · ciphertext · tag. The suite byte leaves room for the national algorithms;
 * suite 1 is AES-256-GCM. `bound` names what the value belongs to, so that a sealed value copied to another record
 * does not open there.
 */
const FORMAT = 1;
const AES_256_GCM = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 2 + NONCE;

export function seal(key: Buffer, clear: Buffer | string, bound: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  const text = Buffer.concat([cipher.update(clear), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT, AES_256_GCM), nonce, text, cipher.getAuthTag()]);
}

/** Throws when the key, the binding or a single bit is wrong. */
export function unseal(key: Buffer, sealed: Buffer, bound: string): Buffer {
  if (sealed[0] !== FORMAT || sealed[1] !== AES_256_GCM) throw new Error('sealed value of an unknown format');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(2, HEAD)).setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(HEAD, sealed.length - TAG)), decipher.final()]);
}

/** 32 bytes for one purpose out of a root key; purposes cannot be computed from each other. */
export function deriveKey(root: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `jingwei ${purpose}`, 32));
}

export function keyedHash(key: Buffer, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}
