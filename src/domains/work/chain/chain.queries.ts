import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

/** Who answers for what, who sits where, how many live and wait there: as it stands now, for a whole realm. */
export interface ChainFacts {
  readonly charges: readonly {
    readonly areaId: Id;
    readonly personId: Id;
    readonly rank: string;
    readonly mode: string;
  }[];
  readonly holdings: readonly { readonly postId: Id; readonly personId: Id }[];
  readonly names: ReadonlyMap<Id, string>;
  /** By area; an area without a line has none recorded. */
  readonly households: ReadonlyMap<Id, number>;
}

export async function chainFacts(ctx: Ctx): Promise<ChainFacts> {
  const now = sql`${ctx.now}::timestamptz`;
  const [charges, holdings, people, dwellings] = await Promise.all([
    sql<ChainFacts['charges'][number]>`select area_id, person_id, rank, mode from responsibility
      where realm = ${ctx.realm} and held @> ${now} order by scope_no, rank, person_id`.execute(ctx.db),
    sql<ChainFacts['holdings'][number]>`select post_id, person_id from holding
      where realm = ${ctx.realm} and held @> ${now} order by person_id, post_id`.execute(ctx.db),
    sql<{ id: Id; name: string }>`select id, name from person where realm = ${ctx.realm}`.execute(ctx.db),
    sql<{ areaId: Id; n: number }>`select area_id, count(*)::int as n from dwelling
      where realm = ${ctx.realm} group by area_id`.execute(ctx.db),
  ]);
  return {
    charges: charges.rows,
    holdings: holdings.rows,
    names: new Map(people.rows.map(({ id, name }) => [id, name])),
    households: new Map(dwellings.rows.map(({ areaId, n }) => [areaId, n])),
  };
}

/**
 * Open duties by person, as far as the reader may see them: given by name, owed by them, or owed by a post they hold and
 * given to nobody else.
 */
export async function openByPerson(
  ctx: Ctx,
  { no, lastNo }: { readonly no: number; readonly lastNo: number },
  most: number,
): Promise<{ personId: Id; n: number }[]> {
  const open = sql`o.realm = ${ctx.realm} and o.state in ('running', 'paused', 'suspended') and o.scope_no between ${no} and ${lastNo}`;
  const { rows } = await sql<{ personId: Id; n: number }>`
    select person_id, count(distinct id)::int as n from (
      select o.id, o.assignee_id as person_id from obligation o where ${open} and o.assignee_id is not null
      union all
      select o.id, o.owed_by from obligation o where ${open} and o.owed_by_kind = 'person' and o.assignee_id is null
      union all
      select o.id, h.person_id from obligation o join holding h on h.realm = o.realm and h.post_id = o.owed_by
      where ${open} and o.assignee_id is null and h.held @> ${ctx.now}::timestamptz
    ) mine group by person_id having count(distinct id) > ${most} order by n desc, person_id`.execute(ctx.db);
  return rows;
}
