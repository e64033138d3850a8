import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion, insertions } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Choice } from '../../land/registry/choice.model.ts';
import { heldAs } from '../../land/registry/index.ts';
import type { CampaignStage, Counts } from './campaign.model.ts';
import { campaignReaders } from './campaign.model.ts';
import type { Part, Result } from './result.model.ts';

export interface CampaignRow {
  readonly id: Id;
  readonly title: string;
  readonly purpose: string;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly ledger: string;
  readonly choice: Choice;
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

const shown = sql`c.id, c.title, c.purpose, c.area_id, c.scope_no, c.ledger, c.choice, c.form_id, c.form_version, c.round, c.rounds,
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
}

export function insertTargets(ctx: Ctx, rows: readonly TargetRow[]): void {
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
/** None of them is confidential by itself: rights and masks keep them. */
const targets = sql`(select *, false as confidential from campaign_target) t`;

export async function findTarget(ctx: Ctx, id: Id, roles: readonly string[]): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`
    select t.* from ${targets} where t.realm = ${ctx.realm} and t.id = ${id} and ${readable(ctx, roles)}`.execute(
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
  }: Omit<TargetRow, 'campaignId' | 'recordId' | 'areaId' | 'scopeNo' | 'sealed' | 'changedAt'>,
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
    from ${targets} join visit v on v.realm = t.realm and v.target_id = t.id
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
      ? sql`t.record_id = ${which.recordId}`
      : sql`t.record_id in (select l.record_id from ledger_change l where l.realm = ${ctx.realm} and l.batch_id = ${which.batchId})`;
  const { rows } = await sql<{ id: Id; scopeNo: number; recordNo: number }>`
    select t.id, t.scope_no, r.scope_no as record_no from campaign_target t
      join campaign c on c.realm = t.realm and c.id = t.campaign_id and c.stage <> 'closed'
      join ledger_record r on r.realm = t.realm and r.id = t.record_id
    where t.realm = ${ctx.realm} and ${only} order by t.id`.execute(ctx.db);
  return rows;
}

export function moveTarget(ctx: Ctx, id: Id, scopeNo: number): void {
  ctx.send({
    sql: 'update campaign_target set scope_no = $3, changed_at = $4 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, scopeNo, ctx.now],
  });
}

/** Who was on a list and what came of it still counts; who it was and what they said is gone. */
export async function forgetTargets(ctx: Ctx, recordId: Id): Promise<void> {
  await sql`update visit set sealed = null where realm = ${ctx.realm} and target_id in
    (select id from campaign_target where realm = ${ctx.realm} and record_id = ${recordId})`.execute(ctx.db);
  await sql`update campaign_target set record_id = null, sealed = null
    where realm = ${ctx.realm} and record_id = ${recordId}`.execute(ctx.db);
}
