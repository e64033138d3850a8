import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

export interface ChargeRow {
  readonly id: Id;
  readonly areaId: Id;
  readonly mode: string;
  readonly charge: string;
}

const rowsOf = async <T>(ctx: Ctx, text: ReturnType<typeof sql<T>>): Promise<T[]> => (await text.execute(ctx.db)).rows;

/** What a person answers for now. */
export const chargesOf = (ctx: Ctx, personId: Id): Promise<ChargeRow[]> =>
  rowsOf(
    ctx,
    sql<ChargeRow>`select id, area_id, mode, charge from responsibility
      where realm = ${ctx.realm} and person_id = ${personId} and held @> ${ctx.now}::timestamptz order by scope_no, id`,
  );

export async function endCharges(ctx: Ctx, ids: readonly Id[]): Promise<void> {
  await sql`update responsibility set held = tstzrange(lower(held), ${ctx.now})
    where realm = ${ctx.realm} and id = any (${[...ids]}::uuid[])`.execute(ctx.db);
}

export async function passChargeRow(ctx: Ctx, id: Id, toId: Id): Promise<void> {
  await sql`insert into responsibility (realm, id, area_id, scope_no, person_id, rank, mode, charge, held)
    select realm, ${ctx.ids.newId()}, area_id, scope_no, ${toId}, rank, mode, charge, tstzrange(${ctx.now}, null)
    from responsibility where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
}

export interface HeldPost {
  readonly postId: Id;
  readonly bodyId: Id | null;
}

export const postsHeldBy = (ctx: Ctx, personId: Id): Promise<HeldPost[]> =>
  rowsOf(
    ctx,
    sql<HeldPost>`
      select p.id as post_id, p.body_id
      from holding h join post p on p.realm = h.realm and p.id = h.post_id and p.closed_on is null
      where h.realm = ${ctx.realm} and h.person_id = ${personId} and h.held @> ${ctx.now}::timestamptz order by p.role, p.id`,
  );

/** People by login, id or name. */
export const peopleCalled = (ctx: Ctx, typed: string): Promise<{ id: Id; name: string }[]> =>
  rowsOf(
    ctx,
    sql<{ id: Id; name: string }>`
      select p.id, p.name from person p where p.realm = ${ctx.realm} and (p.name = ${typed} or p.id::text = ${typed}
        or exists (select from account a where a.realm = p.realm and a.person_id = p.id and a.login = ${typed}))`,
  );

export async function markTemporary(
  ctx: Ctx,
  bodyId: Id,
  { purpose, until, aboveId }: { purpose: string; until: string; aboveId: Id | null },
): Promise<void> {
  await sql`update body set purpose = ${purpose}, temporary_until = ${until}::date, above_id = ${aboveId}
    where realm = ${ctx.realm} and id = ${bodyId}`.execute(ctx.db);
}

export async function saveCalendarOf(ctx: Ctx, bodyId: Id, calendarId: Id): Promise<void> {
  await sql`update body set calendar_id = ${calendarId} where realm = ${ctx.realm} and id = ${bodyId}`.execute(ctx.db);
}

export async function closeBodyRows(
  ctx: Ctx,
  bodyId: Id,
  name: string,
  on: string,
): Promise<{ posts: number; holdings: number; charges: number }> {
  const posts = sql`select id from post where realm = ${ctx.realm} and body_id = ${bodyId} and closed_on is null`;
  const now = sql`${ctx.now}::timestamptz`;
  const charges = await sql`update responsibility set held = tstzrange(lower(held), ${ctx.now})
    where realm = ${ctx.realm} and mode = 'emergency' and charge = ${name} and held @> ${now}
      and person_id in (select person_id from holding where realm = ${ctx.realm} and post_id in (${posts}))`.execute(
    ctx.db,
  );
  const holdings = await sql`update holding set held = tstzrange(lower(held), ${ctx.now})
    where realm = ${ctx.realm} and post_id in (${posts}) and held @> ${now}`.execute(ctx.db);
  const closed = await sql`update post set closed_on = ${on}::date
    where realm = ${ctx.realm} and body_id = ${bodyId} and closed_on is null`.execute(ctx.db);
  await sql`update body set closed_on = ${on}::date where realm = ${ctx.realm} and id = ${bodyId}`.execute(ctx.db);
  const count = ({ numAffectedRows }: { numAffectedRows?: bigint | undefined }): number => Number(numAffectedRows ?? 0);
  return { posts: count(closed), holdings: count(holdings), charges: count(charges) };
}
