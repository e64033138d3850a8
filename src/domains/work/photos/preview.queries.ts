import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { PhotoPreview } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Stage } from './stage.model.ts';

export type PreviewRow = Omit<Selectable<PhotoPreview>, 'stage'> & { readonly stage: Stage };

const ofCase = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };
const withLivingKey = sql`exists (select 1 from data_key k where k.realm = p.realm and k.id = p.key_id)`;

/** Of a case and of what was merged into it, without their bytes; not those that are forgotten. */
export async function previewsOf(ctx: Ctx, casefileId: Id): Promise<Omit<PreviewRow, 'sealed'>[]> {
  const { rows } = await sql<Omit<PreviewRow, 'sealed'>>`
    select p.realm, p.id, p.casefile_id, p.stage, p.sha256, p.key_id, p.added_by, p.added_at
    from photo_preview p join casefile c on c.realm = p.realm and c.id = p.casefile_id
    where p.realm = ${ctx.realm} and (c.id = ${casefileId} or c.merged_into = ${casefileId})
      and ${ctx.scope.readable(ctx, ofCase)} and ${withLivingKey}
    order by p.added_at, p.id`.execute(ctx.db);
  return rows;
}

export async function previewById(ctx: Ctx, id: Id): Promise<PreviewRow | undefined> {
  const { rows } = await sql<PreviewRow>`
    select p.* from photo_preview p join casefile c on c.realm = p.realm and c.id = p.casefile_id
    where p.realm = ${ctx.realm} and p.id = ${id} and ${ctx.scope.readable(ctx, ofCase)}`.execute(ctx.db);
  return rows[0];
}

export async function countPreviews(ctx: Ctx, casefileId: Id): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from photo_preview p
    where p.realm = ${ctx.realm} and p.casefile_id = ${casefileId}`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

/** Which one is shown, and whether it is this one: the same photo is announced once. */
export async function insertPreview(
  ctx: Ctx,
  row: Omit<PreviewRow, 'realm'>,
): Promise<{ previewId: Id; fresh: boolean }> {
  const { rows } = await sql<{ id: Id; fresh: boolean }>`
    with made as (
      insert into photo_preview (realm, id, casefile_id, stage, sha256, key_id, sealed, added_by, added_at)
      values (${ctx.realm}, ${row.id}, ${row.casefileId}, ${row.stage}, ${row.sha256}, ${row.keyId}, ${row.sealed},
              ${row.addedBy}, ${row.addedAt})
      on conflict on constraint photo_preview_same_once do nothing returning id)
    select id, true as fresh from made
    union all
    select p.id, false from photo_preview p where p.realm = ${ctx.realm} and p.casefile_id = ${row.casefileId}
      and p.stage = ${row.stage} and p.sha256 = ${row.sha256}`.execute(ctx.db);
  return { previewId: rows[0]?.id ?? row.id, fresh: rows[0]?.fresh ?? false };
}

/** Its photo is here. */
export async function dropPreview(ctx: Ctx, casefileId: Id, stage: Stage, sha256: string): Promise<void> {
  await sql`
    delete from photo_preview where realm = ${ctx.realm} and casefile_id = ${casefileId} and stage = ${stage}
      and sha256 = decode(${sha256}, 'hex')`.execute(ctx.db);
}

/** Those whose photo never came, and those nobody can open any more. */
export async function removePreviews(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from photo_preview where realm = ${ctx.realm} and id in (
      select p.id from photo_preview p
      where p.realm = ${ctx.realm} and (p.added_at < ${before} or not ${withLivingKey})
      order by p.added_at limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
