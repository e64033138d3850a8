import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { cellOf } from '../../../kernel/geo.ts';
import type { Area } from './atlas.model.ts';
import type { DwellingForm } from './dwelling.model.ts';

/** In one statement, however many they are: whole compounds and villages are listed at a time. */
export async function insertDwellings(ctx: Ctx, area: Area, list: readonly DwellingForm[]): Promise<void> {
  const column = <K extends keyof DwellingForm>(name: K): DwellingForm[K][] => list.map((one) => one[name]);
  const cells = list.map(({ lon, lat }) => (lon === null || lat === null ? null : cellOf([lon, lat])));
  await sql`
    insert into dwelling (realm, id, area_id, scope_no, building, door_no, lon, lat, cell)
    select ${ctx.realm}, id, ${area.id}, ${area.no}, building, door_no, lon, lat, cell
    from unnest(${column('id')}::uuid[], ${column('building')}::text[], ${column('doorNo')}::text[],
                ${column('lon')}::float8[], ${column('lat')}::float8[], ${cells}::int[])
      as t (id, building, door_no, lon, lat, cell)`.execute(ctx.db);
}
