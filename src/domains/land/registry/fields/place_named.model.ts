import { chineseNumber } from '../../../../kernel/chinese_number.ts';
import type { Area } from '../../areas/atlas.model.ts';
import type { Ground, RowFault } from '../batches/candidate.model.ts';
import { plain } from './value.model.ts';

/** Which area a row means by the names in it. */
export const areaFields: readonly string[] = ['place.grid', 'place.community', 'place.town'];

export interface PlaceTold {
  readonly text: string;
  readonly column: string;
}

/** The smallest area that the row names; a name that is not to be found below is said, not guessed; null: it names none. */
export function placeOf(ground: Ground, places: Readonly<Record<string, PlaceTold>>): Area | RowFault | null {
  for (const code of areaFields) {
    const named = places[code];
    if (!named) continue;
    const found =
      areaCalled(ground, named.text, levelsOf[code] ?? []) ??
      (code === 'place.grid' ? gridNumbered(ground, named.text, communityOf(ground, places)) : undefined);
    if (found) return found;
    // The file was sent for one community: how it calls itself does not matter then.
    if (code !== 'place.grid' && ['community', 'grid'].includes(ground.area.level)) continue;
    return {
      column: named.column,
      says: { zh: `${ground.area.name}没有“${named.text.slice(0, 20)}”`, en: `no such area in ${ground.area.name}` },
    };
  }
  return null;
}

const levelsOf: Readonly<Record<string, readonly string[]>> = {
  'place.grid': ['grid', 'micro_grid'],
  'place.community': ['community'],
  'place.town': ['town'],
};

/** By its whole name, its code, or its name without what kind of place it is. */
function areaCalled({ area, below }: Ground, text: string, levels: readonly string[]): Area | undefined {
  const name = plain(text);
  const there = [area, ...below].filter(({ level }) => levels.includes(level));
  const bare = (of: string): string =>
    of.replace(/(社区|村|居委会|村委会|居民委员会|村民委员会|街道|镇|乡|办事处)+$/, '');
  const exact = there.filter((one) => one.name === name || one.code === name);
  const like = exact.length > 0 ? exact : there.filter((one) => bare(one.name) === bare(name));
  return like.length === 1 ? like[0] : undefined;
}

/** The community a row lies in: as it says, else the one that the file was sent for. */
function communityOf(ground: Ground, places: Readonly<Record<string, PlaceTold>>): Area | undefined {
  const named = places['place.community'];
  const said = named && areaCalled(ground, named.text, ['community']);
  return said ?? (ground.area.level === 'community' ? ground.area : undefined);
}

/** `第2网格`, `二网格`, `2号网格`: within one community its offices call them by their number alone. */
function gridNumbered({ below }: Ground, text: string, community: Area | undefined): Area | undefined {
  const wanted = numberIn(plain(text), /^第?(\d+|[一二三四五六七八九十]{1,3})号?网格$|^网格(\d+)$/);
  if (!community || wanted === null) return undefined;
  const there = below.filter(({ level, no }) => level === 'grid' && no >= community.no && no <= community.lastNo);
  const same = there.filter(
    ({ name }) => numberIn(name, /第?(\d+|[一二三四五六七八九十]{1,3})号?网格$|网格(\d+)$/) === wanted,
  );
  return same.length === 1 ? same[0] : undefined;
}

function numberIn(text: string, form: RegExp): number | null {
  const said = form
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  if (said === undefined) return null;
  return /^\d+$/.test(said) ? Number(said) : chineseNumber(said);
}
