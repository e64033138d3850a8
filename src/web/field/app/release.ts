import { useEffect, useState } from 'react';

/**
 * A new release is fetched whole beside the one that runs, and taken over when nothing is half written: at the start, or
 * when somebody says so. What is kept on the phone does not change with it.
 */
export interface NewRelease {
  readonly isWaiting: boolean;
  takeOver(): void;
}

const SCOPE = '/field';

export function useRelease(): NewRelease {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    // The first one there takes a page over that was loaded without it: nothing to load anew.
    const hadOne = navigator.serviceWorker.controller !== null;
    const reload = (): void => {
      if (hadOne) window.location.reload();
    };
    navigator.serviceWorker.addEventListener('controllerchange', reload);
    void register(setWaiting);
    return () => navigator.serviceWorker.removeEventListener('controllerchange', reload);
  }, []);
  return { isWaiting: waiting !== null, takeOver: () => waiting?.postMessage('take over') };
}

async function register(tell: (waiting: ServiceWorker) => void): Promise<void> {
  const registered = await navigator.serviceWorker
    .register('/field/worker.js', { scope: SCOPE, updateViaCache: 'none' })
    .catch(() => null);
  if (!registered) return;
  const ready = (worker: ServiceWorker): void => {
    if (navigator.serviceWorker.controller) tell(worker);
  };
  if (registered.waiting) ready(registered.waiting);
  registered.addEventListener('updatefound', () => {
    const coming = registered.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') ready(coming);
    });
  });
}
