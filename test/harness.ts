import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, expect, inject } from 'vitest';
import { idOf } from '../seeds/small/plan.ts';
import { allEndpoints } from '../src/domains/index.ts';
import { SESSION_MS } from '../src/domains/land/accounts/account.model.ts';
import { openSession } from '../src/domains/land/accounts/index.ts';
import { openPhotoRoom, type PhotoRoom } from '../src/domains/work/photos/index.ts';
import { allConsequences, gatewayEndpoints } from '../src/gateways/index.ts';
import { openApp } from '../src/http/app.ts';
import { type HandClock, handClock } from '../src/kernel/clock.ts';
import { execute } from '../src/kernel/command.ts';
import { accessAt } from '../src/kernel/database/access.ts';
import { asSystem } from '../src/kernel/entrance.ts';
import type { Id } from '../src/kernel/id.ts';
import { randomIds } from '../src/kernel/ids.ts';
import { openKeys } from '../src/kernel/keys.ts';
import { type Log, silentLog } from '../src/kernel/log.ts';
import { pump } from '../src/kernel/reaction.ts';
import { type OpenRuntime, openRuntime } from '../src/kernel/start.ts';
import { figurePacks } from '../src/packs/figures/index.ts';
import { OPENING, TEMPLATE, withOwner } from './cluster.ts';

/** A county of one's own for a test file: real database, real commits, a clock that is moved by hand. */
export interface County {
  readonly runtime: OpenRuntime;
  readonly app: FastifyInstance;
  readonly clock: HandClock;
  readonly database: string;
  readonly photos: PhotoRoom;
  /** Where the sealed photos lie. */
  readonly photoFolder: string;
  /** Somebody of the cast, signed in. */
  as(name: keyof typeof logins, realm?: number): Promise<Caller>;
  /** Somebody who is not signed in. */
  readonly anyone: Caller;
  /** Consequences up to now, in the order of the journal. */
  settle(realm?: number): Promise<void>;
  /** SQL as the owner of the database, for looking at what no user may see. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
}

export interface Caller {
  get<T = Body>(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply<T>>;
  post<T = Body>(path: string, form?: object, commandId?: Id): Promise<Reply<T>>;
  del<T = Body>(path: string): Promise<Reply<T>>;
  upload(
    path: string,
    fields: Record<string, string>,
    files: readonly { name: string; bytes: Buffer }[],
  ): Promise<Reply>;
}

// biome-ignore lint/suspicious/noExplicitAny: replies are looked into by tests, which know their shape
type Body = any;

export interface Reply<T = Body> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, unknown>>;
  /** As it came, for what is no text. */
  readonly raw: Buffer;
}

import { cast } from '../seeds/small/plan.ts';

export const logins = Object.fromEntries(cast.map(({ name, login }) => [name, login])) as Readonly<
  Record<string, string>
>;

export async function openCounty({ log = silentLog }: { readonly log?: Log } = {}): Promise<County> {
  const place = inject('cluster');
  const file = basename(expect.getState().testPath ?? 'test').replace(/\W/g, '_');
  const database = `t_${file}_${randomUUID().slice(0, 8)}`.slice(0, 60);
  await withOwner(place, 'postgres', async (owner) => {
    // Two files may clone at once; the template must have no guests then.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await owner.query(`create database ${database} template ${TEMPLATE}`);
        await owner.query(`alter database ${database} set synchronous_commit = off`);
        return;
      } catch (error) {
        if (attempt > 50 || (error as { code?: string }).code !== '55006') throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  });
  const keys = openKeys(place.keysFolder);
  const clock = handClock(new Date(OPENING.getTime() + 60_000));
  const runtime = await openRuntime({
    access: accessAt({ ...place, database }, keys, undefined, 'test'),
    sizes: { app: 6, system: 4, jobs: 2 },
    keys,
    clock,
    ids: randomIds(clock),
    log,
    outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
  });
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-photos-'));
  const photos = openPhotoRoom({ folder });
  const publicUrl = 'http://localhost:3000';
  const app = await openApp(runtime, [...allEndpoints(true, photos, figurePacks), ...gatewayEndpoints({ publicUrl })], {
    realm: 1,
    demoAllowed: true,
    publicUrl,
    trustProxy: [],
    limits: false,
    demo: null,
    version: 'test',
    photos,
  });
  afterAll(async () => {
    await app.close();
    await photos.close();
    rmSync(folder, { recursive: true, force: true });
    await runtime.close();
    await withOwner(place, 'postgres', (owner) => owner.query(`drop database if exists ${database} with (force)`));
  });
  return {
    runtime,
    app,
    clock,
    database,
    photos,
    photoFolder: folder,
    as: async (name, realm = 1) => callerOf(app, await signedIn(runtime, logins[name] ?? '', realm)),
    anyone: callerOf(app, async () => null),
    settle: (realm = 1) => pump(runtime, realm, allConsequences),
    sql: (text, values = []) => withOwner(place, database, async (owner) => (await owner.query(text, values)).rows),
  };
}

/** Somebody's token: who comes back after weeks signs in anew. */
async function signedIn(runtime: OpenRuntime, login: string, realm: number): Promise<() => Promise<string>> {
  let token = await tokenOf(runtime, login, realm);
  let opened = runtime.clock.now().getTime();
  return async () => {
    const now = runtime.clock.now().getTime();
    if (now - opened > SESSION_MS / 2) {
      token = await tokenOf(runtime, login, realm);
      opened = now;
    }
    return token;
  };
}

/** A session without the slow stretching of a password; signing in has tests of its own. */
async function tokenOf(runtime: OpenRuntime, login: string, realm: number): Promise<string> {
  const opened = { token: '' };
  const command = { id: runtime.ids.newId(), name: 'test session', input: {} };
  await execute(runtime, asSystem(realm, 'test'), command, {
    work: async (ctx) => {
      const { sessionId, token } = await openSession(ctx, idOf(realm, 'account', login), {
        device: 'test',
        stay: true,
      });
      opened.token = token;
      return { sessionId };
    },
  });
  return opened.token;
}

function callerOf(app: FastifyInstance, tokenNow: () => Promise<string | null>): Caller {
  const call = async (options: InjectOptions): Promise<Reply> => {
    const token = await tokenNow();
    const answer = await app.inject({
      ...options,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...options.headers },
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      body: isJson ? answer.json() : answer.body,
      headers: answer.headers,
      raw: answer.rawPayload,
    };
  };
  return {
    get: (path, headers = {}) => call({ method: 'GET', url: path, headers }),
    post: (path, form = {}, commandId = randomUUID()) =>
      call({ method: 'POST', url: path, payload: { commandId, ...form } }),
    del: (path) => call({ method: 'DELETE', url: path }),
    upload: async (path, fields, files) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      for (const { name, bytes } of files) form.append('photos', new Blob([new Uint8Array(bytes)]), name);
      const request = new Request('http://localhost/', { method: 'POST', body: form });
      const headers = { 'content-type': request.headers.get('content-type') ?? '' };
      return call({ method: 'POST', url: path, payload: Buffer.from(await request.arrayBuffer()), headers });
    },
  };
}
