import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

export interface CallbackRow {
  readonly id: Id;
  readonly dutyId: Id;
  /** What the reporter's code stands for. */
  readonly askedOf: Id;
  readonly tries: number;
  readonly triedAt: Date | null;
}

const columns = { scopeNo: 'o.scope_no', confidential: 'o.confidential', recordId: 'o.record_id' };

/** Reporters who were asked and have not answered, of what lies in my areas. */
const due = (ctx: Ctx) => sql`o.realm = ${ctx.realm} and o.state = 'running' and o.duty = 'casefile.answer'
  and o.owed_by_kind = 'reporter' and c.status = 'closed' and ${ctx.scope.inMyAreas(ctx, columns)}`;

export async function countCallbacks(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ all: number }>`
    select count(*)::integer as all from obligation o join casefile c on c.realm = o.realm and c.id = o.record_id
    where ${due(ctx)}`.execute(ctx.db);
  return rows[0]?.all ?? 0;
}

/** Whose time ends first comes first. */
export async function callbacksDue(ctx: Ctx, most: number): Promise<CallbackRow[]> {
  const { rows } = await sql<CallbackRow>`
    select c.id, o.id as duty_id, o.owed_by as asked_of, coalesce(said.tries, 0)::integer as tries, said.tried_at
    from obligation o join casefile c on c.realm = o.realm and c.id = o.record_id
    cross join lateral (
      select count(*) as tries, max(e.occurred_at) as tried_at from entry e
      where e.realm = o.realm and e.record_id = o.record_id and e.kind = 'casefile.said' and e.recorded_at >= o.opened_at) said
    where ${due(ctx)}
    order by o.due_at, o.id limit ${most}`.execute(ctx.db);
  return rows;
}
