/** One line of the live feed: something happened to a record; what it is now is asked for. */
export interface LiveEntry {
  readonly position: number;
  readonly kind: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly recordedAt: string;
}

export interface Live {
  close(): void;
}

/**
 * The browser asks again by itself after a break, from the last position it had. A cable that is pulled is noticed
 * before the stream is.
 */
export function listenLive(onEntry: (entry: LiveEntry) => void, onState: (isOpen: boolean) => void): Live {
  const source = new EventSource('/api/live');
  const tell = (): void => onState(navigator.onLine && source.readyState === EventSource.OPEN);
  source.onopen = tell;
  source.onerror = tell;
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const told = JSON.parse(data) as Partial<LiveEntry>;
    if (told.recordId !== undefined) onEntry(told as LiveEntry);
  };
  window.addEventListener('offline', tell);
  window.addEventListener('online', tell);
  return {
    close: () => {
      source.close();
      window.removeEventListener('offline', tell);
      window.removeEventListener('online', tell);
    },
  };
}
