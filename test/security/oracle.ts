import { areas, idOf } from '../../seeds/small/plan.ts';
import { roles } from '../../src/domains/land/staff/index.ts';
import type { Endpoint, Party } from '../../src/kernel/endpoint.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { Matter } from './matters.ts';
import { isBody, type Viewer } from './viewers.ts';

/**
 * Who may what, computed a second time: from the plan's tree, the posts of the cast and what was done to each matter.
 * It knows nothing of numbers, intervals, grants or settings of a transaction.
 */
const parents = new Map(areas.map(({ key, parent }) => [key, parent]));

/** The area itself or below it. */
function liesIn(place: string, area: string): boolean {
  for (let at: string | null = place; at !== null; at = parents.get(at) ?? null) if (at === area) return true;
  return false;
}

/** A post that reads its area lies at or above the place. */
export const readsAt = (viewer: Viewer, realm: number, place: string): boolean =>
  viewer.realm === realm &&
  viewer.seats.some(([role, at]) => roles[role].readsArea && !isBody(at) && liesIn(place, at));

/** Whether they read some part of it. */
export const readsWithin = (viewer: Viewer, realm: number, place: string): boolean =>
  viewer.realm === realm &&
  viewer.seats.some(([role, at]) => roles[role].readsArea && !isBody(at) && liesIn(at, place));

/** Why somebody may read a matter although it lies elsewhere or is confidential. */
export interface Grounds {
  /** Who owes or owed something about it, to whom it climbed, who was named, who wrote it, whoever reported it. */
  readonly of: ReadonlyMap<Id, ReadonlySet<Id>>;
}

export function isGranted(viewer: Viewer, { id, realm }: Pick<Matter, 'id' | 'realm'>, { of }: Grounds): boolean {
  return viewer.realm === realm && [...(of.get(id) ?? [])].some((name) => viewer.names.has(name));
}

export function mayRead(viewer: Viewer, matter: Matter, grounds: Grounds): boolean {
  if (matter.gone) return false;
  if (isGranted(viewer, matter, grounds)) return true;
  return !matter.confidential && readsAt(viewer, matter.realm, matter.place);
}

/** What the journal told of an open matter stays readable where the matter lay then. */
export const mayReadPast = (viewer: Viewer, { confidential, formerly, gone, realm }: Matter): boolean =>
  !gone && !confidential && formerly !== null && readsAt(viewer, realm, formerly);

/** Whoever reads a copy is shown the way to what it was merged into: its id and number, no more. */
export const isShownTheWay = (viewer: Viewer, into: Matter, all: readonly Matter[], grounds: Grounds): boolean =>
  all.some((copy) => copy.mergedInto === into.key && mayRead(viewer, copy, grounds));

export type Relation = 'own' | 'sibling' | 'parent' | 'other realm' | 'deleted' | 'guessed';

/** How the record stands to the viewer, whether or not they may read it. */
export function relationOf(
  viewer: Viewer,
  place: { realm: number; places: readonly string[]; owed: boolean },
): Relation {
  if (viewer.realm !== place.realm) return 'other realm';
  const stand = viewer.seats.map(([, at]) => at).filter((at) => !isBody(at));
  if (place.owed || place.places.some((it) => stand.some((at) => liesIn(it, at)))) return 'own';
  return place.places.some((it) => stand.some((at) => liesIn(at, it))) ? 'parent' : 'sibling';
}

const partyKeys = ['roles', 'apiKey'];

/** Breaks for a party it was not taught: a new kind of caller needs a rule here first. */
export function isNamed(party: Party, viewer: Viewer, byCode: boolean): boolean {
  if (party === 'anyone') return true;
  if (party === 'reporter') return byCode;
  if (party === 'account') return !byCode && viewer.kind === 'account';
  const [kind, ...more] = Object.keys(party);
  if (kind === undefined || !partyKeys.includes(kind) || more.length > 0)
    throw new Error(`an access party the oracle does not know: ${JSON.stringify(party)}`);
  if ('apiKey' in party) return viewer.kind === 'apikey' && viewer.scopes.includes(party.apiKey);
  return !byCode && viewer.kind === 'account' && viewer.seats.some(([role]) => party.roles.includes(role));
}

/** The first layer: 0 for admitted, else the status of the refusal. */
export function refusalOf(endpoint: Endpoint, viewer: Viewer): 0 | 401 | 403 {
  const byCode = endpoint.path.includes('/:code') && endpoint.access.includes('reporter');
  const isForAll = endpoint.access.includes('anyone');
  if (!byCode && !isForAll && viewer.mustChangePassword && !endpoint.beforeFirstPassword) return 403;
  if (endpoint.access.some((party) => isNamed(party, viewer, byCode))) return 0;
  // Open311 knows no 401.
  return viewer.kind === 'anyone' && !endpoint.path.startsWith('/open311/') ? 401 : 403;
}

/** A notice is for those it is laid on, those told, whoever issued it; a public one for all. */
export function mayReadNotice(
  viewer: Viewer,
  notice: { realm: number; areas: readonly string[]; public: boolean; gone: boolean },
  told: ReadonlySet<Id>,
): boolean {
  if (notice.gone || viewer.realm !== notice.realm) return false;
  if (notice.public || (viewer.personId !== null && told.has(viewer.personId))) return true;
  return notice.areas.some((place) => readsAt(viewer, notice.realm, place));
}

export const keyOfArea = new Map(
  [1, 2].flatMap((realm) => areas.map(({ key }) => [idOf(realm, 'area', key), key] as const)),
);
