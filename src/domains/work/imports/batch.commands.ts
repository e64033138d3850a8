import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { type Withdrawn, withdrawImported, wouldWithdraw } from '../casefiles/index.ts';
import { importProblems, type RefusedRow } from './import.model.ts';
import {
  type BatchRow,
  batchById,
  changedInBatch,
  dropKnown,
  endBatch,
  insertBatch,
  rowsOfBatch,
  unfinishedBatch,
} from './import.queries.ts';
import { forgetKept, type Kept, noteKept, noteUndone } from './undo.queries.ts';
import { beginAgain, type Counts, noteVerdicts } from './verdict.queries.ts';

/** Goes on with a run over the same file that was broken off, or begins one. */
export async function beginBatch(
  ctx: Ctx,
  { source, fileHash }: { readonly source: string; readonly fileHash: Buffer },
): Promise<{ batchId: Id; founds: boolean; isContinued: boolean }> {
  const begun = await unfinishedBatch(ctx, source, fileHash);
  if (begun) {
    await beginAgain(ctx, begun.id);
    return { batchId: begun.id, founds: begun.founds, isContinued: true };
  }
  const founds = (await atlasOf(ctx)).areas.length <= 1;
  const id = ctx.ids.newId();
  await insertBatch(ctx, { id, source, fileHash, founds });
  told(ctx, id, 'import.begun', { source, founds });
  return { batchId: id, founds, isContinued: false };
}

export async function finishBatch(
  ctx: Ctx,
  id: Id,
  { rows, created, changed, same }: Counts,
  refused: readonly RefusedRow[],
): Promise<{ batchId: Id }> {
  await endBatch(ctx, id, 'finishedAt');
  await noteVerdicts(ctx, id, { rows, created, changed, same }, refused);
  told(ctx, id, 'import.finished', { rows, created, changed, same, refused: refused.length });
  return { batchId: id };
}

export async function requireBatch(ctx: Ctx, id: Id): Promise<BatchRow> {
  const batch = await batchById(ctx, id);
  if (!batch) throw new Problem(importProblems['import.no_batch']);
  if (batch.undoneAt !== null) throw new Problem(importProblems['import.undone_already']);
  if (batch.undoStage === 'looking' || batch.undoStage === 'undoing')
    throw new Problem(importProblems['import.undo_runs']);
  // What stayed is told anew.
  await forgetKept(ctx, id);
  return batch;
}

type Taken = Pick<BatchRow, 'id' | 'source'>;

export interface UndonePart {
  readonly last: string | null;
  readonly withdrawn: number;
  readonly kept: readonly Kept[];
}

/** The next part of a batch, by key. What somebody here has worked on since stays, and is told. */
export async function undoPart(ctx: Ctx, batch: Taken, after: string, most: number): Promise<UndonePart> {
  const { gone, ...part } = await eachOf(ctx, batch, { after, most }, (ids) => withdrawImported(ctx, ids, batch.id));
  await dropKnown(ctx, batch.source, gone);
  return part;
}

/** The same, and nothing is taken back. */
export async function lookPart(ctx: Ctx, batch: Taken, after: string, most: number): Promise<UndonePart> {
  const { gone, ...part } = await eachOf(ctx, batch, { after, most }, (ids) => wouldWithdraw(ctx, ids));
  return { ...part, withdrawn: gone.length };
}

async function eachOf(
  ctx: Ctx,
  { id: batchId }: Taken,
  { after, most }: { readonly after: string; readonly most: number },
  rule: (ids: readonly Id[]) => Promise<readonly Withdrawn[]>,
): Promise<UndonePart & { readonly gone: readonly string[] }> {
  const rows = await rowsOfBatch(ctx, batchId, after, most);
  if (rows.length === 0) return { last: null, withdrawn: 0, kept: [], gone: [] };
  const keys = new Map(rows.map(({ casefileId, key }) => [casefileId, key]));
  const done = await rule([...keys.keys()]);
  const keyOf = (id: Id): string => keys.get(id) ?? '';
  const gone = done.filter(({ stays }) => stays === null).map(({ id }) => keyOf(id));
  const kept = done.flatMap(({ id, number, stays }): Kept[] =>
    stays === null ? [] : [{ key: keyOf(id), number, says: stays }],
  );
  await noteKept(ctx, batchId, kept);
  return { last: rows.at(-1)?.key ?? null, withdrawn: gone.length, kept, gone };
}

/** Keys of cases of other batches that this one had changed: their changes stand. */
export async function endUndo(
  ctx: Ctx,
  batch: Taken,
  withdrawn: number,
  stays: number,
): Promise<{ changedKeys: string[] }> {
  await noteUndone(ctx, batch.id, withdrawn, stays);
  await endBatch(ctx, batch.id, 'undoneAt');
  told(ctx, batch.id, 'import.undone', { withdrawn, stays });
  return { changedKeys: await changedInBatch(ctx, batch.id) };
}

export function told(ctx: Ctx, id: Id, kind: string, body: Readonly<Record<string, string | number | boolean>>): void {
  record(ctx, { kind, about: { kind: 'import', id, scopeNo: 0, confidential: false }, body });
}
