import { sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import { insertion } from '../../../../kernel/database/rows.ts';
import type { Id } from '../../../../kernel/id.ts';
import { uuids } from '../../../../kernel/scope.ts';
import { type Ledger, ledgerKeepers } from '../ledger.model.ts';
import { type ChangeRow, heldAs, records, type Span, scopeColumns } from '../ledger.queries.ts';
import { likenessesIn } from './merge.model.ts';

export interface MergeRow {
  readonly id: Id;
  readonly keptId: Id;
  readonly goneId: Id;
  readonly changeId: Id | null;
  readonly personId: Id;
  readonly mergedAt: Date;
  readonly undoneBy: Id | null;
  readonly undoneAt: Date | null;
}

export function insertMerge(ctx: Ctx, row: Omit<MergeRow, 'undoneBy' | 'undoneAt'>): void {
  ctx.send(insertion('ledgerMerge', { realm: ctx.realm, ...row }));
}

export function saveUndone(ctx: Ctx, id: Id, personId: Id): void {
  ctx.send({
    sql: 'update ledger_merge set undone_by = $3, undone_at = $4 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, personId, ctx.now],
  });
}

export async function findMerge(ctx: Ctx, id: Id): Promise<MergeRow | undefined> {
  const { rows } = await sql<MergeRow>`
    select g.* from ledger_merge g where g.realm = ${ctx.realm} and g.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** Every merge in which this record stayed or went, the latest first. */
export async function mergesOf(ctx: Ctx, recordId: Id): Promise<MergeRow[]> {
  const { rows } = await sql<MergeRow>`
    select g.* from ledger_merge g where g.realm = ${ctx.realm} and (g.kept_id = ${recordId} or g.gone_id = ${recordId})
    order by g.merged_at desc, g.id desc`.execute(ctx.db);
  return rows;
}

/** What was merged into this very record and still is, in the order in which it came. */
export async function mergesInto(ctx: Ctx, keptId: Id): Promise<MergeRow[]> {
  const { rows } = await sql<MergeRow>`
    select g.* from ledger_merge g where g.realm = ${ctx.realm} and g.kept_id = ${keptId} and g.undone_at is null
    order by g.merged_at, g.id`.execute(ctx.db);
  return rows;
}

/** Merges that hold, of any of these records that went. */
export async function mergesHolding(ctx: Ctx, goneIds: readonly Id[]): Promise<MergeRow[]> {
  if (goneIds.length === 0) return [];
  const { rows } = await sql<MergeRow>`
    select g.* from ledger_merge g where g.realm = ${ctx.realm} and g.gone_id = any (${uuids(goneIds)}) and g.undone_at is null`.execute(
    ctx.db,
  );
  return rows;
}

/** A telling by its id, also what was chosen in a merge that was undone. */
export async function changeNamed(ctx: Ctx, id: Id): Promise<ChangeRow | undefined> {
  const { rows } = await sql<ChangeRow>`
    select c.id, c.record_id, c.batch_id, c.told_on::text as told_on, c.person_id, c.recorded_at, c.open, c.sealed
    from ledger_change c where c.realm = ${ctx.realm} and c.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** These lie where the record lies that stands for them now. */
export function pointTo(
  ctx: Ctx,
  ids: readonly Id[],
  into: { readonly id: Id; readonly scopeNo: number } | null,
): void {
  if (into === null)
    ctx.send({
      sql: 'update ledger_record set merged_into = null where realm = $1 and id = any ($2::uuid[])',
      parameters: [ctx.realm, [...ids]],
    });
  else
    ctx.send({
      sql: 'update ledger_record set merged_into = $3, scope_no = $4 where realm = $1 and id = any ($2::uuid[])',
      parameters: [ctx.realm, [...ids], into.id, into.scopeNo],
    });
}

export interface PairRow {
  readonly one: Id;
  readonly other: Id;
  readonly kinds: readonly string[];
}

/** A mark that so many bear tells nobody from another. */
const MOST_ALIKE = 12;

/** Two of one area that bear the same mark, the surest first; not those of whom somebody said that they are two. */
export async function pairsAlike(ctx: Ctx, ledger: Ledger, { no, lastNo }: Span, most: number): Promise<PairRow[]> {
  const kinds = likenessesIn(ledger).map(({ kind }) => kind);
  const { rows } = await sql<PairRow>`
    with near as materialized (
      select coalesce(r.merged_into, r.id) as id, m.kind, m.mark
      from ${records} join ledger_mark m on m.realm = r.realm and m.record_id = r.id
      where r.realm = ${ctx.realm} and r.ledger = ${ledger.code} and ${ctx.scope.inMyAreas(ctx, scopeColumns)}
        and ${heldAs(ctx, ledgerKeepers, 'r.scope_no')} and r.scope_no between ${no} and ${lastNo} and m.kind = any (${kinds}::text[])),
    twice as (
      select kind, array_agg(distinct id) as ids from near group by mark, kind
      having count(distinct id) between 2 and ${MOST_ALIKE})
    select one, other, array_agg(distinct t.kind) as kinds
    from twice t cross join lateral unnest(t.ids) one cross join lateral unnest(t.ids) other
    where one < other and not exists (
      select 1 from ledger_apart a where a.realm = ${ctx.realm} and a.one_id = one and a.other_id = other)
    group by one, other
    order by min(array_position(${kinds}::text[], t.kind)), one, other limit ${most}`.execute(ctx.db);
  return rows;
}

/** Who bears a mark of this one or of what was merged into it, and is not said to be another. */
export async function alikeTo(ctx: Ctx, ledger: Ledger, id: Id): Promise<{ other: Id; kinds: readonly string[] }[]> {
  const kinds = likenessesIn(ledger).map(({ kind }) => kind);
  const { rows } = await sql<{ other: Id; kinds: string[] }>`
    with own as (
      select m.mark from ledger_mark m join ledger_record o on o.realm = m.realm and o.id = m.record_id
      where m.realm = ${ctx.realm} and (o.id = ${id} or o.merged_into = ${id}) and m.kind = any (${kinds}::text[]))
    select coalesce(r.merged_into, r.id) as other, array_agg(distinct n.kind) as kinds
    from own join ledger_mark n on n.realm = ${ctx.realm} and n.mark = own.mark
      join ${records} on r.realm = n.realm and r.id = n.record_id
    where r.ledger = ${ledger.code} and ${ctx.scope.inMyAreas(ctx, scopeColumns)} and ${heldAs(ctx, ledgerKeepers, 'r.scope_no')}
      and coalesce(r.merged_into, r.id) <> ${id} and not exists (
        select 1 from ledger_apart a where a.realm = ${ctx.realm}
          and a.one_id = least(coalesce(r.merged_into, r.id), ${id}) and a.other_id = greatest(coalesce(r.merged_into, r.id), ${id}))
    group by 1 order by 1 limit ${MOST_ALIKE}`.execute(ctx.db);
  return rows;
}

/** What two bear alike, also through what was merged into them. */
export async function kindsAlike(ctx: Ctx, one: Id, other: Id): Promise<string[]> {
  const marks = (
    id: Id,
  ) => sql`select m.kind, m.mark from ledger_mark m join ledger_record r on r.realm = m.realm and r.id = m.record_id
    where m.realm = ${ctx.realm} and (r.id = ${id} or r.merged_into = ${id})`;
  const { rows } = await sql<{ kind: string }>`${marks(one)} intersect ${marks(other)}`.execute(ctx.db);
  return rows.map(({ kind }) => kind);
}

export async function isApart(ctx: Ctx, one: Id, other: Id): Promise<boolean> {
  const [first, second] = inOrder(one, other);
  const { rows } = await sql`
    select 1 from ledger_apart a where a.realm = ${ctx.realm} and a.one_id = ${first} and a.other_id = ${second}`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

export async function insertApart(ctx: Ctx, one: Id, other: Id, personId: Id): Promise<void> {
  const [first, second] = inOrder(one, other);
  await sql`insert into ledger_apart (realm, one_id, other_id, person_id, said_at)
    values (${ctx.realm}, ${first}, ${second}, ${personId}, ${ctx.now}) on conflict do nothing`.execute(ctx.db);
}

export async function removeApart(ctx: Ctx, one: Id, other: Id): Promise<void> {
  const [first, second] = inOrder(one, other);
  await sql`delete from ledger_apart where realm = ${ctx.realm} and one_id = ${first} and other_id = ${second}`.execute(
    ctx.db,
  );
}

export interface ApartRow {
  readonly other: Id;
  readonly personId: Id;
  readonly saidAt: Date;
}

/** Of whom somebody said that it is another, the latest first. */
export async function apartFrom(ctx: Ctx, id: Id): Promise<ApartRow[]> {
  const { rows } = await sql<ApartRow>`
    select case when a.one_id = ${id} then a.other_id else a.one_id end as other, a.person_id, a.said_at
    from ledger_apart a where a.realm = ${ctx.realm} and (a.one_id = ${id} or a.other_id = ${id})
    order by a.said_at desc, other limit ${MOST_ALIKE}`.execute(ctx.db);
  return rows;
}

const inOrder = (one: Id, other: Id): readonly [Id, Id] => (one < other ? [one, other] : [other, one]);
