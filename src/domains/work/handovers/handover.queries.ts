import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { OwedBy } from '../obligations/index.ts';

export interface OpenRow {
  readonly id: Id;
  readonly duty: string;
  readonly recordId: Id;
  readonly owedByKind: OwedBy['kind'];
  readonly owedBy: Id;
}

async function openWhere(ctx: Ctx, which: RawBuilder<unknown>): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`
    select id, duty, record_id, owed_by_kind, owed_by from obligation
    where realm = ${ctx.realm} and state in ('running', 'paused', 'suspended') and ${which} order by due_at nulls last, id`.execute(
    ctx.db,
  );
  return rows;
}

/** Given to a person by name, or owed by them. */
export const openOfPerson = (ctx: Ctx, personId: Id): Promise<OpenRow[]> =>
  openWhere(ctx, sql`(assignee_id = ${personId} or owed_by = ${personId})`);

/** Owed by any of these: a body, its posts. */
export const openOfOwners = (ctx: Ctx, owners: readonly Id[]): Promise<OpenRow[]> =>
  openWhere(ctx, sql`owed_by = any (${[...owners]}::uuid[])`);
