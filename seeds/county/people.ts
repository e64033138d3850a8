import type { Role } from '../../src/domains/land/staff/index.ts';
import { cast } from '../small/plan.ts';
import { bodies } from './bodies.ts';
import { communities, grids, towns } from './land.ts';
import { inventNames } from './names.ts';

/** Everybody who sits somewhere. The cast of the small county keeps its names, logins and seats. */
export interface Person {
  /** The login of those who have an account, else a name for the id. */
  readonly key: string;
  readonly name: string;
  readonly phone: string | null;
  readonly hasAccount: boolean;
  /** A role at the area or in the body of this key. */
  readonly seats: readonly (readonly [Role, string])[];
  /** Areas this person answers for (包保). */
  readonly charges: readonly Charge[];
}

export interface Charge {
  readonly area: string;
  readonly rank: 'county' | 'town' | 'community' | 'grid' | 'building' | 'paired';
  readonly mode: 'normal' | 'emergency';
  readonly charge: string;
}

const charge = (area: string, rank: Charge['rank'], words: string, mode: Charge['mode'] = 'normal'): Charge => ({
  area,
  rank,
  mode,
  charge: words,
});

const ofCommunity = (key: string) => grids.filter((grid) => grid.community.key === key);
const castOf = (role: Role, place: string) =>
  cast.filter(({ posts }) => posts.some(([r, at]) => r === role && at === place));
const isTaken = (role: Role, place: string): boolean => castOf(role, place).length > 0;

const COUNTY_LEADERS = 8;

function gather(): Person[] {
  const name = inventNames(cast.map((member) => member.name));
  const make = (key: string, hasAccount: boolean, seats: Person['seats'], charges: readonly Charge[] = []): Person => ({
    key,
    name: name(),
    phone: null,
    hasAccount,
    seats,
    charges,
  });
  return [...ofTheCast(), ...leaders(make), ...townPeople(make), ...communityPeople(make), ...bodyPeople(make)];
}

type Make = (key: string, hasAccount: boolean, seats: Person['seats'], charges?: readonly Charge[]) => Person;

function ofTheCast(): Person[] {
  return cast.map(({ name, login, posts, phone }) => ({
    key: login,
    name,
    phone: phone ?? null,
    hasAccount: true,
    seats: posts,
    charges: posts.flatMap(([role, place]) => chargesOf(role, place)),
  }));
}

/** What somebody answers for because of the seat. */
function chargesOf(role: Role, place: string): Charge[] {
  if (role === 'grid_worker') return [charge(place, 'grid', '网格日常巡查')];
  if (role === 'community_head') return [charge(place, 'community', '社区（村）全面工作')];
  if (role === 'building_lead') return [charge(place, 'building', '楼栋联系')];
  if (role === 'leader' && place !== 'county') return [charge(place, 'town', '街道（乡镇）全面工作')];
  if (role === 'leader') return [charge('county', 'county', '全县综治工作')];
  return [];
}

/** County leaders keep to a town each, and to some communities of it in an emergency. */
function leaders(make: Make): Person[] {
  return Array.from({ length: COUNTY_LEADERS - 1 }, (_, i) => {
    const town = towns[i % towns.length]?.key ?? '';
    const own = communities
      .filter((plan) => plan.town === town)
      .filter((_, nth) => nth % 2 === Math.floor(i / towns.length) % 2);
    return make(
      `xianling-${i + 1}`,
      false,
      [],
      [
        ...(i < towns.length ? [charge(town, 'county', '县级领导包乡镇')] : []),
        ...own.map(({ key }) => charge(key, 'county', '县级领导包社区（村）', 'emergency')),
      ],
    );
  });
}

/** Registrar, dispatcher, leader and mediator of each town, and cadres who keep to two communities each. */
function townPeople(make: Make): Person[] {
  return towns.flatMap(({ key }) => {
    // 临河镇 has no leader of its own at present: what waits for one goes up to the county.
    const roles = (['registrar', 'dispatcher', 'leader', 'mediator'] as const).filter(
      (role) => !isTaken(role, key) && !(role === 'leader' && key === 'river'),
    );
    const own = communities.filter((plan) => plan.town === key);
    const cadres = Array.from({ length: Math.ceil(own.length / 2) }, (_, i) => own.slice(2 * i, 2 * i + 2));
    return [
      ...roles.map((role) => make(`${townLogins[role]}-${key}`, true, [[role, key]], chargesOf(role, key))),
      ...cadres.map((pair, i) =>
        make(
          `baocun-${key}-${i + 1}`,
          false,
          [],
          pair.map((plan) => charge(plan.key, 'town', '街道（乡镇）干部包社区（村）')),
        ),
      ),
    ];
  });
}

const townLogins = { registrar: 'sl', dispatcher: 'pq', leader: 'ld', mediator: 'tj' } as const;

function communityPeople(make: Make): Person[] {
  const waiting = communities.filter(({ key }) => !isTaken('community_head', key));
  return communities.flatMap(({ key, urban }) => {
    // Besides those of the cast every other secretary works in the system themselves.
    const acts = waiting.findIndex((plan) => plan.key === key) % 2 === 0;
    const head = isTaken('community_head', key)
      ? []
      : [make(`sj-${key}`, acts, [['community_head', key]], chargesOf('community_head', key))];
    const leader = urban && key !== 'station' ? [make(`wgz-${key}`, false, [['grid_leader', `${key}-1`]])] : [];
    return [...head, ...leader, ...gridWorkers(make, key, urban)];
  });
}

/**
 * One worker a grid in town, one for two in the villages. The first of a community is full-time (专职), holds the seats of
 * all its grids besides the others, and works in the system; the cast has its own grids.
 */
function gridWorkers(make: Make, community: string, urban: boolean): Person[] {
  const free = ofCommunity(community).filter((grid) => !isTaken('grid_worker', grid.key));
  const size = urban ? 1 : 2;
  const shares = Array.from({ length: Math.ceil(free.length / size) }, (_, i) => free.slice(size * i, size * (i + 1)));
  return shares.map((share, i) => {
    const seats = (i === 0 ? free : share).map((grid) => ['grid_worker', grid.key] as const);
    const charges = share.flatMap((grid) => chargesOf('grid_worker', grid.key));
    return make(i === 0 ? `wg-${community}` : `wgy-${community}-${i + 1}`, i === 0, seats, charges);
  });
}

/** A desk that works in the system, a head and a worker; where the cast sits, only who is missing as head. */
function bodyPeople(make: Make): Person[] {
  return bodies.flatMap(({ key }, i) => {
    const paired = [charge(communities[i % communities.length]?.key ?? '', 'paired', '部门结对社区（村）')];
    const isOfCast = (['body_desk', 'body_head', 'body_worker'] as const).some((role) => isTaken(role, key));
    if (isOfCast) return isTaken('body_head', key) ? [] : [make(`fzr-${key}`, false, [['body_head', key]], paired)];
    return [
      make(`bm-${key}`, true, [['body_desk', key]]),
      make(`fzr-${key}`, false, [['body_head', key]], paired),
      make(`czr-${key}`, false, [['body_worker', key]]),
    ];
  });
}

export const people: readonly Person[] = gather();
