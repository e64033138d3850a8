import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { heldAs } from '../../land/registry/index.ts';
import { campaignReaders } from './campaign.model.ts';
import type { Span, TargetRow, VisitRow } from './campaign.queries.ts';

/** A visit with the record under whose key its answers lie: of whoever was on the list twice there may be two. */
export type SaidRow = VisitRow & { readonly recordId: Id | null };

/** Every visit to one target, the latest first; to whoever turned out to be the same person as well. */
export async function visitsTo(ctx: Ctx, targetId: Id): Promise<SaidRow[]> {
  const { rows } = await sql<SaidRow>`
    select v.*, o.record_id from campaign_target o join visit v on v.realm = o.realm and v.target_id = o.id
    where o.realm = ${ctx.realm} and coalesce(o.same_as, o.id) = ${targetId}
    order by v.visited_at desc, v.id desc`.execute(ctx.db);
  return rows;
}

/** A target with the last visit at which its questions were answered. */
export type AnsweredRow = TargetRow & {
  readonly visitId: Id;
  readonly visitedAt: Date;
  readonly saidOf: Id | null;
  readonly answers: Buffer | null;
};

export async function listAnswered(
  ctx: Ctx,
  campaignId: Id,
  { span, after, most }: { span: Span; after: Id | null; most: number },
): Promise<AnsweredRow[]> {
  const { rows } = await sql<AnsweredRow>`
    select t.*, v.id as visit_id, v.visited_at, v.said_of, v.sealed as answers
    from (select *, false as confidential from campaign_target where same_as is null) t
      join lateral (
        select v.id, v.visited_at, v.sealed, o.record_id as said_of
        from campaign_target o join visit v on v.realm = o.realm and v.target_id = o.id and v.result = 'done'
        where o.realm = t.realm and o.campaign_id = t.campaign_id and (o.id = t.id or o.same_as = t.id)
        order by v.visited_at desc, v.id desc limit 1) v on true
    where t.realm = ${ctx.realm} and t.campaign_id = ${campaignId} and t.record_id is not null
      and t.scope_no between ${span.no} and ${span.lastNo} and (${after}::uuid is null or t.id > ${after})
      and ${ctx.scope.inMyAreas(ctx, { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.id' })}
      and ${heldAs(ctx, campaignReaders, 't.scope_no')}
    order by t.id limit ${most}`.execute(ctx.db);
  return rows;
}

/** On which lists these records stand, as far as the viewer reads them. */
export async function targetsOf(
  ctx: Ctx,
  recordIds: readonly Id[],
): Promise<{ id: Id; campaignId: Id; title: string }[]> {
  const { rows } = await sql<{ id: Id; campaignId: Id; title: string }>`
    select t.id, t.campaign_id, c.title from (select *, false as confidential from campaign_target) t
      join campaign c on c.realm = t.realm and c.id = t.campaign_id
    where t.realm = ${ctx.realm} and t.record_id = any (${uuids(recordIds)}) and t.same_as is null
      and ${ctx.scope.inMyAreas(ctx, { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.id' })}
      and ${heldAs(ctx, campaignReaders, 't.scope_no')} order by c.opened_at, t.id`.execute(ctx.db);
  return rows;
}

/** Every visit to these, in the order in which they were told; to whoever turned out to be the same person as well. */
export async function visitsToAll(
  ctx: Ctx,
  targetIds: readonly Id[],
): Promise<(SaidRow & { readonly ofTarget: Id })[]> {
  const { rows } = await sql<SaidRow & { ofTarget: Id }>`
    select v.*, o.record_id, coalesce(o.same_as, o.id) as of_target
    from campaign_target o join visit v on v.realm = o.realm and v.target_id = o.id
    where o.realm = ${ctx.realm} and coalesce(o.same_as, o.id) = any (${uuids(targetIds)})
    order by v.recorded_at, v.id`.execute(ctx.db);
  return rows;
}
