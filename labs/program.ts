import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openKeys } from '../src/kernel/keys.ts';
import { packageRoot } from '../src/kernel/root.ts';

/** Once: whoever edits the sources meanwhile does not change what is hurt. */
let isBuilt = false;

/** The program as an operator runs it, on a folder of its own, so that it can be hurt from outside. */
export interface Program {
  readonly port: number;
  readonly data: string;
  run(words: readonly string[]): ChildProcess;
  /** Runs a command to its end; `says` is what it printed for programs. */
  end(words: readonly string[]): Promise<{ code: number | null; says: string }>;
  postmaster(): number;
  /** As the superuser; a database that is just coming up is asked again. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** Likewise. */
  connect(): Promise<pg.Client>;
}

export async function openProgram(folder: string, more: Readonly<Record<string, string>> = {}): Promise<Program> {
  if (!isBuilt) execFileSync(process.execPath, [join(packageRoot, 'scripts', 'build.js')], { stdio: 'inherit' });
  isBuilt = true;
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
    ...more,
  };
  const run: Program['run'] = (words) =>
    spawn(process.execPath, [join(packageRoot, 'dist', 'jingwei.js'), ...words], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  /** Lines of postmaster.pid: pid, data folder, start time, port, socket folder. */
  const pidFile = (): string[] => readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  const connectOnce = async (): Promise<pg.Client> => {
    const [, , , dbPort, host] = pidFile();
    const password = openKeys(keys).databasePassword('jingwei_super');
    const place = { host: host ?? '', port: Number(dbPort), user: 'jingwei_super', password, database: 'jingwei' };
    const client = new pg.Client(place);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const connect = () => often(connectOnce);
  return {
    port,
    data,
    run,
    connect,
    postmaster: () => Number(pidFile()[0]),
    end(words) {
      const child = run(words);
      let says = '';
      child.stdout?.on('data', (part) => {
        says += part;
      });
      return new Promise((resolve) => child.once('close', (code) => resolve({ code, says })));
    },
    sql: <T extends object>(text: string, values: unknown[] = []) =>
      often(async () => {
        const client = await connectOnce();
        try {
          return (await client.query<T>(text, values)).rows;
        } finally {
          await client.end();
        }
      }),
  };
}

async function often<T>(what: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await what();
    } catch (error) {
      if (attempt >= 40) throw error;
      await sleep(250);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

const READY_MS = 90_000;

export async function untilReady(port: number): Promise<void> {
  const start = performance.now();
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() - start > READY_MS) throw new Error('the server does not come back');
    await sleep(50);
  }
}

/** Ends it and waits until it is gone. */
export async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  child.kill(signal);
  await ended(child);
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

/** `journal verify` as the operator runs it. */
export async function verify(program: Program): Promise<{ code: number | null; says: string }> {
  const { code, says } = await program.end(['--json', 'journal', 'verify']);
  const { faults = ['no answer'] } = JSON.parse(says || '{}') as { faults?: unknown[] };
  return { code, says: JSON.stringify(faults.slice(0, 3)) };
}
