import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAccounts } from '../src/cli/seed.ts';
import { packageRoot } from '../src/kernel/root.ts';
import { type Bench, inTurns, median } from './frame.ts';

/**
 * What the program holds in memory after a first start with the demo county (which it plants itself) and a while of
 * work. The peer is a bare Fastify with a pg pool in a process of its own, asked as often. Linux only: it reads /proc.
 */
const ROUNDS = 5;
const REQUESTS = 400;
const BAR_MB = 400;

export const memory: Bench = {
  name: 'memory',
  claim: 'with the demo county the process stays below 4 times a bare Fastify with pg; the bar beside it is 400 MB',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-memory-'));
    const product = start(['bin/jingwei.js', 'serve'], {
      PORT: '0',
      JINGWEI_DATA: join(folder, 'data'),
      JINGWEI_KEYS: join(folder, 'keys'),
      JINGWEI_SEED: 'county',
      JINGWEI_LOG: 'error',
    });
    const peer = start(['--input-type=module', '-e', bareServer], {});
    try {
      const [ours, theirs] = [await portOf(product), await portOf(peer)];
      const cookie = await signIn(ours);
      const pages = ['/', '/console', '/console/cases', '/api/casefiles?most=200', '/api/areas', '/api/standard'];
      const held = await inTurns(ROUNDS, {
        product: async () => heldAfter(product, (i) => get(ours, pages[i % pages.length] ?? '/', cookie)),
        peer: async () => heldAfter(peer, () => get(theirs, '/', '')),
      });
      const ratio = median(held.product) / median(held.peer);
      return [
        {
          name: 'resident memory with the demo county',
          ratio,
          goal: '≤ 4.00',
          pass: ratio <= 4,
          product: `${mb(Math.max(...held.product))} at most, the bar is ${BAR_MB} MB; PostgreSQL beside it holds ${mb(postgresMb(folder))} of its own`,
          ceiling: `${mb(median(held.peer))} by a bare Fastify with a pg pool`,
        },
      ];
    } finally {
      await Promise.all([stop(product), stop(peer)]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const bareServer = `
import Fastify from 'fastify';
import pg from 'pg';
new pg.Pool();
const app = Fastify();
app.get('/', async () => ({ done: true }));
await app.listen({ host: '127.0.0.1', port: 0 });
console.log('http://localhost:' + app.server.address().port + '/');
`;

function start(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { PATH = '' } = process.env;
  return spawn(process.execPath, args, {
    cwd: packageRoot,
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Through when it has printed where it serves. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`it stopped with ${code}: ${said}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const port = /http:\/\/localhost:(\d+)\//.exec(said)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

async function signIn(port: number): Promise<string> {
  const login = demoAccounts.accounts[0]?.login;
  const reply = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: demoAccounts.password }),
  });
  if (!reply.ok) throw new Error(`signing in was answered with ${reply.status}`);
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function get(port: number, path: string, cookie: string): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } });
  await reply.arrayBuffer();
  if (!reply.ok) throw new Error(`${path} was answered with ${reply.status}`);
}

async function heldAfter({ pid }: ChildProcess, ask: (nth: number) => Promise<void>): Promise<number> {
  for (let i = 0; i < REQUESTS; i += 8) await Promise.all(Array.from({ length: 8 }, (_, lane) => ask(i + lane)));
  return kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+)/m) / 1024;
}

/** What its processes hold beside the memory they share. */
function postgresMb(folder: string): number {
  const [main = ''] = readFileSync(join(folder, 'data/postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  const parent = (pid: string): string => {
    try {
      return / \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1) ?? '')?.[1] ?? '';
    } catch {
      return '';
    }
  };
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && (name === main || parent(name) === main));
  const own = (pid: string): number =>
    kilobytes(`/proc/${pid}/smaps_rollup`, /^Private_Clean:\s+(\d+)/m) +
    kilobytes(`/proc/${pid}/smaps_rollup`, /^Private_Dirty:\s+(\d+)/m);
  return all.reduce((sum, pid) => sum + own(pid), 0) / 1024;
}

function kilobytes(file: string, pattern: RegExp): number {
  try {
    return Number(pattern.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

const mb = (size: number): string => `${Math.round(size)} MB`;
