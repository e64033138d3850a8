import { setTimeout as pause } from 'node:timers/promises';

/** Tries until the attempt gives something else than null, at most for so many seconds (at least once). */
export async function until<T>(
  seconds: number,
  attempt: () => Promise<T | null>,
  everyMilliseconds = 100,
): Promise<T | null> {
  // The clock that only runs forward: a wall clock set back must not make anybody wait for ever.
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const result = await attempt();
    if (result !== null || performance.now() >= end) return result;
    await pause(everyMilliseconds);
  }
}
