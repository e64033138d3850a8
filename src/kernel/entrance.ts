import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from './context.ts';
import type { Id } from './id.ts';
import { defineProblems, Problem } from './problem.ts';

/**
 * How a transaction opens: one statement that tells the database for whom it runs (row security reads that, and nothing
 * else) and brings back who that is. Every transaction goes through one of these doors.
 */
export interface Entrance {
  readonly realm: number;
  readonly role: 'app' | 'system' | 'keeper';
  readonly text: string;
  readonly values: readonly unknown[];
  readonly read: (who: unknown) => Actor;
}

export const entranceProblems = defineProblems({
  'session.ended': {
    status: 401,
    title: { zh: '请先登录', en: 'Please sign in' },
    hint: {
      zh: '还没有登录，或者登录已经过期。重新登录后接着办；没有发出的内容还在本页。',
      en: 'You are not signed in, or your sign-in has expired. Sign in and go on; what you typed is still on the page.',
    },
  },
  'session.of_phone': {
    status: 403,
    title: { zh: '手机上的登录只用于外勤', en: 'A sign-in on the phone is for the field app only' },
    hint: {
      zh: '要用工作台，请在这里用账号和密码另外登录。手机里存的和没发出的都不受影响。',
      en: 'To use the desk, sign in here with account and password. What is kept on the phone, and what is not sent yet, stays.',
    },
  },
  'apikey.unknown': {
    status: 403,
    title: { zh: '接口密钥无效', en: 'This API key is not valid' },
    hint: {
      zh: '密钥不存在或已停用，请向管理员要新的。',
      en: 'It does not exist or was ended. Ask the administrator for a new one.',
    },
  },
});

const seat = z.object({
  id: z.string(),
  role: z.string(),
  areaId: z.string().nullable(),
  bodyId: z.string().nullable(),
  readsArea: z.boolean(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  numbers: z.array(z.tuple([z.number(), z.number()])).nullable(),
});
const account = z.object({
  sessionId: z.string(),
  accountId: z.string(),
  personId: z.string(),
  name: z.string(),
  mustChangePassword: z.boolean(),
  isDemo: z.boolean(),
  posts: z.array(seat),
});
const apiKey = z.object({ id: z.string(), name: z.string(), scopes: z.array(z.string()) });

/**
 * A session opened on a phone stays for a month in a pocket: it is good for the field app and nothing else. The token says
 * so itself; who changes it holds one that nobody knows.
 */
const PHONE = 'phone';
export const isOfPhone = (token: string): boolean => token.split('.')[1] === PHONE;
/** A session that stands in the address of a program on somebody's phone: good for what that program asks for, nothing else. */
const COLLECT = 'odk';
export const isOfCollect = (token: string): boolean => token.split('.')[1] === COLLECT;
/** Whether it opens less than the desk. */
export const isNarrow = (token: string): boolean => isOfPhone(token) || isOfCollect(token);
export type TokenMark = typeof PHONE | typeof COLLECT | null;
/** The realm stands in front of the dot, and a phone's mark behind it. */
export const tokenText = (realm: number, chance: Buffer, mark: TokenMark): string =>
  [realm, ...(mark === null ? [] : [mark]), chance.toString('base64url')].join('.');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export function bySession(realm: number, token: string, now: Date): Entrance {
  return {
    realm,
    role: 'app',
    text: 'select enter_session($1, $2, $3) as who, cache_versions($1) as versions',
    values: [realm, hashToken(token), now],
    read: (who) => {
      if (who === null) throw new Problem(entranceProblems['session.ended']);
      return { kind: 'account', ...account.parse(who) };
    },
  };
}

export function byApiKey(realm: number, key: string): Entrance {
  return {
    realm,
    role: 'app',
    text: 'select enter_api_key($1, $2) as who, cache_versions($1) as versions',
    values: [realm, hashToken(key)],
    read: (who) => {
      if (who === null) throw new Problem(entranceProblems['apikey.unknown']);
      return { kind: 'apikey', ...apiKey.parse(who) };
    },
  };
}

const settle = `set_config('jw.realm', $1::smallint::text, true) as who, cache_versions($1::smallint) as versions`;

/** By a tracking code, already turned into the grantee it stands for. */
export function byCode(realm: number, grantee: Id): Entrance {
  return {
    realm,
    role: 'app',
    text: `select ${settle}, set_config('jw.grantees', array[$2::uuid]::text, true)`,
    values: [realm, grantee],
    read: () => ({ kind: 'reporter', grantee }),
  };
}

export function asAnyone(realm: number): Entrance {
  return { realm, role: 'app', text: `select ${settle}`, values: [realm], read: () => ({ kind: 'anyone' }) };
}

/** We ourselves: sequencer, sweeps, reactions, commands of the operator's shell. Never reachable from http. */
export function asSystem(realm: number, name: string): Entrance {
  return { realm, role: 'system', text: `select ${settle}`, values: [realm], read: () => ({ kind: 'system', name }) };
}

/** Looks at everything of a realm, changes nothing. Only commands of the operator's shell use it. */
export function asKeeper(realm: number): Entrance {
  return { ...asSystem(realm, 'keeper'), role: 'keeper' };
}
