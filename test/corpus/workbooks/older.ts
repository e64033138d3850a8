import type { Cell } from './xlsx.ts';

/** A compound file (OLE) with streams of at least 4,096 bytes: the box around .xls, .et and files with a password. */
export function compound(streams: readonly { readonly name: string; readonly data: Uint8Array }[]): Uint8Array {
  const sector = 512;
  const padded = streams.map(({ name, data }) => {
    const size = Math.max(4096, Math.ceil(data.length / sector) * sector);
    const full = Buffer.alloc(size);
    full.set(data);
    return { name, full };
  });
  const used = 2 + padded.reduce((sum, { full }) => sum + full.length / sector, 0);
  if (used > sector / 4) throw new Error('one sector of the table of sectors holds 128 only');
  const table = Buffer.alloc(sector, 0xff);
  const directory = Buffer.alloc(sector);
  table.writeInt32LE(-3, 0);
  table.writeInt32LE(-2, 4);
  const named = (at: number, name: string, kind: number, start: number, size: number, child: number, right: number) => {
    const spot = at * 128;
    directory.write(name, spot, 'utf16le');
    directory.writeUInt16LE(name.length * 2 + 2, spot + 64);
    directory[spot + 66] = kind;
    directory[spot + 67] = 1;
    directory.writeInt32LE(-1, spot + 68);
    directory.writeInt32LE(right, spot + 72);
    directory.writeInt32LE(child, spot + 76);
    directory.writeInt32LE(start, spot + 116);
    directory.writeUInt32LE(size, spot + 120);
  };
  named(0, 'Root Entry', 5, -2, 0, 1, -1);
  let next = 2;
  padded.forEach(({ name, full }, at) => {
    const count = full.length / sector;
    named(at + 1, name, 2, next, full.length, -1, at + 1 < padded.length ? at + 2 : -1);
    for (let i = 0; i < count; i++) table.writeInt32LE(i + 1 < count ? next + i + 1 : -2, (next + i) * 4);
    next += count;
  });
  const header = Buffer.alloc(sector);
  header.write('d0cf11e0a1b11ae1', 0, 'hex');
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeInt32LE(-2, 60);
  header.writeInt32LE(-2, 68);
  header.fill(0xff, 76);
  header.writeInt32LE(0, 76);
  return Buffer.concat([header, table, directory, ...padded.map(({ full }) => full)]);
}

function record(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
}

const shorts = (...values: number[]): Buffer => {
  const body = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => {
    body.writeUInt16LE(value, at * 2);
  });
  return body;
};
const begin = (kind: number): Buffer => record(0x809, shorts(0x600, kind, 0x0dbb, 0x07cc, 0, 0, 6, 0));
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

export interface OldSheet {
  readonly name: string;
  readonly grid: readonly (readonly Cell[])[];
  /** First row, last row, first column, last column, from 0. */
  readonly merges?: readonly (readonly [number, number, number, number])[];
}

function cellRecord(row: number, column: number, cell: Cell, shared: (text: string) => number): Buffer {
  if (cell === null || cell === '') return Buffer.alloc(0);
  if (typeof cell === 'string') {
    const body = Buffer.alloc(10);
    shorts(row, column, 0).copy(body);
    body.writeUInt32LE(shared(cell), 6);
    return record(0xfd, body);
  }
  const value = typeof cell === 'number' ? cell : typeof cell === 'object' && typeof cell.v === 'number' ? cell.v : 0;
  const body = Buffer.alloc(14);
  shorts(row, column, typeof cell === 'number' ? 0 : 1).copy(body);
  body.writeDoubleLE(value, 6);
  return record(0x203, body);
}

/** The stream of a BIFF8 workbook: words in the shared table, numbers, dates of format 14, merges. */
function biff(sheets: readonly OldSheet[]): Buffer {
  const strings: string[] = [];
  const share = (text: string): number => {
    const at = strings.indexOf(text);
    return at >= 0 ? at : strings.push(text) - 1;
  };
  const bodies = sheets.map(({ grid, merges }) =>
    Buffer.concat([
      begin(0x10),
      ...grid.flatMap((cells, row) => cells.map((cell, column) => cellRecord(row, column, cell, share))),
      ...(merges ? [record(0xe5, shorts(merges.length, ...merges.flat()))] : []),
      record(0x0a, Buffer.alloc(0)),
    ]),
  );
  const format = (id: number): Buffer => {
    const body = Buffer.alloc(20);
    body.writeUInt16LE(id, 2);
    return record(0xe0, body);
  };
  const table = Buffer.concat(
    strings.map((text) => Buffer.concat([shorts(text.length), Buffer.from([1]), wide(text)])),
  );
  const counts = Buffer.alloc(8);
  counts.writeUInt32LE(strings.length, 0);
  counts.writeUInt32LE(strings.length, 4);
  if (table.length > 8000) throw new Error('the words of the file need more than one record');
  const rest = Buffer.concat([record(0xfc, Buffer.concat([counts, table])), record(0x0a, Buffer.alloc(0))]);
  const before = Buffer.concat([begin(5), record(0x42, shorts(1200)), format(0), format(14)]);
  const boundLength = ({ name }: OldSheet): number => 4 + 8 + name.length * 2;
  let offset = before.length + sheets.reduce((sum, sheet) => sum + boundLength(sheet), 0) + rest.length;
  const bounds = sheets.map((sheet, at) => {
    const body = Buffer.alloc(8);
    body.writeUInt32LE(offset, 0);
    body[6] = sheet.name.length;
    body[7] = 1;
    offset += bodies[at]?.length ?? 0;
    return record(0x85, Buffer.concat([body, wide(sheet.name)]));
  });
  return Buffer.concat([before, ...bounds, rest, ...bodies]);
}

export const xls = (sheets: readonly OldSheet[]): Uint8Array => compound([{ name: 'Workbook', data: biff(sheets) }]);

let table: Map<string, number> | null = null;

/** GBK as the decoder of the platform has it, turned round. */
export function gbk(text: string): Uint8Array {
  if (table === null) {
    table = new Map();
    const decoder = new TextDecoder('gbk');
    for (let high = 0x81; high <= 0xfe; high++) {
      for (let low = 0x40; low <= 0xfe; low++) {
        if (low !== 0x7f) table.set(decoder.decode(Uint8Array.of(high, low)), high * 256 + low);
      }
    }
  }
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.charCodeAt(0) < 0x80 ? char.charCodeAt(0) : table.get(char);
    if (code === undefined) throw new Error(`not in GBK: ${char}`);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Uint8Array.from(bytes);
}

const plain = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'object' ? String(cell.v ?? cell.raw ?? cell.error ?? '') : String(cell);

export const separated = (grid: readonly (readonly Cell[])[], by = ',', end = '\r\n'): string =>
  grid
    .map(
      (cells) =>
        cells
          .map(plain)
          .map((text) => (/[",\n\t;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text))
          .join(by) + end,
    )
    .join('');
