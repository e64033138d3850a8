import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Adjustment } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { readableObligation } from '../obligations/index.ts';

export type AdjustmentRow = Selectable<Adjustment>;

export async function insertAdjustment(ctx: Ctx, row: Omit<Insertable<Adjustment>, 'realm'>): Promise<void> {
  await ctx.db
    .insertInto('adjustment')
    .values({ realm: ctx.realm, ...row })
    .execute();
}

export async function lockAdjustment(ctx: Ctx, id: Id): Promise<AdjustmentRow | undefined> {
  return ctx.db
    .selectFrom('adjustment')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function saveAdjustment(
  ctx: Ctx,
  id: Id,
  change: Partial<Omit<AdjustmentRow, 'realm' | 'id'>>,
): Promise<void> {
  await ctx.db.updateTable('adjustment').set(change).where('realm', '=', ctx.realm).where('id', '=', id).execute();
}

/** All wishes about the obligations of a record that the actor may read, oldest first. */
export async function adjustmentsOf(ctx: Ctx, recordId: Id): Promise<AdjustmentRow[]> {
  const { rows } = await sql<AdjustmentRow>`
    select a.* from adjustment a join obligation on obligation.realm = a.realm and obligation.id = a.obligation_id
    where a.realm = ${ctx.realm} and obligation.record_id = ${recordId} and ${readableObligation(ctx)}
    order by a.asked_at, a.id`.execute(ctx.db);
  return rows;
}
