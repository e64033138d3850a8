import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { type Area, atlasOf } from '../../land/areas/index.ts';
import { directoryOf, roles } from '../../land/staff/index.ts';
import {
  type ChainQuery,
  chainProblems,
  type chainView,
  type Finding,
  type FindingLine,
  findingNames,
  findings,
  type findingView,
  isFinding,
} from './chain.model.ts';
import { type ChainFacts, chainFacts, openByPerson } from './chain.queries.ts';

/** The chain of an area and how often each finding holds in it; each number opens by `openFinding`. */
export async function chainOf(ctx: Ctx, query: ChainQuery): Promise<z.output<typeof chainView>> {
  const look = await lookAt(ctx, query);
  const counted: z.output<typeof chainView>['findings'] = [];
  for (const finding of findingNames)
    counted.push({ finding, words: findings[finding], count: (await linesOf[finding](look)).length });
  return { area: look.asked, ranks: ranksOf(look), findings: counted };
}

export async function openFinding(ctx: Ctx, name: string, query: ChainQuery): Promise<z.output<typeof findingView>> {
  if (!isFinding(name)) throw new Problem(chainProblems['chain.no_finding'], { known: findingNames.join(', ') });
  const look = await lookAt(ctx, query);
  const lines = await linesOf[name](look);
  return { area: look.asked, finding: name, words: findings[name], count: lines.length, lines };
}

/** As `Map.groupBy`, which Node 20 does not have. */
function grouped<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

interface Look {
  readonly ctx: Ctx;
  readonly query: ChainQuery;
  readonly facts: ChainFacts;
  readonly asked: { readonly id: string; readonly code: string; readonly name: string };
  readonly within: Pick<Area, 'no' | 'lastNo'>;
  /** Areas from the one that was asked for downwards. */
  readonly areas: readonly Area[];
  readonly posts: readonly (Seat & { readonly holders: readonly string[] })[];
  readonly bodies: Awaited<ReturnType<typeof directoryOf>>['bodies'];
  readonly today: string;
  /** Names of these areas and bodies. */
  readonly places: ReadonlyMap<string, string>;
  readonly above: (areaId: string) => string;
  readonly bodiesOf: (personId: string) => readonly string[];
}
type Seat = Awaited<ReturnType<typeof directoryOf>>['posts'][number];

async function lookAt(ctx: Ctx, query: ChainQuery): Promise<Look> {
  const [atlas, directory, facts] = [await atlasOf(ctx), await directoryOf(ctx), await chainFacts(ctx)];
  const top =
    query.area === undefined ? atlas.root : atlas.areas.find(({ id, code }) => [id, code].includes(query.area ?? ''));
  if (!top) throw new Problem(chainProblems['chain.no_area'], { area: query.area ?? '' });
  const areas = atlas.areas.filter(({ no }) => top.no <= no && no <= top.lastNo);
  const ids = new Set(areas.map(({ id }) => id));
  const bodies = directory.bodies.filter(({ areaId }) => ids.has(areaId));
  const inBodies = new Set(bodies.map(({ id }) => id));
  const holders = grouped(facts.holdings, ({ postId }) => postId);
  const posts = directory.posts
    .filter(({ areaId, bodyId }) => ids.has(areaId ?? '') || inBodies.has(bodyId ?? ''))
    .map((post) => ({ ...post, holders: (holders.get(post.id) ?? []).map(({ personId }) => personId) }));
  const above = (areaId: string): string => atlas.path(areaId).slice(0, -1).join(' / ');
  const held = grouped(facts.holdings, ({ personId }) => personId);
  const places = new Map([...areas, ...bodies].map(({ id, name }) => [id, name]));
  const bodiesOf = (personId: string): string[] =>
    (held.get(personId) ?? []).flatMap(({ postId }) => directory.post(postId)?.bodyId ?? []);
  return {
    ctx,
    query,
    facts,
    bodiesOf,
    places,
    today: await today(ctx),
    asked: { id: top.id, code: top.code, name: top.name },
    within: top,
    areas,
    posts,
    bodies,
    above,
  };
}

function ranksOf({ facts, areas, bodiesOf }: Look): z.output<typeof chainView>['ranks'] {
  const ids = new Set(areas.map(({ id }) => id));
  const here = facts.charges.filter(({ areaId, mode }) => mode === 'normal' && ids.has(areaId));
  return [...grouped(here, ({ rank }) => rank)].map(([rank, charges]) => {
    const people = new Set(charges.map(({ personId }) => personId));
    return {
      rank,
      people: people.size,
      areas: new Set(charges.map(({ areaId }) => areaId)).size,
      bodies: new Set([...people].flatMap(bodiesOf)).size,
    };
  });
}

const areaLine = ({ above }: Look, { id, name }: Area, count: number | null = null): FindingLine => ({
  ...{ kind: 'area', id, name, place: above(id), count },
});
const personLine = ({ facts }: Look, id: string, place: string, count: number): FindingLine => ({
  ...{ kind: 'person', id, name: facts.names.get(id) ?? '', place, count },
});

const nameOfPlace = ({ places }: Look, { areaId, bodyId }: Seat): string => places.get(areaId ?? bodyId ?? '') ?? '';

/** Every finding is its list; its number is the length of it. */
const linesOf: Readonly<Record<Finding, (look: Look) => FindingLine[] | Promise<FindingLine[]>>> = {
  grid_without_worker: (look) => {
    const watched = new Set(
      look.posts.flatMap(({ role, areaId, holders }) =>
        (role === 'grid_worker' || role === 'grid_leader') && holders.length > 0 ? [areaId] : [],
      ),
    );
    return look.areas
      .filter(({ id, level }) => level === 'grid' && !watched.has(id))
      .map((area) => areaLine(look, area));
  },
  area_without_responsible: (look) => {
    const answered = new Set(look.facts.charges.flatMap(({ areaId, mode }) => (mode === 'normal' ? [areaId] : [])));
    return look.areas
      .filter(({ id, level }) => (level === 'community' || level === 'grid') && !answered.has(id))
      .map((area) => areaLine(look, area));
  },
  post_without_holder: (look) =>
    look.posts
      .filter(({ holders }) => holders.length === 0)
      .map((post) => ({
        ...{ kind: 'post', id: post.id, name: roles[post.role].words.zh, place: nameOfPlace(look, post), count: null },
      })),
  body_without_desk: (look) =>
    look.bodies
      .filter(
        ({ id }) =>
          !look.posts.some(
            ({ bodyId, role, holders }) =>
              bodyId === id && holders.length > 0 && (role === 'body_desk' || role === 'body_head'),
          ),
      )
      .map(({ id, name, areaId }) => ({ ...{ kind: 'body', id, name, place: look.above(areaId), count: null } })),
  body_past_term: (look) =>
    look.bodies
      .filter(({ temporaryUntil }) => temporaryUntil && temporaryUntil < look.today)
      .map(({ id, name, areaId }) => ({ ...{ kind: 'body', id, name, place: look.above(areaId), count: null } })),
  person_many_posts: (look) => {
    const here = new Set(look.posts.flatMap(({ holders }) => holders));
    const held = grouped(look.facts.holdings, ({ personId }) => personId);
    return overloaded(
      look,
      [...here].map((id) => [id, held.get(id)?.length ?? 0]),
      look.query.mostPosts,
    );
  },
  person_many_areas: (look) => {
    const ids = new Set(look.areas.map(({ id }) => id));
    const answers = new Map<string, Set<string>>();
    const add = (personId: string, areaId: string): void =>
      void answers.set(personId, (answers.get(personId) ?? new Set()).add(areaId));
    for (const { personId, areaId, mode } of look.facts.charges)
      if (mode === 'normal' && ids.has(areaId)) add(personId, areaId);
    for (const { role, areaId, holders } of look.posts)
      if (areaId && (role === 'grid_worker' || role === 'grid_leader')) for (const id of holders) add(id, areaId);
    return overloaded(
      look,
      [...answers].map(([id, set]) => [id, set.size]),
      look.query.mostAreas,
    );
  },
  person_many_cases: async (look) =>
    (await openByPerson(look.ctx, look.within, look.query.mostCases)).map(({ personId, n }) =>
      personLine(look, personId, postsIn(look, personId), n),
    ),
  grid_few_households: (look) => byHouseholds(look, (n) => n < look.query.fewHouseholds),
  grid_many_households: (look) => byHouseholds(look, (n) => n > look.query.manyHouseholds),
};

function overloaded(look: Look, counts: readonly (readonly [string, number])[], most: number): FindingLine[] {
  return counts
    .filter(([, count]) => count > most)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([id, count]) => personLine(look, id, postsIn(look, id), count));
}

const postsIn = (look: Look, personId: string): string =>
  look.posts
    .filter(({ holders }) => holders.includes(personId))
    .map((post) => `${roles[post.role].words.zh}（${nameOfPlace(look, post)}）`)
    .join('、');

/** Doors stand in the grid or in the micro-grids below it; where none is recorded, nothing is known. */
function byHouseholds(look: Look, isOutside: (n: number) => boolean): FindingLine[] {
  return look.areas.flatMap((grid) => {
    if (grid.level !== 'grid') return [];
    const below = look.areas.filter(({ no }) => grid.no <= no && no <= grid.lastNo);
    const n = below.reduce((sum, { id }) => sum + (look.facts.households.get(id) ?? 0), 0);
    return n > 0 && isOutside(n) ? [areaLine(look, grid, n)] : [];
  });
}
