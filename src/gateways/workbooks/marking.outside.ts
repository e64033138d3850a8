import { openConfined } from '../../kernel/confined.ts';
import { Problem } from '../../kernel/problem.ts';
import { workerBeside } from '../../kernel/typescript_loader.ts';
import type { MarkingAsk, MarkingReply } from './marking_worker.ts';
import { faults, LARGEST_FILE, limits } from './workbook.outside.ts';
import { workbookProblems } from './workbook.problems.ts';

export interface Marked {
  readonly bytes: Buffer;
  /** The file itself, or a new one of the same values where it cannot be changed in place (xls, ods, web pages). */
  readonly kind: 'same' | 'remade';
  /** What the file's name has to end in now; null: as it did. */
  readonly ending: '.xlsx' | null;
}

const allFaults = {
  ...faults,
  cannot_mark: workbookProblems['workbook.cannot_mark'],
  no_room: workbookProblems['workbook.no_room'],
};

/**
 * The same file with its wrong cells marked and the reasons beside the rows; what it said of last time goes. `tables` is
 * what the reader understood of this very file. With no marks at all it takes away what was there. Refuses with a
 * `workbook.*` problem.
 */
export async function markWorkbook(bytes: Uint8Array, { tables, marks }: MarkingAsk): Promise<Marked> {
  if (bytes.length > LARGEST_FILE) throw new Problem(workbookProblems['workbook.too_big']);
  const places = tables.map(({ sheet, range }) => ({ sheet, range }));
  const lost = marks.find((mark) => !places.some(({ sheet }) => sheet === mark.sheet));
  if (lost !== undefined) throw new Error(`no table was found on the sheet ${lost.sheet}`);
  const ask = Buffer.from(JSON.stringify({ tables: places, marks }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(ask.length);
  const marker = await openConfined(workerBeside(import.meta.url, 'marking_worker'), limits);
  if (marker === null) throw new Error('the process that marks workbooks does not come up');
  try {
    const outcome = await marker.ask(Buffer.concat([length, ask, bytes]));
    if ('died' in outcome) throw new Problem(workbookProblems['workbook.too_big']);
    const reply = outcome.reply as MarkingReply;
    if (!reply.done) throw new Problem(allFaults[reply.fault]);
    const { kind } = reply;
    return { bytes: Buffer.from(reply.bytes), kind, ending: kind === 'remade' ? '.xlsx' : null };
  } finally {
    await marker.stop();
  }
}
