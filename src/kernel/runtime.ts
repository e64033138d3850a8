import type { Caches } from './cache.ts';
import type { Clock } from './clock.ts';
import type { Pools } from './database/pools.ts';
import type { Ids } from './ids.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Outside } from './outside.ts';
import type { ScopeRule } from './scope.ts';

/** What a process has exactly one of. Made when it starts; handed on, never imported. */
export interface Runtime {
  readonly pools: Pools;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keys: Keys;
  readonly caches: Caches;
  readonly log: Log;
  readonly scope: ScopeRule;
  readonly outside: Outside;
  /** Called after each commit that wrote to the journal of a realm. */
  readonly onWritten: (realm: number) => void;
  /** Hears of such commits of this process; returns how to stop. */
  readonly whenWritten: (listen: (realm: number) => void) => () => void;
}
