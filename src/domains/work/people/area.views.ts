import type { z } from 'zod';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type Area, type Atlas, atlasOf, levelWords, runsOf } from '../../land/areas/index.ts';
import { type Directory, directoryOf, holdersOf, responsibleFor, roles } from '../../land/staff/index.ts';
import { chainProblems } from '../chain/chain.model.ts';
import { type areaQuery, type areaView, PAGE, type ShownSeat, type Tally } from './people.model.ts';
import { answeredAreas, countByNumber } from './people.queries.ts';

type Shown = z.output<typeof areaView>;

/** An area with the next level below it, a page at a time: who answers, what is open, and where nobody does. */
export async function areaOf(ctx: Ctx, asked: z.output<typeof areaQuery>): Promise<Shown> {
  const [atlas, directory] = [await atlasOf(ctx), await directoryOf(ctx)];
  const top = areaNamed(atlas, asked.area);
  const answered = await answeredAreas(ctx);
  const isOpen = (area: Area): boolean => needsSomebody(area) && !answered.has(area.id);
  const all = asked.only === 'nobody' ? within(atlas, top).filter(isOpen) : atlas.children(top.id);
  const shown = all.slice(asked.from, asked.from + PAGE);
  const described = await describe(ctx, atlas, directory, [top, ...shown], isOpen);
  const depth = atlas.path(top.id).length;
  const [head, ...below] = described;
  if (!head) throw new Problem(chainProblems['chain.no_area'], { area: asked.area ?? '' });
  return {
    ...head,
    above: atlas
      .upwards(top.id)
      .slice(1)
      .reverse()
      .map(({ id, name }) => ({ id, name })),
    below: below.map((one) => ({ ...one, path: atlas.path(one.id).slice(depth, -1).join(' / ') })),
    count: all.length,
    from: asked.from,
  };
}

export function areaNamed(atlas: Atlas, typed: string | undefined): Area {
  const found = typed === undefined ? atlas.root : atlas.areas.find(({ id, code }) => id === typed || code === typed);
  if (!found) throw new Problem(chainProblems['chain.no_area'], { area: typed ?? '' });
  return found;
}

const needsSomebody = ({ level }: Area): boolean => level === 'community' || level === 'grid';

const within = (atlas: Atlas, { no, lastNo }: Area): Area[] =>
  atlas.areas.filter((area) => no <= area.no && area.no <= lastNo);

type Described = Omit<Shown, 'above' | 'below' | 'count' | 'from'>;

async function describe(
  ctx: Ctx,
  atlas: Atlas,
  directory: Directory,
  areas: readonly Area[],
  isOpen: (area: Area) => boolean,
): Promise<Described[]> {
  const charges = await responsibleFor(
    ctx,
    areas.map(({ id }) => id),
  );
  const seats = await seatsAt(ctx, directory, new Set(areas.map(({ id }) => id)));
  const tallies = await talliesOf(ctx, atlas, areas);
  return areas.map((area) => ({
    ...{ id: area.id, code: area.code, name: area.name, levelWords: levelWords[area.level] },
    charges: charges.filter(({ areaId }) => areaId === area.id),
    seats: seats.get(area.id) ?? [],
    duties: tallies.get(area.id) ?? null,
    nobody: isOpen(area),
    gaps: within(atlas, area).filter(isOpen).length,
  }));
}

/** The seats of these areas or bodies, with whoever holds them now. */
export async function seatsAt(
  ctx: Ctx,
  directory: Directory,
  places: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ShownSeat[]>> {
  const posts = directory.posts.filter(({ areaId, bodyId }) => places.has(areaId ?? bodyId ?? ''));
  const holders = await holdersOf(
    ctx,
    posts.map(({ id }) => id),
  );
  const found = new Map<string, ShownSeat[]>();
  for (const { id, role, areaId, bodyId } of posts) {
    const place = areaId ?? bodyId ?? '';
    const seat = { id, role, roleWords: roles[role].words, holders: holders.filter(({ postId }) => postId === id) };
    found.set(place, [...(found.get(place) ?? []), seat]);
  }
  return found;
}

/** Of those the reader sees whole; of the others nothing is known, which is not the same as nothing being open. */
async function talliesOf(ctx: Ctx, atlas: Atlas, areas: readonly Area[]): Promise<ReadonlyMap<string, Tally>> {
  const read = areas.filter((area) => readsWhole(ctx, area));
  const counts = await countByNumber(
    ctx,
    read.flatMap((area) => runsOf(atlas.formers, area)),
  );
  const sum = (area: Area): Tally =>
    runsOf(atlas.formers, area).reduce(
      (all, [first, last]) =>
        counts
          .filter(({ scopeNo }) => first <= scopeNo && scopeNo <= last)
          .reduce((now, { open, late }) => ({ open: now.open + open, late: now.late + late }), all),
      { open: 0, late: 0 },
    );
  return new Map(read.map((area) => [area.id, sum(area)]));
}

export const readsWhole = ({ actor }: Ctx, { no, lastNo }: Area): boolean =>
  actor.kind === 'system' ||
  postsOf(actor).some(
    ({ readsArea, from, to }) => readsArea && from !== null && to !== null && from <= no && lastNo <= to,
  );

/** Whoever reads no area sees no duties: neither those of a person nor those of a body. */
export const readsAny = ({ actor }: Ctx): boolean =>
  actor.kind === 'system' || postsOf(actor).some(({ readsArea, from }) => readsArea && from !== null);
