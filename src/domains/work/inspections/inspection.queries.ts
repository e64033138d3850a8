import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Inspection as InspectionTable } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';

export type InspectionRow = Selectable<InspectionTable>;

export async function findInspection(ctx: Ctx, id: Id): Promise<InspectionRow | undefined> {
  const { rows } = await sql<InspectionRow>`
    select i.* from inspection i where i.realm = ${ctx.realm} and i.id = ${id}`.execute(ctx.db);
  return rows[0];
}
