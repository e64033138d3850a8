import { sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { ledgerReaders } from '../ledger.model.ts';
import { heldAs, records, type Span, scopeColumns } from '../ledger.queries.ts';

export interface HouseholdRow {
  /** The first of its members, by which the next page goes on. */
  readonly first: Id;
  readonly ids: readonly Id[];
}

/**
 * Those who bear one mark of a household within one community, and how many such there are. Numbers of households are a
 * community's own; whoever lies in none of the communities is taken for one of the area that is asked about.
 */
export async function householdsIn(
  ctx: Ctx,
  { span, communities, after, most }: { span: Span; communities: readonly Span[]; after: Id | null; most: number },
): Promise<{ total: number; rows: readonly HouseholdRow[] }> {
  const { rows } = await sql<{ total: string; rows: HouseholdRow[] }>`
    with h as materialized (
      select array_agg(r.id order by r.id) as ids
      from ${records} join ledger_mark m on m.realm = r.realm and m.record_id = r.id and m.kind = 'household'
        left join unnest(${communities.map(({ no }) => no)}::integer[], ${communities.map(({ lastNo }) => lastNo)}::integer[]) c (no, last)
          on r.scope_no between c.no and c.last
      where r.realm = ${ctx.realm} and r.ledger = 'residents' and r.merged_into is null and ${ctx.scope.inMyAreas(ctx, scopeColumns)}
        and ${heldAs(ctx, ledgerReaders, 'r.scope_no')} and r.scope_no between ${span.no} and ${span.lastNo}
      group by coalesce(c.no, ${span.no}), m.mark)
    select (select count(*) from h) as total, (select coalesce(jsonb_agg(p), '[]') from (
      select h.ids[1] as first, h.ids from h where ${after}::uuid is null or h.ids[1] > ${after}
      order by h.ids[1] limit ${most}) p) as rows`.execute(ctx.db);
  return { total: Number(rows[0]?.total ?? 0), rows: rows[0]?.rows ?? [] };
}
