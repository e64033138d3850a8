import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertions } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Charge, RosterGround, Steps } from './roster_plan.model.ts';
import { roles } from './staff.model.ts';

type Made<K extends keyof Steps> = readonly NonNullable<Steps[K]>[];

export function insertBodies(ctx: Ctx, bodies: Made<'body'>, openedOn: string): void {
  if (bodies.length === 0) return;
  ctx.send(
    insertions(
      'body',
      bodies.map(({ id, name, kind, areaId, calendarId, code }) => ({
        realm: ctx.realm,
        id,
        name,
        kind,
        areaId,
        calendarId,
        code,
        openedOn,
      })),
    ),
  );
}

export const saveBodyName = (ctx: Ctx, id: Id, name: string): void =>
  ctx.send(change('body', { realm: ctx.realm, id }, { name }));

export function insertPosts(ctx: Ctx, posts: Made<'post'>, openedOn: string): void {
  if (posts.length === 0) return;
  const rows = posts.map((post) => ({
    realm: ctx.realm,
    ...post,
    mode: 'normal',
    readsArea: roles[post.role].readsArea,
    openedOn,
  }));
  ctx.send(insertions('post', rows));
}

interface PersonRow {
  readonly id: Id;
  readonly name: string;
  readonly sealed: Buffer | null;
  readonly keyId: Id;
  readonly phoneMark: Buffer | null;
}

export function insertPeople(ctx: Ctx, people: readonly PersonRow[]): void {
  if (people.length === 0) return;
  ctx.send(
    insertions(
      'person',
      people.map((person) => ({ realm: ctx.realm, ...person, recordedAt: ctx.now })),
    ),
  );
}

export const savePhone = (ctx: Ctx, id: Id, to: Omit<PersonRow, 'id' | 'name'>): void =>
  ctx.send(change('person', { realm: ctx.realm, id }, to));

const fromNow = (ctx: Ctx): string => `[${ctx.now.toISOString()},)`;

export function insertHoldings(ctx: Ctx, holdings: Made<'holding'>): void {
  if (holdings.length === 0) return;
  ctx.send(
    insertions(
      'holding',
      holdings.map((held) => ({ realm: ctx.realm, ...held, held: fromNow(ctx) })),
    ),
  );
}

export function insertResponsibilities(
  ctx: Ctx,
  charges: readonly (Charge & { readonly id: Id; readonly scopeNo: number })[],
): void {
  if (charges.length === 0) return;
  ctx.send(
    insertions(
      'responsibility',
      charges.map((charge) => ({ realm: ctx.realm, ...charge, held: fromNow(ctx) })),
    ),
  );
}

/** What stands before a table is read, but for the land. */
export async function rosterGround(
  ctx: Ctx,
): Promise<Pick<RosterGround, 'bodies' | 'posts' | 'people' | 'holdings' | 'responsibilities'>> {
  const now = sql`${ctx.now}::timestamptz`;
  const all = async <T>(text: ReturnType<typeof sql<T>>): Promise<T[]> => (await text.execute(ctx.db)).rows;
  const [bodies, posts, people, holdings, responsibilities] = await Promise.all([
    all(sql<RosterGround['bodies'][number]>`
      select id, name, kind, area_id, calendar_id, code from body where realm = ${ctx.realm} and closed_on is null`),
    all(sql<RosterGround['posts'][number]>`
      select id, role, area_id, body_id, false as held from post
      where realm = ${ctx.realm} and closed_on is null and mode = 'normal'`),
    all(sql<RosterGround['people'][number]>`
      select p.id, p.name, encode(p.phone_mark, 'hex') as mark, a.login from person p
      left join account a on a.realm = p.realm and a.person_id = p.id and a.closed_at is null
      where p.realm = ${ctx.realm} order by p.recorded_at, p.id`),
    all(sql<RosterGround['holdings'][number]>`
      select post_id, person_id from holding where realm = ${ctx.realm} and held @> ${now}`),
    all(sql<Charge>`
      select area_id, person_id, rank, mode, charge from responsibility where realm = ${ctx.realm} and held @> ${now}`),
  ]);
  return { bodies, posts, people, holdings, responsibilities };
}
