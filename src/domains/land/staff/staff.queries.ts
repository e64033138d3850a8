import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import type { Body, Post } from './directory.model.ts';
import {
  type bodyForm,
  type holdingForm,
  type postForm,
  type Role,
  type responsibilityForm,
  roles,
} from './staff.model.ts';

export async function allPosts(ctx: Ctx): Promise<Post[]> {
  const { rows } = await sql<Post>`
    select p.id, p.role, p.area_id, p.body_id,
           exists (select 1 from holding h where h.realm = p.realm and h.post_id = p.id and h.held @> ${ctx.now}::timestamptz) as held
    from post p where p.realm = ${ctx.realm} and p.closed_on is null order by p.role, p.id`.execute(ctx.db);
  return rows;
}

export async function allBodies(ctx: Ctx): Promise<Body[]> {
  const { rows } = await sql<Body>`
    select id, name, kind, area_id, calendar_id, temporary_until::text, above_id from body
    where realm = ${ctx.realm} and closed_on is null order by name`.execute(ctx.db);
  return rows;
}

export async function closedBodies(ctx: Ctx): Promise<{ id: Id; name: string }[]> {
  return ctx.db
    .selectFrom('body')
    .select(['id', 'name'])
    .where('realm', '=', ctx.realm)
    .where('closedOn', 'is not', null)
    .execute();
}

export async function insertBody(ctx: Ctx, form: z.infer<typeof bodyForm>): Promise<void> {
  await ctx.db
    .insertInto('body')
    .values({ realm: ctx.realm, ...form, openedOn: await today(ctx), closedOn: null })
    .execute();
}

export async function insertPost(ctx: Ctx, form: z.infer<typeof postForm>): Promise<void> {
  const readsArea = roles[form.role].readsArea;
  await ctx.db
    .insertInto('post')
    .values({ realm: ctx.realm, ...form, readsArea, openedOn: await today(ctx), closedOn: null })
    .execute();
}

export async function insertPerson(
  ctx: Ctx,
  person: { id: Id; name: string; sealed: Buffer | null; keyId: Id | null; phoneMark: Buffer | null },
): Promise<void> {
  await ctx.db
    .insertInto('person')
    .values({ realm: ctx.realm, ...person, recordedAt: ctx.now })
    .execute();
}

export async function insertHolding(ctx: Ctx, form: z.infer<typeof holdingForm>): Promise<void> {
  await ctx.db
    .insertInto('holding')
    .values({ realm: ctx.realm, ...form, held: `[${ctx.now.toISOString()},)` })
    .execute();
}

export async function endHoldings(ctx: Ctx, postId: Id, personId: Id): Promise<number> {
  const ended = await sql`
    update holding set held = tstzrange(lower(held), ${ctx.now})
    where realm = ${ctx.realm} and post_id = ${postId} and person_id = ${personId} and held @> ${ctx.now}::timestamptz`.execute(
    ctx.db,
  );
  return Number(ended.numAffectedRows ?? 0);
}

export async function insertResponsibility(
  ctx: Ctx,
  form: z.infer<typeof responsibilityForm>,
  scopeNo: number,
): Promise<void> {
  await ctx.db
    .insertInto('responsibility')
    .values({ realm: ctx.realm, ...form, scopeNo, held: `[${ctx.now.toISOString()},)` })
    .execute();
}

/** Two appointments of one person at once see each other. */
export async function lockPerson(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from person where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

/** Roles a person holds now. */
export async function rolesHeldBy(ctx: Ctx, personId: Id): Promise<string[]> {
  const { rows } = await sql<{ role: string }>`
    select distinct p.role from holding h join post p on p.realm = h.realm and p.id = h.post_id
    where h.realm = ${ctx.realm} and h.person_id = ${personId} and h.held @> ${ctx.now}::timestamptz`.execute(ctx.db);
  return rows.map((row) => row.role);
}

/** Who holds posts of this role stays as it is until this transaction ends. */
export async function lockPostsOf(ctx: Ctx, role: Role): Promise<void> {
  await sql`select 1 from post where realm = ${ctx.realm} and role = ${role} order by id for update`.execute(ctx.db);
}

/** How many people hold a post of this role and can sign in. */
export async function holdersWithAccount(ctx: Ctx, role: Role): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(distinct h.person_id)::int as people from post p
    join holding h on h.realm = p.realm and h.post_id = p.id and h.held @> ${ctx.now}::timestamptz
    join account a on a.realm = h.realm and a.person_id = h.person_id and a.closed_at is null
    where p.realm = ${ctx.realm} and p.role = ${role} and p.closed_on is null`.execute(ctx.db);
  return rows[0]?.people ?? 0;
}

export interface HolderRow {
  readonly postId: Id;
  readonly personId: Id;
  readonly name: string;
}

/** Who holds these posts now. */
export async function holdersOf(ctx: Ctx, postIds: readonly Id[]): Promise<HolderRow[]> {
  if (postIds.length === 0) return [];
  const { rows } = await sql<HolderRow>`
    select h.post_id, h.person_id, p.name from holding h join person p on p.realm = h.realm and p.id = h.person_id
    where h.realm = ${ctx.realm} and h.post_id = any (${[...postIds]}::uuid[]) and h.held @> ${ctx.now}::timestamptz
    order by lower(h.held), p.name`.execute(ctx.db);
  return rows;
}

/** Who is called so, or something like it, and holds a post now: one line for each post. */
export async function peopleNamed(ctx: Ctx, words: string, most: number): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select h.post_id, h.person_id, p.name from person p join holding h on h.realm = p.realm and h.person_id = p.id
    where p.realm = ${ctx.realm} and strpos(p.name, ${words}) > 0 and h.held @> ${ctx.now}::timestamptz
    order by p.name, lower(h.held), h.post_id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface ResponsibleRow {
  readonly areaId: Id;
  readonly personId: Id;
  readonly name: string;
  readonly rank: string;
  readonly mode: 'normal' | 'emergency';
  readonly charge: string;
}

/** Who answers for any of these areas now. */
export async function responsibleFor(ctx: Ctx, areaIds: readonly Id[]): Promise<ResponsibleRow[]> {
  const { rows } = await sql<ResponsibleRow>`
    select r.area_id, r.person_id, p.name, r.rank, r.mode, r.charge
    from responsibility r join person p on p.realm = r.realm and p.id = r.person_id
    where r.realm = ${ctx.realm} and r.area_id = any (${[...areaIds]}::uuid[]) and r.held @> ${ctx.now}::timestamptz
    order by r.scope_no, r.rank, p.name`.execute(ctx.db);
  return rows;
}

export async function namesOf(ctx: Ctx, personIds: readonly Id[]): Promise<Map<Id, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('realm', '=', ctx.realm)
    .where('id', 'in', [...new Set(personIds)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
