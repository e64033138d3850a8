import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Boundary } from '../../../kernel/geo.ts';
import type { Former } from '../areas/index.ts';
import type { Changed, NewArea, Pass, Shift } from './plan.model.ts';

/** One act at a time, and none while an area is being added: whoever comes second sees what the first did. */
export async function lockTree(ctx: Ctx): Promise<void> {
  await sql`select 1 from area where realm = ${ctx.realm} and closed_on is null order by no for update`.execute(ctx.db);
}

/**
 * A border of many thousand points is held against each record, and all open ones move in one transaction: a statement of
 * an act, and of its preview, may take as long as one of the background's.
 */
export async function takeItsTime(ctx: Ctx): Promise<void> {
  await sql`select set_config('statement_timeout', '60s', true)`.execute(ctx.db);
}

export interface Standing {
  readonly areaId: string;
  readonly name: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
  /** Since when its present name, code, parent and border hold. */
  readonly since: string;
}

export async function standingOf(ctx: Ctx, areaIds: readonly string[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select distinct on (a.id) a.id as area_id, v.name, a.opened_on::text as opened_on, a.closed_on::text as closed_on,
      coalesce(lower(v.valid), a.opened_on)::text as since
    from area a join area_version v on v.realm = a.realm and v.area_id = a.id
    where a.realm = ${ctx.realm} and a.id = any (${[...areaIds]}::uuid[])
    order by a.id, coalesce(lower(v.valid), a.opened_on) desc`.execute(ctx.db);
  return rows;
}

export async function closeAreas(ctx: Ctx, areaIds: readonly string[], on: string): Promise<void> {
  await sql`update area_version set valid = daterange(lower(valid), ${on}::date)
    where realm = ${ctx.realm} and area_id = any (${[...areaIds]}::uuid[]) and upper_inf(valid)`.execute(ctx.db);
  await sql`update area set closed_on = ${on} where realm = ${ctx.realm} and id = any (${[...areaIds]}::uuid[])`.execute(
    ctx.db,
  );
}

export async function openArea(ctx: Ctx, area: NewArea, on: string): Promise<void> {
  const { id, level, no, lastNo, parentId, code, name, boundary } = area;
  await ctx.db
    .insertInto('area')
    .values({ realm: ctx.realm, id, level, no, lastNo, openedOn: on, closedOn: null })
    .execute();
  await sql`insert into area_version (realm, id, area_id, valid, parent_id, code, name, boundary)
    values (${ctx.realm}, ${ctx.ids.newId()}, ${id}, daterange(${on}, null), ${parentId}, ${code}, ${name},
            ${boundary === null ? null : JSON.stringify(boundary)}::jsonb)`.execute(ctx.db);
}

/** A version of its own from that day on; what was said of that very day already is said anew. */
export async function changeVersion(ctx: Ctx, { area, ...to }: Changed, on: string): Promise<void> {
  const ended = await sql`
    update area_version set valid = daterange(lower(valid), ${on}::date)
    where realm = ${ctx.realm} and area_id = ${area.id} and upper_inf(valid) and lower(valid) < ${on}::date`.execute(
    ctx.db,
  );
  if (ended.numAffectedRows)
    await sql`insert into area_version (realm, id, area_id, valid, parent_id, code, name, boundary, source)
      select realm, ${ctx.ids.newId()}, area_id, daterange(${on}, null), parent_id, code, name, boundary, source
      from area_version where realm = ${ctx.realm} and area_id = ${area.id} and upper(valid) = ${on}::date`.execute(
      ctx.db,
    );
  const boundary = to.boundary === undefined ? null : JSON.stringify(to.boundary);
  await sql`update area_version set name = coalesce(${to.name ?? null}, name), code = coalesce(${to.code ?? null}, code),
      parent_id = coalesce(${to.parentId ?? null}::uuid, parent_id),
      boundary = coalesce(${boundary}::jsonb, boundary), source = case when ${boundary}::jsonb is null then source end
    where realm = ${ctx.realm} and area_id = ${area.id} and upper_inf(valid)`.execute(ctx.db);
}

export async function shiftNumbers(ctx: Ctx, { area, no, lastNo, toNo }: Shift): Promise<void> {
  const by = toNo - no;
  await sql`
    update area set no = no + ${by}::int, last_no = case when id = ${area.id} then ${lastNo + by}::int else last_no + ${by}::int end
    where realm = ${ctx.realm} and closed_on is null and no between ${area.no} and ${area.lastNo}`.execute(ctx.db);
}

/** In the order of their numbers, so that one that was cut shrinks before what was cut off it is put beside it. */
export async function saveFormers(ctx: Ctx, formers: readonly Former[]): Promise<void> {
  for (const { from, last, to, torn } of formers)
    await sql`
      insert into area_former_number (realm, from_no, last_no, to_no, torn_id, vacated_at)
      values (${ctx.realm}, ${from}, ${last}, ${to}, ${torn}, ${ctx.now})
      on conflict (realm, from_no) do update
        set last_no = excluded.last_no, to_no = excluded.to_no, torn_id = excluded.torn_id, vacated_at = excluded.vacated_at,
            followed_at = null
        where (area_former_number.last_no, area_former_number.to_no, area_former_number.torn_id)
          is distinct from (excluded.last_no, excluded.to_no, excluded.torn_id)`.execute(ctx.db);
}

export async function addHeir(
  ctx: Ctx,
  heir: { areaId: string; heirId: string; fromDay: string; takesRest: boolean },
): Promise<void> {
  await ctx.db
    .insertInto('areaHeir')
    .values({ realm: ctx.realm, ...heir })
    .execute();
}

/** The land that went to each, under the id of the cut; behind all cuts before it. */
export async function addCut(ctx: Ctx, cut: { cutId: string; areaId: string; passes: readonly Pass[] }): Promise<void> {
  for (const { to, land } of cut.passes)
    await sql`insert into area_cut (realm, cut_id, area_id, heir_id, boundary, step)
      values (${ctx.realm}, ${cut.cutId}, ${cut.areaId}, ${to.id}, ${JSON.stringify(land)}::jsonb,
              (select coalesce(max(step), 0) + 1 from area_cut where realm = ${ctx.realm} and cut_id <> ${cut.cutId}))`.execute(
      ctx.db,
    );
}

export interface HeirRow {
  /** The area that is gone; or a cut, by which an area that stays lost land. */
  readonly areaId: string;
  readonly heirId: string;
  readonly takesRest: boolean;
  /** Its number while it stands; null: it is gone itself. */
  readonly no: number | null;
  readonly boundary: Boundary | null;
  /** Of a cut: the area that lost land by it. */
  readonly cutOf: string | null;
  /** Of a cut: in which order it was made. */
  readonly step: number;
}

/** What became of areas that are gone, with the last border of each heir; and of land that went without its area. */
export async function allHeirs(ctx: Ctx): Promise<HeirRow[]> {
  const { rows } = await sql<HeirRow>`
    select h.area_id, h.heir_id, h.takes_rest, case when a.closed_on is null then a.no end as no, v.boundary,
      null::uuid as cut_of, 0 as step
    from area_heir h join area a on a.realm = h.realm and a.id = h.heir_id
    cross join lateral (select boundary from area_version v where v.realm = a.realm and v.area_id = a.id
                        order by upper_inf(v.valid) desc, upper(v.valid) desc nulls last limit 1) v
    where h.realm = ${ctx.realm}
    union all
    select c.cut_id, c.heir_id, false, case when a.closed_on is null then a.no end, c.boundary, c.area_id, c.step
    from area_cut c join area a on a.realm = c.realm and a.id = c.heir_id where c.realm = ${ctx.realm}
    union all
    -- the area that was cut keeps the rest
    select distinct on (c.cut_id) c.cut_id, c.area_id, true, case when a.closed_on is null then a.no end, null::jsonb, c.area_id, c.step
    from area_cut c join area a on a.realm = c.realm and a.id = c.area_id where c.realm = ${ctx.realm}
    order by area_id, takes_rest, no`.execute(ctx.db);
  return rows;
}

export interface NamedRow {
  readonly areaId: string;
  readonly name: string;
  readonly level: string;
  readonly code: string;
  readonly fromDay: string;
  readonly untilDay: string | null;
}

/** Versions whose name contains the words, today's first: an old name leads to the area as well. */
export async function versionsNamed(ctx: Ctx, words: string): Promise<NamedRow[]> {
  const { rows } = await sql<NamedRow>`
    select v.area_id, v.name, a.level, v.code, lower(v.valid)::text as from_day, upper(v.valid)::text as until_day
    from area_version v join area a on a.realm = v.realm and a.id = v.area_id
    where v.realm = ${ctx.realm} and not isempty(v.valid) and strpos(v.name, ${words}) > 0
    order by upper_inf(v.valid) desc, a.no, lower(v.valid) desc limit 100`.execute(ctx.db);
  return rows;
}

export interface FormerRow extends Former {
  readonly vacatedAt: Date;
}

/** Former numbers that some row may still carry. */
export async function formersToFollow(ctx: Ctx): Promise<FormerRow[]> {
  const { rows } = await sql<FormerRow>`
    select from_no as "from", last_no as last, to_no as "to", torn_id as torn, vacated_at from area_former_number
    where realm = ${ctx.realm} and followed_at is null order by from_no`.execute(ctx.db);
  return rows;
}

export async function markFollowed(ctx: Ctx, from: number): Promise<void> {
  await sql`update area_former_number set followed_at = ${ctx.now} where realm = ${ctx.realm} and from_no = ${from}`.execute(
    ctx.db,
  );
}
