import { randomUUID } from 'node:crypto';
import { areas, bodies, cast, idOf } from '../../seeds/small/plan.ts';
import { addAccount, addApiKey, openSession } from '../../src/domains/land/accounts/index.ts';
import { addPerson, appoint, type Role, roles } from '../../src/domains/land/staff/index.ts';
import { type Answer, execute } from '../../src/kernel/command.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import { asAnyone, asSystem, byApiKey, byCode, bySession, type Entrance } from '../../src/kernel/entrance.ts';
import type { Id } from '../../src/kernel/id.ts';
import { granteeOfCode } from '../../src/kernel/tracking.ts';
import type { County } from '../harness.ts';

/** Who calls: somebody of the cast for each role, and everybody who is none of them. What they hold comes from the plan. */
export interface Viewer {
  readonly name: string;
  readonly kind: 'anyone' | 'account' | 'apikey' | 'reporter';
  readonly realm: number;
  readonly token: string | null;
  readonly seats: readonly (readonly [Role, string])[];
  readonly scopes: readonly string[];
  readonly mustChangePassword: boolean;
  readonly personId: Id | null;
  readonly accountId: Id | null;
  /** What they may be granted things as: person, posts, bodies; a key; what a tracking code stands for. */
  readonly names: ReadonlySet<Id>;
}

/** One for each role, in the first county. */
const people: Readonly<Record<Role, string>> = {
  building_lead: 'louzhang1',
  grid_worker: 'wangxiulan',
  grid_leader: 'lijianguo',
  community_head: 'sunli',
  mediator: 'songjie',
  registrar: 'hejing',
  dispatcher: 'chenmin',
  verifier: 'handong',
  leader: 'jiangtao',
  inspector: 'liangdu',
  body_desk: 'lufa',
  body_worker: 'xushifu',
  body_head: 'zhougong',
  admin: 'admin',
  auditor: 'auditor',
};

const nobody = { token: null, seats: [], scopes: [], mustChangePassword: false, personId: null, accountId: null };
export const anyone: Viewer = { ...nobody, name: '谁都不是', kind: 'anyone', realm: 1, names: new Set() };

/** Whoever holds a tracking code; over HTTP the code stands in the address. */
export const reporterBy = (county: County, code: string, name = `报事人 ${code}`): Viewer => ({
  ...nobody,
  name,
  kind: 'reporter',
  realm: 1,
  names: new Set([granteeOfCode(county.runtime.keys, code)]),
});

export async function openViewers(county: County): Promise<Viewer[]> {
  const seated = await postIds(county);
  const ofCast = async (role: string, login: string, realm: number): Promise<Viewer> => {
    const member = cast.find((one) => one.login === login);
    const label = `${role} ${member?.name}${realm === 1 ? '' : `(${realm} 县)`}`;
    return accountViewer(county, seated, label, realm, login, member?.posts ?? [], false);
  };
  const viewers: Viewer[] = [anyone];
  for (const [role, login] of Object.entries(people))
    viewers.push(await ofCast(roles[role as Role].words.zh, login, 1));
  await newcomer(county, 'wugang', [], false);
  await newcomer(county, 'xinren', [['grid_worker', 'station-1']], true, seated);
  viewers.push(await accountViewer(county, seated, '没有岗位的账号', 1, 'wugang', [], false));
  viewers.push(
    await accountViewer(county, seated, '没改初始密码的网格员', 1, 'xinren', [['grid_worker', 'station-1']], true),
  );
  viewers.push(await keyViewer(county, '有上报权的接口密钥', ['report']));
  viewers.push(await keyViewer(county, '有 Open311 权的接口密钥', ['open311']));
  viewers.push(await keyViewer(county, '没有权限的接口密钥', ['nothing']));
  viewers.push(await ofCast('带班领导', 'zhaolei', 2));
  viewers.push(await ofCast('系统管理员', 'admin', 2));
  return viewers;
}

async function accountViewer(
  county: County,
  seated: ReadonlyMap<string, Id>,
  name: string,
  realm: number,
  login: string,
  seats: Viewer['seats'],
  mustChangePassword: boolean,
): Promise<Viewer> {
  const personId = idOf(realm, 'person', login);
  const accountId = idOf(realm, 'account', login);
  const held = seats.map(([role, place]) => seated.get(`${realm} ${role} ${place}`) ?? '');
  const inBodies = seats.filter(([, place]) => isBody(place)).map(([, place]) => idOf(realm, 'body', place));
  const token = await openToken(county, realm, accountId);
  const names = new Set([personId, ...held, ...inBodies]);
  return { name, kind: 'account', realm, token, seats, scopes: [], mustChangePassword, personId, accountId, names };
}

async function keyViewer(county: County, name: string, scopes: string[]): Promise<Viewer> {
  const made = { id: '', key: '' };
  await bySystem(county, 1, async (ctx) => {
    const { keyId, key } = await addApiKey(ctx, name, scopes);
    Object.assign(made, { id: keyId, key });
    return {};
  });
  return { ...nobody, name, kind: 'apikey', realm: 1, token: made.key, scopes, names: new Set([made.id]) };
}

async function newcomer(
  county: County,
  login: string,
  seats: Viewer['seats'],
  mustChangePassword: boolean,
  seated: ReadonlyMap<string, Id> = new Map(),
): Promise<void> {
  const personId = idOf(1, 'person', login);
  await bySystem(county, 1, async (ctx) => {
    await addPerson(ctx, { id: personId, name: `新来的${login}`, phone: '13768531902' });
    const account = { id: idOf(1, 'account', login), login, personId, passwordHash: '-', mustChangePassword };
    await addAccount(ctx, { ...account, isDemo: true });
    for (const [role, place] of seats)
      await appoint(ctx, { id: ctx.ids.newId(), postId: seated.get(`1 ${role} ${place}`) ?? '', personId });
    return {};
  });
}

export const isBody = (place: string): boolean => bodies.some((body) => body.key === place);

/** Posts by realm, role and place; only their ids are looked up, who holds them stands in the plan. */
async function postIds(county: County): Promise<Map<string, Id>> {
  const rows = await county.sql<{ realm: number; id: Id; role: string; place: Id }>(
    'select realm, id, role, coalesce(area_id, body_id) as place from post',
  );
  const keys = new Map(
    [1, 2].flatMap((realm) => [
      ...areas.map(({ key }) => [idOf(realm, 'area', key), key] as const),
      ...bodies.map(({ key }) => [idOf(realm, 'body', key), key] as const),
    ]),
  );
  return new Map(rows.map(({ realm, id, role, place }) => [`${realm} ${role} ${keys.get(place)}`, id]));
}

export async function openToken(county: County, realm: number, accountId: Id): Promise<string> {
  const opened = { token: '' };
  await bySystem(county, realm, async (ctx) => {
    opened.token = (await openSession(ctx, accountId, { device: '测试', stay: true })).token;
    return {};
  });
  return opened.token;
}

/** What no endpoint offers is done as the operator's shell does it. */
export async function bySystem<T extends Answer>(
  { runtime }: County,
  realm: number,
  work: (ctx: Ctx) => Promise<T>,
): Promise<void> {
  await execute(runtime, asSystem(realm, 'test'), { id: randomUUID(), name: 'test', input: {} }, { work });
}

/** The door through which this viewer's transactions open. */
export function entranceOf({ runtime }: County, { kind, realm, token, names }: Viewer): Entrance {
  const [name = ''] = names;
  if (kind === 'reporter') return byCode(realm, name);
  if (kind === 'apikey') return byApiKey(realm, token ?? '');
  return token === null ? asAnyone(realm) : bySession(realm, token, runtime.clock.now());
}
