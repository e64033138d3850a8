import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { TreeHistory } from './vintage.model.ts';

/** Every version of every area, and what became of those that are gone. */
export async function treeHistory(ctx: Ctx): Promise<TreeHistory> {
  const [versions, heirs] = await Promise.all([
    sql<TreeHistory['versions'][number]>`
      select v.area_id, v.parent_id, coalesce(lower(v.valid), a.opened_on)::text as from_day,
        case when isempty(v.valid) then a.opened_on else upper(v.valid) end::text as until_day
      from area_version v join area a on a.realm = v.realm and a.id = v.area_id where v.realm = ${ctx.realm}`.execute(
      ctx.db,
    ),
    sql<TreeHistory['heirs'][number]>`
      select area_id, heir_id, from_day::text as from_day from area_heir where realm = ${ctx.realm}`.execute(ctx.db),
  ]);
  return { versions: versions.rows, heirs: heirs.rows };
}
