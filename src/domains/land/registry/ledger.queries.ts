import { type Expression, type Insertable, type SqlBool, sql } from 'kysely';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { insertions } from '../../../kernel/database/rows.ts';
import type { DB } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { ledgerReaders } from './ledger.model.ts';
import type { Setter } from './told_change.model.ts';

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
}

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

export async function findRecord(ctx: Ctx, id: Id): Promise<RecordRow | undefined> {
  return (await recordsNamed(ctx, [id]))[0];
}

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
      and r.scope_no between ${span.no} and ${span.lastNo} and (${after}::uuid is null or r.id > ${after})
    order by r.id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function countRecords(ctx: Ctx, ledger: string, { no, lastNo }: Span): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from ${records} where r.realm = ${ctx.realm} and r.ledger = ${ledger}
      and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${readable(ctx)} and r.scope_no between ${no} and ${lastNo}`.execute(
    ctx.db,
  );
  return Number(rows[0]?.n ?? 0);
}

export interface Marked {
  readonly recordId: Id;
  readonly kind: string;
  readonly mark: Buffer;
}

export async function marksFound(ctx: Ctx, marks: readonly Buffer[]): Promise<Marked[]> {
  if (marks.length === 0) return [];
  const { rows } = await sql<Marked>`
    select m.record_id, m.kind, m.mark from ledger_mark m
    where m.realm = ${ctx.realm} and m.mark in (select decode(x, 'hex') from unnest(${marks.map((mark) => mark.toString('hex'))}::text[]) x)
    order by m.record_id`.execute(ctx.db);
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

export function insertRecords(ctx: Ctx, rows: readonly RecordRow[]): void {
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
  { id, scopeNo, open, sealed, setters, changedAt }: Omit<RecordRow, 'ledger' | 'keyId' | 'areaId'>,
): void {
  ctx.send({
    sql: `update ledger_record set open = $3, sealed = $4, setters = $5, changed_at = $6, scope_no = $7
      where realm = $1 and id = $2`,
    parameters: [ctx.realm, id, JSON.stringify(open), sealed, JSON.stringify(setters), changedAt, scopeNo],
  });
}

/** All that was told about these, in the order in which it arrived. */
export async function changesOf(ctx: Ctx, recordIds: readonly Id[]): Promise<ChangeRow[]> {
  if (recordIds.length === 0) return [];
  const { rows } = await sql<ChangeRow>`
    select c.id, c.record_id, c.batch_id, c.told_on::text as told_on, c.person_id, c.recorded_at, c.open, c.sealed
    from ledger_change c where c.realm = ${ctx.realm} and c.record_id = any (${uuids(recordIds)})
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
      and r.scope_no between ${no} and ${lastNo} order by r.id limit ${most}`.execute(ctx.db);
  return rows;
}
