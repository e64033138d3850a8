import { type Insertable, type Selectable, sql } from 'kysely';
import { markChanged } from '../../../kernel/cache_version.ts';
import { type Ctx, granteesOf } from '../../../kernel/context.ts';
import { insertion } from '../../../kernel/database/rows.ts';
import type { Channel, Delivery, Message } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

export type MessageRow = Selectable<Message>;
export type DeliveryRow = Selectable<Delivery>;
export type ChannelRow = Selectable<Channel>;

export function insertMessage(ctx: Ctx, row: Omit<Insertable<Message>, 'realm'>): void {
  ctx.send(insertion('message', { realm: ctx.realm, ...row }));
}

const CHANNELS = 'channels in use';

export async function insertDelivery(ctx: Ctx, messageId: Id, channel: Id): Promise<void> {
  const at = { nextAt: ctx.now, madeAt: ctx.now };
  const row = { realm: ctx.realm, id: ctx.ids.newId(), messageId, channel, state: 'waiting', ...at };
  await ctx.db.insertInto('delivery').values(row).execute();
}

/** A delivery waits on every channel that is switched on now; robots of groups hear notices only. */
export async function insertDeliveries(ctx: Ctx, messageId: Id): Promise<void> {
  const channels = await ctx.cache.get(ctx, CHANNELS, (own) =>
    own.db
      .selectFrom('channel')
      .select('id')
      .where('realm', '=', own.realm)
      .where('enabled', '=', true)
      .where('kind', '<>', 'robot')
      .execute(),
  );
  if (channels.length === 0) return;
  await ctx.db
    .insertInto('delivery')
    .values(
      channels.map(({ id }) => ({
        realm: ctx.realm,
        id: ctx.ids.newId(),
        messageId,
        channel: id,
        state: 'waiting',
        nextAt: ctx.now,
        madeAt: ctx.now,
      })),
    )
    .execute();
}

const scopeColumns = {
  scopeNo: 'message.scope_no',
  confidential: 'message.confidential',
  recordId: 'message.record_id',
};

/** As far as the actor may read them: those of a record that lies in their areas or was granted, and those told to them. */
export async function messagesOfRecord(ctx: Ctx, recordId: Id): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from message where realm = ${ctx.realm} and record_id = ${recordId}
      and (to_id = any (${uuids(granteesOf(ctx.actor))}) or ${ctx.scope.readable(ctx, scopeColumns)})
    order by ord`.execute(ctx.db);
  return rows;
}

/** What was told of a record follows it when it becomes confidential; when it is moved, `move_record` takes it along. */
export async function messagesTurnConfidential(ctx: Ctx, recordId: Id): Promise<void> {
  await ctx.db
    .updateTable('message')
    .set({ confidential: true })
    .where('realm', '=', ctx.realm)
    .where('recordId', '=', recordId)
    .execute();
}

export async function messagesFor(ctx: Ctx, toId: Id): Promise<MessageRow[]> {
  return ctx.db
    .selectFrom('message')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('toId', '=', toId)
    .orderBy('ord')
    .execute();
}

/** What was told to me, my posts and my bodies and is not read yet, newest first. */
export async function unreadMessages(ctx: Ctx, most: number): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from message where realm = ${ctx.realm} and to_id = any (${uuids(granteesOf(ctx.actor))}) and read_at is null
    order by ord desc limit ${most}`.execute(ctx.db);
  return rows;
}

export async function markRead(ctx: Ctx, id: Id): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('message')
    .set({ readAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where('toId', 'in', granteesOf(ctx.actor))
    .where('readAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function deliveriesOf(
  ctx: Ctx,
  messageIds: readonly Id[],
): Promise<(DeliveryRow & { kind: string | null })[]> {
  if (messageIds.length === 0) return [];
  const { rows } = await sql<DeliveryRow & { kind: string | null }>`
    select d.*, c.kind from delivery d left join channel c on c.realm = d.realm and c.id::text = d.channel
    where d.realm = ${ctx.realm} and d.message_id = any (${uuids(messageIds)}) order by d.id`.execute(ctx.db);
  return rows;
}

export interface WaitingDelivery {
  readonly id: Id;
  readonly messageId: Id;
  readonly attempts: number;
  readonly channelId: Id;
  readonly kind: string;
  readonly address: string;
  readonly secret: Buffer | null;
  readonly shape: string | null;
}

/** Takes waiting deliveries of channels in use by pushing their next try away, so that a second sender, or one after a crash, leaves them be. */
export async function takeDeliveries(ctx: Ctx, again: Date, most: number): Promise<WaitingDelivery[]> {
  const { rows } = await sql<WaitingDelivery>`
    with due as (
      select d.realm, d.id from delivery d join channel c on c.realm = d.realm and c.id::text = d.channel and c.enabled
      where d.realm = ${ctx.realm} and d.state = 'waiting' and d.next_at <= ${ctx.now}
      order by d.next_at, d.id limit ${most} for update of d skip locked),
    taken as (
      update delivery d set attempts = d.attempts + 1, next_at = ${again} from due where d.realm = due.realm and d.id = due.id
      returning d.*)
    select t.id, t.message_id, t.attempts, c.id as channel_id, c.kind, c.address, c.secret, c.shape from taken t
    join channel c on c.realm = t.realm and c.id::text = t.channel order by t.id`.execute(ctx.db);
  return rows;
}

export async function noteDelivery(
  ctx: Ctx,
  id: Id,
  change: { state: string; handedAt?: Date; nextAt?: Date | null; lastFault?: string | null },
): Promise<void> {
  await ctx.db.updateTable('delivery').set(change).where('realm', '=', ctx.realm).where('id', '=', id).execute();
}

export async function messageById(ctx: Ctx, id: Id): Promise<MessageRow | undefined> {
  return ctx.db
    .selectFrom('message')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Sets a channel; without a new secret it keeps the one it has. */
export async function upsertChannel(
  ctx: Ctx,
  row: { id: Id; kind: string; address: string; secret: Buffer | null; enabled: boolean },
): Promise<void> {
  await ctx.db
    .insertInto('channel')
    .values({ realm: ctx.realm, ...row })
    .onConflict((conflict) =>
      conflict.columns(['realm', 'id']).doUpdateSet((row) => ({
        kind: row.ref('excluded.kind'),
        address: row.ref('excluded.address'),
        secret: row.fn.coalesce('excluded.secret', 'channel.secret'),
        enabled: row.ref('excluded.enabled'),
      })),
    )
    .execute();
  await markChanged(ctx, CHANNELS);
}

export async function allChannels(ctx: Ctx): Promise<Pick<ChannelRow, 'id' | 'kind' | 'address' | 'enabled'>[]> {
  return ctx.db
    .selectFrom('channel')
    .select(['id', 'kind', 'address', 'enabled'])
    .where('realm', '=', ctx.realm)
    .where('kind', '<>', 'robot')
    .orderBy('id')
    .execute();
}

/** What became of the last line to a group stands beside its robot, for whoever set it. */
export async function noteVerdict(ctx: Ctx, channelId: Id, verdict: string): Promise<void> {
  await sql`update channel set verdict = ${verdict}, verdict_at = ${ctx.now}
            where realm = ${ctx.realm} and id = ${channelId} and kind = 'robot'`.execute(ctx.db);
}
