import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Confinement, openConfined } from '../../kernel/confined.ts';
import { Problem } from '../../kernel/problem.ts';
import type { TableRows } from './content.model.ts';
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
export async function understandWorkbook(file: string): Promise<Understanding> {
  const bytes = await readFile(file).catch(() => {
    throw new Problem(workbookProblems['workbook.no_file'], { file });
  });
  return understandBytes(bytes);
}

/** Which tables a file of any kind has, what their columns hold and what stands in them. Refuses with a `workbook.*` problem. */
export async function understandBytes(bytes: Buffer): Promise<Understanding> {
  if (bytes.length > LARGEST_FILE) throw new Problem(workbookProblems['workbook.too_big']);
  const reader = await openConfined(besidesUs(), limits);
  if (reader === null) throw new Error('the process that reads workbooks does not come up');
  try {
    const outcome = await reader.ask(bytes);
    if ('died' in outcome) throw new Problem(workbookProblems['workbook.too_big']);
    const reply = outcome.reply as WorkbookReply;
    if (!reply.done) throw new Problem(faults[reply.fault]);
    return { tables: reply.tables, rows: JSON.parse(reply.rows) as TableRows[], without: reply.without };
  } finally {
    await reader.stop();
  }
}

/** The sources run from the sources, the bundle from the bundle. */
function besidesUs(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? 'workbook_worker.ts' : 'workbook_worker.js', here));
}
