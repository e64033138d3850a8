import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { withClient } from '../kernel/database/pools.ts';
import type { Runtime } from '../kernel/runtime.ts';

/** Figures about the program itself, for whoever runs it: counts and times, nothing of a case or a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly answered: Histogram<'route' | 'status'>;
  readonly refused: Counter<'code'>;
}

export function openMetrics(runtime: Runtime): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'jingwei_database_connections',
    help: 'Connections by pool and state',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [name, pool] of Object.entries(runtime.pools)) {
        this.set({ pool: name, state: 'open' }, pool.totalCount);
        this.set({ pool: name, state: 'idle' }, pool.idleCount);
        this.set({ pool: name, state: 'waited for' }, pool.waitingCount);
      }
    },
  });
  return {
    registry,
    answered: new Histogram({
      name: 'jingwei_request_seconds',
      help: 'Time to answer, by endpoint and status',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    refused: new Counter({
      name: 'jingwei_problems_total',
      help: 'Requests refused, by problem',
      labelNames: ['code'],
      registers: [registry],
    }),
  };
}

/** Ready: the database answers within a second. */
export async function isReady(runtime: Runtime): Promise<boolean> {
  const asked = withClient(runtime.pools.app, (client) => client.query('select 1')).then(
    () => true,
    () => false,
  );
  const patience = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000).unref());
  return Promise.race([asked, patience]);
}
