import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAccounts } from '../src/cli/seed.ts';
import { packageRoot } from '../src/kernel/root.ts';
import { type Bench, inTurns, median } from './frame.ts';

/**
 * What the program holds in memory with the demo county and a while of work: after the first start, which plants the county
 * and leaves what it needed for that, and after another start. The peer is a bare Fastify with a pg pool in a process of its
 * own, asked as often. Linux only: it reads /proc.
 */
const ROUNDS = 5;
const REQUESTS = 400;
const BAR_MB = 400;

export const memory: Bench = {
  name: 'memory',
  claim:
    'with the demo county the process stays below 400 MB after the first start, and below 4 times a bare Fastify with pg after another',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-memory-'));
    const peer = start(['--input-type=module', '-e', bareServer], {});
    try {
      const first = await heldInTurns(folder, peer);
      const again = await heldInTurns(folder, peer);
      const ofBar = Math.max(...first.product) / BAR_MB;
      const ratio = median(again.product) / median(again.peer);
      return [
        {
          name: 'resident memory after planting the demo county',
          ...{ ratio: ofBar, goal: '≤ 1.00', pass: ofBar <= 1 },
          product: `${mb(Math.max(...first.product))} at most; PostgreSQL beside it holds ${mb(first.postgres)} of its own`,
          ceiling: `${BAR_MB} MB`,
        },
        {
          name: 'resident memory with the demo county, started again',
          ...{ ratio, goal: '≤ 4.00', pass: ratio <= 4 },
          product: `${mb(Math.max(...again.product))} at most; PostgreSQL beside it holds ${mb(again.postgres)} of its own`,
          ceiling: `${mb(median(again.peer))} by a bare Fastify with a pg pool`,
        },
      ];
    } finally {
      await stop(peer);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const pages = ['/', '/console', '/console/cases', '/api/casefiles?most=200', '/api/areas', '/api/standard'];

/** From a start to an orderly stop; the first one in a folder plants the county. */
async function heldInTurns(folder: string, peer: Started): Promise<Held> {
  const product = start(['bin/jingwei.js', 'serve'], {
    PORT: '0',
    JINGWEI_DATA: join(folder, 'data'),
    JINGWEI_KEYS: join(folder, 'keys'),
    JINGWEI_SEED: 'county',
    JINGWEI_LOG: 'error',
  });
  try {
    const [ours, theirs] = [await product.port, await peer.port];
    const cookie = await signIn(ours);
    const held = await inTurns(ROUNDS, {
      product: () => heldAfter(product.child, (i) => get(ours, pages[i % pages.length] ?? '/', cookie)),
      peer: () => heldAfter(peer.child, () => get(theirs, '/', '')),
    });
    return { ...held, postgres: postgresMb(folder) };
  } finally {
    await stop(product);
  }
}

interface Held {
  readonly product: readonly number[];
  readonly peer: readonly number[];
  readonly postgres: number;
}

const bareServer = `
import Fastify from 'fastify';
import pg from 'pg';
new pg.Pool();
const app = Fastify();
app.get('/', async () => ({ done: true }));
await app.listen({ host: '127.0.0.1', port: 0 });
console.log('http://localhost:' + app.server.address().port + '/');
`;

interface Started {
  readonly child: ChildProcess;
  readonly port: Promise<number>;
}

function start(args: readonly string[], environment: Readonly<Record<string, string>>): Started {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: packageRoot,
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, port: portOf(child) };
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

async function stop({ child }: Started): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

const mb = (size: number): string => `${Math.round(size)} MB`;
