import type { Ctx } from '../../../kernel/context.ts';
import { toWgs84 } from '../../../kernel/datum.ts';
import { cellOf } from '../../../kernel/geo.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { atlasOf, locate, requireArea } from '../../land/areas/index.ts';
import { casefileProblems, type Place } from './casefile.model.ts';
import type { CasefileChange } from './casefile.queries.ts';

export interface Placed {
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly columns: CasefileChange;
}

/**
 * Where a matter lies. A point decides; an area given besides it was confirmed by a person who stood there and wins. No
 * point and no area: the top of the tree, so that what cannot be placed still lands on a desk.
 */
export async function putInPlace(ctx: Ctx, place: Place): Promise<Placed> {
  const { lon, lat, datum, accuracyM, areaId } = place;
  if (lon === undefined || lat === undefined) return placedByArea(ctx, place);
  const found = await locate(ctx, { lon, lat, datum, ...(accuracyM !== undefined && { accuracyM }) });
  const area = areaId === undefined ? found.area : await requireArea(ctx, areaId);
  return {
    areaId: area.id,
    scopeNo: area.no,
    columns: {
      areaId: area.id,
      scopeNo: area.no,
      placeWords: place.words,
      lon: found.point[0],
      lat: found.point[1],
      cell: cellOf(found.point),
      accuracyM: accuracyM ?? null,
      borderM: Math.round(found.borderM * 10) / 10,
      datum,
      sourceLon: datum === 'wgs84' ? null : lon,
      sourceLat: datum === 'wgs84' ? null : lat,
    },
  };
}

/** In an area that was named otherwise than by the point: land without borders can still be shown on a map. */
export function putInArea(area: { readonly id: Id; readonly no: number }, place: Place): Placed {
  const { lon, lat, datum, accuracyM } = place;
  const columns = { areaId: area.id, scopeNo: area.no, placeWords: place.words };
  if (lon === undefined || lat === undefined) return { areaId: area.id, scopeNo: area.no, columns };
  const point = toWgs84([lon, lat], datum);
  const source = { sourceLon: datum === 'wgs84' ? null : lon, sourceLat: datum === 'wgs84' ? null : lat };
  const where = { lon: point[0], lat: point[1], cell: cellOf(point), accuracyM: accuracyM ?? null, datum };
  return { areaId: area.id, scopeNo: area.no, columns: { ...columns, ...where, ...source } };
}

async function placedByArea(ctx: Ctx, place: Place): Promise<Placed> {
  const area = place.areaId === undefined ? (await atlasOf(ctx)).root : await requireArea(ctx, place.areaId);
  if (!area) throw new Problem(casefileProblems['casefile.place_missing']);
  return { areaId: area.id, scopeNo: area.no, columns: { areaId: area.id, scopeNo: area.no, placeWords: place.words } };
}
