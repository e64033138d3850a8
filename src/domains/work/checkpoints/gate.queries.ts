import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

import type { Mode } from './kind.model.ts';
import type { Traveller } from './passage.model.ts';

export interface PassageRow {
  readonly id: Id;
  readonly checkpointId: Id;
  readonly shiftId: Id;
  readonly personId: Id;
  readonly mode: Mode;
  readonly traveller: Traveller;
  readonly passed: boolean;
  readonly count: number;
  readonly reason: string | null;
  readonly madeAt: Date;
  readonly recordedAt: Date;
  readonly takenBackAt: Date | null;
  readonly takenBackBy: Id | null;
  readonly takenBackWhy: string | null;
}
export const notTakenBack = { takenBackAt: null, takenBackBy: null, takenBackWhy: null } as const;
export interface WrittenRow {
  readonly id: Id;
  readonly checkpointId: Id;
  readonly sealed: Buffer;
  readonly keyId: Id;
  readonly keepUntil: string;
}
export interface GoodsRow {
  readonly id: Id;
  readonly sealed: Buffer | null;
  readonly keyId: Id;
  readonly takenInAt: Date;
  readonly takenInBy: Id;
  readonly handedSealed: Buffer | null;
  readonly handedAt: Date | null;
  readonly handedBy: Id | null;
}

export function insertPassage(ctx: Ctx, row: PassageRow): void {
  ctx.send(insertion('checkpointPassage', { realm: ctx.realm, ...row }));
}

export function insertWritten(ctx: Ctx, row: WrittenRow): void {
  ctx.send(insertion('checkpointWritten', { realm: ctx.realm, ...row }));
}

export function insertCleaning(ctx: Ctx, row: { id: Id; checkpointId: Id; personId: Id; madeAt: Date }): void {
  ctx.send(insertion('checkpointCleaning', { realm: ctx.realm, ...row, recordedAt: ctx.now }));
}

type NewGoods = Pick<GoodsRow, 'id' | 'sealed' | 'keyId' | 'takenInAt' | 'takenInBy'> & { readonly checkpointId: Id };
export function insertGoods(ctx: Ctx, row: NewGoods): void {
  ctx.send(insertion('checkpointGoods', { realm: ctx.realm, ...row }));
}

type Handed = Pick<GoodsRow, 'handedSealed' | 'handedAt' | 'handedBy'> & { readonly keepUntil: string };
export function saveHanded(ctx: Ctx, id: Id, to: Handed): void {
  ctx.send(change('checkpointGoods', { realm: ctx.realm, id }, to));
}

/** The key of what is kept here until that day. */
export async function keyUntil(ctx: Ctx, checkpointId: Id, keepUntil: string): Promise<Id | null> {
  const { rows } = await sql<{ keyId: Id }>`
    select key_id from checkpoint_written
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId} and keep_until = ${keepUntil}::date limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.keyId ?? null;
}

export async function findWritten(ctx: Ctx, checkpointId: Id, id: Id): Promise<WrittenRow | undefined> {
  const { rows } = await sql<WrittenRow>`
    select id, checkpoint_id, sealed, key_id, keep_until::text as keep_until from checkpoint_written
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId} and id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** Two who take it back at once do so one after the other. */
export async function holdPassage(
  ctx: Ctx,
  checkpointId: Id,
  id: Id,
): Promise<(PassageRow & { readonly shiftEndsAt: Date }) | undefined> {
  const { rows } = await sql<PassageRow & { shiftEndsAt: Date }>`
    select p.*, s.ends_at as shift_ends_at from checkpoint_passage p
      join checkpoint_shift s on s.realm = p.realm and s.id = p.shift_id
    where p.realm = ${ctx.realm} and p.checkpoint_id = ${checkpointId} and p.id = ${id} for update of p`.execute(
    ctx.db,
  );
  return rows[0];
}

type TakenBack = Pick<PassageRow, 'takenBackAt' | 'takenBackBy' | 'takenBackWhy'>;
export function saveTakenBack(ctx: Ctx, id: Id, to: TakenBack): void {
  ctx.send(change('checkpointPassage', { realm: ctx.realm, id }, to));
}

export type ShownPassage = PassageRow & {
  readonly onDuty: string;
  readonly shiftEndsAt: Date;
  readonly keepUntil: string | null;
};
export async function passagesBetween(
  ctx: Ctx,
  checkpointId: Id,
  from: Date,
  to: Date,
  most: number,
  by: Id | null = null,
): Promise<ShownPassage[]> {
  const { rows } = await sql<ShownPassage>`
    select p.*, s.name as on_duty, s.ends_at as shift_ends_at, w.keep_until::text as keep_until
    from checkpoint_passage p
      join checkpoint_shift s on s.realm = p.realm and s.id = p.shift_id
      left join checkpoint_written w on w.realm = p.realm and w.id = p.id
    where p.realm = ${ctx.realm} and p.checkpoint_id = ${checkpointId} and p.made_at >= ${from} and p.made_at < ${to}
      and (${by}::uuid is null or p.person_id = ${by})
    order by p.made_at desc, p.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface Counted {
  readonly checkpointId: Id;
  readonly day: string;
  readonly passed: number;
  readonly refused: number;
}
/** By day of the county: how many passed, how many were turned back. */
export async function countedByDay(ctx: Ctx, ids: readonly Id[], zone: string, from: Date): Promise<Counted[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Counted>`
    select checkpoint_id, to_char(made_at at time zone ${zone}, 'YYYY-MM-DD') as day,
      coalesce(sum(count) filter (where passed), 0)::int as passed,
      coalesce(sum(count) filter (where not passed), 0)::int as refused
    from checkpoint_passage
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) and made_at >= ${from} and taken_back_at is null
    group by 1, 2 order by 2 desc`.execute(ctx.db);
  return rows;
}

export async function cleaningsBetween(
  ctx: Ctx,
  ids: readonly Id[],
  from: Date,
  to: Date,
): Promise<{ id: Id; checkpointId: Id; personId: Id; madeAt: Date }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: Id; checkpointId: Id; personId: Id; madeAt: Date }>`
    select id, checkpoint_id, person_id, made_at from checkpoint_cleaning
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) and made_at >= ${from} and made_at < ${to}
    order by made_at desc, id`.execute(ctx.db);
  return rows;
}

export async function lastCleaned(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, Date>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ checkpointId: Id; at: Date }>`
    select checkpoint_id, max(made_at) as at from checkpoint_cleaning
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) group by 1`.execute(ctx.db);
  return new Map(rows.map(({ checkpointId, at }) => [checkpointId, at]));
}

export async function waitingGoods(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ checkpointId: Id; n: number }>`
    select checkpoint_id, count(*)::int as n from checkpoint_goods
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) and handed_at is null group by 1`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ checkpointId, n }) => [checkpointId, n]));
}

const goods = sql`id, sealed, key_id, taken_in_at, taken_in_by, handed_sealed, handed_at, handed_by`;
/** What waits, the longest first, and what came or went between. */
export async function goodsBetween(ctx: Ctx, checkpointId: Id, from: Date, to: Date): Promise<GoodsRow[]> {
  const { rows } = await sql<GoodsRow>`
    select ${goods} from checkpoint_goods
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId}
      and (handed_at is null or (taken_in_at >= ${from} and taken_in_at < ${to}) or (handed_at >= ${from} and handed_at < ${to}))
    order by handed_at is not null, taken_in_at, id limit 500`.execute(ctx.db);
  return rows;
}

/** Two who hand it out at once do so one after the other. */
export async function holdWaiting(ctx: Ctx, checkpointId: Id, id: Id): Promise<GoodsRow | undefined> {
  const { rows } = await sql<GoodsRow>`
    select ${goods} from checkpoint_goods
    where realm = ${ctx.realm} and checkpoint_id = ${checkpointId} and id = ${id} and handed_at is null
    for update`.execute(ctx.db);
  return rows[0];
}

/** What people were asked and has had its time; the keys that seal nothing any more. */
export async function removeWritten(ctx: Ctx, today: string, most: number): Promise<{ gone: number; keys: Id[] }> {
  const { rows } = await sql<{ keyId: Id }>`
    delete from checkpoint_written where (realm, id) in (
      select realm, id from checkpoint_written where realm = ${ctx.realm} and keep_until < ${today}::date
      order by keep_until, id limit ${most}) returning key_id`.execute(ctx.db);
  const keys = [...new Set(rows.map(({ keyId }) => keyId))];
  const { rows: left } = await sql<{ keyId: Id }>`
    select distinct key_id from checkpoint_written
    where realm = ${ctx.realm} and key_id = any (${uuids(keys)})`.execute(ctx.db);
  const used = new Set(left.map(({ keyId }) => keyId));
  return { gone: rows.length, keys: keys.filter((key) => !used.has(key)) };
}

/** Goods were collected long enough ago: that they were stays, for whom goes. */
export async function forgetGoods(ctx: Ctx, today: string, most: number): Promise<Id[]> {
  const { rows } = await sql<{ keyId: Id }>`
    update checkpoint_goods set sealed = null, handed_sealed = null where (realm, id) in (
      select realm, id from checkpoint_goods
      where realm = ${ctx.realm} and sealed is not null and keep_until < ${today}::date
      order by keep_until, id limit ${most}) returning key_id`.execute(ctx.db);
  return rows.map(({ keyId }) => keyId);
}
