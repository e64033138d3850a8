import {
  CamelCasePlugin,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type PluginTransformResultArgs,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type UnknownRow,
} from 'kysely';
import type { PoolClient } from 'pg';
import utils from 'pg/lib/utils.js';
import type { DB } from '../db.generated.ts';
import { type Answer, type Asked, Batch } from './batch.ts';

/**
 * The connection for as long as its transaction lasts. What is asked in one turn, or while an answer is awaited, leaves
 * together; what is only sent leaves with the next question. A branch that is still under way when another has failed
 * must not write on: its rows would be kept alone, or in the transaction of whoever has the connection next.
 */
export interface Line {
  readonly ask: (text: string, values: readonly unknown[], ourNames?: boolean) => Promise<Answer>;
  readonly send: (text: string, values: readonly unknown[]) => void;
  /** The last statement, with all that still waits. */
  readonly end: (text: string) => Promise<Answer>;
  /** Nothing more is taken; what has not left yet never will. */
  readonly drop: () => void;
}

export function openLine(client: PoolClient): Line {
  let waiting: Asked[] = [];
  let isUnderWay = false;
  let isCalled = false;
  let over: Error | null = null;
  let isEnded = false;

  const leave = (): void => {
    isCalled = false;
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    const leaving = waiting;
    waiting = [];
    client.query(new Batch(leaving, back));
  };
  const back = (error: Error | null): void => {
    isUnderWay = false;
    if (error) stop(error);
    else if (waiting.some(({ unheard }) => !unheard)) call();
  };
  const call = (): void => {
    if (isCalled) return;
    isCalled = true;
    process.nextTick(leave);
  };
  const stop = (reason: Error): void => {
    over ??= reason;
    const stranded = waiting;
    waiting = [];
    for (const { failed } of stranded) failed(over);
  };
  // Made only for whoever comes too late: an error is dear, and most transactions end as they should.
  const closed = (): Error | null => over ?? (isEnded ? new Error(OVER) : null);
  const ask: Line['ask'] = (text, values, ourNames = false) => {
    const answered = new Promise<Answer>((done, failed) => {
      const refusal = closed();
      if (refusal) failed(refusal);
      else waiting.push({ text, values: values.map(toWire), ourNames, done, failed });
    });
    // Whoever asked may have stopped listening, since another of its questions failed.
    answered.catch(ignore);
    call();
    return answered;
  };
  return {
    ask,
    send(text, values) {
      const refusal = closed();
      if (refusal) throw refusal;
      waiting.push({ text, values: values.map(toWire), unheard: true, done: ignore, failed: ignore });
    },
    end(text) {
      const answered = ask(text, []);
      isEnded = true;
      return answered;
    },
    drop: () => stop(new Error(OVER)),
  };
}

const ignore = (): void => undefined;
const toWire = (value: unknown) => (value instanceof Date ? value.toISOString() : utils.prepareValue(value));
const OVER = 'the transaction is over';

/**
 * Kysely over the one connection on which a transaction is open. It can neither take another connection nor open a
 * second transaction, so nothing written through it can escape the transaction.
 */
export function overLine({ ask }: Line): Kysely<DB> {
  const connection: DatabaseConnection = {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const { rows, count } = await ask(sql, parameters, true);
      return { rows: rows as unknown as R[], numAffectedRows: BigInt(count) };
    },
    // biome-ignore lint/correctness/useYield: streaming is not offered inside a transaction
    streamQuery: async function* () {
      throw new Error('streaming is not offered inside a transaction');
    },
  };
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driverOf(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [names],
  });
}

/** Rows come with our names already: a statement's columns are turned once, where they are described, not in each row. */
class Names extends CamelCasePlugin {
  override async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

/** One for all transactions, since it remembers every name it has turned. */
const names = new Names();

const refuse = async (): Promise<never> => {
  throw new Error('a transaction is already open');
};

function driverOf(connection: DatabaseConnection): Driver {
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => undefined,
  };
}
