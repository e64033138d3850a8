import { packRows } from './content.model.ts';
import { sheetsIn, type Unread, unreadBy } from './sheets_in.model.ts';
import { type Table, tablesOf } from './table.model.ts';

/**
 * The process in which workbooks of strangers are read, so that one made to harm harms this one alone. It is given bytes
 * and tells what tables are in them and what stands in their rows; its parent watches its memory and its time.
 */
export type WorkbookReply =
  | {
      readonly done: true;
      readonly tables: readonly Table[];
      readonly rows: readonly Uint8Array[][];
      readonly without: readonly string[];
    }
  | { readonly done: false; readonly fault: Unread };

async function answer(bytes: Buffer): Promise<WorkbookReply> {
  try {
    const sheets = await sheetsIn(bytes);
    if (typeof sheets === 'string') return { done: false, fault: sheets };
    const tables = tablesOf(sheets);
    const without = sheets.filter(({ name, rows }) => rows.length > 0 && !tables.some((one) => one.sheet === name));
    const rows = tables.map((table) => packRows(sheets, table));
    return { done: true, tables, rows, without: without.map(({ name }) => name) };
  } catch (error) {
    return { done: false, fault: unreadBy(error) };
  }
}

process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  void answer(Buffer.from(bytes)).then((reply) => process.send?.(reply));
});
process.send?.('ready');
