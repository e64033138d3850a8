import { randomUUID } from 'node:crypto';
import type { BenchRoom } from '../../bench/frame.ts';
import { cast, idOf } from '../../seeds/small/plan.ts';
import { addAccount, addApiKey, openSession } from '../../src/domains/land/accounts/index.ts';
import { addPerson, type Role } from '../../src/domains/land/staff/index.ts';
import { realmOfToken } from '../../src/http/calls.ts';
import { type Answer, execute } from '../../src/kernel/command.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import { asSystem, hashToken } from '../../src/kernel/entrance.ts';

/** Who calls: everybody of the cast in the county, some of the neighbouring one, programs, and nobody. */
export interface Viewer {
  readonly name: string;
  readonly realm: number;
  readonly kind: 'anyone' | 'account' | 'apikey';
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
  /** May change: a session that was ended is opened again. */
  token: string | null;
  readonly login: string | null;
}

type Sql = <T extends object>(text: string, values?: unknown[]) => Promise<T[]>;

export interface Viewers {
  readonly all: readonly Viewer[];
  revive(sql: Sql): Promise<void>;
}

/** Of the neighbours only who may do most: their ids are the ones that must not be reached from here. */
const neighbours = ['admin', 'zhaolei', 'hejing', 'wangxiulan', 'chenmin'];
/** Eight tower leads are alike. */
const isOneOfMany = (login: string): boolean => /^louzhang[2-8]$/.test(login);

export async function openViewers(room: BenchRoom): Promise<Viewers> {
  const anyone: Viewer = {
    ...{ name: 'nobody', realm: 1, kind: 'anyone', roles: [], scopes: [], token: null, login: null },
  };
  const all: Viewer[] = [anyone];
  for (const { login, posts } of cast) {
    const roles = [...new Set(posts.map(([role]) => role))];
    if (!isOneOfMany(login)) all.push(await accountOf(room, 1, login, roles));
    if (neighbours.includes(login)) all.push(await accountOf(room, 2, login, roles));
  }
  for (const [login, mustChangePassword] of [
    ['meigang', false],
    ['xinren', true],
  ] as const) {
    await addBare(room, login, mustChangePassword);
    all.push(await accountOf(room, 1, login, []));
  }
  for (const scope of ['report', 'open311', 'nothing']) all.push(await keyWith(room, scope));
  return { all, revive: (sql) => revive(room, all, sql) };
}

async function accountOf(room: BenchRoom, realm: number, login: string, roles: readonly Role[]): Promise<Viewer> {
  const token = await tokenOf(room, realm, login);
  return { name: `${login}@${realm}`, realm, kind: 'account', roles, scopes: [], token, login };
}

async function tokenOf(room: BenchRoom, realm: number, login: string): Promise<string> {
  const made = { token: '' };
  await asTheSystem(room, realm, async (ctx) => {
    const { sessionId, token } = await openSession(ctx, idOf(realm, 'account', login), { device: 'fuzz', stay: true });
    made.token = token;
    return { sessionId };
  });
  return made.token;
}

async function keyWith(room: BenchRoom, scope: string): Promise<Viewer> {
  const made = { key: '' };
  await asTheSystem(room, 1, async (ctx) => {
    made.key = (await addApiKey(ctx, scope, [scope])).key;
    return {};
  });
  return { name: `key ${scope}`, realm: 1, kind: 'apikey', roles: [], scopes: [scope], token: made.key, login: null };
}

/** Somebody without a seat; somebody who still has the first password. */
async function addBare(room: BenchRoom, login: string, mustChangePassword: boolean): Promise<void> {
  const personId = idOf(1, 'person', login);
  await asTheSystem(room, 1, async (ctx) => {
    await addPerson(ctx, { id: personId, name: login, phone: null });
    const account = { id: idOf(1, 'account', login), login, personId, passwordHash: '-', mustChangePassword };
    await addAccount(ctx, { ...account, isDemo: true });
    return {};
  });
}

async function asTheSystem<T extends Answer>(
  { runtime }: BenchRoom,
  realm: number,
  work: (ctx: Ctx) => Promise<T>,
): Promise<void> {
  await execute(runtime, asSystem(realm, 'fuzz'), { id: randomUUID(), name: 'fuzz', input: {} }, { work });
}

async function revive(room: BenchRoom, all: readonly Viewer[], sql: Sql): Promise<void> {
  const rows = await sql<{ hash: Buffer }>('select token_hash as hash from session where ended_at is null');
  const open = new Set(rows.map(({ hash }) => hash.toString('hex')));
  for (const viewer of all) {
    if (viewer.login === null || viewer.token === null) continue;
    if (open.has(hashToken(viewer.token).toString('hex'))) continue;
    viewer.token = await tokenOf(room, realmOfToken(viewer.token), viewer.login);
  }
}
