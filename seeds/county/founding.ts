import { addAccount } from '../../src/domains/land/accounts/index.ts';
import { type AreaLevel, addArea, addDwellings } from '../../src/domains/land/areas/index.ts';
import {
  addBody,
  addPerson,
  addPost,
  appoint,
  directoryOf,
  putInCharge,
  type Role,
} from '../../src/domains/land/staff/index.ts';
import { addRule } from '../../src/domains/work/standards/index.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import type { Boundary } from '../../src/kernel/geo.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { allDayCalendarId, carryOut, officeCalendarId, plantRealm } from '../planting.ts';
import { idOf } from '../small/plan.ts';
import { bodies, rules } from './bodies.ts';
import { countHomes, hasMicroGrids, microGridKey } from './dwellings.ts';
import { drawCounty, type Geography } from './geography.ts';
import { COUNTY, communities, grids, towns } from './land.ts';
import { people } from './people.ts';
import { type Neighbourhood, nameNeighbourhoods } from './places.ts';
import { boundaryOf, type Shape } from './tiling.ts';

export const REALM = 1;
export const id = (what: string, key: string): Id => idOf(REALM, what, key);
export const areaId = (key: string): Id => id('area', key);

export interface Ground {
  readonly geography: Geography;
  readonly neighbourhoods: ReadonlyMap<string, Neighbourhood>;
}

/** Worked out, not stored: the same on every machine and at every start. */
export function survey(): Ground {
  const geography = drawCounty();
  return { geography, neighbourhoods: nameNeighbourhoods(geography) };
}

/** The county as it is before its first case: land, bodies, people and who answers for what. Few, large commands. */
export async function found(runtime: Runtime, ground: Ground, passwordHash: string): Promise<void> {
  const { code, name } = COUNTY;
  const root = { id: areaId('county'), level: 'county', code, name } as const;
  await plantRealm(runtime, { realm: REALM, name, zone: 'Asia/Shanghai', root });
  const step = (what: string, work: (ctx: Ctx) => Promise<void>): Promise<unknown> =>
    carryOut(runtime, REALM, what, async (ctx) => {
      await work(ctx);
      return {};
    });
  // Each step is one transaction. People need no land yet: the two are written side by side.
  const areas = async (): Promise<void> => {
    for (const wave of inWaves(areaPlans(ground))) await step('areas', (ctx) => addAreas(ctx, wave));
  };
  await Promise.all([areas(), step('people', (ctx) => addPeople(ctx, passwordHash))]);
  await Promise.all([step('bodies', addBodies), step('dwellings', (ctx) => addHomes(ctx, ground))]);
  await step('seats', addSeats);
  await Promise.all([step('appointments', appointAll), step('rules', addRules)]);
  await step('responsibility', chargeAll);
}

interface AreaPlan {
  readonly key: string;
  readonly parent: string;
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  readonly shape: Shape | null;
}

/**
 * The first child of every parent, then the second, and so on: within a wave no area needs another, so that they are
 * sent without waiting and the tree in memory is read once a wave, not once an area.
 */
function inWaves(plans: readonly AreaPlan[]): AreaPlan[][] {
  const waves: AreaPlan[][] = [];
  for (const level of new Set(plans.map((plan) => plan.level))) {
    const below = new Map<string, number>();
    const first = waves.length;
    for (const plan of plans.filter((one) => one.level === level)) {
      const nth = below.get(plan.parent) ?? 0;
      below.set(plan.parent, nth + 1);
      waves[first + nth] = [...(waves[first + nth] ?? []), plan];
    }
  }
  return waves;
}

async function addAreas(ctx: Ctx, wave: readonly AreaPlan[]): Promise<void> {
  await Promise.all(
    wave.map(({ key, parent, shape, ...area }) => {
      const boundary: Boundary | null = shape && boundaryOf(shape);
      return addArea(ctx, { ...area, id: areaId(key), parentId: areaId(parent), boundary });
    }),
  );
}

function areaPlans({ geography, neighbourhoods }: Ground): AreaPlan[] {
  const shape = (of: ReadonlyMap<string, Shape>, key: string): Shape => of.get(key) as Shape;
  return [
    ...towns.map(({ key, code, name }) => ({
      key,
      code,
      name,
      level: 'town' as const,
      parent: 'county',
      shape: shape(geography.town, key),
    })),
    ...communities.map(({ key, code, name, town }) => ({
      key,
      code,
      name,
      level: 'community' as const,
      parent: town,
      shape: shape(geography.community, key),
    })),
    ...grids.map(({ key, code, name, community }) => ({
      key,
      code,
      name,
      level: 'grid' as const,
      parent: community.key,
      shape: shape(geography.grid, key),
    })),
    ...[...neighbourhoods.values()].filter(hasMicroGrids).flatMap(microGrids),
  ];
}

/** Buildings of a compound: areas without borders, which are areas all the same. */
const microGrids = ({ grid, compound }: Neighbourhood): AreaPlan[] =>
  Array.from({ length: compound?.buildings ?? 0 }, (_, b) => ({
    key: microGridKey(grid.key, b + 1),
    code: `${grid.code}${String(b + 1).padStart(3, '0')}`,
    name: `${compound?.name}${b + 1}栋`,
    level: 'micro_grid',
    parent: grid.key,
    shape: null,
  }));

async function addPeople(ctx: Ctx, passwordHash: string): Promise<void> {
  await Promise.all(people.map(({ key, name, phone }) => addPerson(ctx, { id: id('person', key), name, phone })));
  const accounts = people.filter(({ hasAccount }) => hasAccount);
  await Promise.all(
    accounts.map(({ key }) =>
      addAccount(ctx, {
        id: id('account', key),
        login: key,
        personId: id('person', key),
        passwordHash,
        mustChangePassword: false,
        isDemo: true,
      }),
    ),
  );
}

const bodyKeys = new Set(bodies.map(({ key }) => key));
const place = (key: string): { areaId: Id | null; bodyId: Id | null } =>
  bodyKeys.has(key) ? { areaId: null, bodyId: id('body', key) } : { areaId: areaId(key), bodyId: null };

async function addBodies(ctx: Ctx): Promise<void> {
  for (const { key, area, allDay, ...body } of bodies) {
    const calendarId = allDay ? allDayCalendarId(REALM) : officeCalendarId(REALM);
    await addBody(ctx, { ...body, id: id('body', key), areaId: areaId(area), calendarId });
  }
}

/** The four seats at the top exist already. */
async function addSeats(ctx: Ctx): Promise<void> {
  const there = new Set((await directoryOf(ctx)).posts.map(({ role, areaId: at }) => `${role} ${at}`));
  const seats = new Map(people.flatMap(({ seats }) => seats.map((seat) => [seat.join(' '), seat] as const)));
  const missing = [...seats.values()].filter(([role, key]) => !there.has(`${role} ${areaId(key)}`));
  for (const [role, key] of missing) await addPost(ctx, { id: id('post', `${role} ${key}`), role, ...place(key) });
}

/**
 * One after the other, as the seats before: some ask more than others before they are told, and ids are drawn in the
 * order of the telling, which must not depend on how answers arrive.
 */
async function appointAll(ctx: Ctx): Promise<void> {
  const { posts } = await directoryOf(ctx);
  const seatAt = new Map(posts.map((post) => [`${post.role} ${post.areaId ?? post.bodyId}`, post.id]));
  const seatOf = (role: Role, key: string): Id => seatAt.get(`${role} ${place(key).areaId ?? place(key).bodyId}`) ?? '';
  for (const { key, seats } of people)
    for (const [role, where] of seats)
      await appoint(ctx, { id: ctx.ids.newId(), postId: seatOf(role, where), personId: id('person', key) });
}

async function chargeAll(ctx: Ctx): Promise<void> {
  const charges = people.flatMap(({ key, charges }) => charges.map((one) => ({ ...one, person: key })));
  await Promise.all(
    charges.map(({ area, person, ...one }) =>
      putInCharge(ctx, { ...one, id: ctx.ids.newId(), areaId: areaId(area), personId: id('person', person) }),
    ),
  );
}

async function addRules(ctx: Ctx): Promise<void> {
  await Promise.all(
    rules.map(({ area, by, body, ...rule }) =>
      addRule(ctx, { ...rule, id: ctx.ids.newId(), areaId: areaId(area), matchesKind: by, bodyId: id('body', body) }),
    ),
  );
}

async function addHomes(ctx: Ctx, { geography, neighbourhoods }: Ground): Promise<void> {
  await Promise.all(
    countHomes(geography, neighbourhoods).map(({ area, list }) => addDwellings(ctx, areaId(area), list)),
  );
}
