import { type RawBuilder, sql } from 'kysely';
import { type Ctx, granteesOf, type Numbers } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Obligation } from '../obligations/index.ts';
import { type BoardGroup, boardGroupNames } from './board.model.ts';

export interface BoardFilter {
  /** Of an area: runs of numbers; null: everywhere. */
  readonly numbers: readonly Numbers[] | null;
  readonly bodyId: Id | null;
}

const columns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };

/** Each ground by its own index: what lies in my areas, and what was granted to me besides. */
const readable = (ctx: Ctx, condition: RawBuilder<unknown>) => sql`
  select c.* from casefile c where c.realm = ${ctx.realm} and ${condition} and ${ctx.scope.inMyAreas(ctx, columns)}
  union all
  select c.* from (select distinct g.record_id from access_grant g
    where g.realm = ${ctx.realm} and g.grantee = any (${uuids(granteesOf(ctx.actor))}) and g.record_kind = 'casefile') g
  join casefile c on c.realm = ${ctx.realm} and c.id = g.record_id
  where ${condition} and not ${ctx.scope.inMyAreas(ctx, columns)}`;

const filtered = ({ numbers, bodyId }: BoardFilter) => {
  const lies = numbers === null ? sql`true` : sql`(${sql.join(numbers.map(inRun), sql` or `)})`;
  return sql`${lies} and ${bodyId === null ? sql`true` : sql`c.body_id = ${bodyId}`}`;
};
const inRun = ([first, last]: Numbers) => sql`c.scope_no between ${first} and ${last}`;

/** What was merged keeps its status for ever: here while the case it went into is worked on, and a month after it last moved. */
const stillMatters = (ctx: Ctx) => sql`(c.changed_at >= ${ctx.now}::timestamptz - interval '30 days'
  or exists (select 1 from casefile s where s.realm = c.realm and s.id = c.merged_into
    and s.status not in ('closed', 'evaluated', 'declined')))`;

/** What is with the dispatcher or given out and not done, each with the clock that matters: late ones first, then the next to end. */
const board = (ctx: Ctx, filter: BoardFilter) => sql`
  select c.*, o.id as duty_id, o.due_at, o.state, coalesce(o.overran or (o.state = 'running' and o.due_at < ${ctx.now}), false) as late,
    coalesce(o.state = 'running' and ${share(ctx)} >= 0.8, false) as used_up
  from (${readable(
    ctx,
    sql`c.status not in ('evaluated', 'declined') and c.merged_into is null
      and c.status in ('registered', 'dispatched', 'handling') and ${filtered(filter)}`,
  )}
    union all
    ${readable(
      ctx,
      sql`c.merged_into is not null and c.status in ('reported', 'registered', 'dispatched', 'handling') and ${stillMatters(ctx)}
        and ${filtered(filter)}`,
    )}) c
  left join lateral (
    select * from obligation o where o.realm = ${ctx.realm} and o.record_id = c.id
      and o.state in ('running', 'paused', 'suspended')
      and o.duty in ('casefile.dispatch', 'casefile.acknowledge', 'casefile.handle')
    order by (o.overran or (o.state = 'running' and o.due_at < ${ctx.now})) desc, o.due_at nulls last, o.id limit 1) o on true`;

/** As clockOf tells it: what was used before, and of what is left the part of the way to the deadline that is gone. */
const share = (ctx: Ctx) => sql`(
  coalesce(o.used_ms::float8 / nullif(o.budget_ms, 0), 0)
  + (1 - coalesce(o.used_ms::float8 / nullif(o.budget_ms, 0), 0))
  * extract(epoch from ${ctx.now}::timestamptz - o.running_since) / nullif(extract(epoch from o.due_at - o.running_since), 0))`;

const conditions: Readonly<Record<BoardGroup, RawBuilder<boolean>>> = {
  waiting: sql`merged_into is null and not suspended and status = 'registered'`,
  unaccepted: sql`merged_into is null and not suspended and status = 'dispatched'`,
  near: sql`merged_into is null and not suspended and used_up and not late`,
  late: sql`merged_into is null and not suspended and late`,
  returned: sql`merged_into is null and not suspended and status = 'registered' and returned and body_id is null`,
  suspended: sql`merged_into is null and suspended`,
  merged: sql`merged_into is not null`,
};

export async function countBoard(ctx: Ctx, filter: BoardFilter): Promise<Record<BoardGroup, number>> {
  const counted = boardGroupNames.map(
    (group) => sql`(count(*) filter (where ${conditions[group]}))::integer as ${sql.ref(group)}`,
  );
  const { rows } = await sql<Record<BoardGroup, number>>`
    select ${sql.join(counted)} from (${board(ctx, filter)}) b`.execute(ctx.db);
  return rows[0] as Record<BoardGroup, number>;
}

export interface BoardRow {
  readonly id: Id;
  readonly dutyId: Id | null;
}

/** Danger first, then what is late the longest or falls due next. */
export async function listBoard(ctx: Ctx, filter: BoardFilter, group: BoardGroup, most: number): Promise<BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    select id, duty_id from (${board(ctx, filter)}) b where ${conditions[group]}
    order by urgent desc, due_at nulls last, reported_at, id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function dutiesNamed(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, Obligation>> {
  const { rows } = await sql<Obligation>`
    select * from obligation where realm = ${ctx.realm} and id = any (${uuids(ids)})`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}
