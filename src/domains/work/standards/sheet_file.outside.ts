import { inflateRaw } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { streamXlsxRows } from 'hucre/xlsx';
import type { UploadedFile } from '../../../kernel/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { draftProblems } from './draft.model.ts';
import type { SheetLine } from './sheet_cells.model.ts';

/** From a file somebody sent to the texts of its cells. What the file is, its bytes say, not its name. */
const MB = 1024 * 1024;
const MOST_FILE_MB = 5;
const MOST_UNPACKED = 60 * MB;
const MOST_ROWS = 5000;
const MOST_TEXT = 8 * MB;

export async function readSheetFile({ bytes }: UploadedFile): Promise<SheetLine[]> {
  if (bytes.length > MOST_FILE_MB * MB) throw tooLarge();
  if (bytes.length === 0) throw new Problem(draftProblems['standard.file_empty']);
  const lines = isZip(bytes) ? await linesOfWorkbook(bytes) : linesOfText(bytes);
  if (lines.length > MOST_ROWS) throw tooLarge();
  const texts = lines.flatMap(({ cells }) => cells);
  if (texts.reduce((sum, text) => sum + text.length, 0) > MOST_TEXT) throw tooLarge();
  if (texts.some((text) => UNSTORABLE.test(text))) throw notReadable(strange);
  if (lines.length < 2) throw new Problem(draftProblems['standard.file_empty']);
  return lines;
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;
const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
const OLE = 'd0cf11e0a1b11ae1';

const strange: Words = { zh: '含有不能保存的字符', en: 'it holds characters that cannot be kept' };
const notAWorkbook: Words = { zh: '不是表格，或者已损坏', en: 'no table, or damaged' };
const withMacros: Words = { zh: '带宏的工作簿', en: 'a workbook with macros' };
const oldOrLocked: Words = { zh: '旧版 xls，或者设了密码', en: 'an old xls, or one with a password' };

const tooLarge = (): Problem =>
  new Problem(draftProblems['standard.file_too_large'], { most: MOST_FILE_MB, rows: MOST_ROWS });
const notReadable = ({ zh, en }: Words): Problem =>
  new Problem(draftProblems['standard.file_kind'], { kind: zh, kindEn: en });

async function linesOfWorkbook(bytes: Buffer): Promise<SheetLine[]> {
  await refuseBombs(bytes);
  const lines: SheetLine[] = [];
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: 0 })) {
      const cells = values.map(textOf);
      if (cells.some((text) => text.trim() !== '')) lines.push({ row: index + 1, cells });
      if (lines.length > MOST_ROWS) throw tooLarge();
    }
  } catch (error) {
    throw error instanceof Problem ? error : notReadable(notAWorkbook);
  }
  return lines;
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : value instanceof Date ? value.toISOString().slice(0, 10) : String(value);

/** What an archive says of its size may be a lie: each part is unpacked once, and no further than allowed. */
async function refuseBombs(bytes: Buffer): Promise<void> {
  const parts = partsOf(bytes);
  if (parts === null || !parts.some(({ name }) => name === 'xl/workbook.xml')) throw notReadable(notAWorkbook);
  if (parts.some(({ name }) => /vbaProject\.bin$/i.test(name))) throw notReadable(withMacros);
  let left = MOST_UNPACKED;
  for (const { method, packed } of parts) left -= method === 0 ? packed.length : await lengthOf(packed, left);
  if (left < 0) throw tooLarge();
}

function lengthOf(packed: Buffer, most: number): Promise<number> {
  return new Promise((resolve, reject) => {
    inflateRaw(packed, { maxOutputLength: Math.max(1, most) }, (error, plain) => {
      if (!error) resolve(plain.length);
      else
        reject(
          (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : notReadable(notAWorkbook),
        );
    });
  });
}

interface Part {
  readonly name: string;
  readonly method: number;
  readonly packed: Buffer;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** The parts of a zip by its central directory (APPNOTE 4.3.12); null: it has none that can be followed. */
function partsOf(bytes: Buffer): Part[] | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) return null;
  const parts: Part[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i -= 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return null;
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) return null;
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    parts.push({ name, method: bytes.readUInt16LE(at + 10), packed });
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return parts;
}

/** UTF-8, or GBK as the spreadsheets of an office write it (GB 18030 contains it), or UTF-16 with its mark. */
function linesOfText(bytes: Buffer): SheetLine[] {
  if (bytes.subarray(0, 8).toString('hex') === OLE) throw notReadable(oldOrLocked);
  const text = decoded(bytes);
  if (text === null || text.includes('\0')) throw notReadable(notAWorkbook);
  try {
    const records: string[][] = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, bom: true });
    return records.flatMap((cells, i) => (cells.some((cell) => cell.trim() !== '') ? [{ row: i + 1, cells }] : []));
  } catch {
    throw notReadable(notAWorkbook);
  }
}

function decoded(bytes: Buffer): string | null {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of marked) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not in this one: the next is tried
    }
  }
  return null;
}

/** The one that the line of titles has most of. */
function delimiterOf(text: string): string {
  const titles = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', '\t', ';'].map((sign) => [sign, titles.split(sign).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
