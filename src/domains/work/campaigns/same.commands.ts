import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { holdTogether, saveSame, saveTarget, type TargetRow, visitsTo } from './campaign.queries.ts';
import { after, type Reached } from './visit.commands.ts';

const untouched: Reached = { doneRound: 0, result: null, triedRound: 0, tries: 0 };

/**
 * Two of a list whose records were merged are one person and visited once: what came of the visits to either counts. Parted again,
 * each has the visits that were made to it. Both follow from the visits alone, so that it may be done twice.
 */
export async function regroup(ctx: Ctx, recordId: Id): Promise<void> {
  const held = await holdTogether(ctx, recordId);
  const lists = new Set(held.map(({ campaignId }) => campaignId));
  for (const id of lists)
    await regroupIn(
      ctx,
      held.filter(({ campaignId }) => campaignId === id),
    );
}

async function regroupIn(ctx: Ctx, targets: readonly (TargetRow & { readonly standsFor: Id })[]): Promise<void> {
  const stands = targets.find(({ recordId, standsFor }) => recordId === standsFor) ?? targets[0];
  if (!stands) return;
  const visits = await visitsTo(
    ctx,
    targets.map(({ id }) => id),
  );
  for (const { id, sameAs } of targets) {
    const into = id === stands.id ? null : stands.id;
    const counted = visits.filter(({ targetId }) => into === null || targetId === id);
    const reached = counted.reduce((before, { round, result }) => after(before, round, result), untouched);
    if (sameAs !== into) saveSame(ctx, id, into);
    saveTarget(ctx, { id, ...reached });
  }
}
