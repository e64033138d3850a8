import { Problem } from '../../../kernel/problem.ts';
import { type AreaLevel, areaProblems } from './area.model.ts';

export interface Interval {
  readonly no: number;
  readonly lastNo: number;
}

/**
 * How many numbers an area of a level holds. A county of 2^30 has room for 128 towns, a town for 128 communities, a
 * community for 64 grids, a grid for 63 micro-grids; gaps stay for splits.
 */
export const width: Readonly<Record<AreaLevel, number>> = {
  province: 2 ** 30,
  city: 2 ** 30,
  county: 2 ** 30,
  town: 2 ** 23,
  community: 2 ** 16,
  grid: 2 ** 10,
  micro_grid: 2 ** 4,
};

/** With fewer an area would have no room for what must lie below it. */
const narrowest: Readonly<Record<AreaLevel, number>> = {
  province: 2 ** 27,
  city: 2 ** 24,
  county: 2 ** 19,
  town: 2 ** 14,
  community: 2 ** 9,
  grid: 2 ** 5,
  micro_grid: 1,
};

/**
 * Numbers for several children at once, in order, behind those given already. Each gets its level's usual width; where
 * that is too much (a city of thirteen counties, a town of two hundred villages) they share half of what is free, and
 * the other half stays for those who come later.
 */
export function layOut(
  parent: Interval & { readonly name: string },
  { behind, level, count }: { readonly behind: number; readonly level: AreaLevel; readonly count: number },
): Interval[] {
  const free = parent.lastNo - behind;
  const share = Math.floor(free / count / 2);
  const most = Math.min(width[level], Math.floor((parent.lastNo - parent.no) / 2));
  const wide = Math.min(most, Math.max(share, Math.min(narrowest[level], Math.floor(free / count))));
  if (wide < narrowest[level]) throw new Problem(areaProblems['area.no_room'], { parent: parent.name });
  return Array.from({ length: count }, (_, i) => ({ no: behind + 1 + i * wide, lastNo: behind + (i + 1) * wide }));
}
