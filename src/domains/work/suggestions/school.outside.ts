import { type ChildProcess, fork } from 'node:child_process';
import { loaderFor, workerBeside } from '../../../kernel/typescript_loader.ts';
import type { Told } from './lesson.model.ts';
import type { Taught } from './lesson_worker.ts';

const HEAP_MB = 1024;
const LONGEST_MS = 20 * 60_000;

/** Learns in a process of its own. Null: broken off, since whoever asked is ending. */
export async function learnApart(told: readonly Told[], signal?: AbortSignal): Promise<Taught | null> {
  const path = workerBeside(import.meta.url, 'lesson_worker');
  const child = fork(path, [], {
    // Nothing of ours is handed down: no settings, no secrets.
    env: {},
    execArgv: [`--max-old-space-size=${HEAP_MB}`, ...loaderFor(path)],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const stop = (): void => void child.kill('SIGKILL');
  const late = setTimeout(stop, LONGEST_MS);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const taught = await answerOf(child, told);
    if (taught === null && !signal?.aborted) throw new Error('the process that learns ended before it was through');
    return taught;
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', stop);
  }
}

function answerOf(child: ChildProcess, told: readonly Told[]): Promise<Taught | null> {
  return new Promise((resolve) => {
    const end = (taught: Taught | null): void => resolve(taught);
    child
      .once('message', (taught) => end(taught as Taught))
      .once('exit', () => end(null))
      // Stays: an error on the channel later is no reason for ours to fall.
      .on('error', () => end(null));
    child.send([...told], () => undefined);
  });
}
