import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import type { AreaForm } from './area.model.ts';
import type { Area } from './atlas.model.ts';
import type { Interval } from './numbering.model.ts';
import type { Former } from './numbers.model.ts';

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

/** Two areas added below one parent at once take their numbers one after the other. Its numbers now; undefined: it is gone. */
export async function lockArea(ctx: Ctx, id: Id): Promise<Interval | undefined> {
  const { rows } = await sql<Interval>`
    select no, last_no from area where realm = ${ctx.realm} and id = ${id} and closed_on is null for update`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Numbers ever given below a parent, those of areas that are gone or went elsewhere included: none is given twice. */
export async function numbersBelow(ctx: Ctx, { no, lastNo }: Interval): Promise<Interval[]> {
  const { rows } = await sql<Interval>`
    select no, last_no from area where realm = ${ctx.realm} and no > ${no} and last_no <= ${lastNo}
    union all
    select from_no, last_no from area_former_number where realm = ${ctx.realm} and from_no > ${no} and last_no <= ${lastNo}
    order by no`.execute(ctx.db);
  return rows;
}

export async function formerNumbers(ctx: Ctx): Promise<Former[]> {
  const { rows } = await sql<Former>`
    select from_no as "from", last_no as last, to_no as "to", torn_id as torn from area_former_number
    where realm = ${ctx.realm} order by from_no`.execute(ctx.db);
  return rows;
}
