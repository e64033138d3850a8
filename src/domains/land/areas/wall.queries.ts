import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';

/** The number of the area that bears this code, or bore it last: a code on a wall stays there for years. */
export async function numberCoded(ctx: Ctx, code: string): Promise<number | null> {
  const { rows } = await sql<{ no: number }>`
    select a.no from area_version v join area a on a.realm = v.realm and a.id = v.area_id
    where v.realm = ${ctx.realm} and v.code = ${code}
    order by upper_inf(v.valid) desc, upper(v.valid) desc limit 1`.execute(ctx.db);
  return rows[0]?.no ?? null;
}
