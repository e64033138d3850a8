import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { How, Position, Verdict } from './tick.model.ts';

/** A walk that somebody started. */
export interface PatrolRow {
  readonly id: Id;
  readonly planId: Id;
  readonly personId: Id;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly recordedAt: Date;
}

export interface TickRow {
  readonly id: Id;
  readonly patrolId: Id;
  readonly planId: Id;
  readonly placeId: Id;
  readonly personId: Id;
  readonly madeAt: Date;
  readonly recordedAt: Date;
  readonly how: How;
  readonly verdict: Verdict;
  readonly distanceM: number | null;
  readonly accuracyM: number | null;
  readonly reason: string | null;
}

export function insertPatrol(ctx: Ctx, row: PatrolRow): void {
  ctx.send(insertion('patrol', { realm: ctx.realm, ...row }));
}

export async function findPatrol(ctx: Ctx, id: Id): Promise<PatrolRow | undefined> {
  const { rows } = await sql<PatrolRow>`
    select id, plan_id, person_id, started_at, ended_at, recorded_at from patrol
    where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

/** Somebody's latest walk of each plan, if nobody ended it. */
export async function underWay(ctx: Ctx, planIds: readonly Id[], personId: Id): Promise<PatrolRow[]> {
  if (planIds.length === 0) return [];
  const { rows } = await sql<PatrolRow>`
    select * from (
      select distinct on (plan_id) id, plan_id, person_id, started_at, ended_at, recorded_at from patrol
      where realm = ${ctx.realm} and plan_id = any (${uuids(planIds)}) and person_id = ${personId}
      order by plan_id, started_at desc, id) latest
    where ended_at is null`.execute(ctx.db);
  return rows;
}

/** Of one plan: begun in [from, to), and those nobody has ended that began after `alive`; the newest first. */
export async function listWalks(
  ctx: Ctx,
  planId: Id,
  given: { from: Date; to: Date; alive: Date; most: number },
): Promise<PatrolRow[]> {
  const { from, to, alive, most } = given;
  const { rows } = await sql<PatrolRow>`
    select id, plan_id, person_id, started_at, ended_at, recorded_at from patrol
    where realm = ${ctx.realm} and plan_id = ${planId}
      and ((started_at >= ${from} and started_at < ${to}) or (ended_at is null and started_at > ${alive}))
    order by started_at desc, id limit ${most}`.execute(ctx.db);
  return rows;
}

export function saveEnded(ctx: Ctx, id: Id, endedAt: Date): void {
  ctx.send(change('patrol', { realm: ctx.realm, id }, { endedAt }));
}

export function insertTick(ctx: Ctx, row: TickRow): void {
  ctx.send(insertion('patrolTick', { realm: ctx.realm, ...row }));
}

export interface Stood {
  readonly lon: number;
  readonly lat: number;
  readonly at: Date;
}

export function insertPosition(
  ctx: Ctx,
  { id, patrolId, personId, madeAt }: TickRow,
  { lon, lat }: Position,
  keepUntil: string,
): void {
  ctx.send(insertion('patrolPosition', { realm: ctx.realm, id, patrolId, personId, lon, lat, madeAt, keepUntil }));
}

/** The two positions of a walk that lie nearest in time; one's own walk only. */
export async function stoodAround(ctx: Ctx, patrolId: Id, at: Date): Promise<Stood[]> {
  const near = (before: boolean) => sql`(select lon, lat, made_at as at from patrol_position
    where realm = ${ctx.realm} and patrol_id = ${patrolId} and made_at ${before ? sql`<=` : sql`>`} ${at}
    order by made_at ${before ? sql`desc` : sql`asc`} limit 1)`;
  const { rows } = await sql<Stood>`${near(true)} union all ${near(false)}`.execute(ctx.db);
  return rows;
}

/** What counts, without who and how. */
export async function countedBetween(
  ctx: Ctx,
  planIds: readonly Id[],
  from: Date,
  to: Date,
): Promise<{ planId: Id; placeId: Id; at: Date }[]> {
  if (planIds.length === 0) return [];
  const { rows } = await sql<{ planId: Id; placeId: Id; at: Date }>`
    select plan_id, place_id, made_at as at from patrol_tick
    where realm = ${ctx.realm} and plan_id = any (${uuids(planIds)}) and verdict = 'counted'
      and made_at >= ${from} and made_at < ${to}`.execute(ctx.db);
  return rows;
}

export interface LastTick {
  readonly placeId: Id;
  readonly at: Date;
  readonly personId: Id;
}

/** When each place was last ticked so that it counts, and by whom. */
export async function lastTicks(ctx: Ctx, planIds: readonly Id[]): Promise<Map<Id, LastTick>> {
  if (planIds.length === 0) return new Map();
  const { rows } = await sql<LastTick>`
    select distinct on (place_id) place_id, made_at as at, person_id from patrol_tick
    where realm = ${ctx.realm} and plan_id = any (${uuids(planIds)}) and verdict = 'counted'
    order by place_id, made_at desc, id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.placeId, row]));
}

export interface ShownTick extends TickRow {
  readonly place: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly keepUntil: string | null;
}

/** Of one plan, the newest first; positions only of one's own, which the database sees to as well. */
export async function listTicks(
  ctx: Ctx,
  planId: Id,
  given: { from: Date; to: Date; placeId: Id | null; onlyCounted: boolean; mine: Id; most: number },
): Promise<ShownTick[]> {
  const { from, to, placeId, onlyCounted, mine, most } = given;
  const { rows } = await sql<ShownTick>`
    select t.*, l.name as place, s.lon, s.lat, s.keep_until::text as keep_until
    from patrol_tick t
      join patrol_place l on l.realm = t.realm and l.id = t.place_id
      left join patrol_position s on s.realm = t.realm and s.id = t.id and s.person_id = ${mine}
    where t.realm = ${ctx.realm} and t.plan_id = ${planId} and t.made_at >= ${from} and t.made_at < ${to}
      and (${placeId}::uuid is null or t.place_id = ${placeId}) and (not ${onlyCounted} or t.verdict = 'counted')
    order by t.made_at desc, t.id limit ${most}`.execute(ctx.db);
  return rows;
}

/** Positions whose time is over. */
export async function removePositions(ctx: Ctx, today: string, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from patrol_position where (realm, id) in (
      select realm, id from patrol_position where realm = ${ctx.realm} and keep_until < ${today}::date
      order by keep_until limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
