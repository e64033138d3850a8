import type { Ctx } from '../../../kernel/context.ts';
import type { ForgetAgain } from '../../../kernel/data_key.ts';
import { record } from '../../../kernel/journal.ts';
import type { Reaction } from '../../../kernel/reaction.ts';
import { forgetTargets, moveTarget, targetsOfRecords } from './campaign.queries.ts';
import { listPart } from './listing.commands.ts';
import { regroup } from './same.commands.ts';

/** Whoever is on a list and moves is visited where they live now; phones that hold them hear of it. */
async function followRecords(ctx: Ctx, which: Parameters<typeof targetsOfRecords>[1]): Promise<void> {
  for (const { id, scopeNo, recordNo } of await targetsOfRecords(ctx, which)) {
    if (scopeNo !== recordNo) moveTarget(ctx, id, recordNo);
    // Both sides hear of it: where they come to, and where they are no longer.
    for (const no of new Set([scopeNo, recordNo]))
      record(ctx, {
        kind: 'campaign.target_changed',
        about: { kind: 'campaign_target', id, scopeNo: no, confidential: false },
        body: { moved: scopeNo !== recordNo },
      });
  }
}

/** A restored backup brought somebody back who is to be forgotten. */
export const forgetTargetsAgain: ForgetAgain = async (ctx, { kind, id }) => {
  if (kind === 'ledger_record') await forgetTargets(ctx, id);
};

export const campaignReactions: readonly Reaction[] = [
  {
    name: 'campaign: list',
    on: ['campaign.opened', 'campaign.listing'],
    react: (ctx, entry) => listPart(ctx, entry.recordId),
  },
  {
    name: 'campaign: follow one',
    on: ['ledger.facts_entered'],
    react: (ctx, entry) => followRecords(ctx, { recordId: entry.recordId }),
  },
  {
    name: 'campaign: follow a merge',
    on: ['ledger.merged', 'ledger.unmerged'],
    react: async (ctx, entry) => {
      await regroup(ctx, entry.recordId);
      await followRecords(ctx, { recordId: entry.recordId });
    },
  },
  {
    name: 'campaign: follow a file',
    on: ['ledger.taken'],
    react: (ctx, entry) => followRecords(ctx, { batchId: entry.recordId }),
  },
  {
    name: 'campaign: forget',
    on: ['ledger.forget_asked'],
    react: (ctx, entry) => forgetTargets(ctx, entry.recordId),
  },
];
