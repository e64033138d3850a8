import { readFile } from 'node:fs/promises';
import { type Confinement, openConfined } from '../../kernel/confined.ts';
import { Problem } from '../../kernel/problem.ts';
import { workerBeside } from '../../kernel/typescript_loader.ts';
import { type TableRows, unpackRows } from './content.model.ts';
import type { Table } from './table.model.ts';
import { workbookProblems } from './workbook.problems.ts';
import type { WorkbookReply } from './workbook_worker.ts';

export interface Understanding {
  readonly tables: readonly Table[];
  /** What stands in the rows of each, in their order. */
  readonly rows: readonly TableRows[];
  /** Sheets with something in them in which no table was found. */
  readonly without: readonly string[];
}

const MB = 1024 * 1024;
export const limits: Confinement = { memoryBytes: 512 * MB, atRestBytes: null, heapMb: 384, longestMs: 10_000 };
export const LARGEST_FILE = 64 * MB;
export const faults = {
  not_a_table: workbookProblems['workbook.not_a_table'],
  encrypted: workbookProblems['workbook.encrypted'],
  damaged: workbookProblems['workbook.damaged'],
  too_big: workbookProblems['workbook.too_big'],
};

/** `understandBytes` of a file on disk. */
export const understandWorkbook = async (file: string): Promise<Understanding> => understandBytes(await bytesOf(file));

/** Which tables a file of any kind has, what their columns hold and what stands in them. Refuses with a `workbook.*` problem. */
export async function understandBytes(bytes: Buffer): Promise<Understanding> {
  const reply = await askReader<WorkbookReply>(workerBeside(import.meta.url, 'workbook_worker'), bytes);
  return { tables: reply.tables, rows: reply.rows.map(unpackRows), without: reply.without };
}

/** A file that somebody names on the command line. */
export const bytesOf = (file: string): Promise<Buffer> =>
  readFile(file).catch(() => {
    throw new Problem(workbookProblems['workbook.no_file'], { file });
  });

type Replied = { readonly done: true } | { readonly done: false; readonly fault: keyof typeof faults };

/** What a process of its own says of a file. Refuses with a `workbook.*` problem. */
export async function askReader<Reply extends Replied>(
  worker: string,
  bytes: Buffer,
): Promise<Extract<Reply, { readonly done: true }>> {
  if (bytes.length > LARGEST_FILE) throw new Problem(workbookProblems['workbook.too_big']);
  const reader = await openConfined(worker, limits);
  if (reader === null) throw new Error('the process that reads workbooks does not come up');
  try {
    const outcome = await reader.ask(bytes);
    if ('died' in outcome) throw new Problem(workbookProblems['workbook.too_big']);
    const reply = outcome.reply as Reply;
    if (!reply.done) throw new Problem(faults[reply.fault]);
    return reply as Extract<Reply, { readonly done: true }>;
  } finally {
    await reader.stop();
  }
}
