import { read } from 'hucre';
import { expect, it } from 'vitest';
import { corpus } from '../../../test/corpus/workbooks/make.ts';
import { turnStrokes } from './file.model.ts';
import { fillBook } from './filled_book.model.ts';
import { columnOf } from './reasons.model.ts';
import { sheetsIn } from './sheets_in.model.ts';
import { tablesOf } from './table.model.ts';

/**
 * Two hundred nasty workbooks whose rows are taken for empty ones, once with fewer people than rows and once with more. Another
 * library reads what came of it: above and below the table everything says what it said, only further down.
 */
const added = { name: '填表来源', rows: [['一'], [], ['二']], widths: [10] };
const OUTSIDE = 1000;

async function tried(bytes: Buffer): Promise<string[]> {
  const sheets = await sheetsIn(bytes).catch(() => 'damaged');
  if (typeof sheets === 'string') return [];
  const [table] = tablesOf(sheets).filter(({ rows, continues }) => rows > 0 && rows < OUTSIDE && continues === null);
  if (!table) return [];
  const first = table.at[0] ?? 0;
  let end = first;
  while (table.at.includes(end)) end += 1;
  const sheet = sheets.find(({ name }) => name === table.sheet);
  const below = end < (sheet?.rows.length ?? 0) ? end : null;
  const columns = table.columns.map(({ column }) => columnOf(column));
  // Cells merged over several rows are no empty rows.
  if (sheet?.spans.some(({ top, bottom }) => bottom > top && bottom >= first && top < end)) return [];
  const found: string[] = [];
  for (const n of [Math.max(1, end - first - 1), end - first + 7]) {
    const rows = Array.from({ length: n }, (_, i) => columns.map((_at, k) => `值${i}-${k}`));
    turnStrokes(bytes);
    const filled = await fillBook(bytes, { sheet: table.sheet, first, below, columns, rows, cells: [] }, added);
    if (filled === null) return [];
    const [before, after] = [await readAll(bytes), await readAll(filled)];
    if (before === null || after === null) return [];
    const rowsIn = (book: typeof before): readonly Row[] =>
      book.sheets.find(({ name }) => name === table.sheet)?.rows ?? [];
    const [was, is] = [rowsIn(before), rowsIn(after)];
    const by = below === null ? 0 : Math.max(0, n - (below - first));
    const said = (row: Row | undefined): string =>
      JSON.stringify((row ?? []).filter((cell) => typeof cell === 'string'));
    for (let row = 0; row < was.length; row += 1) {
      if (row >= first && (below === null || row < below)) continue;
      const now = is[row >= first ? row + by : row];
      if (said(was[row]) !== said(now)) found.push(`${n} ${row + 1}: ${said(was[row])} → ${said(now)}`);
    }
    for (const [i, cells] of rows.entries())
      for (const [k, at] of columns.entries())
        if (is[first + i]?.[at] !== cells[k])
          found.push(`${n} ${first + i + 1}: ${is[first + i]?.[at]} for ${cells[k]}`);
  }
  return found.length === 0 ? ['good'] : found.slice(0, 3);
}

type Row = readonly unknown[];

/** Null: formatted to its last cell, which the other library does not read. */
const readAll = (bytes: Buffer) => read(bytes).catch(() => null);

it('难读的表格当空表填：上面的、下面的一个字不变', async () => {
  const outcomes: Record<string, string[]> = {};
  for (const { name, make } of corpus) {
    const bytes = Buffer.from(make());
    if (bytes[0] !== 0x50 || bytes.length > 300_000) continue;
    try {
      outcomes[name] = await tried(bytes);
    } catch (error) {
      outcomes[name] = [`${(error as Error).name} ${(error as Error).message}`];
    }
  }
  const all = Object.entries(outcomes).filter(([, said]) => said.length > 0);
  const wrong = all.filter(
    ([, said]) => said[0] !== 'good' && !/^(Unmarkable|NotMovable|Damaged|TooBig) /.test(said[0] ?? ''),
  );
  expect(wrong).toEqual([]);
  const good = all.filter(([, said]) => said[0] === 'good').length;
  expect(good).toBeGreaterThan(150);
  expect(all.length - good).toBeLessThan(3);
}, 120_000);
