import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { type EmbeddedServer, openEmbedded } from '../embedded/index.ts';
import type { Keys } from '../keys.ts';
import { accessAt, accessByUrl, type DatabaseAccess } from './access.ts';

/** The database of this deployment: its own server by address, or the embedded one, started if it does not run yet. */
export interface OpenDatabase {
  readonly access: DatabaseAccess;
  readonly embedded: EmbeddedServer | null;
  /** Somebody whom row security may not bind, as a second witness when a backup is counted; null: nobody known. */
  readonly unbound: pg.ClientConfig | null;
  release(): Promise<void>;
}

const DATABASE = 'jingwei';
const SUPERUSER = 'jingwei_super';
const OWNER = 'jingwei_owner';

export async function openDatabase(config: Config, keys: Keys, say: (line: string) => void): Promise<OpenDatabase> {
  if (config.database !== undefined) {
    const access = accessByUrl(config.database, config.databaseOwner, keys);
    return { access, embedded: null, unbound: access.owner ?? null, release: async () => undefined };
  }
  const password = keys.databasePassword(SUPERUSER);
  const embedded = await openEmbedded({
    folder: join(config.dataFolder, 'postgres'),
    password,
    log: say,
    allowLastResort: config.isLoopback,
  });
  const { host, port, user } = embedded;
  const owner = await prepareOwner({ host, port, user, password, database: 'postgres' }, DATABASE, keys);
  const access = accessAt(
    { host, port, database: DATABASE },
    keys,
    owner,
    `embedded PostgreSQL in ${config.dataFolder}`,
  );
  const unbound = { host, port, user, password, database: DATABASE };
  return { access, embedded, unbound, release: async () => void (await embedded.release()) };
}

/**
 * The owner of the tables is not the superuser: even a migration is bound by what an ordinary role may do. Makes the
 * role and its database where they are missing.
 */
export async function prepareOwner(superuser: pg.ClientConfig, database: string, keys: Keys): Promise<pg.ClientConfig> {
  const owner = { ...superuser, database, user: OWNER, password: keys.databasePassword(OWNER) };
  const client = new pg.Client(superuser);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(782340)');
    const role = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
    if (role.rowCount === 0) await client.query(`create role ${OWNER} login createrole nosuperuser nobypassrls`);
    await client.query(`alter role ${OWNER} password ${client.escapeLiteral(owner.password)}`);
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0)
      await client.query(
        `create database ${client.escapeIdentifier(database)} owner ${OWNER} template template0 encoding 'UTF8' locale 'C.UTF-8'`,
      );
    return owner;
  } finally {
    await client.end();
  }
}
