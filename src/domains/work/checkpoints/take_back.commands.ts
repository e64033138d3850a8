import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { heldStanding, isChief, type OfCheckpoint, requireCheckpoint, tellOf } from './checkpoint.commands.ts';
import { gateProblems, type takeBackForm } from './gate.model.ts';
import { holdPassage, saveTakenBack } from './gate.queries.ts';
import { mayTakeBack } from './passage.model.ts';

/**
 * It was written down wrongly: struck through with who, when and why, and counted no more. What was asked of people goes on its
 * day as before, so that nobody makes a passage disappear by taking it back.
 */
export async function takeBackPassage(
  ctx: Ctx,
  id: Id,
  { passageId, reason }: z.output<typeof takeBackForm>,
): Promise<OfCheckpoint & { passageId: Id }> {
  await requireCheckpoint(ctx, id);
  const checkpoint = await heldStanding(ctx, id);
  const passage = await holdPassage(ctx, id, passageId);
  if (!passage) throw new Problem(gateProblems['checkpoint.no_passage']);
  if (passage.takenBackAt !== null) throw new Problem(gateProblems['checkpoint.taken_back_already']);
  const { personId } = me(ctx);
  const { shiftEndsAt, traveller, count, passed } = passage;
  const written = { isOwn: passage.personId === personId, isChief: isChief(ctx, checkpoint.scopeNo), shiftEndsAt };
  if (!mayTakeBack(written, ctx.occurredAt)) throw new Problem(gateProblems['checkpoint.not_to_take_back']);
  saveTakenBack(ctx, passageId, { takenBackAt: ctx.occurredAt, takenBackBy: personId, takenBackWhy: reason });
  tellOf(ctx, checkpoint, 'checkpoint.taken_back', { passageId, traveller, count, passed });
  return { checkpointId: id, passageId };
}
