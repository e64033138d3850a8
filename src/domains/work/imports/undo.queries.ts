import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { ImportBatch } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Words } from '../../../kernel/words.ts';
import type { UndoStage } from './undo.model.ts';

export interface Kept {
  readonly key: string;
  /** Null: confidential. */
  readonly number: string | null;
  readonly says: Words;
}

type Standing = Pick<
  Selectable<ImportBatch>,
  'id' | 'source' | 'undoneAt' | 'undoAfter' | 'undoOf' | 'undoGone' | 'undoStays'
> & { readonly undoStage: UndoStage | null; readonly brought: number };

/** Locked: two who press at once come one after the other. */
export async function holdBatch(ctx: Ctx, id: Id): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select b.id, b.source, b.undone_at, b.undo_stage, b.undo_after, b.undo_of, b.undo_gone, b.undo_stays,
      (select count(*) from imported_row r where r.realm = b.realm and r.batch_id = b.id) as brought
    from import_batch b where b.realm = ${ctx.realm} and b.id = ${id} for update of b`.execute(ctx.db);
  return rows[0];
}

export async function beginStage(
  ctx: Ctx,
  id: Id,
  { stage, of, words }: { readonly stage: UndoStage; readonly of: number; readonly words: string | null },
): Promise<void> {
  await sql`update import_batch set undo_stage = ${stage}, undo_since = ${ctx.now}, undo_after = '', undo_of = ${of},
    undo_gone = 0, undo_stays = 0, undo_words = ${words} where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
}

export async function noteFar(
  ctx: Ctx,
  id: Id,
  { after, gone, stays }: { readonly after: string; readonly gone: number; readonly stays: number },
): Promise<void> {
  await sql`update import_batch set undo_after = ${after}, undo_gone = undo_gone + ${gone},
    undo_stays = undo_stays + ${stays} where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
}

/** `stage` null: it is over. */
export async function endStage(ctx: Ctx, id: Id, stage: UndoStage | null): Promise<void> {
  await sql`update import_batch set undo_stage = ${stage}, undo_since = ${ctx.now}
    where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
}

export async function noteUndone(ctx: Ctx, id: Id, gone: number, stays: number): Promise<void> {
  await sql`update import_batch set undo_of = ${gone + stays}, undo_gone = ${gone}, undo_stays = ${stays}
    where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
}

export async function forgetKept(ctx: Ctx, batchId: Id): Promise<void> {
  await sql`delete from import_kept where realm = ${ctx.realm} and batch_id = ${batchId}`.execute(ctx.db);
}

/** The command of the shell may be about the same rows. */
export async function noteKept(ctx: Ctx, batchId: Id, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return;
  await sql`insert into import_kept (realm, batch_id, key, number, says)
    select ${ctx.realm}, ${batchId}, k.key, k.number, k.says
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) k(key text, number text, says jsonb)
    on conflict do nothing`.execute(ctx.db);
}

export async function keptOf(ctx: Ctx, batchId: Id, most: number): Promise<Kept[]> {
  const { rows } = await sql<Kept>`select key, number, says from import_kept
    where realm = ${ctx.realm} and batch_id = ${batchId} order by key limit ${most}`.execute(ctx.db);
  return rows;
}
