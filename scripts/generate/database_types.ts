import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, PostgresDialect } from 'kysely-codegen';
import { accessAt } from '../../src/kernel/database/access.ts';
import { migrate } from '../../src/kernel/database/migrate.ts';
import { prepareOwner } from '../../src/kernel/database/open.ts';
import { openEmbedded } from '../../src/kernel/embedded/index.ts';
import { openKeys } from '../../src/kernel/keys.ts';
import { tables } from '../../src/kernel/tables.ts';

const PASSWORD = 'generate';

/** The types of the tables, read off a database that has just been migrated: the migrations are the only source. */
export async function databaseTypes(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-generate-'));
  const server = await openEmbedded({
    folder: join(folder, 'postgres'),
    password: PASSWORD,
    log: () => undefined,
    allowLastResort: true,
  });
  try {
    const { host, port, user } = server;
    const keys = openKeys(join(folder, 'keys'));
    const owner = await prepareOwner({ host, port, user, password: PASSWORD, database: 'postgres' }, 'made', keys);
    await migrate(accessAt({ host, port, database: 'made' }, keys, owner, 'made'));
    return await typesOf(`postgres://${owner.user}:${owner.password}@localhost:${port}/made?host=${host}`);
  } finally {
    await server.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function typesOf(connectionString: string): Promise<string> {
  const dialect = new PostgresDialect({ dateParser: 'string', defaultSchemas: ['public'] });
  const db = await dialect.introspector.connect({ connectionString, dialect });
  try {
    return await generate({
      db,
      dialect,
      camelCase: true,
      outFile: null,
      // As the pools are told to read them: counters stay far below 2^53, ranges are read as texts.
      typeMapping: { int8: 'number', daterange: 'string', tstzrange: 'string' },
      // The job queue's tables are its own affair, the migrator's too.
      postprocess: async ({ metadata }) => ({
        ...metadata,
        tables: metadata.tables.filter(({ schema, name }) => schema === 'public' && name in tables),
      }),
    });
  } finally {
    await db.destroy();
  }
}
