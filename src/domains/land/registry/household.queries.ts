import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { ledgerReaders } from './ledger.model.ts';
import { heldAs, records, type Span, scopeColumns } from './ledger.queries.ts';

export interface HouseholdRow {
  /** The first of its members, by which the next page goes on. */
  readonly first: Id;
  readonly ids: readonly Id[];
}

/**
 * Those who bear one mark of a household within one community. Numbers of households are a community's own; whoever lies in
 * none of the communities is taken for one of the area that is asked about.
 */
const grouped = (ctx: Ctx, span: Span, communities: readonly Span[]) => sql`
  select array_agg(r.id order by r.id) as ids, (array_agg(r.id order by r.id))[1] as first
  from ${records} join ledger_mark m on m.realm = r.realm and m.record_id = r.id and m.kind = 'household'
    left join unnest(${communities.map(({ no }) => no)}::integer[], ${communities.map(({ lastNo }) => lastNo)}::integer[]) c (no, last)
      on r.scope_no between c.no and c.last
  where r.realm = ${ctx.realm} and r.ledger = 'residents' and ${ctx.scope.inMyAreas(ctx, scopeColumns)}
    and ${heldAs(ctx, ledgerReaders, 'r.scope_no')} and r.scope_no between ${span.no} and ${span.lastNo}
  group by coalesce(c.no, ${span.no}), m.mark`;

export async function householdsIn(
  ctx: Ctx,
  { span, communities, after, most }: { span: Span; communities: readonly Span[]; after: Id | null; most: number },
): Promise<HouseholdRow[]> {
  const { rows } = await sql<HouseholdRow>`
    select h.first, h.ids from (${grouped(ctx, span, communities)}) h
    where ${after}::uuid is null or h.first > ${after} order by h.first limit ${most}`.execute(ctx.db);
  return rows;
}

export async function countHouseholds(ctx: Ctx, span: Span, communities: readonly Span[]): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from (${grouped(ctx, span, communities)}) h`.execute(ctx.db);
  return Number(rows[0]?.n ?? 0);
}
