import { type Expression, type Insertable, type SqlBool, sql } from 'kysely';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { insertions } from '../../../kernel/database/rows.ts';
import type { DB } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Setter } from './batches/told_change.model.ts';
import { ledgerReaders } from './ledger.model.ts';

export interface RecordRow {
  readonly id: Id;
  readonly ledger: string;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly keyId: Id;
  readonly open: Record<string, string>;
  readonly sealed: Buffer;
  readonly setters: readonly Setter[];
  readonly changedAt: Date;
  /** The record that stands for this one since they were merged; of several merges the last. */
  readonly mergedInto: Id | null;
}
/** As it is first written: nobody has merged it. */
export type NewRecord = Omit<RecordRow, 'mergedInto'>;

export interface ChangeRow {
  readonly id: Id;
  readonly recordId: Id;
  readonly batchId: Id | null;
  readonly toldOn: string;
  readonly personId: Id | null;
  readonly recordedAt: Date;
  readonly open: Record<string, string>;
  readonly sealed: Buffer;
}

export const scopeColumns = { scopeNo: 'r.scope_no', confidential: 'r.confidential', recordId: 'r.id' };
/** None of them is confidential by itself: purpose and masks keep them. */
export const records = sql`(select *, false as confidential from ledger_record) r`;

/**
 * Besides the viewer's areas: only those where they hold a post that works with ledgers. Who verifies cases in a whole town and
 * is grid worker in one grid reads the residents of that grid.
 */
export function heldAs(ctx: Ctx, roles: readonly string[], scopeNo: string): Expression<SqlBool> {
  if (ctx.actor.kind === 'system') return sql<SqlBool>`true`;
  const numbers = postsOf(ctx.actor).flatMap((seat) => (roles.includes(seat.role) ? (seat.numbers ?? []) : []));
  if (numbers.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(
    numbers.map(([first, last]) => sql`${sql.ref(scopeNo)} between ${first} and ${last}`),
    sql` or `,
  )})`;
}
const readable = (ctx: Ctx): Expression<SqlBool> => heldAs(ctx, ledgerReaders, 'r.scope_no');

/** The one that stands for it, where it was merged into another. */
export async function findRecord(ctx: Ctx, id: Id): Promise<RecordRow | undefined> {
  const [row] = await recordsNamed(ctx, [id]);
  return row?.mergedInto ? (await recordsNamed(ctx, [row.mergedInto]))[0] : row;
}

/** These very records, also such as were merged into others. */
export async function recordsNamed(ctx: Ctx, ids: readonly Id[]): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<RecordRow>`
    select r.* from ${records} where r.realm = ${ctx.realm} and r.id = any (${uuids(ids)}) and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${readable(ctx)}
    order by r.id`.execute(ctx.db);
  return rows;
}

/** Parts of two files may tell of the same person: they are taken in one after the other. */
export async function lockLedger(ctx: Ctx, ledger: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`ledger ${ledger}`}), ${ctx.realm})`.execute(ctx.db);
}

/** Two who tell about one record come one after the other. */
export async function holdRecords(ctx: Ctx, ids: readonly Id[]): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<RecordRow>`
    select r.* from ledger_record r where r.realm = ${ctx.realm} and r.id = any (${uuids(ids)}) order by r.id for update`.execute(
    ctx.db,
  );
  return rows;
}

/** Held for writing: the one that stands for it by the time it is held. */
export async function holdStanding(ctx: Ctx, id: Id): Promise<RecordRow | undefined> {
  const [row] = await holdRecords(ctx, [id]);
  return row?.mergedInto ? holdStanding(ctx, row.mergedInto) : row;
}

/** What was merged into these. */
export async function partsOf(ctx: Ctx, ids: readonly Id[]): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<RecordRow>`
    select r.* from ledger_record r where r.realm = ${ctx.realm} and r.merged_into = any (${uuids(ids)}) order by r.id`.execute(
    ctx.db,
  );
  return rows;
}

export interface Span {
  readonly no: number;
  readonly lastNo: number;
}

export async function listRecords(
  ctx: Ctx,
  { ledger, span, after, most }: { ledger: string; span: Span; after: Id | null; most: number },
): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select r.* from ${records} where r.realm = ${ctx.realm} and r.ledger = ${ledger} and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${readable(ctx)}
      and r.merged_into is null and r.scope_no between ${span.no} and ${span.lastNo} and (${after}::uuid is null or r.id > ${after})
    order by r.id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function countRecords(ctx: Ctx, ledger: string, { no, lastNo }: Span): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from ${records} where r.realm = ${ctx.realm} and r.ledger = ${ledger}
      and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${readable(ctx)} and r.merged_into is null
      and r.scope_no between ${no} and ${lastNo}`.execute(ctx.db);
  return Number(rows[0]?.n ?? 0);
}

export interface Marked {
  readonly recordId: Id;
  readonly kind: string;
  readonly mark: Buffer;
}
export interface Found extends Marked {
  /** The record that bears the mark; another than the one found where it was merged into that. */
  readonly via: Id;
}

export async function marksFound(ctx: Ctx, marks: readonly Buffer[]): Promise<Found[]> {
  if (marks.length === 0) return [];
  const { rows } = await sql<Found>`
    select coalesce(r.merged_into, r.id) as record_id, r.id as via, m.kind, m.mark
    from ledger_mark m join ledger_record r on r.realm = m.realm and r.id = m.record_id
    where m.realm = ${ctx.realm} and m.mark in (select decode(x, 'hex') from unnest(${marks.map((mark) => mark.toString('hex'))}::text[]) x)
    order by 1, 2`.execute(ctx.db);
  return rows;
}

export function insertMarks(ctx: Ctx, marks: readonly Marked[]): void {
  if (marks.length > 0)
    ctx.send(
      insertions(
        'ledgerMark',
        marks.map((mark) => ({ realm: ctx.realm, ...mark })),
      ),
    );
}

export function removeMarks(ctx: Ctx, recordIds: readonly Id[]): void {
  ctx.send({
    sql: 'delete from ledger_mark where realm = $1 and record_id = any ($2::uuid[])',
    parameters: [ctx.realm, [...recordIds]],
  });
}

export function insertRecords(ctx: Ctx, rows: readonly NewRecord[]): void {
  if (rows.length > 0)
    ctx.send(
      insertions(
        'ledgerRecord',
        rows.map((row) => ({ realm: ctx.realm, ...row }) as unknown as Insertable<DB['ledgerRecord']>),
      ),
    );
}

export function insertChanges(ctx: Ctx, rows: readonly ChangeRow[]): void {
  if (rows.length > 0)
    ctx.send(
      insertions(
        'ledgerChange',
        rows.map((row) => ({ realm: ctx.realm, ...row }) as unknown as Insertable<DB['ledgerChange']>),
      ),
    );
}

export function saveRecord(
  ctx: Ctx,
  { id, scopeNo, open, sealed, setters, changedAt }: Omit<NewRecord, 'ledger' | 'keyId' | 'areaId'>,
): void {
  ctx.send({
    sql: `update ledger_record set open = $3, sealed = $4, setters = $5, changed_at = $6, scope_no = $7
      where realm = $1 and id = $2`,
    parameters: [ctx.realm, id, JSON.stringify(open), sealed, JSON.stringify(setters), changedAt, scopeNo],
  });
}

/** Parts lie where the record lies that stands for them: whoever reads the one reads the others. */
export function moveParts(ctx: Ctx, id: Id, scopeNo: number): void {
  ctx.send({
    sql: 'update ledger_record set scope_no = $3 where realm = $1 and merged_into = $2',
    parameters: [ctx.realm, id, scopeNo],
  });
}

/** All that was told about these, in the order in which it arrived; without what was chosen in a merge that was undone. */
export async function changesOf(ctx: Ctx, recordIds: readonly Id[]): Promise<ChangeRow[]> {
  if (recordIds.length === 0) return [];
  const { rows } = await sql<ChangeRow>`
    select c.id, c.record_id, c.batch_id, c.told_on::text as told_on, c.person_id, c.recorded_at, c.open, c.sealed
    from ledger_change c where c.realm = ${ctx.realm} and c.record_id = any (${uuids(recordIds)})
      and not exists (select 1 from ledger_merge g where g.realm = c.realm and g.change_id = c.id and g.undone_at is not null)
    order by c.record_id, c.recorded_at, c.id`.execute(ctx.db);
  return rows;
}

/** The next records that a batch told about, in the order of their ids. */
export async function toldByBatch(ctx: Ctx, batchId: Id, after: Id | null, most: number): Promise<Id[]> {
  const { rows } = await sql<{ recordId: Id }>`
    select distinct c.record_id from ledger_change c where c.realm = ${ctx.realm} and c.batch_id = ${batchId}
      and (${after}::uuid is null or c.record_id > ${after}) order by c.record_id limit ${most}`.execute(ctx.db);
  return rows.map(({ recordId }) => recordId);
}

export function removeChangesOfBatch(ctx: Ctx, batchId: Id, recordIds: readonly Id[]): void {
  ctx.send({
    sql: 'delete from ledger_change where realm = $1 and batch_id = $2 and record_id = any ($3::uuid[])',
    parameters: [ctx.realm, batchId, [...recordIds]],
  });
}

/** What files say of somebody who is to be forgotten. */
export function removeVerdictsOn(ctx: Ctx, recordId: Id): void {
  ctx.send({
    sql: 'delete from ledger_verdict where realm = $1 and record_id = $2',
    parameters: [ctx.realm, recordId],
  });
}

/** With everything told about them; their keys are destroyed beside it. */
export async function removeRecords(ctx: Ctx, ids: readonly Id[]): Promise<void> {
  await sql`delete from ledger_merge where realm = ${ctx.realm}
    and (kept_id = any (${uuids(ids)}) or gone_id = any (${uuids(ids)}))`.execute(ctx.db);
  await sql`delete from ledger_apart where realm = ${ctx.realm}
    and (one_id = any (${uuids(ids)}) or other_id = any (${uuids(ids)}))`.execute(ctx.db);
  for (const table of ['ledgerMark', 'ledgerChange'] as const)
    await ctx.db
      .deleteFrom(table)
      .where('realm', '=', ctx.realm)
      .where(sql<boolean>`record_id = any (${uuids(ids)})`)
      .execute();
  await ctx.db
    .deleteFrom('ledgerRecord')
    .where('realm', '=', ctx.realm)
    .where(sql<boolean>`id = any (${uuids(ids)})`)
    .execute();
}

/** Those within these areas that bear this mark. */
export async function recordsMarked(ctx: Ctx, mark: Buffer, { no, lastNo }: Span, most: number): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select r.* from ${records} join ledger_mark m on m.realm = r.realm and m.record_id = r.id
    where r.realm = ${ctx.realm} and m.mark = ${mark} and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${readable(ctx)}
      and r.merged_into is null and r.scope_no between ${no} and ${lastNo} order by r.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface Bearing {
  readonly mark: Buffer;
  readonly span: Span;
}

/** All of a ledger that bear one of these marks within its areas, each with the mark and where it was looked for. */
export async function recordsBearing(
  ctx: Ctx,
  ledger: string,
  asked: readonly Bearing[],
): Promise<(RecordRow & { readonly mark: Buffer; readonly no: number })[]> {
  if (asked.length === 0) return [];
  const marks = asked.map(({ mark }) => mark.toString('hex'));
  const [nos, lasts] = [asked.map(({ span }) => span.no), asked.map(({ span }) => span.lastNo)];
  const { rows } = await sql<RecordRow & { mark: Buffer; no: number }>`
    select r.*, m.mark, x.no from unnest(${marks}::text[], ${nos}::integer[], ${lasts}::integer[]) x (mark, no, last)
      join ledger_mark m on m.realm = ${ctx.realm} and m.mark = decode(x.mark, 'hex')
      join ${records} on r.realm = m.realm and r.id = m.record_id
    where r.ledger = ${ledger} and r.merged_into is null and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${readable(ctx)}
      and r.scope_no between x.no and x.last order by r.id`.execute(ctx.db);
  return rows;
}

/** By how many marks these are found. */
export async function marksOn(ctx: Ctx, recordIds: readonly Id[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ledger_mark where realm = ${ctx.realm} and record_id = any (${uuids(recordIds)})`.execute(
    ctx.db,
  );
  return rows[0]?.n ?? 0;
}
