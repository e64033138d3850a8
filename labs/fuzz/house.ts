import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type BenchRoom, withRoom } from '../../bench/frame.ts';
import { plantSmall } from '../../seeds/small/index.ts';
import { hashPassword } from '../../src/domains/land/accounts/index.ts';
import { PASSWORD } from './hints.ts';
import { openViewers, type Viewer } from './viewers.ts';
import { openWatch, type Watch } from './watch.ts';

/** The program as it is served, over a database with two counties in it, and somebody of every kind who calls it. */
export interface House {
  readonly room: BenchRoom;
  readonly viewers: readonly Viewer[];
  readonly watch: Watch;
  /** Sessions that the fuzzing ended are opened again. */
  reviveSessions(): Promise<void>;
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  serve<T>(program: readonly string[], work: (server: Served) => Promise<T>): Promise<T>;
}

export interface Served {
  readonly port: number;
  readonly isAlive: () => boolean;
  /** What it wrote about itself. */
  readonly log: () => string;
}

const READY_MS = 90_000;
const root = join(import.meta.dirname, '..', '..');
export const servedProgram = [join(root, 'src', 'cli', 'main.ts'), 'serve'];
export const plantedProgram = [join(import.meta.dirname, 'planted_server.ts')];

export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-fuzz-'));
  try {
    return await withRoom(async (room) => {
      await plantSmall(room.runtime, { realm: 2, name: '邻县', passwordHash: '-' });
      const viewers = await openViewers(room);
      const client = new pg.Client(room.connection);
      client.on('error', () => undefined);
      await client.connect();
      const sql: House['sql'] = async <R extends object>(text: string, values: unknown[] = []) =>
        (await client.query<R>(text, values)).rows;
      // Speed only: what is tried here is not what survives a power cut.
      await sql(`alter database ${client.escapeIdentifier(client.database ?? '')} set synchronous_commit = off`);
      const watch = await openWatch(sql);
      const passwordHash = await hashPassword(PASSWORD, 14);
      const reviveSessions = async (): Promise<void> => {
        await viewers.revive(sql);
        await sql('update account set password_hash = $1 where password_hash <> $1', [passwordHash]);
        await sql('delete from sign_in_delay');
      };
      const serve: House['serve'] = async (program, visit) => {
        const server = await start(room, folder, program);
        try {
          return await visit(server);
        } finally {
          await server.end();
        }
      };
      try {
        return await work({ room, viewers: viewers.all, watch, sql, reviveSessions, serve });
      } finally {
        await client.end();
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start({ connection, keysFolder }: BenchRoom, folder: string, program: readonly string[]) {
  const port = await freePort();
  const { host = 'localhost', port: databasePort, database } = connection;
  const logFile = join(folder, 'log');
  const server: ChildProcess = spawn(process.execPath, ['--max-old-space-size=640', '--import', 'tsx', ...program], {
    env: {
      PATH: process.env.PATH,
      LANG: 'en_US.UTF-8',
      PORT: String(port),
      JINGWEI_DATABASE: `postgres://localhost:${databasePort}/${database}?host=${encodeURIComponent(host)}`,
      JINGWEI_KEYS: keysFolder,
      JINGWEI_DATA: join(folder, 'data'),
      JINGWEI_CHECKPOINTS: join(folder, 'checkpoints'),
      JINGWEI_LOG: 'error',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  server.stderr?.pipe(createWriteStream(logFile));
  const isAlive = (): boolean => server.exitCode === null && server.signalCode === null;
  const log = (): string => readFileSync(logFile, 'utf8');
  const end = async (): Promise<void> => {
    if (!isAlive()) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await Promise.race([gone, sleep(30_000)]);
    if (isAlive()) server.kill('SIGKILL');
  };
  try {
    await untilReady(port, isAlive);
  } catch (error) {
    process.stderr.write(log());
    await end();
    throw error;
  }
  return { port, isAlive, log, end };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const place = probe.address();
      probe.close(() => (place && typeof place === 'object' ? resolve(place.port) : reject(new Error('no port'))));
    });
  });
}

async function untilReady(port: number, isAlive: () => boolean): Promise<void> {
  const start = performance.now();
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    if (!isAlive() || performance.now() - start > READY_MS) throw new Error('the server does not start');
    await sleep(100);
  }
}
