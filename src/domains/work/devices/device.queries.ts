import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Answer } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion } from '../../../kernel/database/rows.ts';
import type { Device, DeviceOp } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { holdingNothing } from './lane.model.ts';

export type DeviceRow = Selectable<Device>;
export type JudgedRow = Selectable<DeviceOp>;

export async function insertDevice(
  ctx: Ctx,
  row: {
    id: Id;
    accountId: Id;
    personId: Id;
    sessionId: Id;
    areaId: Id | null;
    model: string;
    appVersion: string;
  },
): Promise<void> {
  ctx.send(insertion('device', { realm: ctx.realm, registeredAt: ctx.now, seenAt: ctx.now, ...row }));
}

/** As it is registered again after an update of the app, or by a phone that does not know that it was. */
export async function renameDevice(
  ctx: Ctx,
  id: Id,
  to: { model: string; appVersion: string; sessionId: Id },
): Promise<void> {
  await ctx.db.updateTable('device').set(to).where('realm', '=', ctx.realm).where('id', '=', id).execute();
}

export async function deviceById(ctx: Ctx, id: Id): Promise<DeviceRow | undefined> {
  return ctx.db.selectFrom('device').selectAll().where('realm', '=', ctx.realm).where('id', '=', id).executeTakeFirst();
}

/** Locked: what one device sent twice at once is judged one after the other. */
export async function lockDevice(ctx: Ctx, id: Id): Promise<DeviceRow | undefined> {
  return ctx.db
    .selectFrom('device')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Somebody has it, whoever asks: ids only. */
export async function revokeDevice(ctx: Ctx, id: Id): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('device')
    .set({ revokedAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export interface Heard {
  readonly skewMs: number;
  readonly oldestUnsentAt: Date | null;
  readonly areaId: Id | null;
  /** As it is signed in now, which may be anew. */
  readonly sessionId: Id;
}

/** That it was heard of is bookkeeping and no act of anybody. Written once a minute, or when something is new. */
export function noteHeard(ctx: Ctx, id: Id, { skewMs, oldestUnsentAt, areaId, sessionId }: Heard): void {
  ctx.send(
    sql`update device set seen_at = ${ctx.now}, skew_ms = ${skewMs}, oldest_unsent_at = ${oldestUnsentAt}, area_id = ${areaId}, session_id = ${sessionId}
        where realm = ${ctx.realm} and id = ${id} and (seen_at < ${ctx.now}::timestamptz - interval '1 minute'
          or oldest_unsent_at is distinct from ${oldestUnsentAt} or area_id is distinct from ${areaId}
          or session_id is distinct from ${sessionId})`.compile(ctx.db),
  );
}

/** The highest number without a gap before it. */
export async function acknowledge(ctx: Ctx, id: Id): Promise<number> {
  const { rows } = await sql<{ acknowledged: number }>`
    update device d set acknowledged = coalesce((
      select max(s.seq) from (
        select o.seq, row_number() over (order by o.seq) as place from device_op o
        where o.realm = d.realm and o.device_id = d.id and o.seq > d.acknowledged) s
      where s.seq = d.acknowledged + s.place), d.acknowledged)
    where d.realm = ${ctx.realm} and d.id = ${id} returning d.acknowledged`.execute(ctx.db);
  return rows[0]?.acknowledged ?? 0;
}

/** What was said before to this command or under this number, and whether something refused stands in its way. */
export interface Earlier {
  readonly judged: readonly JudgedRow[];
  readonly inTheWay: boolean;
}

export async function earlierOf(
  ctx: Ctx,
  deviceId: Id,
  { commandId, seq, target }: { commandId: Id; seq: number; target: string },
): Promise<Earlier> {
  const own = ctx.db.selectFrom('deviceOp').where('realm', '=', ctx.realm).where('deviceId', '=', deviceId);
  const [judged, refused] = await Promise.all([
    own
      .selectAll()
      .where((it) => it.or([it('commandId', '=', commandId), it('seq', '=', seq)]))
      .execute(),
    own
      .select('seq')
      .where('target', '=', target)
      .where('seq', '<', seq)
      .where('verdict', '=', 'refused')
      .where('dismissedAt', 'is', null)
      .where('name', 'not in', [...holdingNothing])
      .limit(1)
      .execute(),
  ]);
  return { judged, inTheWay: refused.length > 0 };
}

export interface Judged {
  readonly deviceId: Id;
  readonly seq: number;
  readonly commandId: Id;
  readonly name: string;
  readonly target: string;
  readonly verdict: 'applied' | 'duplicate' | 'refused';
  readonly answer: Answer | null;
  readonly code: string | null;
  readonly sealed: Buffer | null;
  readonly keyId: Id | null;
  readonly occurredAt: Date;
}

export function insertJudged(ctx: Ctx, { answer, ...row }: Judged): void {
  const stored = answer === null ? null : JSON.stringify(answer);
  ctx.send(insertion('deviceOp', { realm: ctx.realm, judgedAt: ctx.now, answer: stored, ...row }));
}

export async function dismissOps(ctx: Ctx, deviceId: Id, commandIds: readonly Id[]): Promise<void> {
  if (commandIds.length === 0) return;
  await ctx.db
    .updateTable('deviceOp')
    .set({ dismissedAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('deviceId', '=', deviceId)
    .where('commandId', 'in', commandIds)
    .where('verdict', '=', 'refused')
    .where('dismissedAt', 'is', null)
    .execute();
}

export interface DeviceLine extends DeviceRow {
  readonly holder: string;
}

/** Mine; with `others` also those of the areas that I read, and for an administrator all. */
function lookedAfter(ctx: Ctx, others: boolean): RawBuilder<unknown> {
  const { actor } = ctx;
  if (actor.kind === 'system') return sql`true`;
  if (actor.kind !== 'account') return sql`false`;
  const mine = sql`d.account_id = ${actor.accountId}`;
  if (!others) return mine;
  if (actor.posts.some(({ role }) => role === 'admin')) return sql`true`;
  const runs = actor.posts.flatMap((seat) => (seat.readsArea ? (seat.numbers ?? []) : []));
  const numbers = `{${runs.map(([first, last]) => `[${first},${last}]`).join(',')}}`;
  return sql`(${mine} or exists (select 1 from area a where a.realm = d.realm and a.id = d.area_id
    and ${numbers}::int4multirange @> a.no))`;
}

/** For an operator at the shell: all. */
export async function devicesFor(ctx: Ctx, others: boolean): Promise<DeviceLine[]> {
  const { rows } = await sql<DeviceLine>`
    select d.*, p.name as holder from device d join person p on p.realm = d.realm and p.id = d.person_id
    where d.realm = ${ctx.realm} and ${lookedAfter(ctx, others)}
    order by d.seen_at desc, d.id limit 1000`.execute(ctx.db);
  return rows;
}

export interface RefusedLine extends JudgedRow {
  readonly accountId: Id;
  readonly holder: string;
}

export async function refusedFor(ctx: Ctx, others: boolean): Promise<RefusedLine[]> {
  const { rows } = await sql<RefusedLine>`
    select o.*, d.account_id, p.name as holder from device_op o
    join device d on d.realm = o.realm and d.id = o.device_id
    join person p on p.realm = d.realm and p.id = d.person_id
    where o.realm = ${ctx.realm} and o.verdict = 'refused' and ${lookedAfter(ctx, others)}
    order by o.judged_at desc, o.seq desc limit 200`.execute(ctx.db);
  return rows;
}

/** What was refused stays until somebody has put it away. */
export async function removeJudged(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from device_op where (realm, device_id, seq) in (
      select realm, device_id, seq from device_op where realm = ${ctx.realm} and judged_at < ${before}
        and (verdict <> 'refused' or dismissed_at < ${before})
      order by judged_at limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
