import { ADMITTED, ANYBODY, type Draft } from './draft.ts';
import type { House } from './house.ts';
import { oneOf } from './nodes.ts';
import type { Viewer } from './viewers.ts';

/** What is there to be named: ids by kind and realm, codes of reports, and who may do which step on which record. */
export interface Known {
  /** Asks anew what is there; between two batches. */
  refresh(): Promise<void>;
  /** Something a step may be taken on, and by whom; noted as lists and pages say so. */
  note(step: string, viewer: Viewer, id: string): void;
  /** Something that only an answer tells: the code of a report, a token. */
  noteValue(kind: string, value: string): void;
  /** Steps that somebody may take at this moment. */
  open(): readonly string[];
  viewerFor(draft: Draft): { readonly viewer: Viewer; readonly id: string | null };
  pick(kind: string, n: number, realm: number): unknown;
}

interface Chance {
  readonly viewer: Viewer;
  readonly id: string;
}

const SPARE = (column: string): string =>
  `select realm, ${column}::text as value from holding h where upper(held) is null
    and not exists (select from account a where a.realm = h.realm and a.person_id = h.person_id) order by h.id desc limit 1`;

const LEVEL = (level: string): string =>
  `select realm, id::text as value from area where level = '${level}' and closed_on is null order by id`;

/** The newest of each kind: old ones are mostly done with. */
const LISTS: Readonly<Record<string, string>> = {
  casefile: 'select realm, id::text as value from casefile order by id desc limit 400',
  area: 'select realm, id::text as value from area order by id desc limit 60',
  grid: LEVEL('grid'),
  community: LEVEL('community'),
  body: `select b.realm, b.id::text as value from body b where exists (
    select from post p join holding h on h.realm = p.realm and h.post_id = p.id where p.realm = b.realm and p.body_id = b.id)`,
  worker: `select distinct h.realm, h.person_id::text as value from post p join holding h on h.realm = p.realm and h.post_id = p.id
    where p.role = 'body_worker' and upper(h.held) is null order by value`,
  // One of each, so that they belong together: the last seat that was given to somebody who has no account.
  spareSeat: `${SPARE('post_id')}`,
  sparePerson: `${SPARE('person_id')}`,
  person: 'select realm, id::text as value from person order by id desc limit 60',
  post: 'select realm, id::text as value from post order by id desc limit 60',
  calendar: 'select distinct realm, id::text as value from calendar',
  obligation: 'select realm, id::text as value from obligation order by id desc limit 200',
  adjustment: 'select realm, id::text as value from adjustment order by id desc limit 60',
  photo: 'select realm, id::text as value from photo order by id desc limit 60',
  message: 'select realm, id::text as value from message order by id desc limit 200',
  notice: 'select realm, id::text as value from notice order by id desc limit 60',
  session: 'select realm, id::text as value from session where ended_at is null order by id desc limit 60',
  zone: 'select realm, id::text as value from zone order by id desc limit 30',
  channel: 'select realm, id::text as value from channel order by id desc limit 30',
  ...Object.fromEntries(
    [
      'person_request',
      'directive_draft',
      'directive',
      'directive_item',
      'hazard',
      'inspection',
      'campaign',
      'checkpoint',
    ]
      .concat('own_ledger', 'own_field', 'ledger_template', 'patrol_plan')
      .map((table) => [
        table.replace('_', '-'),
        `select realm, id::text as value from ${table} order by id desc limit 60`,
      ]),
  ),
  resident: 'select realm, id::text as value from ledger_record where merged_into is null order by id desc limit 60',
  number: 'select realm, number as value from casefile order by id desc limit 200',
  'number public': 'select realm, number as value from public_case order by id desc limit 60',
  service: `select distinct realm, code as value from case_type where code not like 'neighbour%'`,
  condition: 'select distinct realm, code as value from filing_condition',
  type: 'select distinct realm, code as value from case_type',
};

const fixed: Readonly<Record<string, readonly string[]>> = {
  figure: ['intake', 'filed', 'overdue', 'rework', 'returned'],
  pack: ['weighted', 'plain'],
};

/** What the county's administrator does with the whole frame would end the county's own work: the neighbour's does it. */
const ofTheFrame = /^(area\.(rename|move|split|merge)|standard\.publish|calendar\.publish)$/;

export function openKnown({ sql, viewers }: House): Known {
  const lists = new Map<string, string[]>();
  const chances = new Map<string, Chance[]>();
  const values = new Map<string, string[]>();
  const list = (kind: string, realm: number): readonly string[] => lists.get(`${kind} ${realm}`) ?? [];
  return {
    async refresh() {
      for (const [kind, text] of Object.entries(LISTS)) {
        for (const realm of [1, 2]) lists.set(`${kind} ${realm}`, []);
        for (const { realm, value } of await sql<{ realm: number; value: string }>(text))
          lists.get(`${kind} ${realm}`)?.push(value);
      }
    },
    note(step, viewer, id) {
      const known = chances.get(step) ?? [];
      chances.set(step, [...known.slice(-30), { viewer, id }]);
    },
    noteValue(kind, value) {
      const told = values.get(kind) ?? [];
      values.set(kind, [...told.slice(-60), value]);
    },
    open: () => [...chances].filter(([, open]) => open.length > 0).map(([step]) => step),
    viewerFor({ operation, who }) {
      if (who.kind === ANYBODY) return { viewer: oneOf(viewers, who.n), id: null };
      const open = chances.get(operation.name) ?? [];
      if (who.kind === ADMITTED && open.length > 0 && who.n % 5 !== 0) {
        const [chosen] = open.splice(who.n % open.length, 1);
        if (chosen) return chosen;
      }
      return { viewer: oneOf(admitted(viewers, operation), who.n), id: null };
    },
    pick(kind, n, realm) {
      const [first, rest] = kind.split(' ');
      if (first === 'foreign') return pickFrom(list(rest ?? '', 3 - realm), n);
      const told = values.get(kind);
      if (told) return pickFrom(told, n);
      if (kind === 'instant') return new Date(Date.now() + n * 60_000).toISOString();
      if (kind === 'day') return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
      return pickFrom(fixed[kind] ?? list(kind, realm), n);
    },
  };
}

const pickFrom = (values: readonly string[], n: number): string | undefined =>
  values.length === 0 ? undefined : oneOf(values, n);

/** Whom the document names; for what it does not say, everybody. */
function admitted(viewers: readonly Viewer[], { name, access }: Draft['operation']): readonly Viewer[] {
  const may = viewers.filter((viewer) => access.some((party) => isNamed(viewer, party)));
  const here = may.filter(({ realm }) => realm === (ofTheFrame.test(name) ? 2 : 1));
  return here.length > 0 ? here : may.length > 0 ? may : viewers;
}

function isNamed({ kind, roles, scopes }: Viewer, party: string): boolean {
  if (party === 'anyone' || party === 'reporter') return kind === 'anyone';
  if (party === 'account') return kind === 'account';
  const scope = /^api key with scope (.+)$/.exec(party)?.[1];
  if (scope !== undefined) return scopes.includes(scope);
  const named = party.replace('posts: ', '').split(', ');
  return roles.some((role) => named.includes(role));
}
