import { findCasefile, hear } from '../../domains/work/casefiles/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Id } from '../../kernel/id.ts';
import { derivedId } from '../../kernel/ids.ts';
import type { Reaction } from '../../kernel/reaction.ts';
import type { PositionedEntry } from '../../kernel/sequencer.ts';
import { insertSending, neighboursAmong } from './neighbour.queries.ts';

/** A body was given a case, or called to one: where it has a platform of its own, the case is to go there. */
async function lineUp(ctx: Ctx, entry: PositionedEntry): Promise<void> {
  const file = await findCasefile(ctx, entry.recordId);
  if (!file) return;
  const joint = entry.kind === 'casefile.summoned';
  const given = joint ? ((entry.body.bodyIds ?? []) as Id[]) : [String(entry.body.bodyId ?? file.bodyId ?? '')];
  for (const { bodyId } of await neighboursAmong(ctx, given)) {
    const withheld = file.confidential;
    await insertSending(ctx, {
      ...{ id: derivedId('neighbour', entry.id, bodyId), casefileId: file.id, bodyId, number: file.number },
      ...{ round: file.round, joint, state: withheld ? 'withheld' : 'waiting', nextAt: withheld ? null : ctx.now },
      ...{ madeAt: ctx.now, changedAt: ctx.now },
    });
    if (withheld) await hear(ctx, file.id, { news: 'withheld', bodyId });
  }
}

export const sendingReactions: readonly Reaction[] = [
  {
    name: 'neighbours: line up',
    on: ['casefile.dispatched', 'casefile.reworked', 'casefile.summoned'],
    react: lineUp,
  },
];
