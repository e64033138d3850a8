import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

export interface NearRow {
  readonly id: Id;
  readonly typeCode: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly areaId: Id;
  readonly placeWords: string;
  readonly summary: string | null;
  readonly channel: string | null;
  readonly reportedAt: Date;
  readonly closedAt: Date | null;
}

/** Where to look: around a point and among what of its area has none; without a point in the whole area. */
export interface Around {
  readonly areaId: Id;
  readonly cells: readonly number[] | null;
  readonly until: Date;
  readonly closedAfter: Date;
}

/** Cases, none confidential, that this viewer may read, reported by then and not closed long before; the newest. */
export async function casesAround(
  ctx: Ctx,
  { areaId, cells, until, closedAfter }: Around,
  most: number,
): Promise<NearRow[]> {
  const columns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };
  const lies = cells
    ? sql`(c.cell = any (${[...cells]}::int[]) or (c.area_id = ${areaId} and c.lon is null))`
    : sql`c.area_id = ${areaId}`;
  const { rows } = await sql<NearRow>`
    select c.id, c.type_code, c.lon, c.lat, c.area_id, c.place_words, c.summary, c.reported_at, c.closed_at,
      (select r.channel from report r where r.realm = c.realm and r.casefile_id = c.id order by r.recorded_at, r.id limit 1) as channel
    from casefile c
    where c.realm = ${ctx.realm} and ${lies} and c.reported_at <= ${until}
      and not c.confidential and c.merged_into is null and c.status <> 'declined'
      and (c.closed_at is null or c.closed_at > ${closedAfter})
      and ${ctx.scope.readable(ctx, columns)}
    order by c.reported_at desc, c.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface PublicNearRow {
  readonly number: string;
  readonly typeCode: string;
  readonly areaId: Id;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly requestedAt: Date;
}

export interface PublicAround {
  readonly areaId: Id;
  /** West, south, east, north; null: only the area is known. */
  readonly box: readonly [number, number, number, number] | null;
  readonly since: Date;
  readonly except: Id;
}

/** Open cases that the public may know of, in the area or around the point; the newest. */
export async function publicCasesAround(
  ctx: Ctx,
  { areaId, box, since, except }: PublicAround,
  most: number,
): Promise<PublicNearRow[]> {
  const lies = box
    ? sql`(c.area_id = ${areaId} or (c.lon between ${box[0]} and ${box[2]} and c.lat between ${box[1]} and ${box[3]}))`
    : sql`c.area_id = ${areaId}`;
  const { rows } = await sql<PublicNearRow>`
    select c.number, c.type_code, c.area_id, c.lon, c.lat, c.requested_at from public_case c
    where c.realm = ${ctx.realm} and c.status = 'open' and c.requested_at between ${since} and ${ctx.now}
      and c.id <> ${except} and ${lies}
      and not exists (select 1 from turned_confidential t where t.realm = c.realm and t.record_id = c.id)
    order by c.requested_at desc, c.id desc limit ${most}`.execute(ctx.db);
  return rows;
}
