import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { ZoneForm } from './zone.model.ts';

export async function insertZone(ctx: Ctx, zone: ZoneForm, areaIds: readonly string[]): Promise<void> {
  const boundary = zone.boundary === null ? null : JSON.stringify(zone.boundary);
  await sql`insert into zone (realm, id, name, purpose, boundary, valid)
    values (${ctx.realm}, ${zone.id}, ${zone.name}, ${zone.purpose}, ${boundary}::jsonb, daterange(${zone.from}, ${zone.until}))`.execute(
    ctx.db,
  );
  await ctx.db
    .insertInto('zoneArea')
    .values(areaIds.map((areaId) => ({ realm: ctx.realm, zoneId: zone.id, areaId })))
    .execute();
}

export interface ZoneRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly from: string;
  readonly until: string | null;
  readonly areaIds: readonly string[];
}

const columns = sql`z.id, z.name, z.purpose, lower(z.valid)::text as "from", upper(z.valid)::text as "until",
  array(select a.area_id from zone_area a where a.realm = z.realm and a.zone_id = z.id order by a.area_id) as area_ids`;

/** Zones that hold on a day. */
export async function zonesOn(ctx: Ctx, day: string): Promise<ZoneRow[]> {
  const { rows } = await sql<ZoneRow>`select ${columns} from zone z
    where z.realm = ${ctx.realm} and z.valid @> ${day}::date order by z.name, z.id`.execute(ctx.db);
  return rows;
}

export async function zoneById(ctx: Ctx, id: string): Promise<ZoneRow | undefined> {
  const { rows } =
    await sql<ZoneRow>`select ${columns} from zone z where z.realm = ${ctx.realm} and z.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** From that day on it no longer holds; false: it had ended, or had not begun, by then. */
export async function endZoneRow(ctx: Ctx, id: string, on: string): Promise<boolean> {
  const ended = await sql`update zone set valid = daterange(lower(valid), greatest(${on}::date, lower(valid)))
    where realm = ${ctx.realm} and id = ${id} and (upper_inf(valid) or upper(valid) > ${on}::date) and not isempty(valid)`.execute(
    ctx.db,
  );
  return Number(ended.numAffectedRows ?? 0) > 0;
}
