import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Voice } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { OfCase } from './photo.queries.ts';
import type { VoiceKind } from './sound.model.ts';

export type VoiceRow = Omit<Selectable<Voice>, 'kind'> & { readonly kind: VoiceKind };

const ofCase = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };
const withLivingKey = sql`exists (select 1 from data_key k where k.realm = v.realm and k.id = v.key_id)`;

/** Of a case and of what was merged into it, as far as the actor may read each; not those that are forgotten. */
export async function voicesOf(ctx: Ctx, casefileId: Id): Promise<VoiceRow[]> {
  const { rows } = await sql<VoiceRow>`
    select v.* from voice v join casefile c on c.realm = v.realm and c.id = v.casefile_id
    where v.realm = ${ctx.realm} and (c.id = ${casefileId} or c.merged_into = ${casefileId})
      and ${ctx.scope.readable(ctx, ofCase)} and ${withLivingKey}
    order by v.added_at, v.id`.execute(ctx.db);
  return rows;
}

export async function voiceById(ctx: Ctx, id: Id): Promise<(VoiceRow & OfCase) | undefined> {
  const { rows } = await sql<VoiceRow & OfCase>`
    select v.*, c.confidential from voice v join casefile c on c.realm = v.realm and c.id = v.casefile_id
    where v.realm = ${ctx.realm} and v.id = ${id} and ${ctx.scope.readable(ctx, ofCase)}`.execute(ctx.db);
  return rows[0];
}

/** By the hash of its file, in hex; also one that is forgotten: it may not come back. */
export async function voiceByHash(ctx: Ctx, casefileId: Id, sha256: string): Promise<Id | null> {
  const { rows } = await sql<{ id: Id }>`
    select v.id from voice v where v.realm = ${ctx.realm} and v.casefile_id = ${casefileId}
      and encode(v.sha256, 'hex') = ${sha256}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

export interface OwnReport {
  readonly id: Id;
  /** Null in one that came in without a key of its own. */
  readonly keyId: Id | null;
  readonly voices: number;
}

/** What this person reported of the case, or wrote down for somebody: the first that can still be sealed for, if it is several. */
export async function ownReport(ctx: Ctx, casefileId: Id, personId: Id): Promise<OwnReport | undefined> {
  const { rows } = await sql<OwnReport>`
    select r.id, r.key_id,
      (select count(*)::int from voice v where v.realm = ${ctx.realm} and v.report_id = r.id) as voices
    from report r where r.realm = ${ctx.realm} and r.casefile_id = ${casefileId} and r.person_id = ${personId}
    order by (r.key_id is null), r.recorded_at, r.id limit 1`.execute(ctx.db);
  return rows[0];
}

/** Null: the same bytes are there already. */
export async function insertVoice(ctx: Ctx, row: Omit<VoiceRow, 'realm'>): Promise<Id | null> {
  const { rows } = await sql<{ id: Id }>`
    insert into voice (realm, id, casefile_id, report_id, file, key_id, sha256, kind, bytes, seconds, added_by, added_at)
    values (${ctx.realm}, ${row.id}, ${row.casefileId}, ${row.reportId}, ${row.file}, ${row.keyId}, ${row.sha256},
            ${row.kind}, ${row.bytes}, ${row.seconds}, ${row.addedBy}, ${row.addedAt})
    on conflict on constraint voice_same_once do nothing returning id`.execute(ctx.db);
  return rows[0]?.id ?? null;
}
