import type { Ctx } from '../../../kernel/context.ts';
import { type Area, type Atlas, atlasOf } from '../../land/areas/index.ts';
import { type Directory, directoryOf, type Role } from '../../land/staff/index.ts';
import { shortNames, type Unit } from './unit.model.ts';

/** Whoever may lead an item: every body, and for every area with a desk the post that takes things in there. */
export async function unitsOf(ctx: Ctx): Promise<Unit[]> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const places = atlas.areas.filter(({ level }) => level !== 'micro_grid' && level !== 'grid').map(({ name }) => name);
  const bodies = directory.bodies.map(({ id, name }): Unit => {
    return { kind: 'body', id, name, called: shortNames(name, places) };
  });
  const taken = new Map<string, number>();
  for (const { name } of atlas.areas) taken.set(name, (taken.get(name) ?? 0) + 1);
  const posts = atlas.areas.flatMap((area): Unit[] => {
    const post = deskAt(directory, area);
    return post ? [{ kind: 'post', id: post, ...namesOfArea(atlas, area, (taken.get(area.name) ?? 0) > 1) }] : [];
  });
  return [...bodies, ...posts];
}

/** Two villages of one name are told apart by what they lie in; the name alone then means several. */
function namesOfArea(atlas: Atlas, { id, name }: Area, isTwice: boolean): Pick<Unit, 'name' | 'called'> {
  return isTwice ? { name: atlas.path(id).slice(1).join(''), called: [name] } : { name, called: [] };
}

/** At a grid those who work there, in a community its secretary, above that the desk that hands things out. */
const desks: Partial<Record<Area['level'], readonly Role[]>> = {
  grid: ['grid_leader', 'grid_worker'],
  community: ['community_head'],
};
const upper: readonly Role[] = ['dispatcher', 'registrar', 'leader'];

export function deskAt(directory: Directory, { id, level }: Area): string | null {
  if (level === 'micro_grid') return null;
  const posts = (desks[level] ?? upper).flatMap((role) => directory.at(id, role));
  return (posts.find(({ held }) => held) ?? posts[0])?.id ?? null;
}
