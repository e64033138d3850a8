import { openCaches } from './cache.ts';
import type { Clock } from './clock.ts';
import type { DatabaseAccess } from './database/access.ts';
import { closePools, openPools, type PoolSizes } from './database/pools.ts';
import { asSystem } from './entrance.ts';
import type { Ids } from './ids.ts';
import type { Keys } from './keys.ts';
import { faultOf, type Log } from './log.ts';
import type { Outside } from './outside.ts';
import type { Runtime } from './runtime.ts';
import { scopeRule } from './scope.ts';
import { transact } from './transaction.ts';

export interface RuntimeParts {
  readonly access: DatabaseAccess;
  readonly sizes: PoolSizes;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly outside: Outside;
}

export interface OpenRuntime extends Runtime {
  close(): Promise<void>;
}

/** Opens what a process has exactly one of. Refuses a database that is not this release's or a role that is too mighty. */
export async function openRuntime({ access, sizes, ...parts }: RuntimeParts): Promise<OpenRuntime> {
  const pools = await openPools(access, sizes, (error) => parts.log.warn('database connection lost', faultOf(error)));
  const listeners = new Set<(realm: number) => void>();
  const runtime: OpenRuntime = {
    ...parts,
    pools,
    scope: scopeRule,
    caches: openCaches((realm, load) => transact(runtime, asSystem(realm, 'cache'), load, { forCache: true })),
    onWritten: (realm) => {
      for (const listen of listeners) listen(realm);
    },
    whenWritten: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    close: () => closePools(pools),
  };
  return runtime;
}
