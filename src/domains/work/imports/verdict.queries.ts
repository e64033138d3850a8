import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertions } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { importProblems, type RefusedRow } from './import.model.ts';
import type { UndoStage } from './undo.model.ts';
import { MOST_REFUSALS, withoutValues } from './verdict.model.ts';

/** Rows that were written or looked at, in the transaction that did it. */
export async function noteDone(ctx: Ctx, batchId: Id, more: number, rowCount: number): Promise<void> {
  const { rows } = await sql`update import_batch set done = coalesce(done, 0) + ${more}, row_count = ${rowCount}
    where realm = ${ctx.realm} and id = ${batchId} and undone_at is null and undo_stage is distinct from 'undoing'
    returning id`.execute(ctx.db);
  // Taken back at the console while the file was still being read: what comes now would stay behind.
  if (rows.length === 0) throw new Problem(importProblems['import.undone_already']);
}

/** A run that goes on looks at every row again. */
export async function beginAgain(ctx: Ctx, batchId: Id): Promise<void> {
  await sql`update import_batch set done = 0 where realm = ${ctx.realm} and id = ${batchId}`.execute(ctx.db);
}

export interface Counts {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly same: number;
}

export async function noteVerdicts(
  ctx: Ctx,
  batchId: Id,
  { rows, created, changed, same }: Counts,
  refused: readonly RefusedRow[],
): Promise<void> {
  await sql`update import_batch set row_count = ${rows}, done = ${rows}, created = ${created}, changed = ${changed},
    same = ${same}, refused = ${refused.length} where realm = ${ctx.realm} and id = ${batchId}`.execute(ctx.db);
  await sql`delete from import_refusal where realm = ${ctx.realm} and batch_id = ${batchId}`.execute(ctx.db);
  const kept = refused.slice(0, MOST_REFUSALS).map(({ row, column, says, hint }, ord) => ({
    ...{ realm: ctx.realm, batchId, ord, rowNo: row, columnName: column },
    ...{ says: { ...withoutValues(says) }, hint: { ...hint } },
  }));
  for (let i = 0; i < kept.length; i += 500) ctx.send(insertions('importRefusal', kept.slice(i, i + 500)));
}

export interface BatchLine {
  readonly id: Id;
  readonly source: string;
  readonly begunAt: Date;
  readonly finishedAt: Date | null;
  readonly undoneAt: Date | null;
  readonly rowCount: number | null;
  readonly done: number | null;
  readonly created: number | null;
  readonly changed: number | null;
  readonly same: number | null;
  readonly refused: number | null;
  readonly brought: number;
  readonly undoStage: UndoStage | null;
  readonly undoSince: Date | null;
  readonly undoOf: number | null;
  readonly undoGone: number | null;
  readonly undoStays: number | null;
  readonly undoWords: string | null;
}

const line = sql`b.id, b.source, b.begun_at, b.finished_at, b.undone_at, b.row_count, b.done, b.created, b.changed, b.same,
  b.refused, b.undo_stage, b.undo_since, b.undo_of, b.undo_gone, b.undo_stays, b.undo_words,
  (select count(*) from imported_row r where r.realm = b.realm and r.batch_id = b.id) as brought`;

export async function batchLines(ctx: Ctx): Promise<BatchLine[]> {
  const { rows } = await sql<BatchLine>`select ${line} from import_batch b where b.realm = ${ctx.realm}
    order by b.begun_at desc, b.id desc limit 200`.execute(ctx.db);
  return rows;
}

export async function batchLine(ctx: Ctx, id: Id): Promise<(BatchLine & { changedOthers: number }) | undefined> {
  const { rows } = await sql<BatchLine & { changedOthers: number }>`
    select ${line}, (select count(*) from imported_row r where r.realm = b.realm and r.changed_in = b.id and r.batch_id <> b.id) as changed_others
    from import_batch b where b.realm = ${ctx.realm} and b.id = ${id}`.execute(ctx.db);
  return rows[0];
}

export async function refusalsOf(
  ctx: Ctx,
  batchId: Id,
): Promise<{ rowNo: number; columnName: string; says: Words; hint: Words }[]> {
  const { rows } = await sql<{ rowNo: number; columnName: string; says: Words; hint: Words }>`
    select row_no, column_name, says, hint from import_refusal where realm = ${ctx.realm} and batch_id = ${batchId}
    order by row_no, ord`.execute(ctx.db);
  return rows;
}
