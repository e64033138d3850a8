import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { JsonArray, Neighbour, NeighbourSending } from '../../kernel/db.generated.ts';
import type { Id } from '../../kernel/id.ts';
import type { ServiceMapping, State } from './neighbour.model.ts';

export type NeighbourRow = Omit<Selectable<Neighbour>, 'services' | 'format'> & {
  readonly services: readonly ServiceMapping[];
  readonly format: 'json' | 'xml';
};
export type SendingRow = Omit<Selectable<NeighbourSending>, 'state'> & { readonly state: State };
export type SendingChange = Partial<Omit<SendingRow, 'realm' | 'id'>>;

/** Without a new key it keeps the one it has; at another address it may speak otherwise. */
export async function upsertNeighbour(
  ctx: Ctx,
  { services, ...row }: Omit<NeighbourRow, 'realm' | 'speaksUpdates'>,
): Promise<void> {
  await ctx.db
    .insertInto('neighbour')
    .values({
      realm: ctx.realm,
      ...row,
      services: JSON.stringify(services) as unknown as JsonArray,
      speaksUpdates: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['realm', 'bodyId']).doUpdateSet((it) => ({
        url: it.ref('excluded.url'),
        jurisdiction: it.ref('excluded.jurisdiction'),
        apiKey: it.fn.coalesce('excluded.apiKey', 'neighbour.apiKey'),
        format: it.ref('excluded.format'),
        services: it.ref('excluded.services'),
        contactPurpose: it.ref('excluded.contactPurpose'),
        enabled: it.ref('excluded.enabled'),
        speaksUpdates: null,
        changedAt: it.ref('excluded.changedAt'),
      })),
    )
    .execute();
}

export async function allNeighbours(ctx: Ctx): Promise<NeighbourRow[]> {
  const { rows } = await sql<NeighbourRow>`
    select * from neighbour where realm = ${ctx.realm} order by body_id`.execute(ctx.db);
  return rows;
}

export async function neighboursAmong(ctx: Ctx, bodyIds: readonly Id[]): Promise<NeighbourRow[]> {
  return (await allNeighbours(ctx)).filter(({ bodyId, enabled }) => enabled && bodyIds.includes(bodyId));
}

export async function noteSpeaksUpdates(ctx: Ctx, bodyId: Id, speaksUpdates: boolean): Promise<void> {
  await ctx.db
    .updateTable('neighbour')
    .set({ speaksUpdates })
    .where('realm', '=', ctx.realm)
    .where('bodyId', '=', bodyId)
    .execute();
}

export async function insertSending(ctx: Ctx, row: Omit<Insertable<NeighbourSending>, 'realm'>): Promise<void> {
  await ctx.db
    .insertInto('neighbourSending')
    .values({ realm: ctx.realm, ...row })
    .execute();
}

/** At most so many at once to one neighbour, so that a slow one keeps the others from nothing. */
const AT_ONCE_EACH = 4;

/**
 * Takes what is due by pushing its next turn away: a second process leaves it be, and after a crash it is due again. What
 * was on its way then may have arrived, and comes back as unsure.
 */
export async function takeDue(ctx: Ctx, again: Date, most: number): Promise<SendingRow[]> {
  const { rows } = await sql<SendingRow>`
    with due as (
      select s.realm, s.id, row_number() over (partition by s.body_id order by s.next_at, s.id) as place, s.next_at
      from neighbour_sending s join neighbour n on n.realm = s.realm and n.body_id = s.body_id and n.enabled
      where s.realm = ${ctx.realm} and s.next_at <= ${ctx.now}),
    mine as (
      select s.realm, s.id from neighbour_sending s join due on due.realm = s.realm and due.id = s.id
      where due.place <= ${AT_ONCE_EACH} and s.next_at <= ${ctx.now}
      order by due.next_at, s.id limit ${most} for update of s skip locked)
    update neighbour_sending s set turns = s.turns + 1, next_at = ${again},
      left_at = case when s.state = 'waiting' then coalesce(s.left_at, ${ctx.now}) else s.left_at end,
      state = case s.state when 'waiting' then 'posting' when 'posting' then 'unsure' else s.state end
    from mine where s.realm = mine.realm and s.id = mine.id
    returning s.*`.execute(ctx.db);
  return rows;
}

export async function changeSending(ctx: Ctx, id: Id, change: SendingChange): Promise<void> {
  await ctx.db
    .updateTable('neighbourSending')
    .set({ ...change, changedAt: ctx.now } as never)
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .execute();
}

export async function sendingById(ctx: Ctx, id: Id): Promise<SendingRow | undefined> {
  const { rows } = await sql<SendingRow>`
    select * from neighbour_sending where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

/** Of one case and body, the latest first. */
export async function sendingsOf(ctx: Ctx, casefileId: Id): Promise<SendingRow[]> {
  const { rows } = await sql<SendingRow>`
    select * from neighbour_sending where realm = ${ctx.realm} and casefile_id = ${casefileId}
    order by made_at desc, id desc`.execute(ctx.db);
  return rows;
}

export async function sendingsIn(ctx: Ctx, state: State | undefined, most: number): Promise<SendingRow[]> {
  const { rows } = await sql<SendingRow>`
    select * from neighbour_sending where realm = ${ctx.realm} ${state ? sql`and state = ${state}` : sql``}
    order by changed_at desc, id desc limit ${most}`.execute(ctx.db);
  return rows;
}
