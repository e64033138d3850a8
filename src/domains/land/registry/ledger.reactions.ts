import type { Reaction } from '../../../kernel/reaction.ts';
import { goOn } from './batches/batch_run.commands.ts';
import { forgetRecord } from './ledger.commands.ts';

/** One part a transaction: whoever looks sees how far it has come, and a crash costs one part. */
export const ledgerReactions: readonly Reaction[] = [
  {
    name: 'ledger: next part',
    on: [
      ...['ledger.file_sent', 'ledger.look_asked', 'ledger.take_asked', 'ledger.taking'],
      ...['ledger.undo_asked', 'ledger.undoing'],
    ],
    react: (ctx, entry) => goOn(ctx, entry.recordId),
  },
  {
    name: 'ledger: forget',
    on: ['ledger.forget_asked'],
    react: (ctx, entry) => forgetRecord(ctx, entry.recordId),
  },
];
