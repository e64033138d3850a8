import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReadForm } from '../../domains/land/registry/read_form.model.ts';
import { openConfined } from '../../kernel/confined.ts';
import { Problem } from '../../kernel/problem.ts';
import { faults, LARGEST_FILE, limits } from '../workbooks/workbook.outside.ts';
import { workbookProblems } from '../workbooks/workbook.problems.ts';
import { xlsformIn } from './xlsform.model.ts';
import type { SheetsReply } from './xlsform_worker.ts';

/** `readXlsform` of a file on disk. */
export async function readXlsformFile(file: string): Promise<ReadForm> {
  const bytes = await readFile(file).catch(() => {
    throw new Problem(workbookProblems['workbook.no_file'], { file });
  });
  return readXlsform(bytes);
}

/** An XLSForm of any kind of workbook as a form of ours, and what of it is not. Refuses with a `workbook.*` problem. */
export async function readXlsform(bytes: Buffer): Promise<ReadForm> {
  if (bytes.length > LARGEST_FILE) throw new Problem(workbookProblems['workbook.too_big']);
  const reader = await openConfined(besidesUs(), limits);
  if (reader === null) throw new Error('the process that reads workbooks does not come up');
  try {
    const outcome = await reader.ask(bytes);
    if ('died' in outcome) throw new Problem(workbookProblems['workbook.too_big']);
    const reply = outcome.reply as SheetsReply;
    if (!reply.done) throw new Problem(faults[reply.fault]);
    return xlsformIn(reply.sheets);
  } finally {
    await reader.stop();
  }
}

/** The sources run from the sources, the bundle from the bundle. */
function besidesUs(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? 'xlsform_worker.ts' : 'xlsform_worker.js', here));
}
