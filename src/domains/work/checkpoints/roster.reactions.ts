import type { Reaction } from '../../../kernel/reaction.ts';
import { actOnDuty, holdObligationsOf, isOpen, settleAt } from '../obligations/index.ts';
import { tellOf } from './checkpoint.commands.ts';
import { manDuty } from './roster.model.ts';

/**
 * Whoever was asked to find somebody need not any more. Done by the program: who comes from a grid below does not read
 * what the secretary owes.
 */
export const rosterReactions: readonly Reaction[] = [
  {
    name: 'checkpoint: manned',
    on: ['checkpoint.taken_up'],
    react: async (ctx, { recordId, scopeNo, recordedAt }) => {
      const owed = (await holdObligationsOf(ctx, recordId)).filter((one) => one.duty === manDuty && isOpen(one));
      if (owed.length === 0) return;
      const duties = await actOnDuty(ctx, owed, manDuty, settleAt(recordedAt));
      tellOf(ctx, { id: recordId, scopeNo }, 'checkpoint.manned', { duties });
    },
  },
];
