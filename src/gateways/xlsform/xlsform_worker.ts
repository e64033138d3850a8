import type { Sheet } from '../workbooks/sheet.model.ts';
import { sheetsIn, type Unread, unreadBy } from '../workbooks/sheets_in.model.ts';

/** The process in which XLSForms of strangers are read: it is given bytes and tells what stands in their sheets. */
export type SheetsReply =
  | { readonly done: true; readonly sheets: readonly Sheet[] }
  | { readonly done: false; readonly fault: Unread };

/** No form has so many rows; a ledger that was sent by mistake does. */
const MOST_ROWS = 5000;

async function answer(bytes: Buffer): Promise<SheetsReply> {
  try {
    const sheets = await sheetsIn(bytes);
    if (typeof sheets === 'string') return { done: false, fault: sheets };
    const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
    return rows > MOST_ROWS ? { done: false, fault: 'too_big' } : { done: true, sheets };
  } catch (error) {
    return { done: false, fault: unreadBy(error) };
  }
}

process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  void answer(Buffer.from(bytes)).then((reply) => process.send?.(reply));
});
process.send?.('ready');
