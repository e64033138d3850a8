import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { plantSmall } from '../seeds/small/index.ts';
import { handClock } from '../src/kernel/clock.ts';
import { accessAt } from '../src/kernel/database/access.ts';
import { migrate } from '../src/kernel/database/migrate.ts';
import { prepareOwner } from '../src/kernel/database/open.ts';
import { openEmbedded } from '../src/kernel/embedded/index.ts';
import { seededIds } from '../src/kernel/ids.ts';
import { openKeys } from '../src/kernel/keys.ts';
import { silentLog } from '../src/kernel/log.ts';
import type { Outside } from '../src/kernel/outside.ts';
import { packageRoot } from '../src/kernel/root.ts';
import { openRuntime } from '../src/kernel/start.ts';

/**
 * One cluster for a test run, one template in it with the small county twice (realm 2 is somebody else's), one clone of
 * the template for each test file. `JINGWEI_TEST_DATABASE` names a server of one's own instead of the embedded one.
 */
export interface ClusterPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly keysFolder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: ClusterPlace;
    /** The program as it is shipped, for tests that start it as an operator does: the sources take three times as long. */
    program: string;
  }
}

const TESTED = join('dist', 'tested');
export const TEMPLATE = 'jingwei_template';
/** A Thursday morning in working hours: nothing in a story is late by accident. */
export const OPENING = new Date('2026-03-05T01:00:00Z');

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-test-'));
  const keysFolder = join(folder, 'keys');
  const { server, release } = await openServer(folder);
  const place: ClusterPlace = { ...server, keysFolder };
  await plantTemplate(place);
  project.provide('cluster', place);
  project.provide('program', buildProgram());
  return async () => {
    await release();
    rmSync(folder, { recursive: true, force: true });
  };
}

function buildProgram(): string {
  execFileSync(process.execPath, [join(packageRoot, 'scripts', 'build.js'), TESTED]);
  return join(packageRoot, TESTED, 'jingwei.js');
}

type Server = Omit<ClusterPlace, 'keysFolder'>;

async function openServer(folder: string): Promise<{ server: Server; release: () => Promise<void> }> {
  const given = process.env.JINGWEI_TEST_DATABASE;
  if (given) {
    const { hostname, port, username, password, searchParams } = new URL(given);
    const host = searchParams.get('host') ?? hostname;
    return { server: { host, port: Number(port || 5432), user: username, password }, release: async () => undefined };
  }
  const password = 'test';
  // Losing a test database is no loss: commits need not reach the disk.
  const opened = await openEmbedded({
    folder: join(folder, 'postgres'),
    password,
    log: () => undefined,
    allowLastResort: true,
    settings: { max_connections: '200' },
  });
  const { host, port, user } = opened;
  return { server: { host, port, user, password }, release: async () => void (await opened.release()) };
}

async function plantTemplate(place: ClusterPlace): Promise<void> {
  // The checks run everything in the domains with the national suite too.
  const keys = openKeys(place.keysFolder, process.env.JINGWEI_TEST_SUITE === 'national' ? 'national' : undefined);
  const { host, port, user, password } = place;
  await withOwner(place, 'postgres', (superuser) =>
    superuser.query(`drop database if exists ${TEMPLATE} with (force)`),
  );
  // As in earnest: the owner of the tables is a plain role.
  const owner = await prepareOwner({ host, port, user, password, database: 'postgres' }, TEMPLATE, keys);
  await withOwner(place, 'postgres', (superuser) =>
    superuser.query(`alter database ${TEMPLATE} set synchronous_commit = off`),
  );
  const access = accessAt({ host, port, database: TEMPLATE }, keys, owner, 'test');
  await migrate(access);
  const clock = handClock(OPENING);
  const outside: Outside = { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) };
  const runtime = await openRuntime({
    access,
    sizes: { app: 2, system: 2, jobs: 1 },
    keys,
    clock,
    ids: seededIds('template', clock),
    log: silentLog,
    outside,
  });
  for (const [realm, name] of [
    [1, '安澜县'],
    [2, '邻山县'],
  ] as const)
    await plantSmall(runtime, { realm, name, passwordHash: '-' });
  await runtime.close();
}

export async function withOwner<T>(
  place: ClusterPlace,
  database: string,
  work: (owner: Client) => Promise<T>,
): Promise<T> {
  const { host, port, user, password } = place;
  const owner = new Client({ host, port, user, password, database });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
