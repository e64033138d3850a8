import { type Command, execute } from './command.ts';
import type { Ctx } from './context.ts';
import { asSystem } from './entrance.ts';
import type { Id } from './id.ts';
import { faultOf } from './log.ts';
import type { Runtime } from './runtime.ts';
import { transact } from './transaction.ts';

/**
 * What becomes due by the clock. A sweep reads the due rows themselves, so that a lost job loses no deadline; it
 * returns how many it dealt with and is called again until that is nothing. One that takes its time heeds `signal`.
 */
export interface Sweep {
  readonly name: string;
  readonly run: (runtime: Runtime, realm: number, onFault: OnFault, signal?: AbortSignal) => Promise<number>;
  /** Only this one, for whoever knows that it is due; false: it is not. */
  readonly runOne?: (runtime: Runtime, realm: number, id: Id) => Promise<boolean>;
}

/** What to do when one item cannot be dealt with: the live program notes it and goes on, a test stops. */
export type OnFault = (runtime: Runtime, sweep: string, error: unknown) => void;

export const noteFault: OnFault = (runtime, sweep, error) =>
  runtime.log.error('sweep item failed', { sweep, ...faultOf(error) });

export const throwFault: OnFault = (_runtime, _sweep, error) => {
  throw error;
};

export interface SweepEach<T> {
  readonly name: string;
  /** The oldest that are due, at most so many; or the one asked for, if it is. */
  readonly find: (ctx: Ctx, most: number, only?: Id) => Promise<readonly T[]>;
  /** Its id follows from what is done to what, so that two processes sweeping at once do it once. */
  readonly command: (item: T) => Pick<Command, 'id' | 'input'>;
  readonly deal: (ctx: Ctx, item: T) => Promise<void>;
}

const AT_ONCE = 200;

/** Each item in a transaction of its own; one that fails keeps none of the others from their turn. */
export function sweepEach<T>({ name, find, command, deal }: SweepEach<T>): Sweep {
  // As many as were left the last time stand in front again: room is made for those behind them.
  const left = new Map<number, number>();
  const dealWith = (runtime: Runtime, realm: number, item: T) => {
    const work = async (ctx: Ctx) => {
      await deal(ctx, item);
      return {};
    };
    return execute(runtime, asSystem(realm, 'sweep'), { name, ...command(item) }, { work });
  };
  return {
    name,
    async run(runtime, realm, onFault) {
      const most = AT_ONCE + (left.get(realm) ?? 0);
      const due = await transact(runtime, asSystem(realm, 'sweep'), (ctx) => find(ctx, most));
      let done = 0;
      for (const item of due) {
        try {
          done += (await dealWith(runtime, realm, item)).repeated ? 0 : 1;
        } catch (error) {
          onFault(runtime, name, error);
        }
      }
      left.set(realm, due.length - done);
      return done;
    },
    async runOne(runtime, realm, id) {
      const [item] = await transact(runtime, asSystem(realm, 'sweep'), (ctx) => find(ctx, 1, id));
      return item !== undefined && !(await dealWith(runtime, realm, item)).repeated;
    },
  };
}

/** Rows that have had their time, removed a batch at a time; an entry would keep what is to be forgotten. */
export function sweepAway(name: string, remove: (ctx: Ctx, most: number) => Promise<number>): Sweep {
  return {
    name,
    run: (runtime, realm) => transact(runtime, asSystem(realm, 'retention'), (ctx) => remove(ctx, AT_ONCE)),
  };
}
