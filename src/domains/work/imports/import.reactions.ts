import type { Reaction } from '../../../kernel/reaction.ts';
import { goOn } from './undo.commands.ts';

/** One part a transaction: whoever looks sees how far it has come, and a crash costs one part. */
export const importReactions: readonly Reaction[] = [
  {
    name: 'import: take back',
    on: ['import.look_asked', 'import.undo_asked'],
    react: (ctx, entry) => goOn(ctx, entry.recordId, true),
  },
  {
    name: 'import: take back further',
    on: ['import.looking', 'import.undoing'],
    react: (ctx, entry) => goOn(ctx, entry.recordId, false),
  },
];
