import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion } from '../../../kernel/database/rows.ts';
import type { Disclosure } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

export interface ReleasedPhoto {
  readonly photoId: Id;
  readonly casefileId: Id;
  readonly stage: string;
  readonly file: string;
  readonly keyId: Id;
  readonly sha256: Buffer;
}

export function insertDisclosure(ctx: Ctx, row: Omit<Insertable<Disclosure>, 'realm'>): void {
  ctx.send(insertion('disclosure', { realm: ctx.realm, ...row }));
}

export async function removeDisclosure(ctx: Ctx, casefileId: Id): Promise<void> {
  for (const table of ['disclosedPhoto', 'disclosure'] as const)
    await ctx.db.deleteFrom(table).where('realm', '=', ctx.realm).where('casefileId', '=', casefileId).execute();
}

/** Of the photos named, those of this case that can still be opened; how many were taken. */
export async function insertDisclosedPhotos(ctx: Ctx, casefileId: Id, photoIds: readonly Id[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into disclosed_photo (realm, photo_id, casefile_id, stage, file, key_id, sha256)
    select p.realm, p.id, p.record_id, p.stage, p.file, p.key_id, p.sha256 from photo p
    where p.realm = ${ctx.realm} and p.record_kind = 'casefile' and p.record_id = ${casefileId} and p.id = any (${uuids(photoIds)})
      and exists (select 1 from data_key k where k.realm = p.realm and k.id = p.key_id)`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}

export async function disclosuresOf(ctx: Ctx, casefileIds: readonly Id[]): Promise<Selectable<Disclosure>[]> {
  const { rows } = await sql<Selectable<Disclosure>>`
    select d.* from disclosure d where d.realm = ${ctx.realm} and d.casefile_id = any (${uuids(casefileIds)})`.execute(
    ctx.db,
  );
  return rows;
}

/** Those that can still be opened. */
export async function disclosedPhotosOf(
  ctx: Ctx,
  casefileIds: readonly Id[],
): Promise<{ readonly casefileId: Id; readonly photoId: Id }[]> {
  const { rows } = await sql<{ casefileId: Id; photoId: Id }>`
    select p.casefile_id, p.photo_id from disclosed_photo p
    where p.realm = ${ctx.realm} and p.casefile_id = any (${uuids(casefileIds)})
      and exists (select 1 from data_key k where k.realm = p.realm and k.id = p.key_id)
    order by p.photo_id`.execute(ctx.db);
  return rows;
}

export async function releasedPhoto(ctx: Ctx, photoId: Id): Promise<ReleasedPhoto | undefined> {
  const { rows } = await sql<ReleasedPhoto>`
    select p.photo_id, p.casefile_id, p.stage, p.file, p.key_id, p.sha256 from disclosed_photo p
    join public_case c on c.realm = p.realm and c.id = p.casefile_id
    where p.realm = ${ctx.realm} and p.photo_id = ${photoId}
      and not exists (select 1 from turned_confidential t where t.realm = p.realm and t.record_id = p.casefile_id)`.execute(
    ctx.db,
  );
  return rows[0];
}
