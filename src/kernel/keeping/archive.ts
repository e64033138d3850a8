import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { flushFolder } from '../durable_folder.ts';
import type { Keys } from '../keys.ts';
import { Problem } from '../problem.ts';
import { keepingProblems } from './keeping.problems.ts';
import { openBytes, sealBytes } from './sealed_file.ts';

/** What an archive holds, one after the other: a header, parts with their sums, a footer that names them again. */
export const header = z.object({
  format: z.literal(1),
  release: z.string(),
  /** The migrations its tables had: what a restore brings an empty database to first. */
  migrations: z.array(z.string()),
  takenAt: z.string(),
  server: z.string(),
});
export const part = z.object({
  kind: z.enum(['table', 'jobs', 'photo']),
  name: z.string(),
  columns: z.array(z.string()).optional(),
});
export const sum = z.object({ rows: z.number(), bytes: z.number(), sha256: z.string() });
export const footer = z.object({
  sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
  parts: z.number(),
  /** How it is known that no row was hidden from the backup. */
  counted: z.enum(['without row security', 'by the policies']),
});

export type Header = z.infer<typeof header>;
export type Part = z.infer<typeof part>;
export type Sum = z.infer<typeof sum>;
export type Footer = z.infer<typeof footer>;

export type Piece =
  | { readonly is: 'header'; readonly header: Header }
  | { readonly is: 'part'; readonly part: Part }
  | { readonly is: 'data'; readonly data: Buffer }
  | { readonly is: 'sum'; readonly part: Part; readonly sum: Sum }
  | { readonly is: 'footer'; readonly footer: Footer };

/** Rows are lines: COPY writes every line break inside a value as an escape. */
export function openSum(): { add(data: Buffer): void; sum(): Sum } {
  const hash = createHash('sha256');
  let [rows, bytes] = [0, 0];
  return {
    add(data) {
      hash.update(data);
      bytes += data.length;
      for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) rows += 1;
    },
    sum: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  };
}

/** A part from beginning to end, its sum taken on the way. */
export async function* partOf(about: Part, content: AsyncIterable<Buffer>): AsyncGenerator<Piece, Sum> {
  const sums = openSum();
  yield { is: 'part', part: about };
  for await (const data of content) {
    sums.add(data);
    yield { is: 'data', data };
  }
  const sum = sums.sum();
  yield { is: 'sum', part: about, sum };
  return sum;
}

const letters = { header: 'H', part: 'P', data: 'D', sum: 'S', footer: 'F' } as const;

async function* encode(pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const payload = piece.is === 'data' ? piece.data : Buffer.from(JSON.stringify(piece));
    const head = Buffer.alloc(5);
    head.write(letters[piece.is], 0, 'latin1');
    head.writeUInt32BE(payload.length, 1);
    yield Buffer.concat([head, payload]);
  }
}

/**
 * Writes the archive beside its name, flushes it and gives it the name: who finds the file finds all of it. Refuses a
 * name that is taken. Returns the size of the file.
 */
export async function writeArchive(
  path: string,
  keys: Keys,
  salt: Buffer,
  pieces: AsyncIterable<Piece>,
): Promise<number> {
  if (existsSync(path)) throw new Problem(keepingProblems['backup.exists'], { path });
  const draft = `${path}.part`;
  try {
    const sealing = (bytes: AsyncIterable<Buffer>) => sealBytes(keys.backup, salt, bytes);
    const file = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.from(encode(pieces)), createGzip({ level: 5 }), sealing, file);
    await rename(draft, path);
    await flushFolder(dirname(path));
    return file.bytesWritten;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw writingFault(path, error);
  }
}

function writingFault(path: string, error: unknown): unknown {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Problem(keepingProblems['backup.disk_full'], { path });
  const isOurs = syscall !== undefined && ['open', 'write', 'fsync', 'rename'].includes(syscall);
  return isOurs ? new Problem(keepingProblems['backup.cannot_write'], { path, fault: code }) : error;
}

/** The pieces of an archive, each checked: its seal, and at the end of a part its sum. Ends with the footer or throws. */
export async function* readArchive(
  path: string,
  keys: Keys,
  progress: (read: number, size: number) => void,
): AsyncGenerator<Piece> {
  const unpacked = createGunzip();
  const flow = pipeline(Readable.from(openBytes(keys.backup, path, progress)), unpacked);
  flow.catch(() => undefined);
  let sums = openSum();
  let parts = 0;
  let ended = false;
  for await (const piece of decode(unpacked)) {
    if (piece.is === 'part') sums = openSum();
    if (piece.is === 'data') sums.add(piece.data);
    if (piece.is === 'sum') {
      requireSame(piece.part.name, sums.sum(), piece.sum);
      parts += 1;
    }
    if (piece.is === 'footer') {
      ended = true;
      if (piece.footer.parts !== parts) throw new Error(`the archive names ${piece.footer.parts} parts, has ${parts}`);
    }
    yield piece;
  }
  await flow;
  if (!ended) throw new Error('the archive has no footer');
}

export function requireSame(table: string, found: Sum, told: Sum): void {
  if (found.rows !== told.rows || found.bytes !== told.bytes || found.sha256 !== told.sha256)
    throw new Problem(keepingProblems['backup.differs'], { table });
}

async function* decode(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const more of bytes) {
    waiting = Buffer.concat([waiting, more]);
    for (;;) {
      const end = waiting.length < 5 ? Number.POSITIVE_INFINITY : 5 + waiting.readUInt32BE(1);
      if (waiting.length < end) break;
      yield pieceOf(waiting.toString('latin1', 0, 1), waiting.subarray(5, end));
      waiting = waiting.subarray(end);
    }
  }
  if (waiting.length > 0) throw new Error('the archive ends within a piece');
}

const told = z.object({
  header: header.optional(),
  part: part.optional(),
  sum: sum.optional(),
  footer: footer.optional(),
});

function pieceOf(letter: string, payload: Buffer): Piece {
  if (letter === letters.data) return { is: 'data', data: payload };
  const it = told.parse(JSON.parse(payload.toString('utf8')));
  if (letter === letters.header && it.header) return { is: 'header', header: it.header };
  if (letter === letters.sum && it.part && it.sum) return { is: 'sum', part: it.part, sum: it.sum };
  if (letter === letters.part && it.part) return { is: 'part', part: it.part };
  if (letter === letters.footer && it.footer) return { is: 'footer', footer: it.footer };
  throw new Error(`the archive holds a piece of an unknown kind: ${letter}`);
}
