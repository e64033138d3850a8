import { appendFile, constants, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.ts';
import { embeddedProblems } from './embedded.problems.ts';
import { codeOf, folderFault } from './faults.ts';
import { fateOf, type Identity, identityOf } from './processes.ts';
import { until } from './waiting.ts';

/** A holder we cannot see (another container) shows that it lives by making its file longer this often. */
const beatMilliseconds = 2_000;
const silentSeconds = 15;

interface Patience {
  /** How long to wait for one's turn. */
  waitSeconds: number;
  /** How long a holder that cannot be seen may be silent; 15 unless told. */
  silentSeconds?: number;
}

interface Sign {
  number: number;
  holder: Identity | 'nobody' | 'unreadable';
  length: number;
}

/**
 * Lets one process at a time open or close the cluster of this folder. A lock that is deleted when it is stale can be
 * deleted twice, the second time in the hands of its next owner. So each turn has a file of its own, `opening.7.lock`:
 * whoever makes the next number has the turn, only one can, and the highest number is never deleted.
 */
export async function inTurn<T>(
  folder: string,
  log: (line: string) => void,
  patience: Patience,
  work: () => Promise<T>,
): Promise<T> {
  const path = await take(folder, log, patience);
  // unref: a process that only waits to end must not be kept by its own sign of life.
  const beat = setInterval(() => void lengthen(path), beatMilliseconds).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    // Over the old text, not instead of it: needs no space on a full disk and leaves no moment in which it is empty.
    await writeFile(path, '{"pid":0}', { flag: 'r+' }).catch((error) => log(`could not hand on ${path}: ${error}`));
  }
}

async function lengthen(path: string): Promise<void> {
  // Without O_CREAT: a late beat must not bring back a file that was done with.
  await appendFile(path, '\n', { flag: constants.O_WRONLY | constants.O_APPEND }).catch(() => null);
}

async function take(folder: string, log: (line: string) => void, patience: Patience): Promise<string> {
  const me = await identityOf(process.pid);
  if (!me) throw new Error('this process cannot be seen in the process table');
  const isOver = watcher(log, patience.silentSeconds ?? silentSeconds);
  let last: Sign | null = null;
  const path = await until(patience.waitSeconds, async () => {
    last = await newestSign(folder);
    if (last && !(await isOver(last))) return null;
    return takeNumber(folder, (last?.number ?? 0) + 1, me);
  });
  if (path) return path;
  throw new Problem(embeddedProblems['database.opening_busy'], { path: folder, pid: holderName(last) });
}

/** Says of a sign whether its turn is over. It remembers how long a file has not grown, whatever the clocks say. */
function watcher(log: (line: string) => void, limitSeconds: number): (sign: Sign) => Promise<boolean> {
  let seen = '';
  let since = 0;
  let told = false;
  return async (sign) => {
    if (sign.holder === 'nobody') return true;
    const fate = sign.holder === 'unreadable' ? 'unknown' : await fateOf(sign.holder);
    if (fate === 'dead') return true;
    const look = `${sign.number} ${sign.length}`;
    if (look !== seen) since = performance.now();
    seen = look;
    if (!told) log(`process ${holderName(sign)} is opening or closing the database: waiting for it`);
    told = true;
    return fate === 'unknown' && performance.now() - since > limitSeconds * 1000;
  };
}

async function takeNumber(folder: string, number: number, me: Identity): Promise<string | null> {
  const path = signPath(folder, number);
  try {
    await writeFile(path, `${JSON.stringify(me)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null;
    await rm(path, { force: true }).catch(() => null);
    throw folderFault(folder, error);
  }
  const numbers = await signNumbers(folder);
  const late = numbers.some((other) => other > number);
  const done = late ? [number] : numbers.filter((other) => other < number);
  for (const other of done) await rm(signPath(folder, other), { force: true });
  return late ? null : path;
}

async function newestSign(folder: string): Promise<Sign | null> {
  const number = Math.max(0, ...(await signNumbers(folder)));
  if (number === 0) return null;
  const path = signPath(folder, number);
  const text = await readFile(path, 'utf8').catch(() => '');
  const length = (await stat(path).catch(() => null))?.size ?? 0;
  return { number, holder: readHolder(text), length };
}

function readHolder(text: string): Sign['holder'] {
  const match = /^\{"pid":(\d+)(?:,"started":"([^"]*)","boot":"([^"]*)","space":"([^"]*)")?\}/.exec(text);
  // Empty: it is being written at this moment, or the power went while it was.
  if (!match) return 'unreadable';
  if (match[1] === '0') return 'nobody';
  return { pid: Number(match[1]), started: match[2] ?? '', boot: match[3] ?? '', space: match[4] ?? '' };
}

function holderName(sign: Sign | null): string {
  return sign && typeof sign.holder === 'object' ? String(sign.holder.pid) : '?';
}

async function signNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error) => {
    throw folderFault(folder, error);
  });
  return names.flatMap((name) => /^opening\.(\d+)\.lock$/.exec(name)?.[1] ?? []).map(Number);
}

function signPath(folder: string, number: number): string {
  return join(folder, `opening.${number}.lock`);
}
