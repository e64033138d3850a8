import { type Expression, type SqlBool, sql, type Updateable } from 'kysely';
import { type Ctx, granteesOf } from '../../../kernel/context.ts';
import { change, insertion, insertions } from '../../../kernel/database/rows.ts';
import type { Json, Obligation as ObligationTable } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { EntryBody } from '../../../kernel/journal.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Clock } from './clock.model.ts';
import type { Obligation, OwedBy } from './obligation.model.ts';

const clockColumns = ({
  scale,
  budgetMs,
  usedMs,
  runningSince,
  dueAt,
  provisional,
  state,
  pauseReason,
  suspendedUntil,
  overran,
  extensions,
  exempt,
  endedAt,
  rung,
  nextRungAt,
}: Clock) => ({
  scale,
  budgetMs,
  usedMs,
  runningSince,
  dueAt,
  provisional,
  state,
  pauseReason,
  suspendedUntil,
  overran,
  extensions,
  exempt,
  endedAt,
  rung,
  nextRungAt,
});

export function insertObligations(ctx: Ctx, rows: readonly Obligation[]): void {
  if (rows.length === 0) return;
  const values = rows.map(({ ladder, timeLimit, ...plain }) => ({
    realm: ctx.realm,
    ...plain,
    ladder: [...ladder] as unknown as Json,
    timeLimit: timeLimit as Json,
  }));
  ctx.send(insertions('obligation', values));
}

export interface DatedGrant extends Grant {
  readonly recordKind: string;
  readonly recordId: Id;
  readonly recordChangedAt: Date;
}

/** Grants on records that are being made. */
export function insertGrants(ctx: Ctx, grants: readonly DatedGrant[]): void {
  if (grants.length === 0) return;
  ctx.send(
    insertions(
      'accessGrant',
      grants.map((grant) => ({ realm: ctx.realm, ...grant, grantedAt: ctx.now })),
    ),
  );
}

export function insertObligation(ctx: Ctx, row: Obligation): void {
  const { ladder, timeLimit, ...plain } = row;
  const values = {
    realm: ctx.realm,
    ...plain,
    ladder: JSON.stringify(ladder),
    timeLimit: timeLimit && JSON.stringify(timeLimit),
  };
  ctx.send(insertion('obligation', values));
}

export const saveClock = (ctx: Ctx, id: Id, clock: Clock): void => save(ctx, id, clockColumns(clock));

export const saveAssignee = (ctx: Ctx, id: Id, assigneeId: Id | null): void => save(ctx, id, { assigneeId });

export const saveCalendar = (ctx: Ctx, id: Id, calendarVersion: number): void => save(ctx, id, { calendarVersion });

function save(ctx: Ctx, id: Id, to: Updateable<ObligationTable>): void {
  ctx.send(change('obligation', { realm: ctx.realm, id }, to));
}

export interface Grant {
  readonly grantee: Id;
  readonly ground: string;
}

/**
 * Whoever owes something, or is named, may read what it is about. A grant carries the record's last change, by which
 * lists are ordered; `changedAt` where the caller knows it, as somebody who is just making that change does.
 */
export function grantTo(ctx: Ctx, record: { kind: string; id: Id }, grants: readonly Grant[], changedAt?: Date): void {
  if (grants.length === 0) return;
  const told = grants.flatMap(({ grantee, ground }) => [grantee, ground]);
  ctx.send({
    sql: (changedAt ? grantsDated : grantsAsOfRecord)(grants.length),
    parameters: [ctx.realm, record.id, record.kind, ctx.now, ...(changedAt ? [changedAt] : []), ...told],
  });
}

const GRANT =
  'insert into access_grant (realm, record_id, record_kind, granted_at, grantee, ground, record_changed_at)';

/** Written out row by row: a set that is made in the statement is dearer than the few rows. */
const grantsDated = (many: number): string => {
  const row = (_: unknown, i: number): string => `($1, $2, $3, $4, $${2 * i + 6}, $${2 * i + 7}, $5)`;
  return `${GRANT} values ${Array.from({ length: many }, row).join(', ')} on conflict do nothing`;
};

const grantsAsOfRecord = (many: number): string => {
  const row = (_: unknown, i: number): string => `($${2 * i + 5}::uuid, $${2 * i + 6}::text)`;
  return `${GRANT} select $1, $2::uuid, $3, $4::timestamptz, g.grantee, g.ground,
      coalesce((select c.changed_at from casefile c where c.realm = $1 and c.id = $2), $4)
    from (values ${Array.from({ length: many }, row).join(', ')}) as g (grantee, ground) on conflict do nothing`;
};

export function obligationsOf(ctx: Ctx, recordId: Id): Promise<Obligation[]> {
  return ctx.read({ sql: `${OF_RECORD} order by opened_at, id`, parameters: [ctx.realm, recordId] });
}

const OF_RECORD = 'select * from obligation where realm = $1 and record_id = $2';

/** Of many records at once, by record. */
export async function obligationsOfAll(ctx: Ctx, recordIds: readonly Id[]): Promise<ReadonlyMap<Id, Obligation[]>> {
  const rows = (await ctx.db
    .selectFrom('obligation')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where(sql<boolean>`record_id = any (${uuids(recordIds)})`)
    .orderBy('openedAt')
    .orderBy('id')
    .execute()) as unknown as Obligation[];
  const byRecord = new Map<Id, Obligation[]>(recordIds.map((id) => [id, []]));
  for (const row of rows) byRecord.get(row.recordId)?.push(row);
  return byRecord;
}

/** Of one record, locked: an extension or a rung that comes at this moment waits for the step, and the step for it. */
export async function holdObligationsOf(ctx: Ctx, recordId: Id): Promise<Obligation[]> {
  const question = { sql: `${OF_RECORD} order by id for update`, parameters: [ctx.realm, recordId] };
  const rows = await ctx.read<Obligation>(question);
  return rows.sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || (a.id < b.id ? -1 : 1));
}

export async function lockObligation(ctx: Ctx, id: Id): Promise<Obligation | undefined> {
  return (await ctx.db
    .selectFrom('obligation')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where(readable(ctx))
    .forUpdate()
    .executeTakeFirst()) as unknown as Obligation | undefined;
}

export async function readObligation(ctx: Ctx, id: Id): Promise<Obligation | undefined> {
  return (await ctx.db
    .selectFrom('obligation')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where(readable(ctx))
    .executeTakeFirst()) as unknown as Obligation | undefined;
}

/** Of those named, what may be read. */
export async function obligationsNamed(ctx: Ctx, ids: readonly Id[]): Promise<Obligation[]> {
  return (await ctx.db
    .selectFrom('obligation')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where(sql<boolean>`id = any (${uuids(ids)})`)
    .where(readable(ctx))
    .orderBy('dueAt', (order) => order.asc().nullsLast())
    .orderBy('id')
    .execute()) as unknown as Obligation[];
}

/** May be read: it lies in my areas, it is mine or my desk's, or its record was granted to me. */
export function readable(ctx: Ctx): Expression<SqlBool> {
  const mine = uuids(granteesOf(ctx.actor));
  const columns = {
    scopeNo: 'obligation.scope_no',
    confidential: 'obligation.confidential',
    recordId: 'obligation.record_id',
  };
  return sql<SqlBool>`(obligation.owed_by = any (${mine}) or obligation.assignee_id = any (${mine}) or ${ctx.scope.readable(ctx, columns)})`;
}

export interface InboxRow extends Obligation {
  /** Owed by me or given to me by name, owed by a post I hold, or owed by a body I sit in. */
  readonly mine: 'person' | 'post' | 'body';
  /** On what an address sent above its share and nobody has looked at yet. */
  readonly apart: boolean;
}

/**
 * What waits for these grantees, first what falls due first; what stands still comes last, and behind all that what came
 * in above the share of one address, however much of it. Each owner is a range of an
 * index read only as far as the list is long, so that neither the county's size nor a body's backlog matters.
 */
export async function inboxOf(ctx: Ctx, owners: readonly OwedBy[], personId: Id, most: number): Promise<InboxRow[]> {
  const ids = uuids(owners.map((owner) => owner.id));
  const bodies = uuids(owners.filter((owner) => owner.kind === 'body').map((owner) => owner.id));
  const waiting = sql`o.realm = ${ctx.realm} and o.state in ('running', 'paused', 'suspended')
    and o.pause_reason is distinct from 'merged'`;
  const own = sql`when o.owed_by = ${personId} then 'person'`;
  const apart = sql`o.record_id in (select c.id from casefile c where c.realm = ${ctx.realm} and c.unverified)`;
  const first = sql`order by o.due_at asc nulls last limit ${most}`;
  const { rows } = await sql<InboxRow>`
    select * from (
      (select o.*, 'person' as mine, false as apart from obligation o
       where ${waiting} and o.assignee_id = ${personId} and not ${apart} ${first})
      union all
      (select o.*, case ${own} when o.owed_by = any (${bodies}) then 'body' else 'post' end as mine, false as apart
       from unnest(${ids}) as owner (id) cross join lateral (
         select * from obligation o where ${waiting} and o.owed_by = owner.id
           and o.assignee_id is distinct from ${personId} and not ${apart} ${first}) o)
      union all
      (select o.*, case when o.assignee_id = ${personId} then 'person' ${own} when o.owed_by = any (${bodies}) then 'body' else 'post' end as mine,
         true as apart from obligation o
       where ${waiting} and ${apart} and (o.owed_by = any (${ids}) or o.assignee_id = ${personId}) ${first})
    ) mine
    order by apart, due_at asc nulls last, id limit ${most}`.execute(ctx.db);
  return rows;
}

/** What the entries on these records say of deadlines counted anew, the newest last. */
export async function recountsOn(ctx: Ctx, recordIds: readonly Id[]): Promise<EntryBody[]> {
  const { rows } = await sql<{ body: EntryBody }>`
    select body from entry where realm = ${ctx.realm} and record_id = any (${uuids(recordIds)})
      and kind = 'obligation.recounted' order by ord`.execute(ctx.db);
  return rows.map(({ body }) => body);
}

const just = (only: Id | undefined) => (only === undefined ? sql`` : sql`and id = ${only}`);

/** Running obligations whose next rung is reached. */
export async function rungsDue(ctx: Ctx, most: number, only?: Id): Promise<Obligation[]> {
  const { rows } = await sql<Obligation>`
    select * from obligation where realm = ${ctx.realm} and state = 'running' and next_rung_at <= ${ctx.now} ${just(only)}
    order by next_rung_at, id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function sleepersDue(ctx: Ctx, most: number, only?: Id): Promise<Obligation[]> {
  const { rows } = await sql<Obligation>`
    select * from obligation where realm = ${ctx.realm} and state = 'suspended' and suspended_until <= ${ctx.now} ${just(only)}
    order by suspended_until, id limit ${most}`.execute(ctx.db);
  return rows;
}

/** Provisional deadlines that fall before the end of what is published now. */
export async function provisionalDue(ctx: Ctx, before: Date, most: number, only?: Id): Promise<Obligation[]> {
  const { rows } = await sql<Obligation>`
    select * from obligation where realm = ${ctx.realm} and provisional and state = 'running' and due_at < ${before} ${just(only)}
    order by due_at, id limit ${most}`.execute(ctx.db);
  return rows;
}

/** Open clocks that count by the version before one that they follow to. */
export async function clocksBehind(ctx: Ctx, most: number, only?: Id): Promise<Obligation[]> {
  const { rows } = await sql<Obligation>`
    select o.* from calendar c
      join obligation o on o.realm = c.realm and o.calendar_id = c.id and o.calendar_version = c.version - 1
    where c.realm = ${ctx.realm} and c.moves_from is not null and o.state in ('running', 'paused', 'suspended')
      ${only === undefined ? sql`` : sql`and o.id = ${only}`}
    order by o.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface OpenClock
  extends Pick<Obligation, 'scale' | 'budgetMs' | 'usedMs' | 'runningSince' | 'dueAt' | 'duty'> {
  readonly state: 'running' | 'paused' | 'suspended';
}

/** Open clocks of a version of a calendar, without what they are about; for whoever administers. */
export async function clocksOn(ctx: Ctx, calendarId: Id, version: number): Promise<OpenClock[]> {
  const { rows } = await sql<OpenClock>`select * from clocks_on(${calendarId}, ${version})`.execute(ctx.db);
  return rows;
}

/** The obligations of a record follow it when it becomes confidential; when it is moved, `move_record` takes them along. */
export async function turnConfidential(ctx: Ctx, recordId: Id): Promise<void> {
  await ctx.db
    .updateTable('obligation')
    .set({ confidential: true })
    .where('realm', '=', ctx.realm)
    .where('recordId', '=', recordId)
    .execute();
}
