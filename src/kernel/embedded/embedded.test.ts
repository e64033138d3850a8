import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  ask,
  connect,
  dataOf,
  isQuiet,
  madeFolder,
  newFolder,
  open,
  openInChild,
  password,
  sweepAfter,
} from './fixtures/rig.ts';
import { openEmbedded } from './index.ts';
import { until } from './waiting.ts';

sweepAfter();

const limit = { timeout: 30_000 };

it('makes a complete cluster the first time and opens it again', limit, async () => {
  // A name with everything that is allowed in it.
  const folder = await newFolder(`数据, it's here`);
  const options = { folder, password, allowLastResort: false, log: () => undefined };
  const first = await openEmbedded(options);
  expect(first).toMatchObject({
    started: true,
    adopted: false,
    port: 5432,
    user: 'jingwei_super',
    database: 'postgres',
  });
  await ask(first, `CREATE TABLE kept AS SELECT '积水' AS word`);
  expect(await first.release()).toBe('stopped');
  expect(await first.release()).toBe('stopped');
  expect(await isQuiet(folder)).toBe(true);

  const again = await openEmbedded(options);
  expect(again.started).toBe(true);
  expect(await ask(again, 'SELECT word FROM kept')).toBe('积水');
  expect(await readFile(join(dataOf(folder), 'jingwei.complete'), 'utf8')).toMatch(/^PostgreSQL 18\./);
  expect(await again.release()).toBe('stopped');
});

it('is durable, shut to others and knows Chinese', limit, async () => {
  const folder = await newFolder();
  const server = await open(folder, { settings: { shared_buffers: '16MB' } });
  const setting = (name: string): Promise<unknown> => ask(server, `SELECT current_setting($1)`, [name]);
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']) {
    expect([name, await setting(name)]).toEqual([name, 'on']);
  }
  expect(await setting('shared_buffers')).toBe('16MB');
  expect(await setting('listen_addresses')).toBe('');
  expect(await setting('server_encoding')).toBe('UTF8');
  expect(await ask(server, `SELECT count(*)::int FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'`)).toBe(0);
  expect(await ask(server, 'SELECT rolpassword FROM pg_authid WHERE rolcanlogin')).toMatch(/^SCRAM-SHA-256/);
  await ask(server, 'CREATE EXTENSION pg_trgm');
  expect(await ask(server, `SELECT show_trgm('积水严重')`)).toHaveLength(5);
  expect(await ask(server, `SELECT 'é' ~ '^\\w$' AND upper('é') = 'É' AND '乙' > 'z'`)).toBe(true);

  for (const path of [folder, dataOf(folder), server.host]) expect((await stat(path)).mode & 0o077).toBe(0);
  const names = await readdir(folder);
  expect(names.filter((name) => !/^(cluster|log|socket|opening\.\d+\.lock)$/.test(name))).toEqual([]);
  await server.release();
});

it('writes no personal data into its log', limit, async () => {
  const folder = await madeFolder();
  const server = await open(folder);
  await ask(server, 'CREATE TABLE people (phone text CONSTRAINT one_phone PRIMARY KEY, age int)');
  await ask(server, `INSERT INTO people VALUES ('13800001111', 1)`);
  await expect(ask(server, `INSERT INTO people VALUES ('13800001111', 2)`)).rejects.toThrow('one_phone');
  await expect(ask(server, 'INSERT INTO people VALUES ($1, 2)', ['13800001111'])).rejects.toThrow('one_phone');
  await expect(ask(server, `INSERT INTO people VALUES ('x', '张三')`)).rejects.toThrow('张三');
  await server.release();
  const log = await readFile(join(folder, 'log', 'postgres.log'), 'utf8');
  expect(log).toContain('database system is shut down');
  expect(log).not.toMatch(/13800001111|张三|people|let 'me' in/);
});

it('lets nobody change what is promised', limit, async () => {
  const folder = await newFolder();
  await expect(open(folder, { settings: { fsync: 'off' } })).rejects.toThrow('fsync is promised');
  await expect(open(folder, { settings: { 'x\ny': '1' } })).rejects.toThrow('not the name');
});

it('keeps three old logs', limit, async () => {
  const folder = await madeFolder();
  for (const letter of ['a', 'b', 'c', 'd', 'e']) {
    await writeFile(join(folder, 'log', 'postgres.log'), letter.repeat(5 * 1024 * 1024 + 1));
    await (await open(folder)).release();
  }
  const names = (await readdir(join(folder, 'log'))).sort();
  expect(names).toEqual(['postgres.log', 'postgres.log.1', 'postgres.log.2', 'postgres.log.3']);
  expect((await readFile(join(folder, 'log', 'postgres.log.3'), 'utf8')).slice(0, 1)).toBe('c');
});

it('keeps half-made clusters under another name', limit, async () => {
  const folder = await newFolder();
  await mkdir(join(dataOf(folder), 'base'), { recursive: true });
  await writeFile(join(dataOf(folder), 'PG_VERSION'), '18\n');
  const server = await open(folder);
  expect(server.lines.join('\n')).toContain('was never completed; it is kept as');
  await server.release();
  const aside = (await readdir(folder)).filter((name) => /^cluster\.incomplete-\d{4}-\d\d-\d\dT\d{6}$/.test(name));
  expect(await readdir(join(folder, aside[0] ?? ''))).toEqual(['PG_VERSION', 'base']);
});

it('starts anew when its maker was killed in the middle', limit, async () => {
  const folder = await newFolder();
  const child = openInChild(folder);
  const making = async (): Promise<string | null> =>
    (await readdir(folder).catch(() => [])).find((name) => name.startsWith('cluster.making-')) ?? null;
  expect(await until(10, making, 5)).not.toBeNull();
  await child.kill();
  const server = await open(folder);
  expect(server.started).toBe(true);
  expect(server.lines.join('\n')).toContain('was never completed');
  const client = await connect(server);
  await client.end();
  expect(await server.release()).toBe('stopped');
});
