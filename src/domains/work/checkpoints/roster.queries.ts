import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertions } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { manDuty, type Side, UNMANNED_MIN } from './roster.model.ts';

export interface ShiftRow {
  readonly id: Id;
  readonly checkpointId: Id;
  readonly personId: Id | null;
  readonly name: string;
  readonly side: Side;
  readonly unit: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly madeBy: Id;
  readonly takenAt: Date | null;
  readonly takenBy: Id | null;
  readonly openWords: string | null;
  readonly calledOffAt: Date | null;
}

/** Those that hold and touch the time between, in their order. */
export async function shiftsBetween(ctx: Ctx, ids: readonly Id[], from: Date, to: Date): Promise<ShiftRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ShiftRow>`
    select id, checkpoint_id, person_id, name, side, unit, starts_at, ends_at, made_by, taken_at, taken_by, open_words,
      called_off_at
    from checkpoint_shift
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) and called_off_at is null
      and ends_at > ${from} and starts_at < ${to}
    order by starts_at, name, id`.execute(ctx.db);
  return rows;
}

/** Those that nobody has taken up and that are not over. */
export async function shiftsAhead(ctx: Ctx, checkpointId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select id from checkpoint_shift
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId} and called_off_at is null and taken_at is null
      and ends_at > ${ctx.now}
    order by starts_at, id for update`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

export async function holdShift(ctx: Ctx, checkpointId: Id, id: Id): Promise<ShiftRow | undefined> {
  const { rows } = await sql<ShiftRow>`
    select * from checkpoint_shift
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId} and id = ${id} and called_off_at is null
    for update`.execute(ctx.db);
  return rows[0];
}

/** A moment told by a device is right but for how long it took to send; whoever signs and writes down at once is on duty. */
const SENDING_MS = 2 * 60_000;

/** Whoever was on duty at that moment: their shift was taken up, and is not over. */
export async function onDutyAt(ctx: Ctx, checkpointId: Id, at: Date): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`
    select * from checkpoint_shift
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId} and called_off_at is null
      and taken_at <= ${new Date(at.getTime() + SENDING_MS)} and ends_at > ${at}
    order by starts_at desc, id`.execute(ctx.db);
  return rows;
}

export function insertShifts(ctx: Ctx, rows: readonly ShiftRow[]): void {
  ctx.send(
    insertions(
      'checkpointShift',
      rows.map((row) => ({ realm: ctx.realm, ...row })),
    ),
  );
}

type Changed = Partial<Pick<ShiftRow, 'takenAt' | 'takenBy' | 'openWords' | 'calledOffAt'>>;
export function saveShift(ctx: Ctx, id: Id, to: Changed): void {
  ctx.send(change('checkpointShift', { realm: ctx.realm, id }, to));
}

export interface Unmanned {
  readonly id: Id;
  readonly scopeNo: number;
  /** How often it happened before: what makes this time another. */
  readonly before: number;
}

/** Open for half an hour and longer with nobody on duty, and nobody asked to see to it yet. */
export async function unmannedNow(ctx: Ctx, zone: string, most: number, only?: Id): Promise<Unmanned[]> {
  const early = new Date(ctx.now.getTime() - UNMANNED_MIN * 60_000);
  const isOpen = (at: Date) => sql`(case
    when c.opens = c.closes then true
    when c.opens < c.closes then to_char(${at}::timestamptz at time zone ${zone}, 'HH24:MI') >= c.opens
      and to_char(${at}::timestamptz at time zone ${zone}, 'HH24:MI') < c.closes
    else to_char(${at}::timestamptz at time zone ${zone}, 'HH24:MI') >= c.opens
      or to_char(${at}::timestamptz at time zone ${zone}, 'HH24:MI') < c.closes end)`;
  const { rows } = await sql<Unmanned>`
    select c.id, c.scope_no,
      (select count(*)::int from obligation o where o.realm = c.realm and o.record_id = c.id and o.duty = ${manDuty}) as before
    from checkpoint c
    where c.realm = ${ctx.realm} and c.stage = 'open' and c.opened_at <= ${early} and ${isOpen(ctx.now)} and ${isOpen(early)}
      and (${only ?? null}::uuid is null or c.id = ${only ?? null})
      and not exists (
        select 1 from checkpoint_shift s where s.realm = c.realm and s.checkpoint_id = c.id and s.called_off_at is null
          and s.taken_at <= ${ctx.now} and s.ends_at > ${early})
      and not exists (
        select 1 from obligation o where o.realm = c.realm and o.record_id = c.id and o.duty = ${manDuty}
          and o.state not in ('settled', 'withdrawn'))
    order by c.id limit ${most}`.execute(ctx.db);
  return rows;
}
