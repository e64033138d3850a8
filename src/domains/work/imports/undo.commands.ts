import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { endUndo, lookPart, told, undoPart } from './batch.commands.ts';
import { importProblems } from './import.model.ts';
import { batchById } from './import.queries.ts';
import { whyNotLook, whyNotUndo } from './undo.model.ts';
import { beginStage, endStage, forgetKept, holdBatch, noteFar } from './undo.queries.ts';

/** Cases that are looked at, and that are taken back, in one transaction behind the page. */
const LOOKED = 1000;
const TAKEN = 200;

export async function askLook(ctx: Ctx, id: Id): Promise<{ batchId: Id; of: number }> {
  const batch = await heldBatch(ctx, id);
  refuse(whyNotLook(batch));
  await beginStage(ctx, id, { stage: 'looking', of: batch.brought, words: null });
  told(ctx, id, 'import.look_asked', { of: batch.brought });
  return { batchId: id, of: batch.brought };
}

export async function askUndo(ctx: Ctx, id: Id, words: string): Promise<{ batchId: Id; of: number }> {
  const batch = await heldBatch(ctx, id);
  refuse(whyNotUndo(batch));
  await beginStage(ctx, id, { stage: 'undoing', of: batch.brought, words });
  told(ctx, id, 'import.undo_asked', { of: batch.brought });
  return { batchId: id, of: batch.brought };
}

export async function requireThere(ctx: Ctx, id: Id): Promise<void> {
  if (!(await batchById(ctx, id))) throw new Problem(importProblems['import.no_batch']);
}

/** The next part of what was asked for; its entry brings the part after it. */
export async function goOn(ctx: Ctx, id: Id, isFirst: boolean): Promise<void> {
  const batch = await holdBatch(ctx, id);
  // A command at the server's shell took it back meanwhile, or it was asked for anew.
  if (!batch || batch.undoneAt !== null || batch.undoStage === null || batch.undoStage === 'looked') return;
  if (isFirst) await forgetKept(ctx, id);
  const looks = batch.undoStage === 'looking';
  const after = batch.undoAfter ?? '';
  const part = looks ? await lookPart(ctx, batch, after, LOOKED) : await undoPart(ctx, batch, after, TAKEN);
  await noteFar(ctx, id, { after: part.last ?? after, gone: part.withdrawn, stays: part.kept.length });
  const done = (batch.undoGone ?? 0) + (batch.undoStays ?? 0) + part.withdrawn + part.kept.length;
  if (part.last !== null) return told(ctx, id, looks ? 'import.looking' : 'import.undoing', { done });
  await endStage(ctx, id, looks ? 'looked' : null);
  if (looks) told(ctx, id, 'import.looked', { goes: batch.undoGone ?? 0, stays: batch.undoStays ?? 0 });
  else await endUndo(ctx, batch, batch.undoGone ?? 0, batch.undoStays ?? 0);
}

async function heldBatch(ctx: Ctx, id: Id) {
  const batch = await holdBatch(ctx, id);
  if (!batch) throw new Problem(importProblems['import.no_batch']);
  return batch;
}

function refuse(fault: ReturnType<typeof whyNotUndo>): void {
  if (fault !== null) throw new Problem(importProblems[fault]);
}
