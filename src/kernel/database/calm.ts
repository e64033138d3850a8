import { Client } from 'pg';
import type { DatabaseAccess } from './access.ts';
import { analyzeFilled, tablesOf } from './migrate.ts';

/** While so many rows are written, the server looks at its tables when we say so and not by itself. */
export interface Calm {
  /** The tables have grown: now. */
  look(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Each look of the server's own housekeeping makes every connection plan all its statements anew, every fifteen seconds
 * while tables grow: a third of what planting a county cost the server. A lock that no reader or writer notices keeps it
 * away, and goes with the connection, however that ends. Without the owner's rights it goes on as ever.
 */
export async function keepCalm({ owner }: DatabaseAccess): Promise<Calm> {
  if (!owner) return { look: async () => undefined, end: async () => undefined };
  const client = new Client(owner);
  // A server that ends idle transactions ends the calm, no more.
  client.on('error', () => undefined);
  await client.connect();
  const hold = async (): Promise<void> => {
    const tables = (await tablesOf(client, `relname <> '${CHURNED}'`)).join(', ');
    if (tables !== '') await client.query(`begin; lock table ${tables} in share update exclusive mode`);
  };
  await hold();
  return {
    async look() {
      await client.query('commit');
      await analyzeFilled(client);
      await hold();
    },
    end: () => client.end(),
  };
}

/** Rows that come and go with every entry: who is not swept up after grows for ever. */
const CHURNED = 'entry_pending';
