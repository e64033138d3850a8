import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';

export interface DraftRow {
  readonly id: Id;
  readonly personId: Id;
  readonly title: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly version: number;
  readonly begunAt: Date;
  readonly savedAt: Date;
}

export function insertDraft(ctx: Ctx, { typed, ...row }: DraftRow): void {
  ctx.send(insertion('directiveDraft', { realm: ctx.realm, ...row, typed: JSON.stringify(typed) }));
}

export function saveDraftRow(ctx: Ctx, { id, title, typed, version }: Omit<DraftRow, 'personId' | 'begunAt'>): void {
  ctx.send({
    sql: 'update directive_draft set title = $3, typed = $4, version = $5, saved_at = $6 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, title, JSON.stringify(typed), version, ctx.now],
  });
}

export function removeDraft(ctx: Ctx, id: Id): void {
  ctx.send({ sql: 'delete from directive_draft where realm = $1 and id = $2', parameters: [ctx.realm, id] });
}

export async function findDraft(ctx: Ctx, id: Id, personId: Id): Promise<DraftRow | undefined> {
  const { rows } = await sql<DraftRow>`
    select d.* from directive_draft d where d.realm = ${ctx.realm} and d.id = ${id} and d.person_id = ${personId}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who save or send it at once come one after the other. */
export async function holdDraft(ctx: Ctx, id: Id, personId: Id): Promise<DraftRow | undefined> {
  const { rows } = await sql<DraftRow>`
    select d.* from directive_draft d
    where d.realm = ${ctx.realm} and d.id = ${id} and d.person_id = ${personId} for update`.execute(ctx.db);
  return rows[0];
}

/** The one saved last comes first. */
export async function listDrafts(
  ctx: Ctx,
  personId: Id,
  most: number,
): Promise<Pick<DraftRow, 'id' | 'title' | 'version' | 'savedAt'>[]> {
  const { rows } = await sql<Pick<DraftRow, 'id' | 'title' | 'version' | 'savedAt'>>`
    select d.id, d.title, d.version, d.saved_at from directive_draft d
    where d.realm = ${ctx.realm} and d.person_id = ${personId}
    order by d.saved_at desc, d.id limit ${most}`.execute(ctx.db);
  return rows;
}
