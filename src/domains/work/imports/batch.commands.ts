import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { withdrawImported } from '../casefiles/index.ts';
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
  return batch;
}

export interface Kept {
  readonly key: string;
  readonly number: string;
  readonly says: Words;
}

export interface UndonePart {
  readonly last: string | null;
  readonly withdrawn: number;
  readonly kept: readonly Kept[];
}

/** The next part of a batch, by key. What somebody here has worked on since stays, and is told. */
export async function undoPart(ctx: Ctx, batch: BatchRow, after: string, most: number): Promise<UndonePart> {
  const rows = await rowsOfBatch(ctx, batch.id, after, most);
  if (rows.length === 0) return { last: null, withdrawn: 0, kept: [] };
  const keys = new Map(rows.map(({ casefileId, key }) => [casefileId, key]));
  const done = await withdrawImported(ctx, [...keys.keys()], batch.id);
  const keyOf = (id: Id): string => keys.get(id) ?? '';
  const gone = done.filter(({ stays }) => stays === null);
  await dropKnown(
    ctx,
    batch.source,
    gone.map(({ id }) => keyOf(id)),
  );
  const kept = done.flatMap(({ id, number, stays }) =>
    stays === null ? [] : [{ key: keyOf(id), number, says: stays }],
  );
  return { last: rows.at(-1)?.key ?? null, withdrawn: gone.length, kept };
}

/** Keys of cases of other batches that this one had changed: their changes stand. */
export async function endUndo(ctx: Ctx, batch: BatchRow, withdrawn: number): Promise<{ changedKeys: string[] }> {
  await endBatch(ctx, batch.id, 'undoneAt');
  told(ctx, batch.id, 'import.undone', { withdrawn });
  return { changedKeys: await changedInBatch(ctx, batch.id) };
}

function told(ctx: Ctx, id: Id, kind: string, body: Readonly<Record<string, string | number | boolean>>): void {
  record(ctx, { kind, about: { kind: 'import', id, scopeNo: 0, confidential: false }, body });
}
