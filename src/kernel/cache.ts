import type { Ctx } from './context.ts';

/**
 * Land, seats, standards and calendars change rarely and are asked for in every request, so each process keeps them in
 * memory under a version number. A transaction learns today's numbers when it opens: no process decides on old land.
 * They are loaded as the system, never as whoever happens to ask first: what one viewer may not see must not be missing
 * for all. A transaction that has itself changed something reads it afresh and keeps it to itself, as it may be undone.
 */
export interface Caches {
  /** `loading`: the reader of a load itself; it never waits for another load, but loads for itself. */
  reader(realm: number, versions: Readonly<Record<string, number>>, loading: boolean): CacheReader;
}

export interface CacheReader {
  get<T>(ctx: Ctx, name: string, load: (ctx: Ctx) => Promise<T>): Promise<T>;
  /** Called once a transaction has raised a version: from here on it sees its own change. */
  markChanged(name: string): void;
}

interface Kept {
  readonly version: number;
  readonly value: Promise<unknown>;
  /** Loaded to the end. */
  ready: boolean;
}

export type SystemLoad = <T>(realm: number, load: (ctx: Ctx) => Promise<T>) => Promise<T>;

export function openCaches(asSystem: SystemLoad): Caches {
  const kept = new Map<string, Kept>();
  return {
    reader(realm, versions, loading) {
      const changed = new Set<string>();
      return {
        markChanged: (name) => void changed.add(name),
        async get<T>(ctx: Ctx, name: string, load: (ctx: Ctx) => Promise<T>): Promise<T> {
          if (changed.has(name)) return load(ctx);
          const key = `${realm}/${name}`;
          const version = versions[name] ?? 0;
          const found = kept.get(key);
          if (found && found.version >= version && (found.ready || !loading)) return found.value as Promise<T>;
          const value = loading ? load(ctx) : asSystem(realm, load);
          const fresh: Kept = { version, value, ready: false };
          kept.set(key, fresh);
          value.then(
            () => {
              fresh.ready = true;
            },
            () => kept.get(key) === fresh && kept.delete(key),
          );
          return value;
        },
      };
    },
  };
}
