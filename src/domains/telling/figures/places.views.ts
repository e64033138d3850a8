import type { Ctx } from '../../../kernel/context.ts';
import { type Area, atlasOf, filedUnderEach, runsOf } from '../../land/areas/index.ts';
import { cover, without } from './cover.model.ts';
import { nodesWithin } from './roll.queries.ts';
import type { Place } from './rows.queries.ts';

/** Areas with the numbers by which they are read; on an older map, with the areas of filing that count to them. */
export async function placesOf(ctx: Ctx, areas: readonly Area[], mapOf: string | null): Promise<Place[]> {
  const { formers } = await atlasOf(ctx);
  const runs = areas.map((area) => runsOf(formers, area));
  const [nodes, filed] = await Promise.all([
    nodesWithin(ctx, Math.min(...runs.flat().map(([no]) => no)), Math.max(...runs.flat().map(([, last]) => last))),
    mapOf === null
      ? []
      : filedUnderEach(
          ctx,
          areas.map(({ id }) => id),
          mapOf,
        ),
  ]);
  return areas.map(({ id }, i) => ({ id, ...cover(runs[i] ?? [], nodes), filed: filed[i] ?? null }));
}

/** Several places as one. */
export function together([first, ...rest]: readonly [Place, ...Place[]]): Place {
  const all = [first, ...rest];
  const runs = all.flatMap((place) => place.runs);
  const filed =
    first.filed === null
      ? null
      : {
          whole: all.flatMap((place) => place.filed?.whole ?? []),
          partly: all.flatMap((place) => place.filed?.partly ?? []),
        };
  return { id: first.id, runs, sums: [], rest: runs, filed };
}

/** What of a place lies in none of those below it. */
export function directly(place: Place, below: readonly Place[]): Place {
  const taken = below.flatMap(({ runs }) => runs).toSorted(([a], [b]) => a - b);
  const runs = place.runs.flatMap((run) => without(run, taken));
  const gone = new Set(below.flatMap(({ filed }) => [...(filed?.whole ?? []), ...(filed?.partly ?? [])]));
  const left = (ids: readonly string[]) => ids.filter((id) => !gone.has(id));
  const filed = place.filed && { whole: left(place.filed.whole), partly: left(place.filed.partly) };
  return { id: place.id, runs, sums: [], rest: runs, filed };
}
