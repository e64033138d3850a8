import { type RawBuilder, sql } from 'kysely';
import { type Ctx, granteesOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

/** Cases that a device of this account is to hold: what waits, and what moved lately, in its scope; never a confidential one. */
export interface HeldCase {
  readonly id: Id;
  /** Follows from all that is shown of it: two versions that look alike are called alike. */
  readonly mark: string;
  readonly shown: ShownCase;
}

/** As the database tells it; instants in milliseconds. */
export interface ShownCase {
  readonly number: string;
  readonly status: string;
  readonly flags: readonly string[];
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly typeCode: string | null;
  readonly conditionCode: string | null;
  readonly standardVersion: number | null;
  readonly placeWords: string;
  readonly words: string;
  readonly point: readonly [lon: number, lat: number, accuracyM: number | null] | null;
  readonly bodyId: Id | null;
  readonly round: number;
  readonly handledBy: Id | null;
  readonly outcome: string | null;
  readonly publicText: string | null;
  readonly reportedAt: number;
  readonly closedAt: number | null;
  readonly changedAt: number;
  readonly photosAfter: number;
  readonly foundBy: readonly Id[];
  readonly duties: readonly {
    readonly id: Id;
    readonly duty: string;
    readonly owedByKind: string;
    /** Null: the reporter, who has no name here. */
    readonly owedBy: Id | null;
    readonly assigneeId: Id | null;
    readonly state: string;
    readonly dueAt: number | null;
  }[];
}

const LATELY_DAYS = 30;
const columns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };
const ms = (column: string): RawBuilder<unknown> => sql`floor(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;
const flags = [
  ...['urgent', 'self_handled', 'checking', 'returned', 'suspended', 'escalated', 'supervised', 'joint', 'reopened'],
  'imported',
  'joined',
];

const kept = (ctx: Ctx): RawBuilder<unknown> =>
  sql`not c.confidential and (c.status not in ('evaluated', 'declined') and c.merged_into is null
      or c.changed_at > ${ctx.now}::timestamptz - ${LATELY_DAYS} * interval '1 day')`;

/** Two grounds, each read by its own index, as lists are. */
const inScope = (ctx: Ctx, only: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select c.id from casefile c
  where c.realm = ${ctx.realm} and ${kept(ctx)} and ${ctx.scope.inMyAreas(ctx, columns)} and ${only}
  union
  select c.id from access_grant g join casefile c on c.realm = g.realm and c.id = g.record_id
  where g.realm = ${ctx.realm} and g.grantee = any (${uuids(granteesOf(ctx.actor))}) and g.record_kind = 'casefile'
    and ${kept(ctx)} and ${only}`;

/** What a device shows of a case and its workflow table asks of it; the mark is made of nothing else. */
const shown: RawBuilder<unknown> = sql`jsonb_build_object(
  'number', c.number, 'status', c.status, 'areaId', c.area_id, 'scopeNo', c.scope_no,
  'flags', array_remove(array[${sql.join(flags.map((flag) => sql`case when c.${sql.ref(flag)} then ${sql.lit(flag)} end`))},
    case when c.merged_into is not null then 'merged' end], null),
  'typeCode', c.type_code, 'conditionCode', c.condition_code, 'standardVersion', c.standard_version,
  'placeWords', c.place_words, 'bodyId', c.body_id, 'round', c.round, 'handledBy', c.handled_by,
  'outcome', c.outcome, 'publicText', c.public_text,
  'point', case when c.lon is not null then jsonb_build_array(round(c.lon::numeric, 6), round(c.lat::numeric, 6), c.accuracy_m) end,
  'reportedAt', ${ms('c.reported_at')}, 'closedAt', ${ms('c.closed_at')}, 'changedAt', ${ms('c.changed_at')},
  'words', coalesce((select r.words from report r where r.realm = c.realm and r.casefile_id = c.id
     order by r.recorded_at, r.id limit 1), c.summary, ''),
  'foundBy', array(select r.person_id from report r where r.realm = c.realm and r.casefile_id = c.id
     and r.person_id is not null and not r.on_behalf order by r.person_id),
  'photosAfter', (select count(*) from photo p where p.realm = c.realm and p.record_id = c.id and p.stage = 'after'
     and p.added_at >= coalesce(c.dispatched_at, c.reported_at)),
  'duties', coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'duty', o.duty, 'owedByKind', o.owed_by_kind,
     'owedBy', case when o.owed_by_kind <> 'reporter' then o.owed_by end, 'assigneeId', o.assignee_id, 'state', o.state, 'dueAt', ${ms('o.due_at')}) order by o.id)
     from obligation o where o.realm = c.realm and o.record_id = c.id and o.state in ('running', 'paused', 'suspended')),
     '[]'::jsonb))`;

const rowsOf = (ctx: Ctx, ids: RawBuilder<unknown>): RawBuilder<HeldCase> => sql<HeldCase>`
  select id, left(md5(shown::text), 16) as mark, shown from (
    select c.id, ${shown} as shown from casefile c
    where c.realm = ${ctx.realm} and c.id in (${ids})) rows`;

/** A page of everything, by id. */
export async function casesAfter(ctx: Ctx, after: Id | null, most: number): Promise<HeldCase[]> {
  const further = after === null ? sql`true` : sql`c.id > ${after}`;
  const page = sql`select id from (${inScope(ctx, further)}) mine order by id limit ${most}`;
  const { rows } = await sql<HeldCase>`${rowsOf(ctx, page)} order by id`.execute(ctx.db);
  return rows;
}

/** Those of the ids that the device is to hold. */
export async function casesAmong(ctx: Ctx, ids: readonly Id[]): Promise<HeldCase[]> {
  if (ids.length === 0) return [];
  const { rows } = await rowsOf(ctx, inScope(ctx, sql`c.id = any (${uuids(ids)})`)).execute(ctx.db);
  return rows;
}

/**
 * Records of which the journal tells something after a position, and cases that left one's areas by it; with the position
 * up to which was looked.
 */
export async function told(
  ctx: Ctx,
  after: number,
  kinds: readonly string[],
  most: number,
): Promise<{ kinds: Map<Id, string>; upTo: number | null }> {
  const entry = { scopeNo: 'e.scope_no', confidential: 'e.confidential', recordId: 'e.record_id' };
  const left = { scopeNo: 'l.left_no', confidential: 'l.no_matter', recordId: 'l.casefile_id' };
  const { rows } = await sql<{ recordId: Id; recordKind: string; position: number }>`
    (select e.record_id, e.record_kind, p.position from entry_position p join entry e on e.realm = p.realm and e.id = p.entry_id
     where p.realm = ${ctx.realm} and p.position > ${after} and e.record_kind = any (${[...kinds]}::text[])
       and (${ctx.scope.inMyAreas(ctx, entry)} or ${ctx.scope.grantedToMe(ctx, entry)})
     order by p.position limit ${most})
    union all
    (select l.casefile_id, 'casefile', p.position from entry_position p
       join (select *, false as no_matter from casefile_left) l on l.realm = p.realm and l.entry_id = p.entry_id
     where p.realm = ${ctx.realm} and p.position > ${after} and ${ctx.scope.inMyAreas(ctx, left)}
     order by p.position limit ${most})
    order by position limit ${most}`.execute(ctx.db);
  const last = rows.length === most ? rows.at(-1) : undefined;
  const named = rows.map(({ recordId, recordKind }) => [recordId, recordKind] as const);
  return { kinds: new Map(named), upTo: last?.position ?? null };
}

const bucketOf = (buckets: number): RawBuilder<unknown> =>
  sql`((get_byte(uuid_send(id), 14) << 8 | get_byte(uuid_send(id), 15)) & ${buckets - 1})`;

/** All of them summed up: for each bucket the marks, combined by exclusive or. */
export async function sumsOfCases(ctx: Ctx, buckets: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ bucket: number; sum: string }>`
    select ${bucketOf(buckets)} as bucket, lpad(to_hex(bit_xor(('x' || mark)::bit(64)::bigint)), 16, '0') as sum
    from (${rowsOf(ctx, inScope(ctx, sql`true`))}) held group by 1`.execute(ctx.db);
  return new Map(rows.map(({ bucket, sum }) => [bucket, sum]));
}

/** What lies in some buckets, without what it shows. */
export async function marksOfCases(
  ctx: Ctx,
  buckets: number,
  numbers: readonly number[],
): Promise<{ id: Id; mark: string }[]> {
  const { rows } = await sql<{ id: Id; mark: string }>`
    select id, mark from (${rowsOf(ctx, inScope(ctx, sql`true`))}) held
    where ${bucketOf(buckets)} = any (${[...numbers]}::int[]) order by id`.execute(ctx.db);
  return rows;
}

/** How often rows have followed the land so far: after that somebody reads what nobody told them of. */
export async function landFollowed(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    select count(followed_at) as times from area_former_number where realm = ${ctx.realm}`.execute(ctx.db);
  return rows[0]?.times ?? 0;
}

export async function removeLeft(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from casefile_left where (realm, entry_id) in (
      select realm, entry_id from casefile_left where realm = ${ctx.realm} and left_at < ${before}
      order by left_at limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
