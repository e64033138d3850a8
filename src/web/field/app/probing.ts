import type { Engine, SyncStatus } from '../engine/contract.ts';

/**
 * What has left the phone can no longer be changed or taken back, even when nobody answered. So the way is tried first
 * with a question that means nothing: while there is no way, everything stays as it is, and can still be put right.
 */
export function probing(engine: Engine, isThere: () => Promise<boolean>): Engine {
  const listeners = new Set<() => void>();
  let failures = 0;
  let running: Promise<SyncStatus> | null = null;
  const status = (): SyncStatus => {
    const told = engine.status();
    return failures === 0
      ? told
      : { ...told, online: false, nextTryMs: Math.min(LONGEST_MS, FIRST_MS * 2 ** failures) };
  };
  const run = async (): Promise<SyncStatus> => {
    failures = (await isThere()) ? 0 : failures + 1;
    if (failures === 0) await engine.sync();
    for (const listener of listeners) listener();
    return status();
  };
  return {
    ...engine,
    status,
    subscribe(listener) {
      listeners.add(listener);
      const stop = engine.subscribe(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    sync() {
      running ??= run().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

const FIRST_MS = 2000;
const LONGEST_MS = 60_000;
const PATIENCE_MS = 10_000;

/** Ours, and not the page of some hotspot that answers everything. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    return ((await answer.json()) as { alive?: boolean }).alive === true;
  } catch {
    return false;
  }
}
