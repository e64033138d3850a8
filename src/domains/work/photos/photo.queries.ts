import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Photo } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { HeldBy, HolderKind, Picture } from './holder.model.ts';

export type PhotoRow = Omit<Selectable<Photo>, 'stage' | 'recordKind'> & {
  readonly stage: Picture;
  readonly recordKind: HolderKind;
};
export type NewPhoto = Omit<PhotoRow, 'realm'>;

/** What the case says about who may know of it; other records have nothing to say. */
export interface OfCase {
  readonly confidential: boolean | null;
}

const ofCase = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };
const withLivingKey = sql`exists (select 1 from data_key k where k.realm = p.realm and k.id = p.key_id)`;

/** Photos of a case and of what was merged into it, as far as the actor may read each; not those that are forgotten. */
export async function photosOf(ctx: Ctx, casefileId: Id): Promise<PhotoRow[]> {
  const { rows } = await sql<PhotoRow>`
    select p.* from photo p join casefile c on c.realm = p.realm and c.id = p.record_id
    where p.realm = ${ctx.realm} and p.record_kind = 'casefile' and (c.id = ${casefileId} or c.merged_into = ${casefileId})
      and ${ctx.scope.readable(ctx, ofCase)} and ${withLivingKey}
    order by p.added_at, p.id`.execute(ctx.db);
  return rows;
}

/** Of records that are no cases; that the actor may read them is asked of their own domain. */
export async function photosOfRecords(ctx: Ctx, kind: HolderKind, ids: readonly Id[]): Promise<PhotoRow[]> {
  const { rows } = await sql<PhotoRow>`
    select p.* from photo p where p.realm = ${ctx.realm} and p.record_kind = ${kind} and p.record_id = any (${uuids(ids)})
      and ${withLivingKey} order by p.added_at, p.id`.execute(ctx.db);
  return rows;
}

/** One of a case within what the actor reads; of another record that has still to be asked. */
export async function photoById(ctx: Ctx, id: Id): Promise<(PhotoRow & OfCase) | undefined> {
  const { rows } = await sql<PhotoRow & OfCase>`
    select p.*, c.confidential from photo p
    left join casefile c on p.record_kind = 'casefile' and c.realm = p.realm and c.id = p.record_id
    where p.realm = ${ctx.realm} and p.id = ${id}
      and (p.record_kind <> 'casefile' or ${ctx.scope.readable(ctx, ofCase)})`.execute(ctx.db);
  return rows[0];
}

export interface KnownPhoto {
  readonly id: Id;
  readonly addedAt: Date;
}

/** Which of these files the step has already, by their hash in hex. A forgotten one may come again. */
export async function photosByHash(
  ctx: Ctx,
  { kind, id }: HeldBy,
  stage: Picture,
  hashes: readonly string[],
): Promise<Map<string, KnownPhoto>> {
  const { rows } = await sql<KnownPhoto & { hash: string }>`
    select encode(p.sha256, 'hex') as hash, p.id, p.added_at from photo p
    where p.realm = ${ctx.realm} and p.record_kind = ${kind} and p.record_id = ${id} and p.stage = ${stage}
      and encode(p.sha256, 'hex') = any (${[...hashes]}::text[]) and ${withLivingKey}`.execute(ctx.db);
  return new Map(rows.map(({ hash, ...known }) => [hash, known]));
}

export async function countPhotos(ctx: Ctx, { kind, id }: HeldBy, reportId: Id | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from photo p where p.realm = ${ctx.realm} and p.record_kind = ${kind}
      and p.record_id = ${id} and (${reportId}::uuid is null or p.report_id = ${reportId})`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

export async function wroteReport(ctx: Ctx, casefileId: Id, personId: Id): Promise<boolean> {
  const { rows } = await sql<{ wrote: boolean }>`
    select exists (select 1 from report r where r.realm = ${ctx.realm} and r.casefile_id = ${casefileId}
      and r.person_id = ${personId}) as wrote`.execute(ctx.db);
  return rows[0]?.wrote ?? false;
}

/**
 * The same bytes for the same stage are kept once: null when they are there already. A row whose key was destroyed keeps
 * its id and takes the new file, since nobody can see the old one any more.
 */
export async function insertPhoto(ctx: Ctx, row: NewPhoto): Promise<Id | null> {
  const { rows } = await sql<{ id: Id }>`
    insert into photo as p (realm, id, record_kind, record_id, report_id, stage, file, key_id, sha256, bytes, width, height,
                            taken_at, lon, lat, added_by, added_at)
    values (${ctx.realm}, ${row.id}, ${row.recordKind}, ${row.recordId}, ${row.reportId}, ${row.stage}, ${row.file},
            ${row.keyId}, ${row.sha256}, ${row.bytes}, ${row.width}, ${row.height}, ${row.takenAt}, ${row.lon}, ${row.lat},
            ${row.addedBy}, ${row.addedAt})
    on conflict on constraint photo_same_once do update set
      (report_id, file, key_id, bytes, width, height, taken_at, lon, lat, added_by, added_at) =
      (excluded.report_id, excluded.file, excluded.key_id, excluded.bytes, excluded.width, excluded.height,
       excluded.taken_at, excluded.lon, excluded.lat, excluded.added_by, excluded.added_at)
    where not ${withLivingKey}
    returning p.id`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** Those of the file names that a photo or a recording of this realm stands on. */
export async function filesInUse(ctx: Ctx, files: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select p.file from photo p where p.realm = ${ctx.realm} and p.file = any (${[...files]}::text[])
    union all
    select v.file from voice v where v.realm = ${ctx.realm} and v.file = any (${[...files]}::text[])`.execute(ctx.db);
  return rows.map((row) => row.file);
}
