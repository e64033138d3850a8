import type { Ctx } from '../../../kernel/context.ts';
import { filedUnderOn, type Vintage } from './vintage.model.ts';
import { treeHistory } from './vintage.queries.ts';

/**
 * Which filed-under areas (`area_id` of a record, never rewritten) count to an area on the map of a day, `YYYY-MM-DD`:
 * so a figure can be counted by today's map and by that of any earlier day.
 */
export const filedUnder = async (ctx: Ctx, areaId: string, asOf: string): Promise<Vintage> =>
  filedUnderOn(await treeHistory(ctx), areaId, asOf);

/** The same for several areas, from one reading of the history. */
export async function filedUnderEach(ctx: Ctx, areaIds: readonly string[], asOf: string): Promise<Vintage[]> {
  const history = await treeHistory(ctx);
  return areaIds.map((id) => filedUnderOn(history, id, asOf));
}
