import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib';

/** A ZIP archive of which some entries are changed and all others stay as they are, packed bytes and order. */
export interface Archive {
  readonly bytes: Buffer;
  readonly entries: readonly Entry[];
  /** Where the list of contents begins; what is said after it. */
  readonly listAt: number;
  readonly comment: Buffer;
}

export interface Entry {
  readonly name: string;
  /** Its place in the list of contents, and where it stands itself with all that belongs to it. */
  readonly listed: Span;
  readonly stored: Span;
  readonly method: number;
  readonly packed: Span;
  readonly size: number;
  readonly sum: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const [LOCAL, LISTED, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const MOST_COMMENT = 65_535;
const MOST_UNPACKED = 256 * 1024 * 1024;

/** Null: nothing that can be changed without harm (damaged, locked, of another make). */
export function openArchive(bytes: Buffer): Archive | null {
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - MOST_COMMENT);
  while (end >= lowest && bytes.readUInt32LE(end) !== END) end -= 1;
  if (end < lowest) return null;
  const many = bytes.readUInt16LE(end + 10);
  const listAt = bytes.readUInt32LE(end + 16);
  const comment = bytes.subarray(end + 22, end + 22 + bytes.readUInt16LE(end + 20));
  if (many === 0xffff || listAt > end) return null;
  const listed = listedIn(bytes, listAt, end, many);
  if (listed === null) return null;
  const starts = listed.map(({ at }) => at).sort((a, b) => a - b);
  const next = new Map(starts.map((at, i) => [at, starts[i + 1] ?? listAt]));
  const entries: Entry[] = [];
  for (const one of listed) {
    // What stands between one entry and the next (sizes said afterwards, fillers) goes with the first.
    const to = next.get(one.at) ?? listAt;
    if (to > listAt || one.at + 30 > to || bytes.readUInt32LE(one.at) !== LOCAL) return null;
    const from = one.at + 30 + bytes.readUInt16LE(one.at + 26) + bytes.readUInt16LE(one.at + 28);
    const packed = { from, to: from + one.packedSize };
    if (packed.to > to) return null;
    entries.push({ ...one, stored: { from: one.at, to }, packed });
  }
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  return names.size === entries.length ? { bytes, entries, listAt, comment } : null;
}

interface Listed extends Pick<Entry, 'name' | 'listed' | 'method' | 'size' | 'sum'> {
  readonly at: number;
  readonly packedSize: number;
}

function listedIn(bytes: Buffer, listAt: number, end: number, many: number): Listed[] | null {
  const found: Listed[] = [];
  let at = listAt;
  for (let left = many; left > 0; left -= 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== LISTED) return null;
    const lengths = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const to = lengths.reduce((sum, one) => sum + one, at + 46);
    // Locked ones are read by nobody.
    if (to > end || (bytes.readUInt16LE(at + 8) & 1) === 1) return null;
    found.push({
      name: bytes.toString('utf8', at + 46, at + 46 + (lengths[0] ?? 0)),
      listed: { from: at, to },
      method: bytes.readUInt16LE(at + 10),
      sum: bytes.readUInt32LE(at + 16),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at = to;
  }
  return found;
}

export const entryOf = ({ entries }: Archive, name: string): Entry | undefined =>
  entries.find((one) => one.name.toLowerCase() === name.toLowerCase());

class TooBig extends Error {
  override readonly name = 'TooBig';
}

/** Null: damaged. */
export function unpack({ bytes }: Archive, { method, packed, size, sum }: Entry): Buffer | null {
  const held = bytes.subarray(packed.from, packed.to);
  if (size > MOST_UNPACKED) throw new TooBig();
  const all = method === 8 ? inflated(held, size) : method === 0 ? held : null;
  return all?.length === size && crc32(all) === sum ? all : null;
}

function inflated(held: Buffer, size: number): Buffer | null {
  try {
    return inflateRawSync(held, { maxOutputLength: Math.max(size, 1), chunkSize: Math.max(size + 1, 64) });
  } catch (error) {
    // It holds more than it says.
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooBig();
    return null;
  }
}

/** What stands in an archive besides what stood there, and what does no more. */
export interface Beside {
  readonly added: ReadonlyMap<string, readonly Buffer[]>;
  readonly removed: ReadonlySet<string>;
}

const nothing: Beside = { added: new Map(), removed: new Set() };

/** `changes` by the name of the entry: what it holds now, in pieces. */
export async function repack(
  archive: Archive,
  changes: ReadonlyMap<string, readonly Buffer[]>,
  { added, removed }: Beside = nothing,
): Promise<Buffer> {
  const { bytes, listAt, comment } = archive;
  const entries = archive.entries.filter(({ name }) => !removed.has(name));
  const inOrder = [...entries].sort((a, b) => a.stored.from - b.stored.from);
  const pieces: Buffer[] = [bytes.subarray(0, inOrder[0]?.stored.from ?? listAt)];
  const list = new Map<Entry, Buffer>();
  let at = pieces[0]?.length ?? 0;
  for (const entry of inOrder) {
    const listed = Buffer.from(bytes.subarray(entry.listed.from, entry.listed.to));
    const change = changes.get(entry.name);
    const stored = change
      ? await storedAnew(archive, entry, change, listed)
      : [bytes.subarray(entry.stored.from, entry.stored.to)];
    listed.writeUInt32LE(at, 42);
    list.set(entry, listed);
    pieces.push(...stored);
    at += stored.reduce((sum, one) => sum + one.length, 0);
  }
  const listed = entries.map((entry) => list.get(entry) as Buffer);
  for (const [name, content] of added) {
    const fresh = await storedFresh(name, content, at);
    pieces.push(...fresh.stored);
    listed.push(fresh.listed);
    at += fresh.stored.reduce((sum, one) => sum + one.length, 0);
  }
  return Buffer.concat([...pieces, ...closing(listed, at, comment)]);
}

/** An archive of our own, each part packed as it comes. */
export async function zipOf(parts: readonly (readonly [name: string, content: Iterable<Buffer>])[]): Promise<Buffer> {
  const [pieces, listed]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of parts) {
    const fresh = await storedFresh(name, content, at);
    pieces.push(...fresh.stored);
    listed.push(fresh.listed);
    at += fresh.stored.reduce((sum, one) => sum + one.length, 0);
  }
  return Buffer.concat([...pieces, ...closing(listed, at, Buffer.alloc(0))]);
}

/** The list of contents, which begins at `at`, and the end. */
function closing(listed: readonly Buffer[], at: number, comment: Buffer): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(listed.length, 8);
  end.writeUInt16LE(listed.length, 10);
  end.writeUInt32LE(
    listed.reduce((sum, one) => sum + one.length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return [...listed, end, comment];
}

const [VERSION, UTF8_NAMES, FIRST_DAY] = [20, 0x800, 0x21];

/** An entry that was not there. Its day is the first there is: the same content makes the same file. */
async function storedFresh(name: string, content: Iterable<Buffer>, at: number) {
  const { packed, size, sum } = await pack(content);
  const called = Buffer.from(name);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(UTF8_NAMES, 2);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt16LE(FIRST_DAY, 8);
  facts.writeUInt32LE(sum, 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(size, 18);
  facts.writeUInt16LE(called.length, 22);
  const [local, listed] = [Buffer.alloc(4), Buffer.alloc(46)];
  local.writeUInt32LE(LOCAL, 0);
  listed.writeUInt32LE(LISTED, 0);
  listed.writeUInt16LE(VERSION, 4);
  facts.copy(listed, 6);
  listed.writeUInt32LE(at, 42);
  return { stored: [local, facts, called, packed], listed: Buffer.concat([listed, called]) };
}

/** An entry with its new content; its place in the list is told as well. */
async function storedAnew(
  { bytes }: Archive,
  { stored, listed: { from } }: Entry,
  content: readonly Buffer[],
  listed: Buffer,
): Promise<Buffer[]> {
  const { packed, size, sum } = await pack(content);
  const name = bytes.subarray(from + 46, from + 46 + bytes.readUInt16LE(from + 28));
  const local = Buffer.alloc(30);
  bytes.copy(local, 0, stored.from, stored.from + 30);
  // Sizes stand at the front now, none follow, and what was said of them besides no longer holds.
  const SIZES_FOLLOW = 8;
  for (const [head, at] of [
    [local, 6],
    [listed, 8],
  ] as const) {
    head.writeUInt16LE(head.readUInt16LE(at) & ~SIZES_FOLLOW, at);
    head.writeUInt16LE(8, at + 2);
    head.writeUInt32LE(sum, at + 8);
    head.writeUInt32LE(packed.length, at + 12);
    head.writeUInt32LE(size, at + 16);
  }
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(0, 28);
  return [local, name, packed];
}

const PACKING = 4;

async function pack(content: Iterable<Buffer>): Promise<{ packed: Buffer; size: number; sum: number }> {
  const packer = createDeflateRaw({ level: PACKING, chunkSize: 256 * 1024 });
  const chunks: Buffer[] = [];
  packer.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve, reject) => packer.once('end', resolve).once('error', reject));
  let [size, sum] = [0, 0];
  for (const piece of gathered(content)) {
    size += piece.length;
    sum = crc32(piece, sum);
    if (!packer.write(piece)) await new Promise((resolve) => packer.once('drain', resolve));
  }
  packer.end();
  await done;
  return { packed: Buffer.concat(chunks), size, sum };
}

/** A hundred thousand small pieces are slow one by one. */
function* gathered(content: Iterable<Buffer>): Generator<Buffer> {
  let [held, size]: [Buffer[], number] = [[], 0];
  for (const piece of content) {
    held.push(piece);
    size += piece.length;
    if (size < 256 * 1024) continue;
    yield held.length === 1 ? piece : Buffer.concat(held);
    [held, size] = [[], 0];
  }
  yield Buffer.concat(held);
}
