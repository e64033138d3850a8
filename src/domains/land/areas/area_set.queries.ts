import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Boundary } from '../../../kernel/geo.ts';
import type { Id } from '../../../kernel/id.ts';
import type { NewArea } from './comparison.model.ts';
import type { Interval } from './numbering.model.ts';

export interface ParentRow extends Interval {
  readonly id: Id;
  readonly name: string;
  /** The highest number ever given below it, to closed and moved areas too; its own where there is none. */
  readonly behind: number;
}

/** Locked in the order of their numbers: two imports below the same parents come one after the other. */
export async function lockParents(ctx: Ctx, ids: readonly Id[], day: string): Promise<ParentRow[]> {
  await sql`select 1 from area where realm = ${ctx.realm} and id = any(${ids}::uuid[]) order by no for update`.execute(
    ctx.db,
  );
  const { rows } = await sql<ParentRow>`
    select p.id, p.no, p.last_no, v.name,
           greatest(p.no,
             (select max(a.last_no) from area a where a.realm = p.realm and a.no > p.no and a.no <= p.last_no),
             (select max(f.last_no) from area_former_number f
              where f.realm = p.realm and f.from_no > p.no and f.from_no <= p.last_no)) as behind
    from area p join area_version v on v.realm = p.realm and v.area_id = p.id and v.valid @> ${day}::date
    where p.realm = ${ctx.realm} and p.id = any(${ids}::uuid[]) and p.closed_on is null`.execute(ctx.db);
  return rows;
}

export async function codesInUse(ctx: Ctx, codes: readonly string[], day: string): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`
    select code from area_version
    where realm = ${ctx.realm} and code = any(${codes}::text[]) and valid @> ${day}::date`.execute(ctx.db);
  return new Set(rows.map(({ code }) => code));
}

/** In two statements, however many they are. */
export async function insertAreas(ctx: Ctx, list: readonly (NewArea & Interval)[], day: string): Promise<void> {
  const column = <K extends keyof (NewArea & Interval)>(name: K): (NewArea & Interval)[K][] =>
    list.map((one) => one[name]);
  await sql`
    insert into area (realm, id, level, no, last_no, opened_on)
    select ${ctx.realm}, id, level, no, last_no, ${day}::date
    from unnest(${column('id')}::uuid[], ${column('level')}::text[], ${column('no')}::int[], ${column('lastNo')}::int[])
      as t (id, level, no, last_no)`.execute(ctx.db);
  await sql`
    insert into area_version (realm, id, area_id, valid, parent_id, code, name)
    select ${ctx.realm}, id, area_id, daterange(${day}::date, null), parent_id, code, name
    from unnest(${list.map(() => ctx.ids.newId())}::uuid[], ${column('id')}::uuid[], ${column('parentId')}::uuid[],
                ${column('code')}::text[], ${column('name')}::text[])
      as t (id, area_id, parent_id, code, name)`.execute(ctx.db);
}

/** What is to hold of an area from a day on; what is left out stays as it is. */
export interface Amendment {
  readonly areaId: Id;
  readonly code?: string;
  readonly name?: string;
  readonly border?: { readonly boundary: Boundary; readonly source: unknown };
}

export interface AmendedRow {
  readonly areaId: Id;
  readonly no: number;
  readonly code: string;
  readonly name: string;
}

/** Locks what stands, as it stands. */
export async function lockVersions(ctx: Ctx, ids: readonly Id[], day: string): Promise<AmendedRow[]> {
  const { rows } = await sql<AmendedRow>`
    select a.id as area_id, a.no, v.code, v.name
    from area a join area_version v on v.realm = a.realm and v.area_id = a.id and v.valid @> ${day}::date
    where a.realm = ${ctx.realm} and a.id = any(${ids}::uuid[]) and a.closed_on is null
    order by a.no for update`.execute(ctx.db);
  return rows;
}

/**
 * A version that began earlier ends with yesterday and is kept; the one of today follows it. A version that began today
 * is changed in place: a day has one version.
 */
export async function amendVersions(ctx: Ctx, list: readonly Amendment[], day: string): Promise<void> {
  const ids = list.map(({ areaId }) => areaId);
  const newIds = list.map(() => ctx.ids.newId());
  await sql`
    update area_version set valid = daterange(lower(valid), ${day}::date)
    where realm = ${ctx.realm} and area_id = any(${ids}::uuid[])
      and valid @> ${day}::date and lower(valid) < ${day}::date`.execute(ctx.db);
  await sql`
    insert into area_version (realm, id, area_id, valid, parent_id, code, name, boundary, source)
    select v.realm, t.id, v.area_id, daterange(${day}::date, null), v.parent_id, v.code, v.name, v.boundary, v.source
    from unnest(${newIds}::uuid[], ${ids}::uuid[]) as t (id, area_id)
    join area_version v on v.realm = ${ctx.realm} and v.area_id = t.area_id and upper(v.valid) = ${day}::date
    where not exists (select 1 from area_version n
                      where n.realm = v.realm and n.area_id = v.area_id and n.valid @> ${day}::date)`.execute(ctx.db);
  const column = <T>(of: (one: Amendment) => T): T[] => list.map(of);
  await sql`
    update area_version v
    set code = coalesce(t.code, v.code), name = coalesce(t.name, v.name),
        boundary = coalesce(t.boundary, v.boundary),
        source = case when t.boundary is null then v.source else t.source end
    from unnest(${ids}::uuid[], ${column(({ code }) => code ?? null)}::text[], ${column(({ name }) => name ?? null)}::text[],
                ${column(({ border }) => (border ? JSON.stringify(border.boundary) : null))}::jsonb[],
                ${column(({ border }) => (border?.source ? JSON.stringify(border.source) : null))}::jsonb[])
      as t (area_id, code, name, boundary, source)
    where v.realm = ${ctx.realm} and v.area_id = t.area_id and v.valid @> ${day}::date`.execute(ctx.db);
}
