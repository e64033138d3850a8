import { idOf, inside } from '../../seeds/small/plan.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import type { Id } from '../../src/kernel/id.ts';
import { tileOver } from '../tiles.ts';
import { maySetRobot, robots } from './area_messages.ts';
import { deviceOf, failedSending, importedBatch, issuedKey } from './belongings.ts';
import { isOnPublicList } from './matters.ts';
import { type Relation, readsAt, relationOf } from './oracle.ts';
import { reporterBy, type Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** What stands in an address for one viewer: a record in each relation to them, and whether they may read it. */
export interface Target {
  readonly value: string;
  readonly relation: Relation;
  readonly confidential: boolean;
  readonly readable: boolean;
  /** Who the database sees: the viewer, or the reporter whose code stands in the address. */
  readonly as: Viewer;
}

/** For an address without a record. */
export const noTarget = (as: Viewer): Target => ({
  ...{ value: '', relation: 'own', confidential: false, readable: true, as },
});

interface Candidate {
  readonly value: string;
  readonly realm: number;
  readonly places: readonly string[];
  readonly confidential: boolean;
  readonly gone: boolean;
  readonly owed: (viewer: Viewer) => boolean;
  readonly sees: (viewer: Viewer) => boolean;
  readonly as?: Viewer;
}

type Kind = (world: World) => readonly Candidate[];

/** Rows of a table, as the oracle knows them. */
const rowsOf =
  (table: string): Kind =>
  ({ things, grounds }) =>
    [...things.values()]
      .filter((thing) => thing.table === table)
      .map(({ id, matter, sees, ...thing }) => ({
        ...thing,
        value: id,
        sees,
        owed: (viewer) =>
          matter ? [...(grounds.of.get(matter.id) ?? [])].some((it) => viewer.names.has(it)) : sees(viewer),
      }));

/** Which records of an address stand for. A new kind of address fails the test until it is written here. */
const kinds: Readonly<Record<string, Kind>> = {
  casefiles: rowsOf('casefile'),
  obligations: rowsOf('obligation'),
  adjustments: rowsOf('adjustment'),
  photos: rowsOf('photo'),
  previews: rowsOf('photo_preview'),
  voices: rowsOf('voice'),
  notices: rowsOf('notice'),
  'area-messages': rowsOf('area_message'),
  residents: rowsOf('ledger_record'),
  'ledger-batches': rowsOf('ledger_batch'),
  hazards: rowsOf('hazard'),
  inspections: rowsOf('inspection'),
  'inspection-targets': rowsOf('inspection_target'),
  'campaign-targets': rowsOf('campaign_target'),
  // Whoever reads where somebody on the list lives reads of the campaign.
  campaigns: (world) =>
    world.ledgers.campaigns.map(({ id, realm, place }) => ({
      ...{ value: id, realm, places: [place], confidential: false, gone: false },
      ...{ owed: (viewer) => readsAt(viewer, realm, place), sees: (viewer) => readsAt(viewer, realm, place) },
    })),
  directives: rowsOf('directive'),
  'directive-drafts': rowsOf('directive_draft'),
  'directive-items': rowsOf('directive_item'),
  'person-requests': rowsOf('person_request'),
  pledges: rowsOf('pledge'),
  'pledge-signatures': rowsOf('pledge_signature'),
  patrols: rowsOf('patrol_plan'),
  checkpoints: rowsOf('checkpoint'),
  'own-fields': rowsOf('own_field'),
  'own-ledgers': rowsOf('own_ledger'),
  'ledger-templates': rowsOf('ledger_template'),
  // What was made is for whoever made it.
  'ledger-exports': (world) =>
    rowsOf('ledger_export')(world).map((row) => {
      const by = world.ledgers.exports.find(({ id }) => id === row.value)?.by ?? '';
      return { ...row, sees: (viewer: Viewer) => row.sees(viewer) && viewer.names.has(by) };
    }),
  // A file goes back to whoever sent it.
  'ledger-files': (world) =>
    rowsOf('ledger_batch')(world).map((row) => {
      const by = world.ledgers.batches.find(({ id }) => id === row.value)?.by ?? '';
      return { ...row, sees: (viewer: Viewer) => row.sees(viewer) && viewer.names.has(by) };
    }),
  // The administrator sets each, a head those of the own community.
  'group-robots': () =>
    robots.map(({ id, realm, place }) => ({
      ...{ value: id, realm, places: [place], confidential: false, gone: false, owed: () => false },
      sees: (viewer: Viewer) => maySetRobot(viewer, realm, place),
    })),
  sessions: rowsOf('session'),
  // Who looks after a device sees that it is there; only its holder and the administrator end it.
  devices: (world) =>
    rowsOf('device')(world).map((row) => ({
      ...row,
      sees: (viewer: Viewer) =>
        (viewer.accountId !== null && row.value === deviceOf(viewer.accountId)) ||
        (viewer.realm === row.realm && viewer.seats.some(([role]) => role === 'admin')),
    })),
  messages: (world) => {
    const mine = new Map(world.recipients);
    return rowsOf('message')(world).map((row) => {
      const to = mine.get(row.value) ?? '';
      return { ...row, sees: (viewer: Viewer) => row.sees(viewer) && viewer.names.has(to) };
    });
  },
  zones: ({ zone }) => [
    {
      ...{ value: zone, realm: 1, places: ['station-2'], confidential: false, gone: false },
      ...{ owed: () => false, sees: (viewer: Viewer) => viewer.realm === 1 && viewer.kind === 'account' },
    },
  ],
  calendars: ({ calendarId }) => [
    {
      ...{ value: calendarId, realm: 1, places: ['county'], confidential: false, gone: false },
      // When offices work is no secret.
      ...{ owed: () => false, sees: (viewer: Viewer) => viewer.realm === 1 },
    },
  ],
  imports: () => [
    {
      ...{ value: importedBatch, realm: 1, places: ['county'], confidential: false, gone: false },
      ...{
        owed: () => false,
        sees: (viewer: Viewer) => viewer.realm === 1 && viewer.seats.some(([role]) => role === 'admin'),
      },
    },
  ],
  apikeys: () => [
    {
      ...{ value: issuedKey, realm: 1, places: ['county'], confidential: false, gone: false },
      ...{
        owed: () => false,
        sees: (viewer: Viewer) => viewer.realm === 1 && viewer.seats.some(([role]) => role === 'admin'),
      },
    },
  ],
  sendings: () => [
    {
      ...{ value: failedSending, realm: 1, places: ['county'], confidential: false, gone: false },
      ...{
        owed: () => false,
        sees: (viewer: Viewer) => viewer.realm === 1 && viewer.seats.some(([role]) => role === 'admin'),
      },
    },
  ],
  areas: ({ goneArea }) => [
    ...[1, 2].flatMap((realm) =>
      ['station-1', 'station-2', 'station', 'ferry'].map((key) => ({
        ...{ value: idOf(realm, 'area', key), realm, places: [key], confidential: false, gone: false },
        ...{ owed: () => false, sees: (viewer: Viewer) => viewer.realm === realm },
      })),
    ),
    {
      ...{ value: goneArea, realm: 1, places: ['station'], confidential: false, gone: true },
      owed: () => false,
      sees: () => false,
    },
  ],
  services: () =>
    ['road-sunken', 'neighbour-leak'].map((value) => ({
      ...{ value, realm: 1, places: ['county'], confidential: value === 'neighbour-leak', gone: false },
      ...{ owed: () => true, sees: () => value === 'road-sunken' },
    })),
  requests: ({ matters }) =>
    matters.map((matter) => ({
      ...{ value: matter.number, realm: matter.realm, places: [matter.place] },
      ...{ confidential: matter.confidential, gone: matter.gone },
      ...{ owed: () => false, sees: () => isOnPublicList(matter) },
    })),
  // Known to whoever was given one, by what they sent; here nobody has.
  tokens: () => [],
  // A figure is for whoever may count; of what it opens, the leaks tell.
  figure: () =>
    [1, 2].flatMap((realm) =>
      ['intake', 'overdue'].map((value) => ({
        ...{ value, realm, places: ['county'], confidential: false, gone: false },
        ...{ owed: () => false, sees: () => true },
      })),
    ),
  // Squares over all grids, from far and near: everybody may ask for each; of what is in them, the leaks tell.
  tile: () =>
    [1, 2].flatMap((realm) =>
      squares.map((value) => ({
        ...{ value, realm, places: ['county'], confidential: false, gone: false },
        ...{ owed: () => false, sees: () => true },
      })),
    ),
  // A list of the chain names posts, areas and people who work here; every account may know those.
  finding: () =>
    [1, 2].flatMap((realm) =>
      ['post_without_holder', 'person_many_cases'].map((value) => ({
        ...{ value, realm, places: ['county'], confidential: false, gone: false },
        ...{ owed: () => false, sees: () => true },
      })),
    ),
  // Who works here, on which post, in which body, is known to whoever may ask at all; of their duties, the leaks tell.
  people: () => [1, 2].map((realm) => staffThing(realm, idOf(realm, 'person', 'sunli'))),
  posts: ({ seat }) => [staffThing(1, seat.postId)],
  organisations: ({ organisation }) => [staffThing(1, organisation)],
  // Only whoever took over says that they have.
  handovers: ({ handover }) => [
    {
      ...{ value: handover, realm: 1, places: ['county'], confidential: false, gone: false },
      ...{ owed: () => false, sees: (viewer: Viewer) => viewer.names.has(idOf(1, 'person', 'wangxiulan')) },
    },
  ],
  code: ({ county, matters }) =>
    matters.map(({ key, code, realm, place, confidential, gone }) => ({
      ...{ value: code, realm, places: [place], confidential, gone, as: reporterBy(county, code, `报事人(${key})`) },
      ...{ owed: () => true, sees: () => realm === 1 && !gone },
    })),
};

const staffThing = (realm: number, value: Id): Candidate => ({
  ...{ value, realm, places: ['county'], confidential: false, gone: false },
  ...{ owed: () => false, sees: (viewer: Viewer) => viewer.realm === realm },
});

const { lon, lat } = inside(0, 0);
const squares = [10, 15, 18].map((zoom) => tileOver([lon, lat], zoom));

const guessed: Readonly<Record<string, readonly string[]>> = {
  code: ['7F3K-2M9Q-XW4D', 'not a code'],
  figure: ['beauty'],
  finding: ['beauty'],
  tile: ['12-1', '19-0-0'],
};
const guessedIds = ['0197f3a2-5c1e-7b44-9d2a-3f8e6c1b7a90'] as const;

/** Parameters of an address and the kind of each; breaks for what it was not taught. */
export function kindOf({ name, path }: Endpoint): string | null {
  const parameters = [...path.matchAll(/([^/]+)\/:(\w+)/g)];
  if (parameters.length === 0) return null;
  const [, before = '', parameter = ''] = parameters[0] ?? [];
  const kind = parameter === 'id' ? before : parameter;
  if (parameters.length > 1 || kinds[kind] === undefined)
    throw new Error(`${name}: nothing is known of the parameters of ${path}; add them to the table of kinds`);
  return kind;
}

/** First those on which most hangs: where one stands for all of its relation, it is one that could leak something. */
function richest(world: World, found: readonly Candidate[]): readonly Candidate[] {
  const weight = new Map<Id, number>();
  for (const { matter } of world.things.values()) if (matter) weight.set(matter.id, (weight.get(matter.id) ?? 0) + 1);
  return [...found].sort((a, b) => (weight.get(b.value) ?? 0) - (weight.get(a.value) ?? 0));
}

const candidates = new WeakMap<World, Map<string, readonly Candidate[]>>();

function candidatesOf(world: World, kind: string): readonly Candidate[] {
  const known = candidates.get(world) ?? new Map<string, readonly Candidate[]>();
  candidates.set(world, known);
  const found = known.get(kind) ?? richest(world, kinds[kind]?.(world) ?? []);
  known.set(kind, found);
  return found;
}

/**
 * `all`: every record. `each`: one of each relation, open and confidential, readable and not. `few`: one of each
 * relation, of one's own both open and confidential. And ids that name nothing.
 */
export type Extent = 'all' | 'each' | 'few';

export function targetsFor(world: World, kind: string, viewer: Viewer, extent: Extent): Target[] {
  const found = new Map<string, Target>();
  for (const candidate of candidatesOf(world, kind)) {
    const { value, confidential, gone, realm, places } = candidate;
    const as = candidate.as ?? viewer;
    const relation = gone ? 'deleted' : relationOf(viewer, { realm, places, owed: candidate.owed(viewer) });
    const readable = !gone && candidate.sees(as);
    const few = relation === 'own' ? `own ${confidential}` : relation;
    const key = { all: value, each: `${relation} ${confidential} ${readable}`, few }[extent];
    if (!found.has(key)) found.set(key, { value, relation, confidential, readable, as });
  }
  const nothing = (guessed[kind] ?? guessedIds).map(
    (value): Target => ({ value, relation: 'guessed', confidential: false, readable: false, as: viewer }),
  );
  return [...found.values(), ...nothing];
}

/** All records of a kind that the viewer may read. */
export const allReadable = (world: World, kind: string, viewer: Viewer): Id[] =>
  candidatesOf(world, kind)
    .filter((candidate) => !candidate.gone && candidate.sees(viewer))
    .map(({ value }) => value)
    .sort();
