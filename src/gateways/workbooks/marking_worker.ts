import { fromHtml, read, type Sheet } from 'hucre';
import { contentsOf, decodeText, fileKind, pagesOf, turnStrokes } from './file.model.ts';
import { markAnew } from './marked_anew.model.ts';
import { markBook } from './marked_book.model.ts';
import { markCsv } from './marked_csv.model.ts';
import { type Mark, marksOf, type SheetMarks, type TablePlace } from './reasons.model.ts';

/**
 * The process in which workbooks of strangers are marked. It is given what to mark and the file, and gives the file back;
 * its parent watches its memory and its time.
 */
export type MarkingReply =
  | { readonly done: true; readonly bytes: Uint8Array; readonly kind: 'same' | 'remade' }
  | {
      readonly done: false;
      readonly fault: 'not_a_table' | 'encrypted' | 'damaged' | 'too_big' | 'cannot_mark' | 'no_room';
    };

const nothing: SheetMarks = { sheet: '', extents: [], rows: new Map() };
const MOST_UNPACKED = 400 * 1024 * 1024;

const faults: Readonly<Record<string, Extract<MarkingReply, { done: false }>['fault']>> = {
  EncryptedFileError: 'encrypted',
  UnsupportedFormatError: 'not_a_table',
  Unmarkable: 'cannot_mark',
  NoRoom: 'no_room',
  TooBig: 'too_big',
};

async function answer(bytes: Buffer, marks: readonly SheetMarks[]): Promise<MarkingReply> {
  try {
    return await markedAs(bytes, marks);
  } catch (error) {
    return { done: false, fault: faults[(error as Error).name] ?? 'damaged' };
  }
}

async function markedAs(bytes: Buffer, marks: readonly SheetMarks[]): Promise<MarkingReply> {
  const kind = fileKind(bytes);
  if (kind === 'other') return { done: false, fault: 'not_a_table' };
  const pages = kind === 'text' || kind === 'html' ? pagesOf(decodeText(bytes) ?? '', kind) : null;
  if (kind === 'text' && pages === null)
    return { done: true, bytes: markCsv(bytes, marks[0] ?? nothing), kind: 'same' };
  if (kind === 'zip') {
    const size = contentsOf(bytes)?.size ?? null;
    if (size === null || size > MOST_UNPACKED) return { done: false, fault: size === null ? 'damaged' : 'too_big' };
    turnStrokes(bytes);
    const marked = await markBook(bytes, marks);
    if (marked !== null) return { done: true, bytes: marked, kind: 'same' };
  }
  const sheets: readonly Sheet[] =
    pages?.map(({ name, html }) => ({ ...fromHtml(html, { typeInference: false }), name })) ??
    (await read(bytes)).sheets;
  return { done: true, bytes: await markAnew(sheets, marks), kind: 'remade' };
}

export interface MarkingAsk {
  readonly tables: readonly TablePlace[];
  readonly marks: readonly Mark[];
}

process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  // What to mark stands before the file, behind its length.
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const behind = 4 + all.readUInt32LE(0);
  const { tables, marks } = JSON.parse(all.toString('utf8', 4, behind)) as MarkingAsk;
  void answer(all.subarray(behind), marksOf(tables, marks)).then((reply) => process.send?.(reply));
});
process.send?.('ready');
