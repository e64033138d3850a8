import { type BlankTable, templateProblems } from '../../domains/land/registry/index.ts';
import { openConfined } from '../../kernel/confined.ts';
import { Problem } from '../../kernel/problem.ts';
import { workerBeside } from '../../kernel/typescript_loader.ts';
import type { AddedSheet } from './filled_book.model.ts';
import type { Filling } from './filled_sheet.model.ts';
import type { FillingAsk, FillingReply } from './filling_worker.ts';
import { faults, LARGEST_FILE, limits } from './workbook.outside.ts';
import { workbookProblems } from './workbook.problems.ts';

/** The tables of a blank workbook, `names` of added fields known as well. Refuses with a `workbook.*` or `template.*` problem. */
export async function lookAtBlank(bytes: Buffer, names: readonly string[] = []): Promise<readonly BlankTable[]> {
  const reply = await ask(bytes, { does: 'look', names }, 0);
  if (!('tables' in reply)) throw new Error('it was asked to look');
  return reply.tables;
}

/** The workbook with its rows filled and one sheet added. */
export async function fillBlank(bytes: Buffer, filling: Filling, added: AddedSheet): Promise<Buffer> {
  const reply = await ask(bytes, { does: 'fill', filling, added }, filling.rows.length);
  if (!('bytes' in reply)) throw new Error('it was asked to fill');
  return Buffer.from(reply.bytes);
}

async function ask(bytes: Buffer, what: FillingAsk, rows: number): Promise<Extract<FillingReply, { done: true }>> {
  if (bytes.length > LARGEST_FILE) throw new Problem(workbookProblems['workbook.too_big']);
  const said = Buffer.from(JSON.stringify(what));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(said.length);
  const worker = await openConfined(workerBeside(import.meta.url, 'filling_worker'), limits);
  if (worker === null) throw new Error('the process that fills workbooks does not come up');
  try {
    const outcome = await worker.ask(Buffer.concat([length, said, bytes]));
    if ('died' in outcome) throw new Problem(workbookProblems['workbook.too_big']);
    const reply = outcome.reply as FillingReply;
    if (reply.done) return reply;
    if (reply.fault === 'only_xlsx') throw new Problem(templateProblems['template.only_xlsx']);
    if (reply.fault === 'not_movable') throw new Problem(templateProblems['template.not_wide'], { rows });
    if (reply.fault === 'cannot_mark') throw new Problem(workbookProblems['workbook.cannot_mark']);
    throw new Problem(faults[reply.fault]);
  } finally {
    await worker.stop();
  }
}
