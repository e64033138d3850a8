import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { readTable as readTableLines, type TableLine } from '../domains/work/imports/index.ts';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** A row as a file has it: cells by the title of their column, and where somebody finds it again. */
export interface FileRow {
  readonly file: string;
  /** Line in a table, counted from 1 with the titles; place in a list of objects, counted from 1. */
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

const MOST_BYTES = 512 * 1024 * 1024;

/** A table with titles in its first line (comma, semicolon or tab), or a JSON list of objects; either may be gzipped. */
export function readTable(path: string): FileRow[] {
  const text = readText(path);
  const rows = /^\s*[[{]/.test(text) ? readObjects(path, text) : readLines(path, text);
  if (rows.length === 0) throw new Problem(cliProblems['cli.file_empty'], { file: path });
  return rows;
}

/** The same, or the first sheet of a workbook. */
export async function readRows(path: string): Promise<FileRow[]> {
  if (!/\.xlsx$/i.test(path)) return readTable(path);
  const lines: TableLine[] = [];
  for await (const line of readTableLines(path, { encoding: 'utf-8', delimiter: ',', sheet: 0 })) lines.push(line);
  const [titles, ...records] = lines;
  if (!titles || records.length === 0) throw new Problem(cliProblems['cli.file_empty'], { file: path });
  return records.map(({ row, cells }) => ({
    file: path,
    row,
    cells: Object.fromEntries(titles.cells.map((title, i) => [title.trim(), cells[i]?.trim() ?? ''])),
  }));
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem(cliProblems['cli.file_not_json'], { file: path, says: error.message });
  }
}

/** Text in whatever a desk's computer wrote: UTF-8, UTF-16 with its mark, or GBK (GB 18030, which contains it). */
function readText(path: string): string {
  const bytes = readBytes(path);
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of marked) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not in this one: the next is tried
    }
  }
  throw new Problem(cliProblems['cli.file_encoding'], { file: path });
}

function readBytes(path: string): Buffer {
  try {
    const bytes = readFileSync(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return isGzip ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new Problem(cliProblems['cli.file_unreadable'], { file: path, says: String(code ?? error) });
  }
}

function readLines(path: string, text: string): FileRow[] {
  const [titles = [], ...records] = parseTable(path, text);
  const columns = titles.map((title) => title.trim());
  const rows: FileRow[] = [];
  let line = 1 + breaksIn(titles);
  // Counted here: the parser would take twice as long for a whole country if it kept count.
  for (const record of records) {
    line += 1;
    if (record.some((cell) => cell.trim() !== '')) {
      const cells: Record<string, string> = {};
      for (const [i, title] of columns.entries()) cells[title] = record[i]?.trim() ?? '';
      rows.push({ file: path, row: line, cells });
    }
    line += breaksIn(record);
  }
  return rows;
}

function parseTable(path: string, text: string): string[][] {
  try {
    return parse(text, { delimiter: delimiterOf(text), relax_column_count: true, bom: true });
  } catch (error) {
    throw new Problem(cliProblems['cli.file_not_table'], { file: path, says: String((error as Error).message) });
  }
}

/** Line breaks within quoted cells. */
const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);

/** The one that the line of titles has most of. */
function delimiterOf(text: string): string {
  const titles = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [',', '\t', ';'].map((sign) => [sign, titles.split(sign).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

/** Lists within `children` count as rows of their own, behind the one that holds them. */
function readObjects(path: string, text: string): FileRow[] {
  const rows: FileRow[] = [];
  const take = (given: unknown): void => {
    for (const one of Array.isArray(given) ? given : []) {
      if (typeof one !== 'object' || one === null) continue;
      const { children, ...plain } = one as Record<string, unknown>;
      const cells = Object.entries(plain).map(([title, value]) => [title, value === null ? '' : String(value).trim()]);
      rows.push({ file: path, row: rows.length + 1, cells: Object.fromEntries(cells) });
      take(children);
    }
  };
  try {
    take(JSON.parse(text));
  } catch (error) {
    throw new Problem(cliProblems['cli.file_not_json'], { file: path, says: String((error as Error).message) });
  }
  return rows;
}
