import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { patrolWalkers } from './patrol.model.ts';

export interface WalksThere {
  readonly personId: Id;
  readonly name: string;
  readonly role: string;
  readonly areaId: Id;
}

/** Who holds a post now from which one walks these areas. */
export async function walkersAt(ctx: Ctx, areaIds: readonly Id[]): Promise<WalksThere[]> {
  const { rows } = await sql<WalksThere>`
    select h.person_id, p.name, t.role, t.area_id from post t
      join holding h on h.realm = t.realm and h.post_id = t.id and h.held @> ${ctx.now}::timestamptz
      join person p on p.realm = h.realm and p.id = h.person_id
    where t.realm = ${ctx.realm} and t.area_id = any (${uuids(areaIds)}) and t.role = any (${[...patrolWalkers]}::text[])
      and t.mode = 'normal' and t.closed_on is null
    order by p.name, h.person_id`.execute(ctx.db);
  return rows;
}
