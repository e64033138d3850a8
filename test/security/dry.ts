import type { Pool, PoolClient } from 'pg';
import type { Runtime } from '../../src/kernel/runtime.ts';

/**
 * A runtime whose requests do all they do and then undo it: every commit becomes a rollback. So a write that is allowed
 * can be tried by everybody, one after the other, on the same records.
 */
export function dryRuntime(runtime: Runtime): Runtime {
  const { app } = runtime.pools;
  const dry = {
    connect: async () => undoing(await app.connect()),
    on: () => dry,
    get waitingCount() {
      return app.waitingCount;
    },
  };
  return { ...runtime, pools: { ...runtime.pools, app: dry as unknown as Pool }, onWritten: () => undefined };
}

const undoing = (client: PoolClient): PoolClient =>
  new Proxy(client, {
    get(target, name) {
      if (name === 'query') {
        const query = target.query.bind(target) as (...given: unknown[]) => unknown;
        return (asked: unknown, ...more: unknown[]) => query(undone(asked), ...more);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

/** Alone, or the last of several that leave in one message. */
function undone(asked: unknown): unknown {
  if (asked === 'commit') return 'rollback';
  const { asked: statements } = Object(asked) as { asked?: { text: string }[] };
  statements?.forEach((one, i) => {
    if (one.text === 'commit') statements[i] = { ...one, text: 'rollback' };
  });
  return asked;
}
