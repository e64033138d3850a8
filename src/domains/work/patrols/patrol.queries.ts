import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion, insertions } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { heldAs } from '../../land/registry/index.ts';
import type { PatrolKind } from './kind.model.ts';
import { type GivenRule, patrolReaders } from './patrol.model.ts';
import type { EarlierRadius } from './tick.model.ts';

export interface PlanRow {
  readonly id: Id;
  readonly title: string;
  readonly kind: PatrolKind;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly pledgedOn: string | null;
  readonly positionDays: number;
  readonly stage: 'open' | 'closed';
  readonly personId: Id;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}
interface Dated {
  readonly id: Id;
  readonly planId: Id;
  readonly since: Date;
  readonly until: Date | null;
}
export type RuleRow = Dated & { readonly rule: GivenRule };
export interface PlaceRow extends Dated {
  readonly ord: number;
  readonly name: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly radiusM: number;
  /** What it was before, oldest first. */
  readonly earlier: readonly EarlierRadius[];
}
export type WalkerRow = Dated & { readonly personId: Id; readonly contract: string | null };

const shown = sql`p.id, p.title, p.kind, p.area_id, p.scope_no, p.pledged_on::text as pledged_on, p.position_days, p.stage,
  p.person_id, p.opened_at, p.closed_at`;
/** None of them is confidential by itself. */
const plans = sql`(select *, false as confidential from patrol_plan) p`;
const readable = (ctx: Ctx, roles: readonly string[] = patrolReaders) =>
  sql`${ctx.scope.inMyAreas(ctx, { scopeNo: 'p.scope_no', confidential: 'p.confidential', recordId: 'p.id' })}
    and ${heldAs(ctx, roles, 'p.scope_no')}`;

/** Those that go on first, the newest of them first. */
export async function listPlans(ctx: Ctx, most: number): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select ${shown} from ${plans} where p.realm = ${ctx.realm} and ${readable(ctx)}
    order by p.stage = 'closed', p.opened_at desc, p.id limit ${most}`.execute(ctx.db);
  return rows;
}

/** Those that go on where the viewer holds such a post, by id. */
export async function plansToWalk(ctx: Ctx, roles: readonly string[]): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select ${shown} from ${plans} where p.realm = ${ctx.realm} and p.stage = 'open' and ${readable(ctx, roles)}
    order by p.id`.execute(ctx.db);
  return rows;
}

export async function findPlan(
  ctx: Ctx,
  id: Id,
  roles: readonly string[] = patrolReaders,
): Promise<PlanRow | undefined> {
  const { rows } = await sql<PlanRow>`
    select ${shown} from ${plans} where p.realm = ${ctx.realm} and p.id = ${id} and ${readable(ctx, roles)}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who change it at once do so one after the other. */
export async function holdPlan(ctx: Ctx, id: Id): Promise<PlanRow | undefined> {
  const { rows } = await sql<PlanRow>`
    select ${shown} from patrol_plan p where p.realm = ${ctx.realm} and p.id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

export function insertPlan(ctx: Ctx, row: PlanRow): void {
  ctx.send(insertion('patrolPlan', { realm: ctx.realm, ...row }));
}

export function savePlan(ctx: Ctx, id: Id, to: Partial<Pick<PlanRow, 'title' | 'pledgedOn' | 'stage' | 'closedAt'>>) {
  ctx.send(change('patrolPlan', { realm: ctx.realm, id }, to));
}

const datedTables = { rule: 'patrol_rule', place: 'patrol_place', walker: 'patrol_walker' } as const;

async function datedOf<Row>(ctx: Ctx, which: keyof typeof datedTables, ids: readonly Id[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const order = which === 'place' ? sql`t.ord, t.since, t.id` : sql`t.since, t.id`;
  const { rows } = await sql<Row>`
    select t.* from ${sql.table(datedTables[which])} t where t.realm = ${ctx.realm} and t.plan_id = any (${uuids(ids)})
    order by t.plan_id, ${order}`.execute(ctx.db);
  return rows;
}

export const rulesOf = (ctx: Ctx, ids: readonly Id[]): Promise<RuleRow[]> => datedOf(ctx, 'rule', ids);
/** In their order; those that stand in a plan no more are among them. */
export const placesOf = (ctx: Ctx, ids: readonly Id[]): Promise<PlaceRow[]> => datedOf(ctx, 'place', ids);
export const walkersOf = (ctx: Ctx, ids: readonly Id[]): Promise<WalkerRow[]> => datedOf(ctx, 'walker', ids);

export function insertRule(ctx: Ctx, { rule, ...row }: RuleRow): void {
  ctx.send(insertion('patrolRule', { realm: ctx.realm, ...row, rule: JSON.stringify(rule) }));
}

export function insertPlaces(ctx: Ctx, rows: readonly PlaceRow[]): void {
  const all = rows.map((row) => ({ realm: ctx.realm, ...row, earlier: row.earlier.map((one) => ({ ...one })) }));
  if (all.length > 0) ctx.send(insertions('patrolPlace', all));
}

export function insertWalkers(ctx: Ctx, rows: readonly WalkerRow[]): void {
  const all = rows.map((row) => ({ realm: ctx.realm, ...row }));
  if (all.length > 0) ctx.send(insertions('patrolWalker', all));
}

/** What held until now. */
export function endDated(ctx: Ctx, which: keyof typeof datedTables, ids: readonly Id[]): void {
  if (ids.length > 0)
    ctx.send({
      sql: `update ${datedTables[which]} set until = $3 where realm = $1 and id = any ($2::uuid[])`,
      parameters: [ctx.realm, [...ids], ctx.now],
    });
}

/** Where it stands in the order, and within how many metres of it one is there from now on. */
export function savePlace(ctx: Ctx, id: Id, { ord, radiusM, earlier }: Pick<PlaceRow, 'ord' | 'radiusM' | 'earlier'>) {
  ctx.send(change('patrolPlace', { realm: ctx.realm, id }, { ord, radiusM, earlier: JSON.stringify(earlier) }));
}
