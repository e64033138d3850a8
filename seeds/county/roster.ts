import type { Role } from '../../src/domains/land/staff/index.ts';
import { type Resolution, type Rule, resolve } from '../../src/domains/work/standards/resolve.model.ts';
import type { BodyKind, CaseType } from '../../src/domains/work/standards/standard.model.ts';
import { bodies, rules } from './bodies.ts';
import { allDay, desk } from './hours.ts';
import { COUNTY, type GridPlan, towns } from './land.ts';
import { people } from './people.ts';

/** Who acts where: logins by seat, looked for upwards as the program does, among those who have an account. */
export interface Staff {
  readonly registrar: string;
  readonly dispatcher: string;
  readonly leader: string;
  readonly worker: string;
  /** Null: the secretary sits on the seat but does not work in the system. */
  readonly head: string | null;
  readonly mediator: string;
}

export interface BodyStaff {
  readonly key: string;
  readonly name: string;
  /** Acknowledges, assigns, asks for more time. */
  readonly desk: string;
  /** Does the work and says so. */
  readonly hand: string;
  readonly time: typeof desk;
}

const seated = new Map<string, string>();
for (const { key, hasAccount, seats } of people)
  for (const [role, place] of seats)
    if (hasAccount && !seated.has(`${role} ${place}`)) seated.set(`${role} ${place}`, key);

const actingAt = (role: Role, place: string): string | null => seated.get(`${role} ${place}`) ?? null;

const acting = (role: Role, places: readonly string[]): string => {
  const found = places.map((place) => actingAt(role, place)).find((login) => login !== null);
  if (!found) throw new Error(`nobody acts as ${role} for ${places[0]}`);
  return found;
};

export const INSPECTOR = acting('inspector', ['county']);
export const TOP = {
  registrar: acting('registrar', ['county']),
  dispatcher: acting('dispatcher', ['county']),
} as const;

export function staffOf({ key, community }: GridPlan): Staff {
  const upwards = [key, community.key, community.town, COUNTY.key];
  return {
    registrar: acting('registrar', upwards),
    dispatcher: acting('dispatcher', upwards),
    leader: acting('leader', upwards),
    worker: acting('grid_worker', [key]),
    head: actingAt('community_head', community.key),
    mediator: acting('mediator', upwards),
  };
}

const bodyStaff = new Map(
  bodies.map(({ key, name, allDay: open }): [string, BodyStaff] => {
    const at = actingAt('body_desk', key) ?? acting('body_head', [key]);
    return [key, { key, name, desk: at, hand: actingAt('body_worker', key) ?? at, time: open ? allDay : desk }];
  }),
);

function bodyStaffOf(key: string): BodyStaff {
  const found = bodyStaff.get(key);
  if (!found) throw new Error(`no body ${key}`);
  return found;
}

const asRules: readonly Rule[] = rules.map(({ area, by, body, ...rule }, i) => ({
  ...rule,
  id: String(i),
  areaId: area,
  matchesKind: by,
  bodyId: body,
}));

/** By the rules of the county, as the dispatcher's page suggests it. */
export function bodyFor(grid: GridPlan, type: CaseType, conditionCode: string): BodyStaff {
  const { bodyId }: Resolution = resolve(asRules, upwardsOf(grid), type, conditionCode, (id) => id);
  return bodyStaffOf(bodyId ?? `office-${grid.community.town}`);
}

const upwardsOf = ({ key, name, community }: GridPlan) => [
  { id: key, name },
  { id: community.key, name: community.name },
  { id: community.town, name: towns.find((town) => town.key === community.town)?.name ?? '' },
  { id: COUNTY.key, name: COUNTY.name },
];

/** A body of this kind for this place: for those who are called besides. */
export const bodyOfKind = (grid: GridPlan, kind: BodyKind, like: CaseType): BodyStaff =>
  bodyFor(grid, { ...like, code: `any-${kind}`, major: 'none', kind: 'matter', answersTo: kind }, 'any');
