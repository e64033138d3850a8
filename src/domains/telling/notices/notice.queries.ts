import { type Insertable, type RawBuilder, sql } from 'kysely';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import type { Notice } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Area } from '../../land/areas/index.ts';

export async function insertNotice(
  ctx: Ctx,
  row: Omit<Insertable<Notice>, 'realm'>,
  areas: readonly Area[],
): Promise<void> {
  await ctx.db
    .insertInto('notice')
    .values({ realm: ctx.realm, ...row })
    .execute();
  await ctx.db
    .insertInto('noticeArea')
    .values(
      areas.map(({ id, no, lastNo }) => ({
        realm: ctx.realm,
        noticeId: row.id as string,
        areaId: id,
        scopeNo: no,
        lastNo,
        public: row.public,
      })),
    )
    .execute();
}

/**
 * Everybody who has to know of something in an area: who answers for it or for what lies in it, and who holds a post
 * there. `n` is what it is laid on: areas with their numbers.
 */
const whoAnswers = (ctx: Ctx) => sql`
  lateral (
    select r.person_id, r.area_id from responsibility r
    where r.realm = n.realm and r.scope_no between n.scope_no and n.last_no and r.held @> ${ctx.now}::timestamptz and r.mode = 'normal'
    union
    select h.person_id, p.area_id from post p
    join area a on a.realm = p.realm and a.id = p.area_id
    join holding h on h.realm = p.realm and h.post_id = p.id and h.held @> ${ctx.now}::timestamptz
    where p.realm = n.realm and a.no between n.scope_no and n.last_no and p.closed_on is null and p.mode = 'normal'
  ) who on true`;

/** Written in one statement, so that two thousand grids are told as surely as one. */
export async function tellResponsible(ctx: Ctx, noticeId: Id): Promise<number> {
  const told = await sql`
    insert into notice_told (realm, notice_id, person_id, area_id, told_at)
    select distinct ${ctx.realm}::smallint, ${noticeId}::uuid, who.person_id, who.area_id, ${ctx.now}::timestamptz
    from notice_area n join ${whoAnswers(ctx)}
    where n.realm = ${ctx.realm} and n.notice_id = ${noticeId}
    on conflict do nothing`.execute(ctx.db);
  return Number(told.numAffectedRows ?? 0);
}

/** How many people a notice laid on these areas would tell, by the very rule that tells them. */
export async function wouldTell(ctx: Ctx, areas: readonly Area[]): Promise<number> {
  const numbers = JSON.stringify(areas.map(({ no, lastNo }) => ({ scope_no: no, last_no: lastNo })));
  const { rows } = await sql<{ people: number }>`
    with n as (select ${ctx.realm}::smallint as realm, j.* from json_to_recordset(${numbers}::json) as j(scope_no int, last_no int))
    select count(distinct who.person_id)::int as people from n join ${whoAnswers(ctx)}`.execute(ctx.db);
  return rows[0]?.people ?? 0;
}

export interface NoticeRow {
  readonly id: Id;
  readonly words: string;
  readonly public: boolean;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly areaIds: Id[];
}

const noticeColumns = sql`n.id, n.words, n.public, n.from_at, n.until_at,
  array(select a.area_id from notice_area a where a.realm = n.realm and a.notice_id = n.id order by a.scope_no) as area_ids`;

/** Notices in force that cover an area: laid on it, above it or inside it. */
export async function noticesFor(
  ctx: Ctx,
  area: Pick<Area, 'no' | 'lastNo'> | null,
  publicOnly: boolean,
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns} from notice n
    where n.realm = ${ctx.realm} and n.withdrawn_at is null and n.from_at <= ${ctx.now} and n.until_at > ${ctx.now}
      and (n.public or not ${publicOnly})
      and (${area === null} or exists (select 1 from notice_area a where a.realm = n.realm and a.notice_id = n.id
           and a.scope_no <= ${area?.lastNo ?? 0} and a.last_no >= ${area?.no ?? 0}))
    order by n.from_at desc, n.id limit 100`.execute(ctx.db);
  return rows;
}

/** Public ones that covered an area and are over or withdrawn, issued since then. */
export async function earlierNotices(
  ctx: Ctx,
  area: Pick<Area, 'no' | 'lastNo'> | null,
  since: Date,
): Promise<(NoticeRow & { readonly withdrawnAt: Date | null })[]> {
  const { rows } = await sql<NoticeRow & { readonly withdrawnAt: Date | null }>`
    select ${noticeColumns}, n.withdrawn_at from notice n
    where n.realm = ${ctx.realm} and n.public and n.from_at >= ${since} and (n.withdrawn_at is not null or n.until_at <= ${ctx.now})
      and (${area === null} or exists (select 1 from notice_area a where a.realm = n.realm and a.notice_id = n.id
           and a.scope_no <= ${area?.lastNo ?? 0} and a.last_no >= ${area?.no ?? 0}))
    order by n.from_at desc, n.id limit 20`.execute(ctx.db);
  return rows;
}

/** The numbers of the areas that I read. */
function myNumbers(ctx: Ctx): RawBuilder<unknown> {
  const runs = postsOf(ctx.actor).flatMap((seat) => (seat.readsArea ? (seat.numbers ?? []) : []));
  return sql`${`{${runs.map(([first, last]) => `[${first},${last}]`).join(',')}}`}::int4multirange`;
}

/** The areas of my seats themselves: what is laid on them or above them covers their numbers. */
function myHomes(ctx: Ctx): RawBuilder<unknown> {
  const homes = postsOf(ctx.actor).flatMap(({ readsArea, from }) => (readsArea && from !== null ? [from] : []));
  return sql`${`{${homes.map((no) => `[${no},${no}]`).join(',')}}`}::int4multirange`;
}

const personOf = ({ actor }: Ctx): Id | null => (actor.kind === 'account' ? actor.personId : null);

/** A notice that is public, touches an area that I read, or was told to me. */
export async function noticeById(ctx: Ctx, id: Id): Promise<NoticeRow | undefined> {
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns} from notice n where n.realm = ${ctx.realm} and n.id = ${id} and (n.public
      or exists (select 1 from notice_area a where a.realm = n.realm and a.notice_id = n.id
                 and (${myNumbers(ctx)} @> a.scope_no or ${myHomes(ctx)} && int4range(a.scope_no, a.last_no, '[]')))
      or exists (select 1 from notice_told t where t.realm = n.realm and t.notice_id = n.id
                 and t.person_id = ${personOf(ctx)}))`.execute(ctx.db);
  return rows[0];
}

export interface ToldRow {
  readonly personId: Id;
  readonly name: string;
  readonly areaId: Id;
  readonly toldAt: Date;
  readonly readAt: Date | null;
}

/** Who was told, as far as they answer for an area that I read. */
export async function toldOf(ctx: Ctx, noticeId: Id): Promise<ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select t.person_id, p.name, t.area_id, t.told_at, t.read_at from notice_told t
    join person p on p.realm = t.realm and p.id = t.person_id
    where t.realm = ${ctx.realm} and t.notice_id = ${noticeId} and (t.person_id = ${personOf(ctx)}
      or exists (select 1 from area r where r.realm = t.realm and r.id = t.area_id and ${myNumbers(ctx)} @> r.no))
    order by p.name, t.area_id`.execute(ctx.db);
  return rows;
}

export interface CoveringRow extends NoticeRow {
  readonly withdrawnAt: Date | null;
  readonly told: number;
  readonly read: number;
}

/** Notices on areas that I read or above them, newest first, with how many were told and have read, as far as I see them. */
export async function coveringNotices(ctx: Ctx, since: Date): Promise<CoveringRow[]> {
  const { rows } = await sql<CoveringRow>`
    select ${noticeColumns}, n.withdrawn_at, count(t.person_id)::int as told, count(t.read_at)::int as read
    from notice n left join lateral (
      select t.person_id, max(t.read_at) as read_at from notice_told t
      join area r on r.realm = t.realm and r.id = t.area_id and ${myNumbers(ctx)} @> r.no
      where t.realm = n.realm and t.notice_id = n.id group by t.person_id) t on true
    where n.realm = ${ctx.realm} and n.until_at > ${since}
      and exists (select 1 from notice_area a where a.realm = n.realm and a.notice_id = n.id
                  and (${myNumbers(ctx)} @> a.scope_no or ${myHomes(ctx)} && int4range(a.scope_no, a.last_no, '[]')))
    group by n.realm, n.id order by n.from_at desc, n.id limit 100`.execute(ctx.db);
  return rows;
}

/** What I was told and have not read. */
export async function unreadNotices(ctx: Ctx, personId: Id): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns} from notice n
    where n.realm = ${ctx.realm} and n.withdrawn_at is null and n.until_at > ${ctx.now}
      and exists (select 1 from notice_told t where t.realm = n.realm and t.notice_id = n.id and t.person_id = ${personId} and t.read_at is null)
    order by n.from_at desc, n.id limit 50`.execute(ctx.db);
  return rows;
}

export async function markNoticeRead(ctx: Ctx, noticeId: Id, personId: Id): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('noticeTold')
    .set({ readAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('noticeId', '=', noticeId)
    .where('personId', '=', personId)
    .where('readAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function withdrawNoticeRow(ctx: Ctx, id: Id): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('notice')
    .set({ withdrawnAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
