import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { demoAccounts } from '../src/cli/seed.ts';
import { openKeys } from '../src/kernel/keys.ts';
import { between } from './frame.ts';

/** The program as it is served, on an embedded database of its own, to be killed in parts. */
export interface Victim {
  readonly port: number;
  readonly token: string;
  /** Kills it, starts again what does not start by itself; says after how many milliseconds it was ready again. */
  kill(way: 'server' | 'postmaster' | 'backend', chance: () => number): Promise<number>;
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  verify(): Promise<{ code: number | null; says: string }>;
  end(): Promise<void>;
}

const READY_MS = 60_000;

export async function openVictim(folder: string): Promise<Victim> {
  const port = await freePort();
  const [data, keys] = [join(folder, 'data'), join(folder, 'keys')];
  const env = {
    PATH: process.env.PATH,
    LANG: 'en_US.UTF-8',
    PORT: String(port),
    JINGWEI_DATA: data,
    JINGWEI_KEYS: keys,
    JINGWEI_SEED: 'small',
    JINGWEI_LOG: 'error',
  };
  const run = (words: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, '..', 'src', 'cli', 'main.ts'), ...words], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  let server = run(['serve']);
  server.stdout?.resume();
  await untilReady(port);
  const sql: Victim['sql'] = (text, values) => asked(data, keys, text, values);
  return {
    port,
    token: await signIn(port),
    sql,
    async kill(way, chance) {
      const start = performance.now();
      if (way === 'server') {
        const gone = new Promise((resolve) => server.once('exit', resolve));
        server.kill('SIGKILL');
        await gone;
        server = run(['serve']);
        server.stdout?.resume();
      } else process.kill(way === 'postmaster' ? postmasterOf(data) : await someBackend(sql, chance), 'SIGKILL');
      await sleep(100);
      await untilReady(port);
      return Math.round(performance.now() - start);
    },
    async verify() {
      const child = run(['--json', 'journal', 'verify']);
      let says = '';
      child.stdout?.on('data', (part) => {
        says += part;
      });
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      const { faults = ['no answer'] } = JSON.parse(says || '{}') as { faults?: unknown[] };
      return { code, says: JSON.stringify(faults.slice(0, 3)) };
    },
    async end() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(port: number): Promise<void> {
  const start = performance.now();
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() - start > READY_MS) throw new Error('the server does not come back');
    await sleep(100);
  }
}

async function signIn(port: number): Promise<string> {
  const body = JSON.stringify({ login: 'wangxiulan', password: demoAccounts.password, bearer: true });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/api/session`, { method: 'POST', headers, body });
  const { token } = (await answer.json()) as { token?: string };
  if (!token) throw new Error(`signing in was answered ${answer.status}`);
  return token;
}

/** Lines of postmaster.pid: pid, data folder, start time, port, socket folder. */
const pidFile = (data: string): string[] =>
  readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
const postmasterOf = (data: string): number => Number(pidFile(data)[0]);

async function someBackend(sql: Victim['sql'], chance: () => number): Promise<number> {
  const rows = await sql<{ pid: number }>(
    `select pid from pg_stat_activity where usename = 'jingwei_app' order by pid`,
  );
  return rows[between(chance, 0, rows.length - 1)]?.pid ?? 0;
}

/** Looks as the superuser; a database that is just coming up is asked again. */
async function asked<T extends object>(data: string, keys: string, text: string, values: unknown[] = []): Promise<T[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [, , , port, host] = pidFile(data);
      const password = openKeys(keys).databasePassword('jingwei_super');
      const place = { host: host ?? '', port: Number(port), user: 'jingwei_super', password, database: 'jingwei' };
      const client = new pg.Client(place);
      client.on('error', () => undefined);
      await client.connect();
      try {
        return (await client.query<T>(text, values)).rows;
      } finally {
        await client.end();
      }
    } catch (error) {
      if (attempt >= 20) throw error;
      await sleep(500);
    }
  }
}
