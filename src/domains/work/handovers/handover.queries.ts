import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { OwedBy } from '../obligations/index.ts';

const rowsOf = async <T>(ctx: Ctx, text: RawBuilder<T>): Promise<T[]> => (await text.execute(ctx.db)).rows;

/** Through functions of the database: whoever appoints people passes on what they do not read. */
export interface OpenRow {
  readonly id: Id;
  readonly duty: string;
  readonly recordId: Id;
  readonly owedByKind: OwedBy['kind'];
  readonly owedBy: Id;
  readonly assigneeId: Id | null;
  readonly confidential: boolean;
}

/** Given to a person by name, or owed by them. */
export const openOfPerson = (ctx: Ctx, personId: Id): Promise<OpenRow[]> =>
  rowsOf(ctx, sql<OpenRow>`select * from duties_to_pass(${uuids([personId])}, ${personId})`);

/** Owed by any of these: a body, its posts. */
export const openOfOwners = (ctx: Ctx, owners: readonly Id[]): Promise<OpenRow[]> =>
  rowsOf(ctx, sql<OpenRow>`select * from duties_to_pass(${uuids(owners)}, null)`);

export interface PassedRow {
  readonly duty: string;
  readonly recordKind: string;
  readonly recordId: Id;
  readonly scopeNo: number;
  readonly confidential: boolean;
  readonly wasOwedBy: Id;
  /** It stays with its owner and is given to a person by name. */
  readonly byName: boolean;
  /** The body that handles the case is another one now. */
  readonly moved: boolean;
  readonly changedAt: Date | null;
}

/** Nothing when it has ended meanwhile. */
export async function passDutyRow(ctx: Ctx, id: Id, to: OwedBy): Promise<PassedRow | undefined> {
  const [row] = await rowsOf(
    ctx,
    sql<PassedRow>`select * from pass_duty(${id}, ${to.kind}, ${to.id}, ${ctx.now}::timestamptz)`,
  );
  return row;
}

export async function circlesOf(ctx: Ctx, personId: Id): Promise<number> {
  const [row] = await rowsOf(ctx, sql<{ n: number }>`select circles_of(${personId}) as n`);
  return row?.n ?? 0;
}

export interface ReceiptRow {
  readonly id: Id;
  readonly fromId: Id;
  readonly toId: Id;
  readonly byId: Id | null;
  readonly at: Date;
  readonly postIds: readonly Id[];
  readonly chargeIds: readonly Id[];
  readonly obligationIds: readonly Id[];
  readonly confirmedAt: Date | null;
}

export async function insertReceipt(
  ctx: Ctx,
  { postIds, chargeIds, obligationIds, ...row }: ReceiptRow,
): Promise<void> {
  await sql`insert into handover (realm, id, from_id, to_id, by_id, at, post_ids, charge_ids, obligation_ids)
    values (${ctx.realm}, ${row.id}, ${row.fromId}, ${row.toId}, ${row.byId}, ${row.at}, ${uuids(postIds)}, ${uuids(chargeIds)},
      ${uuids(obligationIds)})`.execute(ctx.db);
}

/** Those somebody gave or took; all of them, for whoever appoints people. The newest first. */
export const receiptsOf = (ctx: Ctx, personId: Id | null, most: number): Promise<ReceiptRow[]> =>
  rowsOf(
    ctx,
    sql<ReceiptRow>`
      select id, from_id, to_id, by_id, at, post_ids, charge_ids, obligation_ids, confirmed_at from handover
      where realm = ${ctx.realm} and (${personId}::uuid is null or from_id = ${personId} or to_id = ${personId})
      order by at desc, id desc limit ${most}`,
  );

export async function toConfirm(ctx: Ctx, personId: Id): Promise<number> {
  const [row] = await rowsOf(
    ctx,
    sql<{ n: number }>`select count(*)::int as n from handover
      where realm = ${ctx.realm} and to_id = ${personId} and confirmed_at is null`,
  );
  return row?.n ?? 0;
}

/** The receiver's own, held until the transaction ends. */
export async function lockReceipt(ctx: Ctx, id: Id, toId: Id): Promise<Pick<ReceiptRow, 'confirmedAt'> | undefined> {
  const [row] = await rowsOf(
    ctx,
    sql<Pick<ReceiptRow, 'confirmedAt'>>`select confirmed_at from handover
      where realm = ${ctx.realm} and id = ${id} and to_id = ${toId} for update`,
  );
  return row;
}

export async function confirmReceipt(ctx: Ctx, id: Id): Promise<void> {
  await sql`update handover set confirmed_at = ${ctx.now} where realm = ${ctx.realm} and id = ${id}`.execute(ctx.db);
}

/** What the giver answered for. */
export const chargesNamed = (ctx: Ctx, ids: readonly Id[]): Promise<{ id: Id; areaId: Id; charge: string }[]> =>
  rowsOf(
    ctx,
    sql<{ id: Id; areaId: Id; charge: string }>`
      select id, area_id, charge from responsibility where realm = ${ctx.realm} and id = any (${uuids(ids)}) order by scope_no, id`,
  );
