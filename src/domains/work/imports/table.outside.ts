import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';
import { Problem } from '../../../kernel/problem.ts';
import { importProblems } from './import.model.ts';
import type { ImportMap } from './map.model.ts';

/** A line of a table; the header is row 1, as a spreadsheet counts. Cells are texts, dates of Excel `2026-03-05T09:00:00`. */
export interface TableLine {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Reads a table line by line, however long it is; what cannot be read further says from which row on. */
export async function* readTable(file: string, format: ImportMap['file']): AsyncGenerator<TableLine> {
  await stat(file).catch(() => {
    throw new Problem(importProblems['import.no_file'], { file });
  });
  let row = 0;
  try {
    for await (const cells of extname(file) === '.xlsx' ? sheetOf(file, format) : linesOf(file, format)) {
      row = cells.row ?? row + 1;
      yield { row, cells: cells.cells };
    }
  } catch (error) {
    if (error instanceof Problem || !isOfTheFile(error)) throw error;
    throw new Problem(importProblems['import.unreadable'], { row: row + 1, why: error.message });
  }
}

interface Found {
  readonly row?: number;
  readonly cells: readonly string[];
}

/** A fault of the file, not of ours: the readers say so by name or code. */
function isOfTheFile(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    typeof code === 'string' ||
    ['CsvError', 'ParseError', 'ZipError', 'XmlError', 'EncryptedFileError'].includes(error.name)
  );
}

async function* linesOf(file: string, { encoding, delimiter }: ImportMap['file']): AsyncGenerator<Found> {
  const unzip = extname(file) === '.gz' ? [createGunzip()] : [];
  const lines = parse({ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  const steps = [createReadStream(file), ...unzip, decoder(encoding), lines] as const;
  // A fault of any step ends the last, which is the one that is read.
  pipeline(steps as unknown as NodeJS.ReadWriteStream[], () => undefined);
  for await (const cells of lines as AsyncIterable<string[]>) yield { cells };
}

/** Bytes that the encoding does not know end the reading: replaced silently they would be somebody's wrong name. */
function decoder(encoding: string): Transform {
  const decode = new TextDecoder(encoding, { fatal: true });
  return new Transform({
    transform(bytes, _, done) {
      attempt(done, () => decode.decode(bytes, { stream: true }));
    },
    flush(done) {
      attempt(done, () => decode.decode());
    },
  });
}

function attempt(done: (error: Error | null, text?: string) => void, work: () => string): void {
  try {
    done(null, work());
  } catch (error) {
    done(error as Error);
  }
}

async function* sheetOf(file: string, { sheet }: ImportMap['file']): AsyncGenerator<Found> {
  for await (const { index, values } of streamXlsxRows(await readFile(file), { sheet })) {
    const cells = values.map(textOf);
    if (cells.some((text) => text !== '')) yield { row: index + 1, cells };
  }
}

/** Excel's dates have no zone; the reader gives their wall clock as if it were UTC. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString().slice(0, 19) : String(value);
}
