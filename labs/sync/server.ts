import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { type BenchRoom, withRoom } from '../../bench/frame.ts';
import { idOf } from '../../seeds/small/plan.ts';
import { allEndpoints } from '../../src/domains/index.ts';
import { openSession } from '../../src/domains/land/accounts/index.ts';
import { openPhotoRoom, type PhotoRoom } from '../../src/domains/work/photos/index.ts';
import { allConsequences } from '../../src/gateways/index.ts';
import { openApp } from '../../src/http/app.ts';
import { machineClock } from '../../src/kernel/clock.ts';
import { execute } from '../../src/kernel/command.ts';
import { accessAt } from '../../src/kernel/database/access.ts';
import { asSystem } from '../../src/kernel/entrance.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { openKeys } from '../../src/kernel/keys.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { pump } from '../../src/kernel/reaction.ts';
import { type OpenRuntime, openRuntime } from '../../src/kernel/start.ts';

/** The real server on a real database, which goes down in the middle of things and comes up again. */
export interface LabServer {
  app(): FastifyInstance;
  tokenOf(login: string): Promise<string>;
  ask(login: string, method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; body: never }>;
  /** Positions, reactions, what falls due. */
  settle(): Promise<void>;
  /** Its connections are torn off wherever they are, and it starts anew. */
  restart(): Promise<void>;
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
}

export const area = (key: string): string => idOf(1, 'area', key);

/** A fresh county for each seed, all in one cluster. */
export type FreshServer = (name: string, work: (server: LabServer) => Promise<void>) => Promise<void>;

export async function withServers(work: (fresh: FreshServer) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
  const photos = openPhotoRoom({ folder });
  try {
    await withRoom(async (room) => {
      await room.runtime.close();
      await work((name, visit) => withServer(room, name, photos, visit));
    });
  } finally {
    await photos.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withServer(
  room: BenchRoom,
  name: string,
  photos: PhotoRoom,
  work: (server: LabServer) => Promise<void>,
): Promise<void> {
  const template = String(room.connection.database);
  const asSuperuser = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ ...room.connection, database: 'postgres' });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  // Speed only: what is tried here is not what survives a power cut.
  await asSuperuser(
    `create database ${name} template ${template}`,
    `alter database ${name} set synchronous_commit = off`,
  );
  const client = new pg.Client({ ...room.connection, database: name });
  await client.connect();
  const runtime = await runtimeOn(room, name);
  const open = () =>
    openApp(runtime, allEndpoints(true, photos), {
      ...{ realm: 1, demoAllowed: true, demo: null, publicUrl: 'http://localhost' },
      ...{ trustProxy: [], limits: false, version: 'lab' },
    });
  let app = await open();
  const renew = async (): Promise<void> => {
    const old = app;
    app = await open();
    await old.close();
  };
  try {
    await work(serverOf(runtime, client, { get: () => app, renew }));
  } finally {
    await app.close();
    await runtime.close();
    await client.end();
    await asSuperuser(`drop database ${name} with (force)`);
  }
}

function runtimeOn({ connection, keysFolder }: BenchRoom, database: string): Promise<OpenRuntime> {
  const keys = openKeys(keysFolder);
  const { host = 'localhost', port = 5432 } = connection;
  return openRuntime({
    access: accessAt({ host, port, database }, keys, undefined, database),
    sizes: { app: 6, system: 4, jobs: 2 },
    keys,
    clock: machineClock,
    ids: randomIds(machineClock),
    log: silentLog,
    outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
  });
}

async function openToken(runtime: OpenRuntime, login: string): Promise<string> {
  const made = { token: '' };
  const command = { id: runtime.ids.newId(), name: 'lab session', input: {} };
  await execute(runtime, asSystem(1, 'lab'), command, {
    work: async (ctx) => {
      const { sessionId, token } = await openSession(ctx, idOf(1, 'account', login), { device: 'lab', stay: true });
      made.token = token;
      return { sessionId };
    },
  });
  return made.token;
}

function serverOf(
  runtime: OpenRuntime,
  client: pg.Client,
  app: { get: () => FastifyInstance; renew: () => Promise<void> },
): LabServer {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (login: string): Promise<string> => {
    const token = tokens.get(login) ?? openToken(runtime, login);
    tokens.set(login, token);
    return token;
  };
  return {
    app: app.get,
    tokenOf,
    async ask(login, method, path, body) {
      const headers = { authorization: `Bearer ${await tokenOf(login)}` };
      const answer = await app.get().inject({ method, url: path, headers, ...(body && { payload: body }) });
      return { status: answer.statusCode, body: answer.json() as never };
    },
    settle: () => pump(runtime, 1, allConsequences),
    async restart() {
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'jingwei_app' and datname = current_database()`,
      );
      await app.renew();
    },
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await client.query<T>(text, values as never[])).rows,
  };
}
