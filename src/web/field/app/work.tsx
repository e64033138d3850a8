import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { Engine, Held, OutboxItem, SyncStatus } from '../engine/contract.ts';
import type { Lack } from '../store/fitness.ts';
import type { IndexedStore } from '../store/indexed_store.ts';
import type { Lock } from '../store/lock.ts';
import { oneAtATime } from './asking.ts';

/** What the screens work with once the phone is unlocked. */
export interface Work {
  readonly engine: Engine;
  readonly store: IndexedStore;
  readonly lock: Lock;
  readonly dataKey: CryptoKey;
  readonly lacks: readonly Lack[];
}

const Working = createContext<Work | null>(null);
export const WorkProvider = Working.Provider;

export function useWork(): Work {
  const work = useContext(Working);
  if (!work) throw new Error('the phone is locked');
  return work;
}

/** Read anew after every change; the engine makes a new one each time it is asked. */
export function useStatus(): SyncStatus {
  const { engine } = useWork();
  const [status, setStatus] = useState(() => engine.status());
  useEffect(() => engine.subscribe(() => setStatus(engine.status())), [engine]);
  return status;
}

/** What is asked of the phone's own store, asked again after every change. Null: not read yet. */
function useAsked<T>(ask: (engine: Engine) => Promise<T>): T | null {
  const { engine } = useWork();
  const [found, setFound] = useState<T | null>(null);
  useEffect(() => {
    let isHere = true;
    const look = oneAtATime(async () => {
      if (!isHere) return;
      const now = await ask(engine);
      if (isHere) setFound(now);
    });
    look();
    const stop = engine.subscribe(look);
    return () => {
      isHere = false;
      stop();
    };
  }, [engine, ask]);
  return found;
}

export const useHeld = <Body,>(kind: string): readonly Held<Body>[] | null =>
  useAsked(useCallback(async (engine: Engine) => (await engine.held(kind)) as readonly Held<Body>[], [kind]));

/** Undefined: not read yet; null: not on this phone. */
export function useOne<Body>(kind: string, id: string): Held<Body> | null | undefined {
  const ask = useCallback(
    async (engine: Engine) => ({ one: (await engine.one(kind, id)) as Held<Body> | null }),
    [kind, id],
  );
  return useAsked(ask)?.one;
}

const outboxOf = (engine: Engine): Promise<readonly OutboxItem[]> => engine.outbox();
export const useOutbox = (): readonly OutboxItem[] | null => useAsked(outboxOf);
