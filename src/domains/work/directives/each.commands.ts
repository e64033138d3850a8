import type { Ctx } from '../../../kernel/context.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { type Area, type Atlas, atlasOf } from '../../land/areas/index.ts';
import { type Directory, directoryOf } from '../../land/staff/index.ts';
import { directiveProblems, type GivenItem, type LedItem, MOST_SENT } from './directive.model.ts';
import { eachWords } from './each.model.ts';
import type { EachLevel, UnitKey } from './item.model.ts';
import { deskAt } from './unit.views.ts';

/** What was written once for all of a kind, as an item for each of them in their order; which was which stays known. */
export async function spreadOut(ctx: Ctx, area: Area, items: readonly GivenItem[]): Promise<LedItem[]> {
  const [directory, atlas] = [await directoryOf(ctx), await atlasOf(ctx)];
  const faults: FieldFault[] = [];
  const spread = items.flatMap((item, i): LedItem[] => {
    const { lead } = item;
    if (lead.kind !== 'each') return [{ ...item, lead }];
    const owners = ownersOf(directory, atlas, area, lead.level);
    if ('says' in owners) faults.push({ path: `items.${i}.lead`, says: owners.says });
    return 'says' in owners ? [] : owners.units.map((unit) => ({ ...item, lead: unit, supports: without(item, unit) }));
  });
  if (faults.length > 0) throw new Problem(directiveProblems['directive.wrong_items'], {}, faults);
  if (spread.length > MOST_SENT)
    throw new Problem(directiveProblems['directive.too_many'], { most: MOST_SENT, items: spread.length });
  return spread;
}

/** Whoever gets it as one of all does not help itself. */
const without = ({ supports }: GivenItem, { id }: UnitKey): UnitKey[] => supports.filter((one) => one.id !== id);

type Owners = { readonly units: readonly UnitKey[] } | Pick<FieldFault, 'says'>;

/** Every one of them, or none: a township without a post to answer would be left out in silence. */
function ownersOf(directory: Directory, atlas: Atlas, area: Area, level: EachLevel): Owners {
  const places = atlas.areas.filter((one) => one.level === level && area.no <= one.no && one.lastNo <= area.lastNo);
  const { zh, en } = eachWords[level];
  if (places.length === 0)
    return {
      says: { zh: `${area.name}里没有可以下达的${zh.slice(1)}`, en: `there is none of “${en}” in ${area.name}` },
    };
  const posts = places.map((place) => ({ place, post: deskAt(directory, place) }));
  const bare = posts.filter(({ post }) => post === null).map(({ place }) => place.name);
  if (bare.length > 0) {
    const named = bare.slice(0, 5).join('、');
    return {
      says: {
        zh: `${named}${bare.length > 5 ? `等 ${bare.length} 处` : ''}没有设接收的岗位，请先设岗，或逐个选单位`,
        en: `no post takes things in at ${named} (${bare.length}): set one up, or choose units one by one`,
      },
    };
  }
  return { units: posts.flatMap(({ post }) => (post === null ? [] : [{ kind: 'post' as const, id: post }])) };
}
