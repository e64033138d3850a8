import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { z } from 'zod';
import { freeAbandonedJobs } from './abandoned_jobs.ts';
import { idSchema } from './id.ts';
import { faultOf } from './log.ts';
import { type Consequences, jobsOf, listRealms, REACTION_TASK, runReaction } from './reaction.ts';
import type { Runtime } from './runtime.ts';
import { sequence } from './sequencer.ts';
import { noteFault, type Sweep } from './sweep.ts';

/**
 * The live driver of what `pump` does by hand: positions at most every 100 ms, reactions through the job queue, sweeps
 * every second, and news of positions for whoever listens. Several processes may run one each: locks decide.
 */
export interface Engine {
  /** Calls back when entries of a realm got their positions; returns how to stop. */
  listen(realm: number, onPosition: (position: number) => void): () => void;
  stop(): Promise<void>;
}

const SEQUENCE_MS = 100;
const IDLE_MS = 1000;
const SWEEP_MS = 1000;
const RETENTION_MS = 3_600_000;
const FREE_MS = 15_000;
const NIGHTLY_MS = 600_000;
const LONGEST_STOP_MS = 15_000;

export async function startEngine(
  runtime: Runtime,
  consequences: Consequences,
  listener: pg.ClientConfig,
): Promise<Engine> {
  const stopping = new AbortController();
  const working = keepWorking(runtime, consequences, await startJobs(runtime, consequences), stopping.signal);
  const news = openNews(runtime, listener, stopping.signal);
  const sequencing = keepSequencing(runtime, consequences, stopping.signal);
  const sweeping = keepSweeping(runtime, consequences.sweeps, SWEEP_MS, stopping.signal);
  const asking = keepSweeping(runtime, consequences.outside ?? [], SWEEP_MS, stopping.signal);
  const freeing = keepFreeing(runtime, stopping.signal);
  const forgetting = keepSweeping(runtime, consequences.retention, RETENTION_MS, stopping.signal);
  const nightly = keepSweeping(runtime, consequences.nightly ?? [], NIGHTLY_MS, stopping.signal, NIGHTLY_MS);
  return {
    listen: news.listen,
    async stop() {
      stopping.abort();
      await Promise.allSettled([sequencing, sweeping, asking, freeing, forgetting, nightly, working, news.close()]);
    },
  };
}

const payload = z.object({ realm: z.number(), entry: idSchema, reaction: z.string() });

function startJobs(runtime: Runtime, { reactions }: Consequences): Promise<Runner> {
  const byName = new Map(reactions.map((reaction) => [reaction.name, reaction]));
  const taskList: TaskList = {
    [REACTION_TASK]: async (given) => {
      const { realm, entry, reaction: name } = payload.parse(given);
      const reaction = byName.get(name);
      if (!reaction) throw new Error(`no reaction is called ${name}`);
      await runReaction(runtime, reaction, realm, entry);
    },
  };
  return run({
    pgPool: runtime.pools.jobs,
    taskList,
    concurrency: 3,
    pollInterval: 2000,
    noHandleSignals: true,
    // Only so does it catch that the database went away before it could note that a job was done.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    // Its own lines quote payloads; ours tell what failed.
    logger: quietLogger(runtime),
  });
}

/** The queue's workers stop for good when the database was away at the wrong moment; then others are started. */
async function keepWorking(
  runtime: Runtime,
  consequences: Consequences,
  first: Runner,
  signal: AbortSignal,
): Promise<void> {
  let runner: Runner | null = first;
  for (;;) {
    if (runner) await untilEnded(runtime, runner, signal);
    if (signal.aborted) return;
    await pause(IDLE_MS, signal);
    runner = await guarded(runtime, 'job queue', () => startJobs(runtime, consequences), null);
  }
}

async function untilEnded(runtime: Runtime, runner: Runner, signal: AbortSignal): Promise<void> {
  const stop = (): void => void runner.stop().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = runner.promise.catch((error) => runtime.log.warn('job queue stopped', faultOf(error)));
  await Promise.race([ended, stuck(runtime, runner)]);
  signal.removeEventListener('abort', stop);
}

/** Now and then, with the database gone, it begins to stop and never comes to the end of it: then it is left behind. */
const stuck = (runtime: Runtime, runner: Runner): Promise<void> =>
  new Promise((resolve) => {
    const leave = (): void => {
      runtime.log.warn('job queue does not stop, left behind');
      runner.kill().catch(() => undefined);
      resolve();
    };
    // Unreferenced: a program that has ended otherwise is not kept by it.
    runner.events.once('pool:gracefulShutdown', () => setTimeout(leave, LONGEST_STOP_MS).unref());
  });

function quietLogger(runtime: Runtime) {
  const logger = {
    error: (_text: string, meta?: { error?: unknown; job?: { task_identifier?: string } }) =>
      runtime.log.error('job failed', { task: meta?.job?.task_identifier, ...faultOf(meta?.error) }),
    warn: () => runtime.log.warn('job queue'),
    info: () => undefined,
    debug: () => undefined,
    scope: () => logger,
  };
  return logger as never;
}

/** At most every 100 ms; woken by our own commits, otherwise a look once a second for what other processes wrote. */
async function keepSequencing(runtime: Runtime, { reactions }: Consequences, signal: AbortSignal): Promise<void> {
  let woken = new AbortController();
  const wake = (): void => woken.abort();
  const stop = runtime.whenWritten(wake);
  signal.addEventListener('abort', wake, { once: true });
  while (!signal.aborted) {
    woken = new AbortController();
    const found = await guarded(runtime, 'sequencer', () => sequenceAll(runtime, reactions), 0);
    await pause(SEQUENCE_MS, signal);
    if (found === 0) await pause(IDLE_MS - SEQUENCE_MS, woken.signal);
  }
  stop();
}

async function sequenceAll(runtime: Runtime, reactions: Consequences['reactions']): Promise<number> {
  let count = 0;
  for (const realm of await listRealms(runtime))
    count += (await sequence(runtime, realm, (entry) => jobsOf(reactions, entry))).length;
  return count;
}

async function keepSweeping(
  runtime: Runtime,
  sweeps: readonly Sweep[],
  everyMs: number,
  signal: AbortSignal,
  afterMs = 0,
): Promise<void> {
  // Who is just starting has enough to do.
  if (afterMs > 0) await pause(afterMs, signal);
  while (!signal.aborted) {
    for (const realm of await guarded(runtime, 'realms', () => listRealms(runtime), [])) {
      for (const sweep of sweeps)
        if (!signal.aborted) await guarded(runtime, sweep.name, () => sweep.run(runtime, realm, noteFault, signal), 0);
    }
    await pause(everyMs, signal);
  }
}

async function keepFreeing(runtime: Runtime, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const freed = await guarded(runtime, 'abandoned jobs', () => freeAbandonedJobs(runtime), 0);
    if (freed > 0) runtime.log.warn('jobs of a process that was killed are free again', { freed });
    await pause(FREE_MS, signal);
  }
}

/** The database may be away for a while; then a later round does what this one could not. */
async function guarded<T>(runtime: Runtime, what: string, work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    runtime.log.warn('round skipped', { what, ...faultOf(error) });
    return otherwise;
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

interface News {
  listen: Engine['listen'];
  close(): Promise<void>;
}

/** One listening connection per process, opened anew when it breaks; whoever listens catches up by position. */
function openNews(runtime: Runtime, config: pg.ClientConfig, signal: AbortSignal): News {
  const listeners = new Map<number, Set<(position: number) => void>>();
  const tell = (text: string | undefined): void => {
    const [realm, position] = (text ?? '').split(':').map(Number);
    for (const listener of listeners.get(realm ?? 0) ?? []) listener(position ?? 0);
  };
  const connection = keepListening(runtime, config, signal, tell);
  return {
    close: () => connection,
    listen(realm, onPosition) {
      const those = listeners.get(realm) ?? new Set();
      listeners.set(realm, those.add(onPosition));
      return () => those.delete(onPosition);
    },
  };
}

async function keepListening(
  runtime: Runtime,
  config: pg.ClientConfig,
  signal: AbortSignal,
  tell: (text: string | undefined) => void,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client(config);
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', (message) => tell(message.payload));
    await guarded(
      runtime,
      'news',
      async () => {
        await client.connect();
        await client.query('listen jingwei_live');
        await lost;
      },
      undefined,
    );
    await client.end().catch(() => undefined);
    await pause(IDLE_MS, signal);
  }
}
