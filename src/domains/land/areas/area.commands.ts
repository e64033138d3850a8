import { markChanged } from '../../../kernel/cache_version.ts';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { toWgs84 } from '../../../kernel/datum.ts';
import type { Point } from '../../../kernel/geo.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type AreaForm, type AreaLevel, areaLevels, areaProblems, type PlacePoint } from './area.model.ts';
import { areasOfToday, formerNumbers, insertArea, lockArea, numbersBelow } from './area.queries.ts';
import { type Area, type Atlas, buildAtlas, type Located } from './atlas.model.ts';
import { width } from './numbering.model.ts';
import { freeRun } from './numbers.model.ts';

/** Under this name today's land is kept in memory. */
export const CACHE = 'land';

defineConstraints({
  area_pkey: 'command.id_taken',
  area_number_taken: 'area.root_exists',
  area_code_one_holder: 'area.code_taken',
});

/** Today's land, from memory. */
export const atlasOf = (ctx: Ctx): Promise<Atlas> => ctx.cache.get(ctx, CACHE, freshAtlas);

/** The land as this very moment has it, for whoever is about to change it. */
export async function freshAtlas(ctx: Ctx): Promise<Atlas> {
  const [areas, formers] = await Promise.all([areasOfToday(ctx), formerNumbers(ctx)]);
  return buildAtlas(areas, formers);
}

export const markLandChanged = (ctx: Ctx): Promise<void> => markChanged(ctx, CACHE);

export async function requireArea(ctx: Ctx, id: string): Promise<Area> {
  const area = (await atlasOf(ctx)).get(id);
  if (!area) throw new Problem(areaProblems['area.not_found']);
  return area;
}

/** In which area a point lies. Refuses a point outside, and says so when it would lie inside the other way round. */
export async function locate(ctx: Ctx, place: PlacePoint): Promise<Located & { point: Point }> {
  const atlas = await atlasOf(ctx);
  const point = toWgs84([place.lon, place.lat], place.datum);
  const found = atlas.locate(point);
  if (found) return { ...found, point };
  if (Math.abs(place.lon) <= 90 && atlas.locate([place.lat, place.lon])) {
    throw new Problem(areaProblems['area.point_swapped'], { lon: place.lat.toFixed(3), lat: place.lon.toFixed(3) });
  }
  throw new Problem(areaProblems['area.point_outside']);
}

export async function addArea(ctx: Ctx, form: AreaForm): Promise<{ areaId: string }> {
  const parent = form.parentId === null ? null : await requireArea(ctx, form.parentId);
  if (parent && areaLevels.indexOf(parent.level) >= areaLevels.indexOf(form.level)) {
    throw new Problem(areaProblems['area.wrong_parent']);
  }
  const numbers = await freeNumbers(ctx, parent, form.level);
  await insertArea(ctx, form, numbers);
  await markChanged(ctx, CACHE);
  const { boundary, ...plain } = form;
  record(ctx, {
    kind: 'area.added',
    about: { kind: 'area', id: form.id, scopeNo: numbers.no, confidential: false },
    body: { ...plain, hasBoundary: boundary !== null, ...numbers },
  });
  return { areaId: form.id };
}

/** Behind all that was ever given below the parent, as it is now: an act may have moved it since we looked. */
async function freeNumbers(ctx: Ctx, parent: Area | null, level: AreaLevel): Promise<{ no: number; lastNo: number }> {
  if (!parent) return { no: 1, lastNo: 2 ** 31 - 2 };
  const standing = await lockArea(ctx, parent.id);
  if (!standing) throw new Problem(areaProblems['area.not_found']);
  const run = freeRun(standing, await numbersBelow(ctx, standing), width[level]);
  if (!run) throw new Problem(areaProblems['area.no_room'], { parent: parent.name });
  return run;
}
