import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '../src/kernel/embedded/binaries.ts';

/** A PostgreSQL server that is not ours: Debian's 15 where it is installed, else the one that comes with the program. */
export interface OwnServer {
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
  start(): Promise<void>;
  look(): pg.Client;
}

const DEBIAN = '/usr/lib/postgresql/15/bin';
/** It refuses root. Nobody in particular, then. */
const NOBODY = 65534;
const changer = 'setpriv';
const asNobody = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', '--'];

export async function makeServer(folder: string, settings: readonly string[]): Promise<OwnServer> {
  const [data, socket] = [join(folder, 'server'), join(folder, 'socket')];
  for (const path of [data, socket]) {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, NOBODY, NOBODY);
  }
  const own = await findBinaries();
  const isDebian = existsSync(join(DEBIAN, 'initdb'));
  const [initdb, postgres] = isDebian ? [join(DEBIAN, 'initdb'), join(DEBIAN, 'postgres')] : [own.initdb, own.postgres];
  const options = ['-D', data, '-U', 'lab', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'];
  execFileSync(changer, [...asNobody, initdb, ...options], { cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] });
  const look = (database = 'jingwei'): pg.Client => {
    const client = new pg.Client({ host: socket, port: 5432, user: 'lab', database });
    client.on('error', () => undefined);
    return client;
  };
  const addressOf = (user: string): string => `postgres://${user}localhost:5432/jingwei?host=${socket}`;
  return {
    version: isDebian ? '15' : own.version,
    environment: { JINGWEI_DATABASE: addressOf(''), JINGWEI_DATABASE_OWNER: addressOf('jingwei_owner@') },
    look,
    async start() {
      const words = ['-D', data, '-k', socket, '-c', 'listen_addresses=', ...settings.flatMap((it) => ['-c', it])];
      const child = spawn(changer, [...asNobody, postgres, ...words], { cwd: '/', stdio: 'ignore' });
      await untilOpen(child, () => look('postgres'));
      await prepare(look('postgres'));
    },
  };
}

async function untilOpen(child: ChildProcess, knock: () => pg.Client): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = knock();
    const isOpen = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isOpen) return;
    if (child.exitCode !== null || attempt > 600) throw new Error('the server does not start');
    await sleep(100);
  }
}

async function prepare(client: pg.Client): Promise<void> {
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'jingwei_owner'`);
    if (rowCount === 0) await client.query('create role jingwei_owner login createrole');
    const found = await client.query(`select 1 from pg_database where datname = 'jingwei'`);
    if (found.rowCount === 0) await client.query('create database jingwei owner jingwei_owner template template0');
  } finally {
    await client.end();
  }
}
