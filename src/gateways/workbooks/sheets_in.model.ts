import { type CellValue, fromHtml, parseCsv, type Sheet as Read, read } from 'hucre';
import { compoundKind, contentsOf, decodeText, fileKind, pagesOf, turnStrokes } from './file.model.ts';
import type { Cell, Sheet } from './sheet.model.ts';

const MOST_UNPACKED = 400 * 1024 * 1024;

export type Unread = 'not_a_table' | 'encrypted' | 'damaged' | 'too_big';

/** The sheets of a file of any kind, or why there are none. */
export async function sheetsIn(bytes: Buffer): Promise<Sheet[] | Unread> {
  const kind = fileKind(bytes);
  if (kind === 'other') return 'not_a_table';
  if (kind === 'zip') {
    const contents = contentsOf(bytes);
    if (contents === null) return 'damaged';
    if (contents.size > MOST_UNPACKED) return 'too_big';
    if (!contents.names.some((name) => name.startsWith('xl/') || name === 'content.xml')) return 'not_a_table';
    turnStrokes(bytes);
  }
  if (kind === 'ole') {
    const holds = compoundKind(bytes);
    if (holds !== 'workbook') return holds === 'other' ? 'not_a_table' : holds;
  }
  if (kind === 'zip' || kind === 'ole') {
    const sheets = await readBook(bytes);
    if (sheets === 'too_big') return sheets;
    return sheets.length > 0 ? sheets.map(sheetOf) : 'damaged';
  }
  const text = decodeText(bytes);
  if (text === null) return 'damaged';
  const pages = pagesOf(text, kind);
  if (pages === null) return [sheetOf({ name: 'csv', rows: parseCsv(text, { typeInference: false }) })];
  return pages.map(({ name, html }) => sheetOf({ ...fromHtml(html, { typeInference: false }), name }));
}

/** A format set on whole rows and columns makes a sheet of billions of empty cells: then it is looked at as far as people fill one. */
async function readBook(bytes: Buffer): Promise<readonly Read[] | 'too_big'> {
  try {
    return (await read(bytes)).sheets;
  } catch (error) {
    if (!/over the \d+ limit/.test((error as Error).message)) throw error;
    const { sheets } = await read(bytes, { range: 'A1:GR100000' });
    const isCut = sheets.some(({ rows }) => rows.length >= 100_000 || rows.some((row) => (row[199] ?? null) !== null));
    return isCut ? 'too_big' : sheets;
  }
}

function sheetOf({ name, rows, merges = [], rowDefs, columns = [] }: Read): Sheet {
  const cells = Array.from(rows, (row) => Array.from(row ?? [], cellOf));
  while (cells.length > 0 && cells.at(-1)?.every((cell) => cell === null)) cells.pop();
  return {
    name,
    rows: cells,
    spans: merges.map((one) => ({ top: one.startRow, left: one.startCol, bottom: one.endRow, right: one.endCol })),
    hiddenRows: [...(rowDefs ?? [])].flatMap(([row, { hidden }]) => (hidden ? [row] : [])),
    hiddenColumns: columns.flatMap((one, i) => (one?.hidden ? [i] : [])),
  };
}

/** Dates as the wall clock of the sheet: the reader gives it as if it were UTC. */
function cellOf(value: CellValue | undefined): Cell | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString().replace(/T00:00:00.*|\.000Z$/, '');
    return { text, kind: 'date' };
  }
  if (typeof value === 'number') return { text: String(value), kind: 'number' };
  const text = String(typeof value === 'object' ? ((value as { text?: unknown }).text ?? '') : value).trim();
  return text === '' ? null : { text, kind: typeof value === 'boolean' ? 'other' : 'text' };
}

/** What a reader that gave up says of the file. */
export const unreadBy = (error: unknown): Unread => {
  const { name } = error as Error;
  if (name === 'EncryptedFileError') return 'encrypted';
  return name === 'UnsupportedFormatError' ? 'not_a_table' : 'damaged';
};
