import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { deriveKey, keyedHash, overhead, seal, unseal } from '../envelope.ts';
import { Problem } from '../problem.ts';
import { keepingProblems } from './keeping.problems.ts';

/**
 * A sealed file: a first line that says what it is, a salt, a check of the key, a check of these; then chunks, each sealed
 * with its number and whether it is the last; then a mark. The key follows from the deployment's keys and the salt and
 * is nowhere in it. A changed byte, a chunk moved, dropped or added, a cut and a wrong key each show, and which it was.
 */
const CALLED = 'JINGWEI BACKUP ';
const FORMAT = '1';
const END = Buffer.from('JINGWEI END\n');
const SALT = 32;
const CHECK = 16;
const CHUNK = 64 * 1024;
const firstLine = Buffer.from(`${CALLED}${FORMAT}\n`);
const PRELUDE = firstLine.length + SALT + CHECK + CHECK;

const keyOf = (root: Buffer, salt: Buffer): Buffer => deriveKey(root, `backup ${salt.toString('hex')}`);
const checkOf = (key: Buffer): Buffer => keyedHash(key, 'check').subarray(0, CHECK);
const sumOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest().subarray(0, CHECK);
const chunkName = (number: number, isLast: boolean): string => `backup chunk ${number}${isLast ? ' last' : ''}`;

/** What goes to the disk for these bytes; `salt` is 32 bytes of chance. */
export async function* sealBytes(root: Buffer, salt: Buffer, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const key = keyOf(root, salt);
  const start = Buffer.concat([firstLine, salt, checkOf(key)]);
  yield Buffer.concat([start, sumOf(start)]);
  let number = 0;
  let waiting: Buffer = Buffer.alloc(0);
  for await (const more of bytes) {
    waiting = Buffer.concat([waiting, more]);
    // One byte more than a chunk has to be there: the last one is sealed as such.
    for (; waiting.length > CHUNK; waiting = waiting.subarray(CHUNK)) {
      yield seal(key, waiting.subarray(0, CHUNK), chunkName(number, false));
      number += 1;
    }
  }
  yield seal(key, waiting, chunkName(number, true));
  yield END;
}

/** The bytes that were sealed into the file, each only after its seal was found whole. */
export async function* openBytes(
  root: Buffer,
  path: string,
  progress: (read: number, size: number) => void,
): AsyncGenerator<Buffer> {
  const { key, size } = await openPrelude(root, path);
  const to = size - END.length;
  const isShort = to <= PRELUDE || !(await bytesAt(path, to, END.length)).equals(END);
  if (isShort) throw new Problem(keepingProblems['backup.cut'], { at: size });
  let number = 0;
  let at = PRELUDE;
  for await (const chunk of sealedChunks(path, to, CHUNK + overhead(key))) {
    const isLast = at + chunk.length === to;
    yield openChunk(key, chunk, { number, isLast, at });
    number += 1;
    at += chunk.length;
    progress(at, to);
  }
}

function openChunk(key: Buffer, chunk: Buffer, where: { number: number; isLast: boolean; at: number }): Buffer {
  try {
    return unseal(key, chunk, chunkName(where.number, where.isLast));
  } catch {
    throw new Problem(keepingProblems['backup.damaged'], { from: where.at, to: where.at + chunk.length - 1 });
  }
}

async function openPrelude(root: Buffer, path: string): Promise<{ key: Buffer; size: number }> {
  const { size, prelude } = await readStart(path);
  const line = prelude.subarray(0, firstLine.length);
  if (!line.equals(firstLine)) throw refusalOf(path, line, size);
  if (prelude.length < PRELUDE) throw new Problem(keepingProblems['backup.cut'], { at: size });
  const start = prelude.subarray(0, PRELUDE - CHECK);
  if (!sumOf(start).equals(prelude.subarray(PRELUDE - CHECK)))
    throw new Problem(keepingProblems['backup.damaged'], { from: 0, to: PRELUDE - 1 });
  const key = keyOf(root, start.subarray(firstLine.length, firstLine.length + SALT));
  if (!checkOf(key).equals(start.subarray(firstLine.length + SALT)))
    throw new Problem(keepingProblems['backup.wrong_key']);
  return { key, size };
}

function refusalOf(path: string, line: Buffer, size: number): Problem {
  const text = line.toString('latin1');
  if (size < firstLine.length && firstLine.subarray(0, size).equals(line.subarray(0, size)) && size > 0)
    return new Problem(keepingProblems['backup.cut'], { at: size });
  const isOther = text.startsWith(CALLED) && /^\d+\n?$/.test(text.slice(CALLED.length));
  return isOther
    ? new Problem(keepingProblems['backup.newer_format'], { path, what: text.trim() })
    : new Problem(keepingProblems['backup.not_one'], { path });
}

async function readStart(path: string): Promise<{ size: number; prelude: Buffer }> {
  try {
    const { size } = await withFile(path, (file) => file.stat());
    return { size, prelude: await bytesAt(path, 0, PRELUDE) };
  } catch (error) {
    const fault = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Problem(keepingProblems['backup.cannot_read'], { path, fault });
  }
}

const bytesAt = (path: string, position: number, length: number): Promise<Buffer> =>
  withFile(path, async (file) => {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position });
    return buffer.subarray(0, bytesRead);
  });

async function withFile<T>(path: string, work: (file: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** `size` is that of a whole chunk with its seal. */
async function* sealedChunks(path: string, to: number, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const more of createReadStream(path, { start: PRELUDE, end: to - 1, highWaterMark: size })) {
    waiting = Buffer.concat([waiting, more]);
    for (; waiting.length >= size; waiting = waiting.subarray(size)) yield waiting.subarray(0, size);
  }
  if (waiting.length > 0) yield waiting;
}
