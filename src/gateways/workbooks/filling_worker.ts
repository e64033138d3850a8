import type { BlankTable } from '../../domains/land/registry/out/template.model.ts';
import { blankTablesOf } from './blank_table.model.ts';
import { fileKind, turnStrokes } from './file.model.ts';
import { type AddedSheet, fillBook } from './filled_book.model.ts';
import type { Filling } from './filled_sheet.model.ts';
import { sheetsIn, type Unread, unreadBy } from './sheets_in.model.ts';

/** The process in which a superior's workbook is looked at and filled: its parent watches its memory and its time. */
export type FillingAsk =
  | { readonly does: 'look'; readonly names: readonly string[] }
  | { readonly does: 'fill'; readonly filling: Filling; readonly added: AddedSheet };

export type FillingReply =
  | { readonly done: true; readonly tables: readonly BlankTable[] }
  | { readonly done: true; readonly bytes: Uint8Array }
  | { readonly done: false; readonly fault: Unread | 'only_xlsx' | 'cannot_mark' | 'not_movable' };

const faults: Readonly<Record<string, Extract<FillingReply, { done: false }>['fault']>> = {
  Unmarkable: 'cannot_mark',
  NotMovable: 'not_movable',
  TooBig: 'too_big',
  Damaged: 'damaged',
};

async function answer(bytes: Buffer, ask: FillingAsk): Promise<FillingReply> {
  try {
    if (fileKind(bytes) === 'other') return { done: false, fault: 'not_a_table' };
    if (ask.does === 'look') return await look(bytes, ask.names);
    turnStrokes(bytes);
    const filled = await fillBook(bytes, ask.filling, ask.added);
    return filled === null ? { done: false, fault: 'only_xlsx' } : { done: true, bytes: filled };
  } catch (error) {
    return { done: false, fault: faults[(error as Error).name] ?? unreadBy(error) };
  }
}

/** What cannot be filled afterwards is refused now. */
async function look(bytes: Buffer, names: readonly string[]): Promise<FillingReply> {
  const sheets = await sheetsIn(bytes);
  if (typeof sheets === 'string') return { done: false, fault: sheets };
  if (fileKind(bytes) !== 'zip') return { done: false, fault: 'only_xlsx' };
  const tables = blankTablesOf(sheets, names);
  for (const { sheet, first, below } of tables.slice(0, 1)) {
    const nothing = { sheet, first, below, columns: [], rows: [], cells: [] };
    if ((await fillBook(bytes, nothing, { name: '来源', rows: [], widths: [10] })) === null)
      return { done: false, fault: 'only_xlsx' };
  }
  return { done: true, tables };
}

process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  // What to do stands before the file, behind its length.
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const behind = 4 + all.readUInt32LE(0);
  const ask = JSON.parse(all.toString('utf8', 4, behind)) as FillingAsk;
  void answer(all.subarray(behind), ask).then((reply) => process.send?.(reply));
});
process.send?.('ready');
