import type { FastifyInstance } from 'fastify';
import { officeCalendarId } from '../../seeds/planting.ts';
import { idOf } from '../../seeds/small/plan.ts';
import { allEndpoints } from '../../src/domains/index.ts';
import { gatewayEndpoints } from '../../src/gateways/index.ts';
import { openApp } from '../../src/http/app.ts';
import { operatorRoutes } from '../../src/http/operator.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import type { Id } from '../../src/kernel/id.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { figurePacks } from '../../src/packs/figures/index.ts';
import { type County, openCounty } from '../harness.ts';
import { type AreaMessage, plantAreaMessages } from './area_messages.ts';
import {
  bareRoom,
  type Notice,
  plantBelongings,
  plantPhotos,
  plantPreviews,
  plantVoices,
  removeForGood,
} from './belongings.ts';
import { type Facts, factsOf, type MaySee, wordsOf } from './facts.ts';
import { type Hazards, plantHazards } from './hazards.ts';
import { type Ledgers, plantLedgers } from './ledgers.ts';
import { type Matter, plantMatters } from './matters.ts';
import { plantTasks } from './tasks.ts';
import { openToken, openViewers, type Viewer } from './viewers.ts';

/** A planted county, who calls, and for every id and word that is not for all: who may see it. */
export interface World extends Facts {
  readonly county: County;
  readonly endpoints: readonly Endpoint[];
  readonly viewers: readonly Viewer[];
  readonly matters: readonly Matter[];
  readonly notices: readonly Notice[];
  readonly messages: readonly AreaMessage[];
  readonly ledgers: Ledgers;
  readonly hazards: Hazards;
  readonly words: ReadonlyMap<string, MaySee>;
  /** To whom each message was told. */
  readonly recipients: ReadonlyMap<Id, Id>;
  /** Physically removed. */
  readonly zone: Id;
  readonly goneArea: Id;
  /** One raised for a time. */
  readonly organisation: Id;
  /** One that waits for its receiver to confirm it. */
  readonly handover: Id;
  readonly calendarId: Id;
  /** A post that can be filled or emptied: the grid worker of a far grid. */
  readonly seat: { readonly postId: Id };
  /** The same server on another runtime or with other endpoints. */
  appWith(runtime?: Runtime, endpoints?: readonly Endpoint[]): Promise<FastifyInstance>;
}

export async function openWorld(): Promise<World> {
  const county = await openCounty();
  const room = bareRoom();
  const endpoints = offered(room);
  const appWith: World['appWith'] = (runtime = county.runtime, of = endpoints) =>
    openApp(runtime, of, {
      realm: 1,
      demoAllowed: true,
      publicUrl: 'http://localhost:3000',
      trustProxy: [],
      limits: false,
      demo: null,
      version: 'test',
    });
  const viewers = await openViewers(county);
  const matters = await plantMatters(county);
  await plantPhotos(await appWith(), viewers, matters);
  await plantVoices(county, room, matters);
  await plantPreviews(county, matters);
  const notices = await plantBelongings(county, matters);
  const messages = await plantAreaMessages(county);
  const ledgers = await plantLedgers(county);
  const tasks = await plantTasks(county);
  const hazards = await plantHazards(county, await appWith());
  const goneSession = await plantSession(county);
  const looked = await lookUp(county);
  const facts = await factsOf(county, { matters, notices, messages, ledgers, tasks, hazards });
  await removeForGood(county, matters, notices, goneSession);
  const things = new Map(facts.things);
  const session = things.get(goneSession);
  if (session) things.set(goneSession, { ...session, gone: true, sees: () => false });
  const words = wordsOf({ matters, notices, messages, ledgers, tasks, hazards, viewers }, facts);
  return {
    county,
    endpoints,
    viewers,
    matters,
    notices,
    messages,
    ledgers,
    hazards,
    ...facts,
    ...looked,
    things,
    words,
    appWith,
  };
}

/** Ids that only the database knows. */
async function lookUp(county: County) {
  const messages = await county.sql<{ id: Id; to: Id }>('select id, to_id as to from message');
  const [calendar] = await county.sql<{ id: Id }>('select calendar_id as id from realm where realm = 1');
  const [post] = await county.sql<{ id: Id }>(`select id from post where role = 'grid_worker' and area_id = $1`, [
    idOf(1, 'area', 'ferry-1'),
  ]);
  const recipients = new Map(messages.map(({ id, to }) => [id, to]));
  return {
    recipients,
    calendarId: calendar?.id ?? '',
    seat: { postId: post?.id ?? '' },
    zone: await plantZone(county),
    goneArea: await goneArea(county),
    organisation: await plantOrganisation(county),
    handover: await plantHandover(county),
  };
}

async function plantZone(county: County): Promise<Id> {
  const form = { id: idOf(1, 'zone', 'bank'), name: '河边一带', purpose: '测试', from: '2026-01-01' };
  const areaIds = [idOf(1, 'area', 'station-2')];
  const added = await (await county.as('管理员')).post('/api/zones', { ...form, areaIds });
  if (added.status !== 200) throw new Error(JSON.stringify(added.body));
  return form.id;
}

async function plantOrganisation(county: County): Promise<Id> {
  const id = idOf(1, 'body', 'temporary');
  const members = [{ role: 'body_head', personId: idOf(1, 'person', 'luohe') }];
  const term = { name: '渡口临时专班', purpose: '测试', until: '2027-12-31', aboveId: null, areaIds: [] };
  const place = { areaId: idOf(1, 'area', 'ferry'), calendarId: officeCalendarId(1) };
  const raised = await (await county.as('管理员')).post('/api/organisations', { id, ...term, ...place, members });
  if (raised.status !== 200) throw new Error(JSON.stringify(raised.body));
  return id;
}

/** What somebody answered for goes to the grid worker; nobody's post changes. */
async function plantHandover(county: County): Promise<Id> {
  const [id, admin] = [idOf(1, 'handover', 'ferry'), await county.as('管理员')];
  const [fromId, toId] = [idOf(1, 'person', 'wugang'), idOf(1, 'person', 'wangxiulan')];
  const charge = { id: idOf(1, 'charge', 'ferry'), areaId: idOf(1, 'area', 'ferry'), personId: fromId };
  const words = { rank: 'paired', mode: 'emergency', charge: '测试' };
  for (const [path, form] of [
    ['/api/responsibilities', { ...charge, ...words }],
    ['/api/handovers', { id, fromId, toId, postIds: null }],
  ] as const) {
    const done = await admin.post(path, form);
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
    county.clock.advance(1000);
  }
  return id;
}

/** An area that was there for a moment. */
async function goneArea(county: County): Promise<Id> {
  const id = idOf(1, 'area', 'gone');
  const form = { id, parentId: idOf(1, 'area', 'station'), level: 'grid', code: '439901001001888', name: '撤掉的网格' };
  const added = await (await county.as('管理员')).post('/api/areas', { ...form, boundary: null });
  if (added.status !== 200) throw new Error(JSON.stringify(added.body));
  await county.sql('delete from area_version where area_id = $1', [id]);
  await county.sql('delete from area where id = $1', [id]);
  await county.sql('delete from entry_pending where entry_id in (select id from entry where record_id = $1)', [id]);
  await county.sql('delete from entry where record_id = $1', [id]);
  await county.sql(`update cache_version set version = version + 1 where realm = 1 and name = 'land'`);
  return id;
}

/** What the domains and the kernel offer, each once. */
function offered(room: ReturnType<typeof bareRoom>): readonly Endpoint[] {
  const gateways = gatewayEndpoints({ publicUrl: 'http://localhost:3000' });
  const all = [...allEndpoints(true, room, figurePacks), ...gateways, ...operatorRoutes];
  return [...new Map(all.map((endpoint) => [endpoint.name, endpoint])).values()];
}

async function plantSession(county: County): Promise<Id> {
  const accountId = idOf(1, 'account', 'wangxiulan');
  await openToken(county, 1, accountId);
  const rows = await county.sql<{ id: Id }>('select id from session where account_id = $1 order by id desc', [
    accountId,
  ]);
  return rows[0]?.id ?? '';
}
