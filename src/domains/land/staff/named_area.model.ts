import { Problem } from '../../../kernel/problem.ts';
import type { Area } from '../areas/atlas.model.ts';
import { rosterProblems } from './roster.model.ts';

/** An area as people write it: its code, its name if only one bears it, or names from above down: 城东街道/二运社区. */
export function namedArea(areas: readonly Area[]): (typed: string) => Area {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const byName = new Map<string, Area[]>();
  for (const area of areas) byName.set(area.name, [...(byName.get(area.name) ?? []), area]);
  return (typed) => {
    const coded = byCode.get(typed) ?? byId.get(typed);
    if (coded) return coded;
    const names = typed.split(/[/>、]/).map((name) => name.trim());
    const found = (byName.get(names.at(-1) ?? '') ?? []).filter((area) => isBelow(byId, area, names.slice(0, -1)));
    const [only] = found;
    if (!only) throw new Problem(rosterProblems['roster.area'], { area: typed });
    if (found.length > 1)
      throw new Problem(rosterProblems['roster.area_unclear'], { area: typed, count: found.length });
    return only;
  };
}

/** The names lie above it in this order; levels between may be left out. */
function isBelow(byId: ReadonlyMap<string, Area>, area: Area, above: readonly string[]): boolean {
  const wanted = [...above];
  for (let at = byId.get(area.parentId ?? ''); at && wanted.length > 0; at = byId.get(at.parentId ?? ''))
    if (at.name === wanted.at(-1)) wanted.pop();
  return wanted.length === 0;
}
