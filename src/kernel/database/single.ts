import type { Socket } from 'node:net';
import {
  CamelCasePlugin,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';
import type { DB } from '../db.generated.ts';
import { statement } from './statements.ts';

/**
 * The connection for as long as its transaction lasts. A branch that is still under way when another has failed must
 * not write on: its rows would be kept alone, or in the transaction of whoever has the connection next.
 */
export interface Line {
  readonly client: PoolClient;
  /** Committed, rolled back, or about to be. */
  over: boolean;
}

export function requireOpen({ over }: Line): void {
  if (over) throw new Error('the transaction is over');
}

/**
 * Kysely over the one connection on which a transaction is open. It can neither take another connection nor open a
 * second transaction, so nothing written through it can escape the transaction.
 */
export function overLine(line: Line): Kysely<DB> {
  const { client } = line;
  const connection: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      requireOpen(line);
      hold(client);
      const { rows, rowCount } = await client.query({ ...statement(query.sql), values: query.parameters as unknown[] });
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
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
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** Statements begun together leave together: the socket is held until this turn's promises have run. */
const held = new WeakSet<PoolClient>();

export function hold(client: PoolClient): void {
  if (held.has(client)) return;
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  held.add(client);
  stream.cork();
  process.nextTick(() => {
    held.delete(client);
    stream.uncork();
  });
}

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
