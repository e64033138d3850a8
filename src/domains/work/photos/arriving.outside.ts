import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { clearLength, LABEL, seal, unseal } from '../../../kernel/envelope.ts';
import { idSchema } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { arrivingForm, type Checksum, uploadProblems } from './upload.model.ts';
import type { Piece } from './upload.outside.ts';

/**
 * Photos and recordings of which not everything is here yet. Each is one file of sealed pieces, in the order in which they
 * came; how much there is follows from the file itself, so that a killed server goes on where it stopped. Nothing here is
 * flushed to the disk: the phone keeps its copy until the server has saved the whole. What a power cut tore at the end is
 * asked for again; torn further inside it shows when the whole is hashed, and the phone begins anew.
 */
export interface Arriving {
  /** How much of it is here; makes a place for it where there is none. */
  begin(place: Place, about: About): Promise<number>;
  find(place: Place): Promise<Found | null>;
  /**
   * Takes what comes until it ends or breaks off, and tells how much is here then. Whoever still sends to it is cut off.
   * A piece that came to its end and is not what its checksum says is not taken; of one that broke off, what came is kept,
   * since the whole is hashed once more.
   */
  take(place: Place, key: Buffer, piece: Piece): Promise<number>;
  /** All of it; null: not whole, or not what was kept. */
  whole(place: Place, key: Buffer): Promise<Buffer | null>;
  drop(place: Place): Promise<void>;
  /** Removes what lay still since then. */
  sweep(before: Date): Promise<number>;
}

/** Whose it is stands in the path: nobody finds another's. */
export interface Place {
  readonly accountId: string;
  readonly uploadId: string;
}

export type About = z.infer<typeof arrivingForm>;
export interface Found {
  readonly about: About;
  readonly offset: number;
}

const MOST_AT_ONCE = 40;
const PIECE = 64 * 1024;
/** The length of the sealed piece, in front of it. */
const HEAD = 4;
const wellFormed = /^[0-9a-f]{32}$/;
const boundOf = ({ uploadId }: Place, offset: number): string => `arriving ${uploadId} ${offset}`;

export function openArriving(folder: string): Arriving {
  const sending = new Map<string, { cut: () => void; done: Promise<unknown> }>();
  const pathOf = ({ accountId, uploadId }: Place, suffix: 'about' | 'part'): string => {
    if (!wellFormed.test(uploadId)) throw new Problem(uploadProblems['upload.not_found']);
    return join(folder, idSchema.parse(accountId), `${uploadId}.${suffix}`);
  };
  const find = async (place: Place): Promise<Found | null> => {
    const text = await readFile(pathOf(place, 'about'), 'utf8').catch(() => null);
    const about = text === null ? null : arrivingForm.safeParse(asJson(text)).data;
    if (!about) return null;
    return { about, offset: (await measured(pathOf(place, 'part'))).offset };
  };
  const quiet = async ({ uploadId }: Place): Promise<void> => {
    const other = sending.get(uploadId);
    other?.cut();
    await other?.done.catch(() => undefined);
  };
  const drop = async (place: Place): Promise<void> => {
    await quiet(place);
    for (const suffix of ['part', 'about'] as const) await rm(pathOf(place, suffix), { force: true });
  };
  return {
    begin: async (place, about) => {
      await quiet(place);
      const found = await find(place);
      if (found && found.about.size === about.size) return found.offset;
      await drop(place);
      await requireRoom(join(folder, place.accountId));
      await mkdir(join(folder, place.accountId), { recursive: true, mode: 0o700 });
      await writeFile(pathOf(place, 'part'), '', { mode: 0o600 });
      await writeFile(pathOf(place, 'about'), JSON.stringify(about), { mode: 0o600 });
      return 0;
    },
    find: async (place) => {
      await quiet(place);
      return find(place);
    },
    take: async (place, key, { from, checksum, bytes: pieces }) => {
      await quiet(place);
      const found = await find(place);
      if (!found) throw new Problem(uploadProblems['upload.not_found']);
      if (found.offset !== from) throw new Problem(uploadProblems['upload.out_of_step']);
      const sealed = (bytes: Buffer, offset: number): Buffer => seal(key, bytes, boundOf(place, offset));
      const done = append(pathOf(place, 'part'), found.about.size, { checksum, pieces, sealed });
      const mine = { cut: () => void pieces.destroy(), done };
      sending.set(place.uploadId, mine);
      return done.finally(() => {
        if (sending.get(place.uploadId) === mine) sending.delete(place.uploadId);
      });
    },
    whole: async (place, key) => {
      const found = await find(place);
      if (!found || found.offset !== found.about.size) return null;
      return opened(await readFile(pathOf(place, 'part')), key, place);
    },
    drop,
    sweep: (before) => sweepFolder(folder, before),
  };
}

async function requireRoom(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const begun = names.filter((name) => name.endsWith('.about')).length;
  if (begun >= MOST_AT_ONCE) throw new Problem(uploadProblems['upload.too_many'], { most: MOST_AT_ONCE });
}

/** Up to the last whole piece: what a kill tore off behind it does not count. */
async function measured(path: string): Promise<{ offset: number; end: number }> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return { offset: 0, end: 0 };
  try {
    return await measure(file);
  } finally {
    await file.close();
  }
}

async function measure(file: FileHandle): Promise<{ offset: number; end: number }> {
  const { size } = await file.stat();
  const head = Buffer.alloc(HEAD + LABEL);
  let [offset, end] = [0, 0];
  while (end + HEAD < size) {
    await file.read(head, 0, head.length, end);
    const length = head.readUInt32BE();
    const clear = clearLength(head.subarray(HEAD), length);
    if (!clear || end + HEAD + length > size) break;
    offset += clear;
    end += HEAD + length;
  }
  return { offset, end };
}

interface Appended {
  readonly checksum: Checksum | null;
  readonly pieces: Readable;
  readonly sealed: (bytes: Buffer, offset: number) => Buffer;
}

/** In pieces as they come. One that breaks off keeps what had arrived; more than was announced is not taken. */
async function append(path: string, size: number, { checksum, pieces, sealed }: Appended): Promise<number> {
  const file = await open(path, 'r+');
  try {
    let { offset, end } = await measure(file);
    const before = end;
    await file.truncate(end);
    const sum = checksum && createHash(checksum.kind);
    const write = async (bytes: Buffer): Promise<void> => {
      const box = sealed(bytes, offset);
      const head = Buffer.alloc(HEAD);
      head.writeUInt32BE(box.length);
      await file.write(Buffer.concat([head, box]), 0, HEAD + box.length, end);
      offset += bytes.length;
      end += HEAD + box.length;
    };
    const coming = { isWhole: false };
    for await (const bytes of gathered(pieces, coming)) {
      if (offset + bytes.length > size) throw new Problem(uploadProblems['upload.out_of_step']);
      sum?.update(bytes);
      await write(bytes);
    }
    if (sum && coming.isWhole && sum.digest('base64') !== checksum?.digest) {
      await file.truncate(before);
      throw new Problem(uploadProblems['upload.mismatch']);
    }
    return offset;
  } finally {
    await file.close();
  }
}

/** Larger pieces out of what the network gives; the last one when it ends, however it ends. */
async function* gathered(pieces: Readable, coming: { isWhole: boolean }): AsyncIterable<Buffer> {
  let [parts, length]: [Buffer[], number] = [[], 0];
  try {
    for await (const part of pieces) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length < PIECE) continue;
      yield Buffer.concat(parts);
      [parts, length] = [[], 0];
    }
    coming.isWhole = true;
  } catch {
    // Cut off: nobody waits for an answer, and what came is kept.
  }
  if (length > 0) yield Buffer.concat(parts);
}

function opened(file: Buffer, key: Buffer, place: Place): Buffer | null {
  const parts: Buffer[] = [];
  let offset = 0;
  try {
    for (let at = 0; at + HEAD < file.length; ) {
      const length = file.readUInt32BE(at);
      const bytes = unseal(key, file.subarray(at + HEAD, at + HEAD + length), boundOf(place, offset));
      parts.push(bytes);
      offset += bytes.length;
      at += HEAD + length;
    }
    return Buffer.concat(parts);
  } catch {
    return null;
  }
}

async function sweepFolder(folder: string, before: Date): Promise<number> {
  let removed = 0;
  for (const account of await readdir(folder).catch(() => [])) {
    const names = await readdir(join(folder, account));
    for (const stem of new Set(names.map((name) => name.split('.', 1)[0] ?? ''))) {
      const paths = names.filter((name) => name.startsWith(stem)).map((name) => join(folder, account, name));
      const touched = await Promise.all(paths.map(async (path) => (await stat(path)).mtime));
      if (touched.some((time) => time >= before)) continue;
      for (const path of paths) await rm(path, { force: true });
      removed += 1;
    }
  }
  return removed;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
