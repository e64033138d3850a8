import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import type { AreaForm } from './area.model.ts';
import type { Area } from './atlas.model.ts';

/** All areas as they are on the day of the transaction, in order of their numbers. */
export async function areasOfToday(ctx: Ctx): Promise<Area[]> {
  const { rows } = await sql<Area>`
    select a.id, v.parent_id, a.level, v.code, v.name, a.no, a.last_no, v.boundary
    from area a join area_version v on v.realm = a.realm and v.area_id = a.id
    where a.realm = ${ctx.realm} and a.closed_on is null and v.valid @> ${await today(ctx)}::date
    order by a.no`.execute(ctx.db);
  return rows;
}

export async function insertArea(ctx: Ctx, form: AreaForm, numbers: { no: number; lastNo: number }): Promise<void> {
  const openedOn = await today(ctx);
  await ctx.db
    .insertInto('area')
    .values({ realm: ctx.realm, id: form.id, level: form.level, ...numbers, openedOn, closedOn: null })
    .execute();
  await ctx.db
    .insertInto('areaVersion')
    .values({
      realm: ctx.realm,
      id: ctx.ids.newId(),
      areaId: form.id,
      valid: `[${openedOn},)`,
      parentId: form.parentId,
      code: form.code,
      name: form.name,
      boundary: form.boundary === null ? null : JSON.stringify(form.boundary),
      source: null,
    })
    .execute();
}

/** Two areas added below one parent at once take their numbers one after the other. */
export async function lockArea(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from area where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

/** Numbers ever given to areas below a parent, closed ones included: a number is not given twice. */
export async function numbersBelow(
  ctx: Ctx,
  parent: { no: number; lastNo: number },
  parentId: Id,
): Promise<{ no: number; lastNo: number }[]> {
  return ctx.db
    .selectFrom('area')
    .select(['no', 'lastNo'])
    .where('realm', '=', ctx.realm)
    .where('no', '>', parent.no)
    .where('lastNo', '<=', parent.lastNo)
    .where('id', '!=', parentId)
    .orderBy('no')
    .execute();
}
