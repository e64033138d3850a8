import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { SheetLine } from './sheet_cells.model.ts';

export interface DraftRow {
  readonly id: Id;
  readonly baseVersion: number;
  readonly fileName: string;
  readonly lines: readonly SheetLine[];
  readonly draftedBy: Id;
  readonly draftedAt: Date;
}

export async function findDraft(ctx: Ctx): Promise<DraftRow | undefined> {
  const row = await ctx.db.selectFrom('standardDraft').selectAll().where('realm', '=', ctx.realm).executeTakeFirst();
  return row as unknown as DraftRow | undefined;
}

export async function insertDraft(ctx: Ctx, draft: DraftRow): Promise<void> {
  await ctx.db
    .insertInto('standardDraft')
    .values({ realm: ctx.realm, ...draft, lines: JSON.stringify(draft.lines) })
    .execute();
}

/** False: it is not there any more, or another stands in its place. */
export async function deleteDraft(ctx: Ctx, id: Id): Promise<boolean> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('standardDraft')
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export interface OpenUnder {
  /** Null: not on file yet. */
  readonly standardVersion: number | null;
  /** Null also for what is confidential. */
  readonly conditionCode: string | null;
  readonly cases: number;
}

/** Open cases as far as the caller may count them: a county's for whoever administers it, else what one reads. */
export async function openByStandard(ctx: Ctx): Promise<OpenUnder[]> {
  const { rows } =
    await sql<OpenUnder>`select standard_version, condition_code, cases from count_by_standard()`.execute(ctx.db);
  return rows;
}
