import { type RawBuilder, sql } from 'kysely';
import { type Ctx, granteesOf } from '../../../kernel/context.ts';
import { type Box, cellOf } from '../../../kernel/geo.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Tile } from '../../../kernel/tile.ts';

const columns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };

/** Open cases that the caller may read: of the areas they read, and what was granted and lies elsewhere or is confidential. */
const openCases = (ctx: Ctx, where: RawBuilder<unknown>) => sql`
  select c.* from casefile c where c.realm = ${ctx.realm} and ${isOpen} and ${where} and ${ctx.scope.inMyAreas(ctx, columns)}
  union all
  select c.* from (select distinct g.record_id from access_grant g
    where g.realm = ${ctx.realm} and g.grantee = any (${uuids(granteesOf(ctx.actor))}) and g.record_kind = 'casefile') g
  join casefile c on c.realm = ${ctx.realm} and c.id = g.record_id
  where ${isOpen} and ${where} and not ${ctx.scope.inMyAreas(ctx, columns)}`;

const isOpen = sql`c.merged_into is null and c.status not in ('evaluated', 'declined')`;

/** Of a case `c`: what staff still owe on it. Whether its reporter answers in time is nobody's lateness. */
const owed = (ctx: Ctx) => sql`obligation o where o.realm = ${ctx.realm} and o.record_id = c.id
  and o.state in ('running', 'paused', 'suspended') and o.owed_by_kind <> 'reporter'`;
const isPast = (ctx: Ctx) => sql`o.overran or (o.state = 'running' and o.due_at < ${ctx.now})`;
const isLate = (ctx: Ctx) => sql`exists (select 1 from ${owed(ctx)} and (${isPast(ctx)}))`;

export interface Square {
  readonly cases: number;
  readonly late: number;
  readonly lon: number;
  readonly lat: number;
  readonly ids: Id[];
}

/** Cases of a tile, those of a square together, in the middle of where they lie. */
export async function squaresOn(
  ctx: Ctx,
  { z, x, y }: Tile,
  [west, south, east, north]: Box,
  side: number,
): Promise<Square[]> {
  // A band of cells around the earth: of one county, what lies at the same latitude.
  const band = sql`c.cell between ${cellOf([west, south])}::int and ${cellOf([east, north])}::int`;
  const { rows } = await sql<Square>`
    select count(*)::int as cases, (count(*) filter (where late))::int as late, avg(lon) as lon, avg(lat) as lat,
      (array_agg(id order by number desc))[1:20] as ids
    from (
      select c.id, c.number, c.lon, c.lat, ${isLate(ctx)} as late,
        (c.lon + 180) / 360 * ${2 ** z}::float8 - ${x}::float8 as across,
        (1 - asinh(tan(radians(c.lat))) / pi()) / 2 * ${2 ** z}::float8 - ${y}::float8 as down
      from (${openCases(ctx, band)}) c) placed
    where across >= 0 and across < 1 and down >= 0 and down < 1
    group by floor(across * ${side}::float8), floor(down * ${side}::float8)`.execute(ctx.db);
  return rows;
}

interface Run {
  readonly no: number;
  readonly lastNo: number;
}

export interface AreaCases {
  readonly total: number;
  readonly late: number;
  readonly unplaced: number;
  /** What falls due first comes first. */
  readonly ids: Id[];
  /** Of each run of area numbers that has any. */
  readonly below: readonly { readonly no: number; readonly cases: number; readonly late: number }[];
}

/** The open cases of an area: how many, which, and how they are spread over the runs below. Gone through once. */
export async function casesOfArea(
  ctx: Ctx,
  { no, lastNo }: Run,
  below: readonly Run[],
  most: number,
): Promise<AreaCases> {
  const within = sql`c.scope_no between ${no}::int and ${lastNo}::int`;
  const [firsts, lasts] = [below.map((run) => run.no), below.map((run) => run.lastNo)];
  const { rows } = await sql<AreaCases>`
    with seen as materialized (
      select c.id, c.number, c.lon, c.scope_no, due.at, coalesce(due.late, false) as late
      from (${openCases(ctx, within)}) c
      left join lateral (select min(o.due_at) as at, bool_or(${isPast(ctx)}) as late from ${owed(ctx)}) due on true)
    select count(*)::int as total, (count(*) filter (where late))::int as late,
      (count(*) filter (where lon is null))::int as unplaced,
      coalesce((array_agg(id order by at nulls last, number desc))[1:${most}::int], '{}') as ids,
      coalesce((select jsonb_agg(counted) from (
        select run.no, count(*) as cases, count(*) filter (where s.late) as late
        from unnest(${firsts}::int[], ${lasts}::int[]) as run (no, last_no)
        join seen s on s.scope_no between run.no and run.last_no group by run.no) counted), '[]') as below
    from seen`.execute(ctx.db);
  return rows[0] as AreaCases;
}
