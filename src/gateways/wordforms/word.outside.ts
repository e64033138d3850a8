import type { BlankTable } from '../../domains/land/registry/index.ts';
import { openConfined } from '../../kernel/confined.ts';
import { Problem } from '../../kernel/problem.ts';
import { workerBeside } from '../../kernel/typescript_loader.ts';
import { compoundKind, contentsOf, fileKind } from '../workbooks/file.model.ts';
import type { AddedSheet } from '../workbooks/filled_book.model.ts';
import { LARGEST_FILE, limits } from '../workbooks/workbook.outside.ts';
import { wordProblems } from './word.problems.ts';
import type { WordFilling } from './word_filled.model.ts';
import type { WordAsk, WordFault, WordReply } from './word_worker.ts';

/** Longer ones no program opens with pleasure. */
const [MOST_ROWS, MOST_COPIES] = [3000, 300];

/** A document by what is in it, or one of an older make by what it is called. */
export function isWord(bytes: Buffer, name: string): boolean {
  const kind = fileKind(bytes);
  if (kind === 'zip') return contentsOf(bytes)?.names.some((one) => /^word\//i.test(one)) ?? /\.doc[xm]$/i.test(name);
  return /\.(docx?|docm|dotx?|dotm|wps|wpt|rtf)$/i.test(name);
}

/** What can be filled in a document. Refuses with a `word.*` problem. */
export async function lookAtWord(bytes: Buffer): Promise<readonly BlankTable[]> {
  const kind = fileKind(bytes);
  if (kind === 'ole' && compoundKind(bytes) === 'encrypted') throw new Problem(wordProblems['word.encrypted']);
  if (kind !== 'zip') throw new Problem(wordProblems['word.not_docx']);
  const reply = await ask(bytes, { does: 'look' }, 0);
  if (!('tables' in reply)) throw new Error('it was asked to look');
  if (reply.all === 0) throw new Problem(wordProblems['word.no_table']);
  if (reply.tables.length === 0) throw new Problem(wordProblems['word.not_recognised']);
  return reply.tables;
}

/** Refuses before anything is read further: `many` records in a document. */
export function requireRoom(word: 'table' | 'form', many: number): void {
  if (many > (word === 'form' ? MOST_COPIES : MOST_ROWS)) throw tooMany(many);
}

const tooMany = (many: number): Problem =>
  new Problem(wordProblems['word.too_many'], { many, rows: MOST_ROWS, copies: MOST_COPIES });

/** The document with its rows or copies filled, and what is added behind. */
export async function fillWord(bytes: Buffer, filling: WordFilling, added: AddedSheet): Promise<Buffer> {
  const reply = await ask(bytes, { does: 'fill', filling, added }, filling.rows.length);
  if (!('bytes' in reply)) throw new Error('it was asked to fill');
  return Buffer.from(reply.bytes);
}

const refusals: Readonly<Record<Exclude<WordFault, 'too_many'>, (typeof wordProblems)[keyof typeof wordProblems]>> = {
  macros: wordProblems['word.macros'],
  elsewhere: wordProblems['word.elsewhere'],
  no_document: wordProblems['word.not_docx'],
  too_big: wordProblems['word.too_big'],
  cannot_fill: wordProblems['word.cannot_fill'],
  damaged: wordProblems['word.damaged'],
};

async function ask(bytes: Buffer, what: WordAsk, many: number): Promise<Extract<WordReply, { done: true }>> {
  if (bytes.length > LARGEST_FILE) throw new Problem(wordProblems['word.too_big']);
  const said = Buffer.from(JSON.stringify(what));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(said.length);
  const worker = await openConfined(workerBeside(import.meta.url, 'word_worker'), limits);
  if (worker === null) throw new Error('the process that fills documents does not come up');
  try {
    const outcome = await worker.ask(Buffer.concat([length, said, bytes]));
    if ('died' in outcome) throw new Problem(wordProblems['word.too_big']);
    const reply = outcome.reply as WordReply;
    if (reply.done) return reply;
    throw reply.fault === 'too_many' ? tooMany(many) : new Problem(refusals[reply.fault]);
  } finally {
    await worker.stop();
  }
}
