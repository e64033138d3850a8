import { createCipheriv, createHash, randomBytes, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock } from './clock.ts';
import type { Id } from './id.ts';

/** Where randomness comes from. The second source exists so that a demo county is the same on every machine. */
export interface Ids {
  newId(): Id;
  bytes(count: number): Buffer;
  /** The source for one command: what it makes does not depend on what runs beside it. */
  of(commandId: Id): Ids;
}

/** Ids of one source grow, also within a millisecond and when the machine's clock is set back: first made stands first. */
function growing(clock: Clock, bytes: (count: number) => Buffer): () => Id {
  let last = -1;
  let seq = 0;
  return () => {
    const msecs = Math.max(last, clock.now().getTime());
    seq = msecs === last ? seq + 1 : (bytes(4).readUInt32BE() & 0x3fff_ffff) >>> 0;
    last = msecs;
    return v7({ msecs, seq, random: bytes(16) });
  };
}

export function randomIds(clock: Clock): Ids {
  const ids: Ids = { newId: growing(clock, drawn()), bytes: (count) => randomBytes(count), of: () => ids };
  return ids;
}

/** For ids, a few hundred at a time: each draw from the system costs more than making the id. */
function drawn(): (count: number) => Buffer {
  let pool = Buffer.alloc(0);
  return (count) => {
    if (pool.length < count) pool = randomBytes(4096);
    const taken = pool.subarray(0, count);
    pool = pool.subarray(count);
    return taken;
  };
}

/** The same seed gives the same ids in the same order: the key stream of AES-128-CTR under a hash of the seed. */
export function seededIds(seed: string, clock: Clock): Ids {
  // Many a source is only asked for another: then no stream is begun.
  let stream: ReturnType<typeof createCipheriv> | undefined;
  const begin = () => {
    const key = createHash('sha256').update(seed).digest();
    return createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  };
  const bytes = (count: number): Buffer => {
    stream ??= begin();
    return stream.update(Buffer.alloc(count));
  };
  return { newId: growing(clock, bytes), bytes, of: (commandId) => seededIds(`${seed} ${commandId}`, clock) };
}

/** An id that follows from others: the same names give the same id (used to make consequences idempotent). */
export function derivedId(...names: readonly string[]): Id {
  const hash = createHash('sha256').update(names.join('\u0000')).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80; // version 8: a custom hash
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** 0 ≤ result < 1; only for spreading retries, never for a decision about a person. */
export const jitter = (): number => randomInt(1_000_000) / 1_000_000;
