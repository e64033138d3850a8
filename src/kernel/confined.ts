import { type ChildProcess, execFile, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loaderFor } from './typescript_loader.ts';

/** A process for files of strangers, as seen from its parent: started, asked one thing at a time, watched, ended. */
export interface Confined {
  ask(bytes: Buffer): Promise<Outcome>;
  /** Resident memory in bytes; 0 where the system does not tell. */
  memory(): number;
  hasDied(): boolean;
  stop(): Promise<void>;
}

/** `reply` is as untrusted as the file was: whoever took the process over could have written it. */
export type Outcome = { readonly reply: unknown } | { readonly died: 'late' | 'fat' | 'crashed' };

export interface Confinement {
  /** Most resident memory; above it the process is killed. */
  readonly memoryBytes: number;
  /**
   * What it holds when it has started; the system then refuses it more addresses than the rest. Null: it needs many and
   * uses few (WebAssembly), so that its own heap's limit and the watch must do.
   */
  readonly atRestBytes: number | null;
  /** Of its memory, so much for its own objects. */
  readonly heapMb: number;
  /** Longest time for one file. */
  readonly longestMs: number;
  /** All it is told besides; nothing of ours is handed down, no settings, no secrets. */
  readonly env?: Readonly<Record<string, string>>;
}

const START_MS = 20_000;
const WATCH_MS = 50;

/** Null: it does not come up (a broken installation, a machine out of memory). */
export async function openConfined(path: string, limits: Confinement): Promise<Confined | null> {
  const child = fork(path, [], {
    // Fewer arenas keep freed memory from staying resident.
    env: { MALLOC_ARENA_MAX: '2', ...limits.env },
    execArgv: ['--expose-gc', `--max-old-space-size=${limits.heapMb}`, ...loaderFor(path)],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  if (!(await isReady(child)) || child.pid === undefined) return null;
  if (limits.atRestBytes !== null) await limitAddresses(child.pid, limits.memoryBytes - limits.atRestBytes);
  // An idle worker must not keep a finished program from ending; it goes when the channel closes.
  child.unref();
  child.channel?.unref();
  return workerOf(child, child.pid, limits);
}

function isReady(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
    const end = (ready: boolean): void => {
      clearTimeout(late);
      resolve(ready);
    };
    child.once('message', () => end(true)).once('exit', () => end(false));
    // Stays: a process that could not be started, or an error on the channel later, is no reason for ours to fall.
    child.on('error', () => {
      child.kill('SIGKILL');
      end(false);
    });
  });
}

/**
 * The hard stop: the kernel refuses an allocation before the watchdog could see it, and a decoder then says politely that
 * memory is short. `ulimit -v` in a shell does the same but has to name a total, and what Node reserves before it has done
 * anything differs (775 MB on 20, 795 on 22, 1176 on 24); `prlimit` on the running process allows so much *more*. Where
 * it is missing (macOS, Alpine) the watchdog and the limits on pixels stand alone.
 */
async function limitAddresses(pid: number, moreBytes: number): Promise<void> {
  const reserved = held(pid, 'VmSize');
  if (reserved === 0) return;
  const limits = [`--as=${reserved + moreBytes}`, '--core=0'];
  await new Promise<void>((done) => {
    execFile('prlimit', ['--pid', String(pid), ...limits], { env: { PATH: SYSTEM_PATH } }, () => done());
  });
}

const SYSTEM_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

/** In bytes; 0 where there is no /proc or no such process. (`statm` counts pages, which are 64 kB on many an ARM server.) */
function held(pid: number, what: 'VmSize' | 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function workerOf(child: ChildProcess, pid: number, limits: Confinement): Confined {
  const memory = (): number => held(pid, 'VmRSS');
  const hasDied = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    memory,
    hasDied,
    ask: async (bytes) => (hasDied() ? { died: 'crashed' } : askChild(child, bytes, memory, limits)),
    stop: async () => {
      if (hasDied()) return;
      child.ref();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function askChild(child: ChildProcess, bytes: Buffer, memory: () => number, limits: Confinement): Promise<Outcome> {
  return new Promise((resolve) => {
    let why: 'late' | 'fat' | 'crashed' = 'crashed';
    const kill = (reason: typeof why): void => {
      why = reason;
      child.kill('SIGKILL');
    };
    const end = (outcome: Outcome): void => {
      clearTimeout(late);
      clearInterval(watch);
      child.off('message', answered).off('exit', died);
      resolve(outcome);
    };
    const answered = (reply: unknown): void => end({ reply });
    const died = (): void => end({ died: why });
    const late = setTimeout(() => kill('late'), limits.longestMs);
    const watch = setInterval(() => memory() > limits.memoryBytes && kill('fat'), WATCH_MS);
    child.once('message', answered).once('exit', died);
    child.send({ bytes }, (error) => error && kill('crashed'));
  });
}
