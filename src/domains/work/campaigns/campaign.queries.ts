import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion, insertions } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Condition } from '../../land/registry/fields/choice.model.ts';
import { heldAs } from '../../land/registry/index.ts';
import type { AnyLedgerCode } from '../../land/registry/ledger.model.ts';
import type { CampaignStage, Counts } from './campaign.model.ts';
import { campaignReaders } from './campaign.model.ts';
import type { Part, Result } from './result.model.ts';

export interface CampaignRow {
  readonly id: Id;
  readonly title: string;
  readonly purpose: string;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly ledger: AnyLedgerCode;
  readonly choice: readonly Condition[];
  /** Of whom all that is asked is known and fresh is not on the list. */
  readonly onlyLacking: boolean;
  readonly formId: Id;
  readonly formVersion: number;
  readonly round: number;
  readonly rounds: number;
  readonly roundSince: Date;
  readonly dueOn: string;
  readonly stage: CampaignStage;
  readonly lastRecord: Id | null;
  readonly personId: Id;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

const shown = sql`c.id, c.title, c.purpose, c.area_id, c.scope_no, c.ledger, c.choice, c.only_lacking, c.form_id, c.form_version, c.round, c.rounds,
  c.round_since, c.due_on::text as due_on, c.stage, c.last_record, c.person_id, c.opened_at, c.closed_at`;

export function insertCampaign(ctx: Ctx, { choice, ...row }: CampaignRow): void {
  ctx.send(insertion('campaign', { realm: ctx.realm, ...row, choice: JSON.stringify(choice) }));
}

export async function findCampaign(ctx: Ctx, id: Id): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select ${shown} from campaign c where c.realm = ${ctx.realm} and c.id = ${id}`.execute(ctx.db);
  return rows[0];
}

export async function holdCampaign(ctx: Ctx, id: Id): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`
    select ${shown} from campaign c where c.realm = ${ctx.realm} and c.id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

/** The newest first; those that are over follow. */
export async function listCampaigns(ctx: Ctx, most: number): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    select ${shown} from campaign c where c.realm = ${ctx.realm}
    order by c.stage = 'closed', c.opened_at desc, c.id limit ${most}`.execute(ctx.db);
  return rows;
}

export function saveListing(ctx: Ctx, id: Id, lastRecord: Id | null, stage: CampaignStage): void {
  ctx.send({
    sql: 'update campaign set last_record = coalesce($3, last_record), stage = $4 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, lastRecord, stage],
  });
}

export function saveRound(ctx: Ctx, id: Id, round: number, dueOn: string): void {
  ctx.send({
    sql: 'update campaign set round = $3, due_on = $4, round_since = $5 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, round, dueOn, ctx.now],
  });
}

export function saveClosed(ctx: Ctx, id: Id): void {
  ctx.send({
    sql: `update campaign set stage = 'closed', closed_at = $3 where realm = $1 and id = $2`,
    parameters: [ctx.realm, id, ctx.now],
  });
}

export interface TargetRow {
  readonly id: Id;
  readonly campaignId: Id;
  readonly recordId: Id | null;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly doneRound: number;
  readonly result: Result | null;
  readonly triedRound: number;
  readonly tries: number;
  readonly changedAt: Date;
  readonly sealed: Buffer | null;
  /** The other one on the list who is the same person, since their records were merged: that one is visited. */
  readonly sameAs: Id | null;
}

export function insertTargets(ctx: Ctx, rows: readonly Omit<TargetRow, 'sameAs'>[]): void {
  if (rows.length > 0)
    ctx.send(
      insertions(
        'campaignTarget',
        rows.map((row) => ({ realm: ctx.realm, ...row })),
      ),
    );
}

const readable = (ctx: Ctx, roles: readonly string[] = campaignReaders) =>
  sql`${ctx.scope.inMyAreas(ctx, { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.id' })}
    and ${heldAs(ctx, roles, 't.scope_no')}`;
/** None of them is confidential by itself: rights and masks keep them. Who stands there twice is counted once. */
const targets = sql`(select *, false as confidential from campaign_target where same_as is null) t`;

export async function findTarget(ctx: Ctx, id: Id, roles: readonly string[]): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`
    select t.* from ${targets} where t.realm = ${ctx.realm} and ${readable(ctx, roles)}
      and t.id = coalesce((select o.same_as from campaign_target o where o.realm = ${ctx.realm} and o.id = ${id}), ${id})`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who visit at once are written down one after the other. */
export async function holdTarget(ctx: Ctx, id: Id): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`
    select t.* from campaign_target t where t.realm = ${ctx.realm} and t.id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

export interface Span {
  readonly no: number;
  readonly lastNo: number;
}

/** Those of the part asked for, as the counts count them; by id, which says nothing. */
export async function listTargets(
  ctx: Ctx,
  { id, round }: Pick<CampaignRow, 'id' | 'round'>,
  given: { span: Span; only: Part; after: Id | null; most: number },
): Promise<TargetRow[]> {
  const { span, only, after, most } = given;
  const part = {
    all: sql`true`,
    left: sql`t.done_round < ${round}`,
    absent: sql`t.done_round < ${round} and t.tried_round = ${round}`,
  };
  const asked = only in part ? part[only as keyof typeof part] : sql`t.done_round >= ${round} and t.result = ${only}`;
  const { rows } = await sql<TargetRow>`
    select t.* from ${targets} where t.realm = ${ctx.realm} and t.campaign_id = ${id} and ${readable(ctx)}
      and t.scope_no between ${span.no} and ${span.lastNo} and (${asked})
      and (${after}::uuid is null or t.id > ${after}) order by t.id limit ${most}`.execute(ctx.db);
  return rows;
}

/** Whether somebody on the list lives where the viewer reads. */
export async function hasTargets(ctx: Ctx, id: Id): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${targets} where t.realm = ${ctx.realm} and t.campaign_id = ${id} and ${readable(ctx)} limit 1`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

/** How far each grid is; of one campaign or of several. */
export async function countTargets(
  ctx: Ctx,
  ids: readonly Id[],
): Promise<(Counts & { readonly campaignId: Id; readonly scopeNo: number })[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Record<keyof Counts | 'scopeNo', number> & { campaignId: Id }>`
    select t.campaign_id, t.scope_no, count(*)::int as targets,
      (count(*) filter (where t.done_round >= c.round and t.result = 'done'))::int as done,
      (count(*) filter (where t.done_round >= c.round and t.result = 'refused'))::int as refused,
      (count(*) filter (where t.done_round >= c.round and t.result = 'moved'))::int as moved,
      (count(*) filter (where t.done_round < c.round and t.tried_round = c.round))::int as absent,
      (count(*) filter (where t.done_round < c.round))::int as "left"
    from ${targets} join campaign c on c.realm = t.realm and c.id = t.campaign_id
    where t.realm = ${ctx.realm} and t.campaign_id = any (${uuids(ids)}) and ${readable(ctx)}
    group by t.campaign_id, t.scope_no`.execute(ctx.db);
  return rows;
}

export interface VisitRow {
  readonly id: Id;
  readonly targetId: Id;
  readonly round: number;
  readonly result: Result;
  readonly personId: Id;
  readonly visitedAt: Date;
  readonly recordedAt: Date;
  readonly late: boolean;
  readonly formVersion: number;
  readonly asked: number;
  readonly known: number;
  /** Hashes of those that follow. */
  readonly photos: string[];
  readonly sealed: Buffer | null;
}

export function insertVisit(ctx: Ctx, row: VisitRow): void {
  ctx.send(insertion('visit', { realm: ctx.realm, ...row }));
}

export function saveTarget(
  ctx: Ctx,
  {
    id,
    doneRound,
    result,
    triedRound,
    tries,
  }: Omit<TargetRow, 'campaignId' | 'recordId' | 'areaId' | 'scopeNo' | 'sealed' | 'changedAt' | 'sameAs'>,
): void {
  ctx.send({
    sql: `update campaign_target set done_round = $3, result = $4, tried_round = $5, tries = $6, changed_at = $7
      where realm = $1 and id = $2`,
    parameters: [ctx.realm, id, doneRound, result, triedRound, tries, ctx.now],
  });
}

/** What people were asked in a campaign, and what was known without asking. */
export async function cellsOf(ctx: Ctx, id: Id): Promise<{ asked: number; known: number }> {
  const { rows } = await sql<{ asked: number; known: number }>`
    select coalesce(sum(v.asked), 0)::int as asked, coalesce(sum(v.known), 0)::int as known
    from ${targets} join campaign_target o on o.realm = t.realm and o.campaign_id = t.campaign_id and coalesce(o.same_as, o.id) = t.id
      join visit v on v.realm = o.realm and v.target_id = o.id
    where t.realm = ${ctx.realm} and t.campaign_id = ${id} and v.result = 'done' and ${readable(ctx)}`.execute(ctx.db);
  return rows[0] ?? { asked: 0, known: 0 };
}

/** Targets of open campaigns that a change of the ledger concerns, and where their records lie now. */
export async function targetsOfRecords(
  ctx: Ctx,
  which: { readonly recordId: Id } | { readonly batchId: Id },
): Promise<{ id: Id; scopeNo: number; recordNo: number }[]> {
  const only =
    'recordId' in which
      ? sql`(r.id = ${which.recordId} or r.merged_into = ${which.recordId})`
      : sql`coalesce(r.merged_into, r.id) in (select l.record_id from ledger_change l where l.realm = ${ctx.realm} and l.batch_id = ${which.batchId})`;
  const { rows } = await sql<{ id: Id; scopeNo: number; recordNo: number }>`
    select t.id, t.scope_no, r.scope_no as record_no from campaign_target t
      join campaign c on c.realm = t.realm and c.id = t.campaign_id and c.stage <> 'closed'
      join ledger_record r on r.realm = t.realm and r.id = t.record_id
    where t.realm = ${ctx.realm} and ${only} order by t.id`.execute(ctx.db);
  return rows;
}

/** Of open campaigns, those on a list for whom the same record stands as for this one, held; and which that is. */
export async function holdTogether(ctx: Ctx, recordId: Id): Promise<(TargetRow & { readonly standsFor: Id })[]> {
  const { rows } = await sql<TargetRow & { standsFor: Id }>`
    select t.*, coalesce(r.merged_into, r.id) as stands_for from campaign_target t
      join campaign c on c.realm = t.realm and c.id = t.campaign_id and c.stage <> 'closed'
      join ledger_record r on r.realm = t.realm and r.id = t.record_id
      join (select coalesce(merged_into, id) as id from ledger_record where realm = ${ctx.realm} and id = ${recordId}) root
        on r.id = root.id or r.merged_into = root.id
    where t.realm = ${ctx.realm} order by t.id for update of t`.execute(ctx.db);
  return rows;
}

/** What came of the visits to these, in the order in which it was told. */
export async function visitsTo(
  ctx: Ctx,
  targetIds: readonly Id[],
): Promise<Pick<VisitRow, 'targetId' | 'round' | 'result'>[]> {
  if (targetIds.length === 0) return [];
  const { rows } = await sql<Pick<VisitRow, 'targetId' | 'round' | 'result'>>`
    select v.target_id, v.round, v.result from visit v where v.realm = ${ctx.realm} and v.target_id = any (${uuids(targetIds)})
    order by v.recorded_at, v.id`.execute(ctx.db);
  return rows;
}

export function saveSame(ctx: Ctx, id: Id, sameAs: Id | null): void {
  ctx.send({
    sql: 'update campaign_target set same_as = $3, changed_at = $4 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, sameAs, ctx.now],
  });
}

export function moveTarget(ctx: Ctx, id: Id, scopeNo: number): void {
  ctx.send({
    sql: 'update campaign_target set scope_no = $3, changed_at = $4 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, scopeNo, ctx.now],
  });
}

/** Who was on a list and what came of it still counts; who it was and what they said is gone. */
export async function forgetTargets(ctx: Ctx, recordId: Id): Promise<void> {
  await sql`update photo set lon = null, lat = null, taken_at = null
    where realm = ${ctx.realm} and record_kind = 'campaign_target' and record_id in
      (select id from campaign_target where realm = ${ctx.realm} and record_id = ${recordId})`.execute(ctx.db);
  await sql`update visit set sealed = null, photos = '{}' where realm = ${ctx.realm} and target_id in
    (select id from campaign_target where realm = ${ctx.realm} and record_id = ${recordId})`.execute(ctx.db);
  await sql`update campaign_target set record_id = null, sealed = null
    where realm = ${ctx.realm} and record_id = ${recordId}`.execute(ctx.db);
}
