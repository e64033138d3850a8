import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { heldAs } from '../../land/registry/index.ts';
import type { AnyLedgerCode } from '../../land/registry/ledger.model.ts';

/** Who carries the list along: those who go from door to door. A whole community is too much for a telephone. */
const carriers = ['grid_worker', 'grid_leader'];

/** Somebody to be visited, as a device is told of them. */
export interface CarriedTarget {
  readonly id: Id;
  /** Follows from all that is shown: two versions that look alike are called alike. */
  readonly mark: string;
  readonly campaignId: Id;
  readonly title: string;
  readonly ledger: AnyLedgerCode;
  readonly round: number;
  readonly dueOn: string;
  readonly formId: Id;
  readonly formVersion: number;
  readonly recordId: Id;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly doneRound: number;
  readonly result: string | null;
  readonly triedRound: number;
  readonly tries: number;
  readonly sealed: Buffer | null;
}

const carried = (ctx: Ctx, only: ReturnType<typeof sql>) => sql`
  select t.id, t.campaign_id, c.title, c.ledger, c.round, c.due_on::text as due_on, c.form_id, c.form_version, t.record_id, t.area_id, t.scope_no,
    t.done_round, t.result, t.tried_round, t.tries, t.sealed,
    left(md5(concat_ws('|', c.title, c.round, c.due_on, c.form_id, c.form_version, t.scope_no, t.done_round, t.result,
      t.tried_round, t.tries, r.open::text, md5(r.sealed))), 16) as mark
  from (select *, false as confidential from campaign_target where same_as is null) t
    join campaign c on c.realm = t.realm and c.id = t.campaign_id and c.stage = 'open'
    join ledger_record l on l.realm = t.realm and l.id = t.record_id
    join ledger_record r on r.realm = l.realm and r.id = coalesce(l.merged_into, l.id) and r.scope_no = t.scope_no
  where t.realm = ${ctx.realm} and ${heldAs(ctx, carriers, 't.scope_no')} and ${only}
    and ${ctx.scope.inMyAreas(ctx, { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.id' })}`;

/** A page of everything, by id. */
export async function targetsAfter(ctx: Ctx, after: Id | null, most: number): Promise<CarriedTarget[]> {
  const further = after === null ? sql`true` : sql`t.id > ${after}`;
  const { rows } = await sql<CarriedTarget>`${carried(ctx, further)} order by t.id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function targetsAmong(ctx: Ctx, ids: readonly Id[]): Promise<CarriedTarget[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CarriedTarget>`${carried(ctx, sql`t.id = any (${uuids(ids)})`)}`.execute(ctx.db);
  return rows;
}

/** All of them, without what they show. */
export async function targetMarks(ctx: Ctx): Promise<{ id: Id; mark: string }[]> {
  const { rows } = await sql<{ id: Id; mark: string }>`
    select id, mark from (${carried(ctx, sql`true`)}) held order by id`.execute(ctx.db);
  return rows;
}

/** The forms of what is carried. */
export async function formsCarried(ctx: Ctx): Promise<{ id: Id; version: number }[]> {
  const { rows } = await sql<{ id: Id; version: number }>`
    select distinct c.form_id as id, c.form_version as version from campaign c
    where c.realm = ${ctx.realm} and c.stage = 'open' and exists (
      select 1 from campaign_target t where t.realm = c.realm and t.campaign_id = c.id and ${heldAs(ctx, carriers, 't.scope_no')})
    order by 1`.execute(ctx.db);
  return rows;
}

/** Which campaigns are open and how far they are: what a list of hundreds of thousands hangs on, in one word. */
export async function campaignsNow(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ now: string }>`
    select left(md5(coalesce(string_agg(concat_ws(' ', id, round, due_on), ',' order by id), '')), 8) as now from campaign
    where realm = ${ctx.realm} and stage = 'open'`.execute(ctx.db);
  return rows[0]?.now ?? '';
}

/** Of one campaign, everybody. */
export async function targetsCarriedOf(ctx: Ctx, campaignId: Id, most: number): Promise<CarriedTarget[]> {
  const { rows } = await sql<CarriedTarget>`
    ${carried(ctx, sql`t.campaign_id = ${campaignId}`)} order by t.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface CarriedCampaign {
  readonly id: Id;
  readonly title: string;
  readonly ledger: AnyLedgerCode;
  readonly round: number;
  readonly formId: Id;
  readonly formVersion: number;
}

/** The open campaigns whose people one visits. */
export async function campaignsCarried(ctx: Ctx): Promise<CarriedCampaign[]> {
  const { rows } = await sql<CarriedCampaign>`
    select c.id, c.title, c.ledger, c.round, c.form_id, c.form_version from campaign c
    where c.realm = ${ctx.realm} and c.stage = 'open' and exists (
      select 1 from (select *, false as confidential from campaign_target) t
      where t.realm = c.realm and t.campaign_id = c.id and ${heldAs(ctx, carriers, 't.scope_no')}
        and ${ctx.scope.inMyAreas(ctx, { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.id' })})
    order by c.due_on, c.id`.execute(ctx.db);
  return rows;
}
