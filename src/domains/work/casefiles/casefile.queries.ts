import { type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely';
import { type Ctx, granteesOf, type Numbers } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Casefile, Report, Summons } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Flag, Status } from './casefile.model.ts';

export type CasefileRow = Omit<Selectable<Casefile>, 'status'> & { readonly status: Status };
export type CasefileChange = Updateable<Casefile>;
export type ReportRow = Selectable<Report>;

const scopeColumns = { scopeNo: 'casefile.scope_no', confidential: 'casefile.confidential', recordId: 'casefile.id' };

/** Asked ahead of a report. None for a command that was carried out before, so that a retry leaves no gap. */
export const NEXT_NUMBER = `select nextval('casefile_number') as no
  where not exists (select 1 from command where realm = jw_realm() and id = jw_command())`;

/** The same where one must be signed in: whoever is not shall not use up numbers by being refused. */
export const NEXT_NUMBER_OF_STAFF = `${NEXT_NUMBER} and cardinality(jw_grantees()) > 0`;

export async function nextNumber(ctx: Ctx, day: string): Promise<string> {
  const isStaff = ctx.actor.kind === 'account' || ctx.actor.kind === 'apikey';
  const [row] = (await ctx.ask({ sql: isStaff ? NEXT_NUMBER_OF_STAFF : NEXT_NUMBER, parameters: [] })) as {
    no: number;
  }[];
  return `${day.replaceAll('-', '')}-${String(row?.no ?? 0).padStart(6, '0')}`;
}

export function insertCasefile(ctx: Ctx, id: Id, columns: CasefileChange): void {
  const values = { ...(columns as Insertable<Casefile>), realm: ctx.realm, id };
  ctx.send(insertion('casefile', values));
}

export function insertReport(ctx: Ctx, row: Omit<Insertable<Report>, 'realm'>): void {
  ctx.send(insertion('report', { realm: ctx.realm, ...row }));
}

/** Locks the row, if the actor may see it; whatever is asked of the database after this sees it as it is then. */
export async function holdCasefile(ctx: Ctx, id: Id): Promise<boolean> {
  const rows = await ctx.ask(
    sql`select 1 from casefile where realm = ${ctx.realm} and id = ${id} and ${ctx.scope.readable(ctx, scopeColumns)}
        for update`.compile(ctx.db),
  );
  return rows.length > 0;
}

/** Locks the row for a command; undefined when there is none or the actor may not see it: the two look alike. */
export async function lockCasefile(ctx: Ctx, id: Id): Promise<CasefileRow | undefined> {
  return (await ctx.db
    .selectFrom('casefile')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where(ctx.scope.readable(ctx, scopeColumns))
    .forUpdate()
    .executeTakeFirst()) as CasefileRow | undefined;
}

export async function findCasefile(ctx: Ctx, id: Id): Promise<CasefileRow | undefined> {
  const readable = ctx.scope.readable(ctx, scopeColumns);
  const question = sql`select * from casefile where realm = ${ctx.realm} and id = ${id} and ${readable}`;
  return (await ctx.read<CasefileRow>(question.compile(ctx.db)))[0];
}

/** Those of the ids that this viewer may read. */
export async function findCasefiles(ctx: Ctx, ids: readonly Id[]): Promise<CasefileRow[]> {
  return (await ctx.db
    .selectFrom('casefile')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where(sql<boolean>`id = any (${uuids(ids)})`)
    .where(ctx.scope.readable(ctx, scopeColumns))
    .execute()) as CasefileRow[];
}

/** A move comes last, with all that hangs on the case: whoever moves it may see it no more where it is then. */
export function updateCasefile(ctx: Ctx, id: Id, { scopeNo, ...to }: CasefileChange): void {
  ctx.send(change('casefile', { realm: ctx.realm, id }, to));
  if (scopeNo !== undefined) ctx.send(sql`select move_record(${id}, ${scopeNo})`.compile(ctx.db));
}

export async function countCasefiles(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from casefile where realm = ${ctx.realm}`.execute(
    ctx.db,
  );
  return rows[0]?.n ?? 0;
}

/** Cases of which the journal knows nothing. */
export async function casefilesUntold(ctx: Ctx): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select c.id from casefile c where c.realm = ${ctx.realm}
      and not exists (select 1 from entry e where e.realm = c.realm and e.record_id = c.id)
    order by c.id`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** Carries the time of a change to the grants of the case, by which others list it; a function, for they are not mine. */
export function dateGrants(ctx: Ctx, id: Id, changedAt: Date): void {
  ctx.send(sql`select date_grants(${id}, ${changedAt})`.compile(ctx.db));
}

/** Whoever reads the area that it lay in so far hears of it by this alone: the entry lies where the case is now. */
export function noteLeft(ctx: Ctx, { id, scopeNo }: Pick<CasefileRow, 'id' | 'scopeNo'>, entryId: Id): void {
  const row = { realm: ctx.realm, entryId, casefileId: id, leftNo: scopeNo, leftAt: ctx.now };
  ctx.send(insertion('casefileLeft', row));
}

/** Reports that stand behind a case: its own and, after a merge, those of what was merged into it. */
export async function reportsBehind(ctx: Ctx, casefileId: Id): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select r.* from report r
    where r.realm = ${ctx.realm} and r.casefile_id = any (${casefileId}::uuid || array(
      select c.id from casefile c where c.realm = ${ctx.realm} and c.merged_into = ${casefileId}))
    order by r.recorded_at, r.id`.execute(ctx.db);
  return rows;
}

export async function reportById(ctx: Ctx, id: Id): Promise<ReportRow | undefined> {
  return ctx.db.selectFrom('report').selectAll().where('realm', '=', ctx.realm).where('id', '=', id).executeTakeFirst();
}

export async function reportByGrantee(ctx: Ctx, grantee: Id): Promise<ReportRow | undefined> {
  return ctx.db
    .selectFrom('report')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('grantee', '=', grantee)
    .executeTakeFirst();
}

/** The words of a matter that became confidential are from now on only where they lie sealed. */
export async function sealWords(ctx: Ctx, casefileId: Id): Promise<void> {
  await ctx.db
    .updateTable('report')
    .set({ words: null })
    .where('realm', '=', ctx.realm)
    .where('casefileId', '=', casefileId)
    .execute();
}

/** What a person said and who they are; the row stays, since the case stands on it. */
export async function clearReport(ctx: Ctx, id: Id): Promise<void> {
  await ctx.db
    .updateTable('report')
    .set({ words: null, sealed: null, keyId: null, wantsAnswer: false })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .execute();
}

/** Where and when a reporter took their photos; the files themselves cannot be opened without their key. */
export async function clearPhotoPlaces(ctx: Ctx, reportId: Id): Promise<void> {
  await ctx.db
    .updateTable('photo')
    .set({ lon: null, lat: null, takenAt: null })
    .where('realm', '=', ctx.realm)
    .where('reportId', '=', reportId)
    .execute();
}

export interface ExtraFacts {
  readonly photosAfter: number;
  readonly foundBy: Id[];
  readonly finderCodes: Id[];
  readonly circle: Id[];
  readonly hasCopies: boolean;
  readonly joinedCodes: Id[];
}

/** What the table asks about besides the row itself, in one trip. */
export async function extraFacts(ctx: Ctx, id: Id): Promise<ExtraFacts> {
  const { rows } = await sql<ExtraFacts>`
    with finds as materialized (
      select r.person_id, r.grantee from report r
      where r.realm = ${ctx.realm} and r.person_id is not null and not r.on_behalf and r.casefile_id = any (${id}::uuid || array(
        select c.id from casefile c where c.realm = ${ctx.realm} and c.merged_into = ${id})))
    select
      (select count(*)::int from photo p where p.realm = ${ctx.realm} and p.record_id = ${id} and p.stage = 'after'
         and p.added_at >= (select coalesce(c.dispatched_at, c.reported_at) from casefile c
           where c.realm = ${ctx.realm} and c.id = ${id})) as photos_after,
      array(select person_id from finds) as found_by,
      array(select grantee from finds) as finder_codes,
      has_copies(${id}) as has_copies,
      array(select r.grantee from casefile c join report r on r.realm = c.realm and r.casefile_id = c.id
         where c.realm = ${ctx.realm} and c.merged_into = ${id} and c.joined) as joined_codes,
      array(select g.grantee from access_grant g where g.realm = ${ctx.realm} and g.record_id = ${id}
         and g.ground = 'named') as circle`.execute(ctx.db);
  return rows[0] ?? { photosAfter: 0, foundBy: [], finderCodes: [], circle: [], hasCopies: false, joinedCodes: [] };
}

export interface ListQuery {
  readonly number?: string | undefined;
  readonly status?: readonly Status[] | undefined;
  readonly flag?: Flag | undefined;
  /** Of an area: runs of numbers. */
  readonly numbers?: readonly Numbers[] | null;
  readonly typeCode?: string | undefined;
  readonly bodyId?: Id | undefined;
  readonly openUnder?: number | undefined;
  readonly before?: { readonly changedAt: Date; readonly id: Id } | undefined;
  readonly most: number;
}

/**
 * Cases I may read, newest change first, by key. Each ground is an index of its own, read only as far as the list is
 * long: the areas by the case's numbers, and for each grantee that I am the grants, which carry the case's last change.
 */
export async function listCasefiles(ctx: Ctx, query: ListQuery): Promise<CasefileRow[]> {
  const { before, most } = query;
  const filters = filtersOf(ctx, query);
  const order = sql`order by changed_at desc, id desc limit ${most}`;
  const beforeInArea = before
    ? sql`(casefile.changed_at, casefile.id) < (${before.changedAt}, ${before.id})`
    : sql`true`;
  const beforeInGrants = before
    ? sql`(g.record_changed_at, g.record_id) < (${before.changedAt}, ${before.id})`
    : sql`true`;
  const { rows } = await sql<CasefileRow>`
    select distinct on (changed_at, id) * from (
      (select casefile.* from casefile
       where ${filters} and ${beforeInArea} and ${ctx.scope.inMyAreas(ctx, scopeColumns)} ${order})
      union all
      (select granted.* from unnest(${uuids(granteesOf(ctx.actor))}) as mine (id) cross join lateral (
         select casefile.* from access_grant g join casefile on casefile.realm = g.realm and casefile.id = g.record_id
         where g.realm = ${ctx.realm} and g.grantee = mine.id and g.record_kind = 'casefile' and ${beforeInGrants} and ${filters}
           and not exists (select 1 from access_grant h where h.realm = g.realm and h.record_id = g.record_id
             and h.grantee = g.grantee and h.ground < g.ground)
         order by g.record_changed_at desc, g.record_id desc limit ${most}) granted)
    ) readable ${order}`.execute(ctx.db);
  return rows;
}

function filtersOf(
  ctx: Ctx,
  { number, status, flag, numbers, typeCode, bodyId, openUnder }: ListQuery,
): RawBuilder<unknown> {
  return sql.join(
    [
      sql`casefile.realm = ${ctx.realm}`,
      ...(number ? [sql`casefile.number = ${number}`] : []),
      ...(status ? [sql`casefile.status = any (${[...status]}::text[])`] : []),
      ...(flag ? [flagCondition(flag)] : []),
      ...(numbers ? [sql`(${sql.join(numbers.map(inRun), sql` or `)})`] : []),
      ...(typeCode ? [sql`casefile.type_code = ${typeCode}`] : []),
      ...(bodyId ? [sql`casefile.body_id = ${bodyId}`] : []),
      ...(openUnder === undefined ? [] : [openUnderVersion(openUnder)]),
    ],
    sql` and `,
  );
}

/** The same that `count_by_standard` counts. */
const openUnderVersion = (version: number) =>
  sql`casefile.standard_version is not distinct from ${version === 0 ? null : version}::integer
    and casefile.status not in ('evaluated', 'declined') and casefile.merged_into is null`;

const inRun = ([first, last]: Numbers) => sql`casefile.scope_no between ${first} and ${last}`;

const flagCondition = (flag: Flag) =>
  flag === 'merged' ? sql`casefile.merged_into is not null` : sql`casefile.${sql.ref(flag)}`;

export async function mergedInto(ctx: Ctx, casefileId: Id): Promise<{ id: Id; number: string }[]> {
  return ctx.db
    .selectFrom('casefile')
    .select(['id', 'number'])
    .where('realm', '=', ctx.realm)
    .where('mergedInto', '=', casefileId)
    .execute();
}

export async function holdersAmong(ctx: Ctx, postId: Id): Promise<Id[]> {
  const { rows } = await sql<{ personId: Id }>`
    select person_id from holding where realm = ${ctx.realm} and post_id = ${postId} and held @> ${ctx.now}::timestamptz`.execute(
    ctx.db,
  );
  return rows.map((row) => row.personId);
}

/** Grants of others are seen by nobody but their holder; a function of the database removes the one named. */
export async function dropGrant(
  ctx: Ctx,
  recordId: Id,
  grantee: Id,
  ground: 'named' | 'merged' | 'duty',
): Promise<void> {
  await sql`select drop_grant(${recordId}, ${grantee}, ${ground})`.execute(ctx.db);
}

export async function dropMergedGrants(ctx: Ctx, recordId: Id, grantees: readonly Id[]): Promise<void> {
  for (const grantee of grantees) await dropGrant(ctx, recordId, grantee, 'merged');
}

export type SummonsRow = Selectable<Summons>;

export async function insertSummons(
  ctx: Ctx,
  row: Pick<SummonsRow, 'casefileId' | 'bodyId' | 'obligationId' | 'calledBy' | 'calledAt'>,
): Promise<void> {
  await ctx.db
    .insertInto('summons')
    .values({ realm: ctx.realm, id: ctx.ids.newId(), status: 'called', answeredAt: null, ...row })
    .execute();
}

export async function summonsOf(ctx: Ctx, casefileId: Id): Promise<SummonsRow[]> {
  return ctx.db
    .selectFrom('summons')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('casefileId', '=', casefileId)
    .orderBy('calledAt')
    .orderBy('id')
    .execute();
}

export async function answerSummons(ctx: Ctx, id: Id, status: 'arrived' | 'refused', at: Date): Promise<void> {
  await ctx.db
    .updateTable('summons')
    .set({ status, answeredAt: at })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .execute();
}

/** One lead at a time: the earlier one steps back first. False: this body was not called, or said that it will not come. */
export async function leadBy(ctx: Ctx, casefileId: Id, bodyId: Id): Promise<boolean> {
  const ofCase = ctx.db.updateTable('summons').where('realm', '=', ctx.realm).where('casefileId', '=', casefileId);
  await ofCase.set({ isLead: false }).where('isLead', '=', true).execute();
  const { numUpdatedRows } = await ofCase
    .set({ isLead: true })
    .where('bodyId', '=', bodyId)
    .where('status', 'in', ['called', 'arrived'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function releaseSummons(ctx: Ctx, casefileId: Id, at: Date): Promise<void> {
  await ctx.db
    .updateTable('summons')
    .set({ status: 'released', answeredAt: at })
    .where('realm', '=', ctx.realm)
    .where('casefileId', '=', casefileId)
    .where('status', 'in', ['called', 'arrived'])
    .execute();
}

/** Questions to reporters whose time is over. */
export async function answersDue(ctx: Ctx, most: number, only?: Id): Promise<{ id: Id; recordId: Id }[]> {
  return ctx.db
    .selectFrom('obligation')
    .select(['id', 'recordId'])
    .where('realm', '=', ctx.realm)
    .where('state', '=', 'running')
    .where('duty', '=', 'casefile.answer')
    .where('dueAt', '<=', ctx.now)
    .$if(only !== undefined, (due) => due.where('id', '=', only as Id))
    .orderBy('dueAt')
    .limit(most)
    .execute();
}
