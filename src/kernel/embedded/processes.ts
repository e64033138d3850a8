import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { run } from './command.ts';

/** Process numbers are given out again; number and start time together are not. */
export interface Identity {
  pid: number;
  started: string;
  /** Which boot of the machine; empty where it cannot be known. */
  boot: string;
  /** Which space of process numbers (a container has its own); empty where it cannot be known. */
  space: string;
}

const nobodyUid = 65_534;

interface Glimpse {
  name: string;
  state: string;
  started: string;
}

export async function identityOf(pid: number): Promise<Identity | null> {
  const seen = await glimpse(pid);
  if (!seen) return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  return { pid, started: seen.started, boot: boot.trim(), space };
}

/** Is it still the same process? `unknown` when it lives (or lived) in another container. */
export async function fateOf(identity: Identity): Promise<'alive' | 'dead' | 'unknown'> {
  const me = await identityOf(process.pid);
  if (me && me.boot !== identity.boot) return 'dead';
  if (me && me.space !== identity.space) return 'unknown';
  const now = await identityOf(identity.pid);
  return now?.started === identity.started ? 'alive' : 'dead';
}

/**
 * Who has this process number: the database of this data folder, nobody, or another program? Every process of
 * PostgreSQL stays in its data folder all its life. One that we may not look into is taken for ours: better to refuse
 * than to start a second database on the same files.
 */
export async function whoIs(pid: number, data: string): Promise<'ours' | 'gone' | 'other'> {
  const seen = Number.isInteger(pid) && pid > 0 ? await glimpse(pid) : null;
  if (!seen) return 'gone';
  if (!seen.name.includes('postgres')) return 'other';
  const folder = process.platform === 'linux' ? await readlink(`/proc/${pid}/cwd`).catch(() => null) : null;
  const mayBe = folder === null ? await mayBeOurs(pid) : folder === data;
  return mayBe ? 'ours' : 'other';
}

/** A server we cannot look into: ours runs as ourselves or, when we are root, as nobody. */
async function mayBeOurs(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const uid = (await stat(`/proc/${pid}`).catch(() => null))?.uid;
  const me = process.getuid?.();
  return uid === me || (me === 0 && uid === nobodyUid);
}

/** Numbers of all processes that work in this data folder; null where that cannot be known (no /proc). */
export async function processesIn(data: string): Promise<number[] | null> {
  const names = await readdir('/proc').catch(() => null);
  if (!names?.includes('self')) return null;
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const verdicts = await Promise.all(pids.map((pid) => whoIs(pid, data)));
  return pids.filter((_, index) => verdicts[index] === 'ours');
}

/** A zombie is nobody: it only waits for its parent, and a container's first process may never fetch it. */
async function glimpse(pid: number): Promise<Glimpse | null> {
  const seen = process.platform === 'linux' ? await glimpseProc(pid) : await glimpsePs(pid);
  return seen && /^[ZX]/.test(seen.state) ? null : seen;
}

async function glimpseProc(pid: number): Promise<Glimpse | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // `4361 (a name) S 1 …`: the name may hold spaces and brackets, so the fields are counted from its last bracket.
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { name, state: fields[0] ?? '', started: fields[19] ?? '' };
}

/** macOS; untried. */
async function glimpsePs(pid: number): Promise<Glimpse | null> {
  const { code, output } = await run(['ps', '-o', 'state=,lstart=,comm=', '-p', String(pid)], 10);
  const match = /^(\S+)\s+(\S+ \S+ +\d+ [\d:]+ \d+)\s+(.*)$/.exec(output);
  if (code !== 0 || !match) return null;
  return { state: match[1] ?? '', started: match[2] ?? '', name: match[3] ?? '' };
}
