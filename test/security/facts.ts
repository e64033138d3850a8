import { cast } from '../../seeds/small/plan.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { County } from '../harness.ts';
import { type AreaMessage, robotSecret } from './area_messages.ts';
import { type Notice, secrets } from './belongings.ts';
import { type Hazards, seesHazard, seesInspection } from './hazards.ts';
import { blankName, fileName, type Ledgers } from './ledgers.ts';
import { canaryOf, isOnPublicList, type Matter, phoneOf } from './matters.ts';
import {
  type Grounds,
  isGranted,
  isShownTheWay,
  keyOfArea,
  mayRead,
  mayReadNotice,
  mayReadPast,
  readsAt,
  readsWithin,
} from './oracle.ts';
import { seesTask, type Task } from './tasks.ts';
import type { Viewer } from './viewers.ts';

/** One row that is not for all. */
export interface Thing {
  readonly id: Id;
  readonly table: string;
  readonly realm: number;
  readonly places: readonly string[];
  readonly confidential: boolean;
  readonly gone: boolean;
  /** The matter it is about. */
  readonly matter: Matter | null;
  readonly sees: (viewer: Viewer) => boolean;
  /** Its id may be named there, although it may not be opened. */
  readonly named: MaySee;
}

export interface Facts {
  readonly grounds: Grounds;
  readonly things: ReadonlyMap<Id, Thing>;
  /** Who was told of a notice. */
  readonly told: ReadonlyMap<Id, ReadonlySet<Id>>;
}

interface Row {
  readonly id: Id;
  readonly realm: number;
  readonly record: Id;
  readonly scopeNo: number;
  readonly to: Id;
}

interface Planted {
  readonly matters: readonly Matter[];
  readonly notices: readonly Notice[];
  readonly messages: readonly AreaMessage[];
  readonly ledgers: Ledgers;
  readonly tasks: readonly Task[];
  readonly hazards: Hazards;
}

/** Read as superuser, who sees every row; what each viewer may see of them is then said by the oracle. */
export async function factsOf(
  county: County,
  { matters, notices, messages, ledgers, tasks, hazards }: Planted,
): Promise<Facts> {
  const byId = new Map(matters.map((matter) => [matter.id, matter]));
  const grounds = await groundsOf(county, matters);
  const placeOf = await placesByNumber(county);
  const things = new Map<Id, Thing>();
  const add = (table: string, row: Pick<Row, 'id' | 'realm'>, matter: Matter | null, sees: Thing['sees']): void => {
    const places = matter ? [matter.place] : [];
    const { confidential = false, gone = false } = matter ?? {};
    const inPast: MaySee = (viewer, endpoint) =>
      matter !== null && tellsOfThePast(endpoint) && mayReadPast(viewer, matter);
    const onTheWay: MaySee = (viewer) =>
      table === 'casefile' && matter !== null && isShownTheWay(viewer, matter, matters, grounds);
    // Which entry a job failed on is all that its administrator is told, even of a confidential matter.
    const failed: MaySee = (viewer, endpoint) =>
      table === 'entry' && endpoint === 'job.failed' && viewer.seats.some(([role]) => role === 'admin');
    // An entry of a sign-in names the session by its id, which opens nothing.
    const audited: MaySee = (viewer, endpoint) =>
      table === 'session' && endpoint === 'journal.read' && viewer.seats.some(([role]) => role === 'auditor');
    const named: MaySee = (...who) => inPast(...who) || onTheWay(...who) || failed(...who) || audited(...who);
    things.set(row.id, { ...{ id: row.id, realm: row.realm, table, places, confidential, gone, matter }, sees, named });
  };
  for (const matter of matters) add('casefile', matter, matter, (viewer) => mayRead(viewer, matter, grounds));
  for (const [table, text] of Object.entries(ofMatters))
    for (const row of await county.sql<Row>(text)) {
      const matter = byId.get(row.record) ?? null;
      const message = messages.find(({ id }) => id === row.record);
      const task = tasks.find(({ id }) => id === row.record);
      const request = ledgers.requests.find(({ id }) => id === row.record);
      const hazard = hazards.found.find(({ id }) => id === row.record);
      const inspection = hazards.inspections.find(({ id }) => id === row.record);
      add(table, row, matter, (viewer) => {
        if (hazard) return seesHazard(viewer, hazard);
        if (inspection) return seesInspection(viewer, inspection);
        if (task) return seesTask(viewer, task);
        if (request) return readsAt(viewer, request.realm, request.place);
        return message
          ? readsAt(viewer, message.realm, message.place)
          : matter !== null && mayRead(viewer, matter, grounds);
      });
    }
  // What tells of a matter stands where the matter stood then, and is as confidential as the matter is now.
  for (const [table, text] of Object.entries(telling))
    for (const row of await county.sql<Row>(text)) {
      const matter = byId.get(row.record) ?? null;
      const task = tasks.find(({ id }) => id === row.record);
      const place = placeOf.get(`${row.realm} ${row.scopeNo}`) ?? null;
      const hazard = hazards.found.find(({ id }) => id === row.record);
      const inspection = hazards.inspections.find(({ id }) => id === row.record);
      const isThere = (viewer: Viewer) => place !== null && readsAt(viewer, row.realm, place);
      add(table, row, matter, (viewer) => {
        if (matter?.gone) return false;
        if (hazard && seesHazard(viewer, hazard)) return true;
        if (inspection) return seesInspection(viewer, inspection);
        if (viewer.realm === row.realm && viewer.names.has(row.to)) return true;
        if (table === 'entry' && row.scopeNo === 0 && viewer.realm === row.realm)
          return viewer.seats.some(([role]) => role === 'auditor');
        return matter
          ? isGranted(viewer, matter, grounds) || (!matter.confidential && isThere(viewer))
          : isThere(viewer) || (task !== undefined && seesTask(viewer, task));
      });
    }
  for (const { id, realm, place } of messages)
    things.set(id, {
      ...{ id, table: 'area_message', realm, places: [place], matter: null, confidential: false, gone: false },
      ...{ sees: (viewer) => readsAt(viewer, realm, place), named: () => false },
    });
  for (const inspection of hazards.inspections)
    for (const [table, id] of [
      ['inspection', inspection.id],
      ['inspection_target', inspection.target],
    ] as const)
      things.set(id, {
        ...{ id, table, realm: inspection.realm, places: [inspection.place], matter: null, gone: false },
        ...{ confidential: inspection.confidential, named: () => false },
        sees: (viewer) => seesInspection(viewer, inspection),
      });
  for (const hazard of hazards.found)
    things.set(hazard.id, {
      ...{ id: hazard.id, table: 'hazard', realm: hazard.realm, places: [hazard.place], matter: null },
      ...{ confidential: false, gone: false, sees: (viewer) => seesHazard(viewer, hazard), named: () => false },
    });
  for (const [table, rows] of [
    ['ledger_record', ledgers.records],
    ['ledger_batch', ledgers.batches],
    ['campaign_target', ledgers.targets],
    ['patrol_plan', ledgers.patrols],
    ['person_request', ledgers.requests],
    ['ledger_template', ledgers.templates],
    ['ledger_export', ledgers.exports],
  ] as const)
    for (const { id, realm, place } of rows)
      things.set(id, {
        ...{ id, table, realm, places: [place], matter: null, confidential: false, gone: false },
        ...{ sees: (viewer) => readsAt(viewer, realm, place), named: () => false },
      });
  for (const [table, { id, realm, place }] of [
    ...ledgers.checkpoints.map((one) => ['checkpoint', one] as const),
    ...ledgers.ownFields.map((one) => ['own_field', one] as const),
    ...ledgers.ownLedgers.map((one) => ['own_ledger', one] as const),
  ])
    things.set(id, {
      ...{ id, table, realm, places: [place], matter: null, confidential: false, gone: false },
      // It holds there and below, or is stood at from there: for whoever reads either.
      sees: (viewer) => readsAt(viewer, realm, place) || readsWithin(viewer, realm, place),
      named: () => false,
    });
  for (const task of tasks) {
    // That somebody saved a draft is told like a sign-in: by an id, which opens nothing, and without a word of it.
    const named: MaySee = (viewer, endpoint) =>
      task.table === 'directive_draft' &&
      tellsOfThePast(endpoint) &&
      viewer.realm === task.realm &&
      viewer.seats.some(([role]) => role === 'auditor');
    things.set(task.id, {
      ...{ id: task.id, table: task.table, realm: task.realm, places: [task.place], matter: null },
      ...{ confidential: false, gone: false, sees: (viewer) => seesTask(viewer, task), named },
    });
  }
  const told = await toldOf(county);
  for (const notice of notices)
    things.set(notice.id, {
      ...{ id: notice.id, table: 'notice', realm: notice.realm, places: notice.areas, matter: null },
      ...{ confidential: !notice.public, gone: notice.gone },
      sees: (viewer) => mayReadNotice(viewer, notice, told.get(notice.id) ?? new Set()),
      named: () => false,
    });
  for (const row of await county.sql<Row>('select id, realm, account_id as to from session'))
    add('session', row, null, (viewer) => viewer.accountId === row.to);
  for (const row of await county.sql<Row>('select id, realm, account_id as to, area_id as record from device'))
    add('device', row, null, (viewer) => {
      const isAdmin = viewer.realm === row.realm && viewer.seats.some(([role]) => role === 'admin');
      return viewer.accountId === row.to || isAdmin || readsAt(viewer, row.realm, keyOfArea.get(row.record) ?? '');
    });
  return { grounds, things, told };
}

const ofMatters = {
  report: 'select id, realm, casefile_id as record from report',
  obligation: 'select id, realm, record_id as record from obligation',
  adjustment: `select a.id, a.realm, o.record_id as record from adjustment a join obligation o on o.id = a.obligation_id`,
  photo: 'select id, realm, record_id as record from photo',
  photo_preview: 'select id, realm, casefile_id as record from photo_preview',
  voice: 'select id, realm, casefile_id as record from voice',
  summons: 'select id, realm, casefile_id as record from summons',
};
const telling = {
  message: 'select id, realm, record_id as record, scope_no as "scopeNo", to_id as to from message',
  entry: 'select id, realm, record_id as record, scope_no as "scopeNo", null as to from entry',
};

/** Whoever owes or owed something, was told from above, wrote it, was named, or reported it. */
async function groundsOf(county: County, matters: readonly Matter[]): Promise<Grounds> {
  const rows = await county.sql<{ record: Id; names: Id[] }>(`
    select record_id as record, array[owed_by, assignee_id] as names from obligation
    union all select casefile_id, array[grantee, person_id] from report
    union all select e.record_id, array(select (t->>'id')::uuid from jsonb_array_elements(e.body->'told') t)
      from entry e where e.kind = 'obligation.climbed' and e.body->>'tell' <> 'owner'
    union all select c.merged_into, array(select r.grantee from report r where r.casefile_id = c.id)
      from casefile c where c.merged_into is not null`);
  const of = new Map<Id, Set<Id>>(matters.map(({ id, named }) => [id, new Set(named)]));
  for (const { record, names } of rows) for (const name of names) if (name !== null) of.get(record)?.add(name);
  return { of };
}

async function placesByNumber(county: County): Promise<Map<string, string>> {
  const rows = await county.sql<{ realm: number; id: Id; no: number }>('select realm, id, no from area');
  return new Map(rows.map(({ realm, id, no }) => [`${realm} ${no}`, keyOfArea.get(id) ?? '']));
}

async function toldOf(county: County): Promise<Map<Id, Set<Id>>> {
  const told = new Map<Id, Set<Id>>();
  const rows = await county.sql<{ notice: Id; person: Id }>(
    'select notice_id as notice, person_id as person from notice_told',
  );
  for (const { notice, person } of rows) told.set(notice, (told.get(notice) ?? new Set()).add(person));
  return told;
}

export type MaySee = (viewer: Viewer, endpoint: string) => boolean;

interface Lived extends Planted {
  readonly viewers: readonly Viewer[];
}

/** Words that nobody meets by accident, and for whom they are. */
export function wordsOf(
  { matters, notices, messages, ledgers, tasks, hazards, viewers }: Lived,
  { grounds, told }: Facts,
): Map<string, MaySee> {
  const words = new Map<string, MaySee>();
  const nobody: MaySee = () => false;
  for (const matter of matters) {
    const reader: MaySee = (viewer) => mayRead(viewer, matter, grounds);
    const asker: MaySee = (viewer, endpoint) => endpoint === 'casefile.read_contact' && reader(viewer, endpoint);
    for (const what of ['words', 'place', 'work'] as const) words.set(canaryOf(matter.key, what), reader);
    words.set(matter.number, (viewer, endpoint) => {
      if (reader(viewer, endpoint) || isShownTheWay(viewer, matter, matters, grounds)) return true;
      // By its number the public speaks of a case, in Open311 and on the pages of the grids.
      if (/^(open311\.|public\.|\/grids)/.test(endpoint)) return isOnPublicList(matter);
      return tellsOfThePast(endpoint) && mayReadPast(viewer, matter);
    });
    words.set(canaryOf(matter.key, 'contact'), asker);
    words.set(phoneOf(matter.key), asker);
    words.set(matter.code, nobody);
  }
  for (const notice of notices)
    words.set(notice.words, (viewer) => mayReadNotice(viewer, notice, told.get(notice.id) ?? new Set()));
  for (const { realm, place, words: said, answer, phone, code } of messages) {
    const reader: MaySee = (viewer) => readsAt(viewer, realm, place);
    for (const text of [said, answer]) words.set(text, reader);
    words.set(phone, (viewer, endpoint) => endpoint === 'area_message.read_contact' && reader(viewer, endpoint));
    words.set(code, nobody);
  }
  for (const { realm, place, shown, covered, by } of ledgers.records) {
    const reader: MaySee = (viewer, endpoint) => ofLedgers.test(endpoint) && readsAt(viewer, realm, place);
    const asker: MaySee = (viewer, endpoint) =>
      (['resident.disclose', 'person_request.show'].includes(endpoint) && reader(viewer, endpoint)) ||
      (['ledger_batch.marked', 'ledger_export.file'].includes(endpoint) && viewer.names.has(by));
    for (const word of shown) words.set(word, reader);
    for (const number of covered) words.set(number, asker);
  }
  for (const { realm, place, words: said } of ledgers.requests)
    words.set(said, (viewer, endpoint) => ofLedgers.test(endpoint) && readsAt(viewer, realm, place));
  for (const { realm, place, words: said } of tasks)
    words.set(said, (viewer) =>
      tasks.some((task) => task.words === said && seesTask(viewer, { ...task, realm, place })),
    );
  for (const inspection of hazards.inspections)
    for (const word of inspection.words) words.set(word, (viewer) => seesInspection(viewer, inspection));
  for (const hazard of hazards.found)
    for (const word of hazard.words) words.set(word, (viewer) => seesHazard(viewer, hazard));
  words.set(blankName, (viewer, endpoint) => ofLedgers.test(endpoint) && viewer.kind === 'account');
  words.set(fileName, (viewer, endpoint) => ofLedgers.test(endpoint) && viewer.kind === 'account');
  const staff: MaySee = (viewer) => viewer.kind === 'account';
  for (const { name } of cast) if (name.length > 2 && !['管理员', '审计员'].includes(name)) words.set(name, staff);
  for (const secret of [robotSecret, secrets.passwordHash, secrets.channelSecret, ...secrets.staffPhones])
    words.set(secret, nobody);
  for (const { token } of viewers) if (token !== null) words.set(token, nobody);
  return words;
}

/** Endpoints and pages of the ledgers, and of those who ask with a list. */
const ofLedgers =
  /^(resident|household|person_request|ledger_batch|ledger_template|ledger_export|campaign|inspection)\.|^openrosa\.people$|^\/console\/(ledgers|requests|campaigns|visits|inspections)/;

/** Entries keep the place where something happened: they are told also of what has left since. */
const tellsOfThePast = (endpoint: string): boolean => endpoint === 'journal.read' || endpoint === 'audit.read';
