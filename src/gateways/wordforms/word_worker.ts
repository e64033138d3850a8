import type { BlankTable } from '../../domains/land/registry/out/template.model.ts';
import { turnStrokes } from '../workbooks/file.model.ts';
import type { AddedSheet } from '../workbooks/filled_book.model.ts';
import { repack } from '../workbooks/marked_zip.model.ts';
import { blanksIn } from './word_blank.model.ts';
import { bodyOf } from './word_body.model.ts';
import { filledDocument, type WordFilling } from './word_filled.model.ts';
import { openWord } from './word_package.model.ts';

/** The process in which a superior's document is looked at and filled: its parent watches its memory and its time. */
export type WordAsk =
  | { readonly does: 'look' }
  | { readonly does: 'fill'; readonly filling: WordFilling; readonly added: AddedSheet };

export type WordReply =
  | { readonly done: true; readonly tables: readonly BlankTable[]; readonly all: number }
  | { readonly done: true; readonly bytes: Uint8Array }
  | { readonly done: false; readonly fault: WordFault };

export type WordFault = 'macros' | 'elsewhere' | 'no_document' | 'too_big' | 'too_many' | 'cannot_fill' | 'damaged';

const faults: Readonly<Record<string, WordFault>> = {
  Macros: 'macros',
  Elsewhere: 'elsewhere',
  NoDocument: 'no_document',
  TooBig: 'too_big',
  TooMany: 'too_many',
  Unmarkable: 'cannot_fill',
};

async function answer(bytes: Buffer, ask: WordAsk): Promise<WordReply> {
  try {
    turnStrokes(bytes);
    const { archive, name, document } = openWord(bytes);
    if (ask.does === 'look') {
      const { tables } = bodyOf(document);
      return { done: true, tables: blanksIn(tables), all: tables.length };
    }
    const changes = new Map([[name, filledDocument(document, ask.filling, ask.added)]]);
    return { done: true, bytes: await repack(archive, changes) };
  } catch (error) {
    return { done: false, fault: faults[(error as Error).name] ?? 'damaged' };
  }
}

process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  // What to do stands before the file, behind its length.
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const behind = 4 + all.readUInt32LE(0);
  const ask = JSON.parse(all.toString('utf8', 4, behind)) as WordAsk;
  void answer(all.subarray(behind), ask).then((reply) => process.send?.(reply));
});
process.send?.('ready');
