import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';

/** What stands at areas that go: posts with who holds them, bodies, rules, responsibilities. */
export interface PostRow {
  readonly id: string;
  readonly role: string;
  readonly areaId: string;
  readonly holders: number;
}

export async function postsAt(ctx: Ctx, areaIds: readonly string[]): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select p.id, p.role, p.area_id,
      (select count(*)::int from holding h where h.realm = p.realm and h.post_id = p.id and h.held @> ${ctx.now}::timestamptz) as holders
    from post p where p.realm = ${ctx.realm} and p.area_id = any (${[...areaIds]}::uuid[]) and p.closed_on is null
    order by p.role, p.id`.execute(ctx.db);
  return rows;
}

/** Phones in use of who holds a post there now. */
export async function phonesAt(
  ctx: Ctx,
  areaIds: readonly string[],
): Promise<{ readonly areaId: string; readonly phones: number }[]> {
  const { rows } = await sql<{ areaId: string; phones: number }>`
    select p.area_id, count(distinct d.id)::int as phones
    from post p join holding h on h.realm = p.realm and h.post_id = p.id and h.held @> ${ctx.now}::timestamptz
    join device d on d.realm = h.realm and d.person_id = h.person_id and d.revoked_at is null
    where p.realm = ${ctx.realm} and p.area_id = any (${[...areaIds]}::uuid[]) and p.closed_on is null
    group by p.area_id`.execute(ctx.db);
  return rows;
}

export async function movePost(ctx: Ctx, postId: string, areaId: string): Promise<void> {
  await ctx.db.updateTable('post').set({ areaId }).where('realm', '=', ctx.realm).where('id', '=', postId).execute();
}

/** Whoever holds the one holds the other from now on; the one they had stays with them while it owes something. */
export async function joinPost(ctx: Ctx, fromId: string, toId: string): Promise<void> {
  const holders = await sql<{ personId: string }>`
    select h.person_id from holding h where h.realm = ${ctx.realm} and h.post_id = ${fromId} and h.held @> ${ctx.now}::timestamptz
      and not exists (select 1 from holding o where o.realm = h.realm and o.post_id = ${toId} and o.person_id = h.person_id
                      and o.held @> ${ctx.now}::timestamptz)`.execute(ctx.db);
  for (const { personId } of holders.rows)
    await sql`insert into holding (realm, id, post_id, person_id, held)
      values (${ctx.realm}, ${ctx.ids.newId()}, ${toId}, ${personId}, tstzrange(${ctx.now}, null))`.execute(ctx.db);
}

export async function moveBodies(ctx: Ctx, fromId: string, toId: string): Promise<void> {
  await sql`update body set area_id = ${toId} where realm = ${ctx.realm} and area_id = ${fromId}`.execute(ctx.db);
}

/** Rules and responsibilities of an area that goes hold at each of its heirs, unless the same is said there already. */
export async function inheritRules(ctx: Ctx, fromId: string, toId: string): Promise<void> {
  const rules = await sql<{ id: string }>`
    select id from responsibility_rule r where r.realm = ${ctx.realm} and r.area_id = ${fromId} and r.valid @> ${ctx.now}::timestamptz
      and not exists (select 1 from responsibility_rule o where o.realm = r.realm and o.area_id = ${toId} and o.matches_kind = r.matches_kind
        and o.matches = r.matches and o.ground = r.ground and o.valid @> ${ctx.now}::timestamptz)`.execute(ctx.db);
  for (const { id } of rules.rows)
    await sql`insert into responsibility_rule (realm, id, area_id, matches_kind, matches, ground, body_id, basis, valid)
      select realm, ${ctx.ids.newId()}, ${toId}, matches_kind, matches, ground, body_id, basis, tstzrange(${ctx.now}, null)
      from responsibility_rule where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
  const charges = await sql<{ id: string }>`
    select id from responsibility r where r.realm = ${ctx.realm} and r.area_id = ${fromId} and r.held @> ${ctx.now}::timestamptz
      and not exists (select 1 from responsibility o where o.realm = r.realm and o.area_id = ${toId} and o.person_id = r.person_id
        and o.mode = r.mode and o.charge = r.charge and o.held @> ${ctx.now}::timestamptz)`.execute(ctx.db);
  for (const { id } of charges.rows)
    await sql`insert into responsibility (realm, id, area_id, scope_no, person_id, rank, mode, charge, held)
      select r.realm, ${ctx.ids.newId()}, a.id, a.no, r.person_id, r.rank, r.mode, r.charge, tstzrange(${ctx.now}, null)
      from responsibility r join area a on a.realm = r.realm and a.id = ${toId}
      where r.realm = ${ctx.realm} and r.id = ${id}`.execute(ctx.db);
}

export async function endRules(ctx: Ctx, areaId: string): Promise<void> {
  await sql`update responsibility_rule set valid = tstzrange(lower(valid), ${ctx.now})
    where realm = ${ctx.realm} and area_id = ${areaId} and valid @> ${ctx.now}::timestamptz`.execute(ctx.db);
  await sql`update responsibility set held = tstzrange(lower(held), ${ctx.now})
    where realm = ${ctx.realm} and area_id = ${areaId} and held @> ${ctx.now}::timestamptz`.execute(ctx.db);
}

/** Posts at areas that are gone and that owe nothing any more. */
export async function idlePosts(ctx: Ctx, most: number): Promise<{ id: string; scopeNo: number }[]> {
  const { rows } = await sql<{ id: string; scopeNo: number }>`
    select p.id, a.no as scope_no from post p join area a on a.realm = p.realm and a.id = p.area_id
    where p.realm = ${ctx.realm} and p.closed_on is null and a.closed_on is not null
      and not exists (select 1 from obligation o where o.realm = p.realm and o.owed_by = p.id and o.state in ('running', 'paused', 'suspended'))
    order by p.id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function closePost(ctx: Ctx, postId: string, on: string): Promise<void> {
  await sql`update holding set held = tstzrange(lower(held), ${ctx.now})
    where realm = ${ctx.realm} and post_id = ${postId} and held @> ${ctx.now}::timestamptz`.execute(ctx.db);
  await sql`update post set closed_on = ${on} where realm = ${ctx.realm} and id = ${postId}`.execute(ctx.db);
}
