import { keyedHash } from './envelope.ts';
import type { Id } from './id.ts';
import type { Keys } from './keys.ts';

/**
 * A tracking code stands for one report. It is made from the report's realm and id with a key, so that it need not be stored and
 * a lost answer can be given again; the database knows only what is made from the code in turn.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's: no I, L, O, U

/** Twelve characters, 60 bits: `K7QD-3XWM-9T2P`. */
export function trackingCodeOf(keys: Keys, realm: number, reportId: Id): string {
  const hash = keyedHash(keys.tracking, `code ${realm} ${reportId}`);
  const letters = Array.from({ length: 12 }, (_, i) => letterAt(hash, i * 5));
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((four) => four.join('')).join('-');
}

/** Of the five bits from here on. */
const letterAt = (hash: Buffer, bit: number): string =>
  ALPHABET.charAt((hash.readUInt16BE(bit >> 3) >> (11 - (bit & 7))) & 31);

/** Reads a code as people type it: any case, with or without hyphens, O for 0, I or L for 1. Null: not a code. */
export function readTrackingCode(typed: string): string | null {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (plain.length !== 12 || [...plain].some((character) => !ALPHABET.includes(character))) return null;
  return plain.replace(/(.{4})(?=.)/g, '$1-');
}

/** What the holder of a code is granted things as: one way only, and only with the key. */
export function granteeOfCode(keys: Keys, code: string): Id {
  const hex = keyedHash(keys.tracking, `grantee ${code}`).subarray(0, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
