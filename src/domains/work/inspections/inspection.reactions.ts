import type { ForgetAgain } from '../../../kernel/data_key.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { forgetPlaces } from './inspection.queries.ts';

/** A restored backup brought somebody back who is to be forgotten. */
export const forgetPlacesAgain: ForgetAgain = async (ctx, { kind, id }) => {
  if (kind === 'ledger_record') forgetPlaces(ctx, id);
};

export const inspectionReactions: readonly Reaction[] = [
  {
    name: 'inspection: forget',
    on: ['ledger.forget_asked'],
    react: async (ctx, entry) => forgetPlaces(ctx, entry.recordId),
  },
];
