import { spawn } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  ask,
  connect,
  dataOf,
  isQuiet,
  isRoot,
  madeFolder,
  newBase,
  open,
  openInChild,
  postmasterOf,
  problemOf,
  sweepAfter,
} from './fixtures/rig.ts';
import { processesIn } from './processes.ts';
import { until } from './waiting.ts';

sweepAfter();

const limit = { timeout: 40_000 };

it('says that the server was killed and starts it again', limit, async () => {
  const folder = await madeFolder();
  const server = await open(folder);
  await ask(server, `CREATE TABLE kept AS SELECT 7 AS number`);
  const heard: string[] = [];
  server.onLost(() => heard.push('kept'));
  const forget = server.onLost(() => heard.push('forgotten'));
  forget();
  const b = openInChild(folder);
  await b.hear('open');
  process.kill(await postmasterOf(folder), 'SIGKILL');
  await b.hear('lost');
  expect(await until(5, async () => heard[0] ?? null)).toBe('kept');
  expect(await Promise.all([server.ensureRunning(), server.ensureRunning()])).toEqual(['restarted', 'restarted']);
  expect(await b.ask('ensure')).toBe('rejoined');
  expect(await server.ensureRunning()).toBe('running');
  expect(await ask(server, 'SELECT number FROM kept')).toBe(7);
  expect(heard).toEqual(['kept']);
  expect(await server.release()).toBe('left running');
  expect(() => server.ensureRunning()).toThrow('released');
  expect(await b.ask('release')).toBe('stopped');
});

it('ends a polite stop that waits for us for ever, and starts it again', limit, async () => {
  const folder = await madeFolder();
  const server = await open(folder, {}, { glanceSeconds: 0.2 });
  await ask(server, 'CREATE TABLE kept AS SELECT 7 AS number');
  const lost = new Promise<void>((resolve) => server.onLost(resolve));
  const pool = await connect(server);
  pool.on('error', () => undefined);
  process.kill(await postmasterOf(folder), 'SIGTERM');
  await lost;
  await expect(connect(server)).rejects.toMatchObject({ code: '57P03' });
  expect(await server.ensureRunning()).toBe('restarted');
  expect(await ask(server, 'SELECT number FROM kept')).toBe(7);
  expect(await server.release()).toBe('stopped');
});

it('comes back when only its own connection was cut', limit, async () => {
  const server = await open(await madeFolder());
  const lost = new Promise<void>((resolve) => server.onLost(resolve));
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`;
  await ask(server, cut);
  await lost;
  expect(await server.ensureRunning()).toBe('rejoined');
  await ask(server, cut);
  expect(await server.release()).toBe('stopped');
});

it('has nothing to stop when the server is gone', limit, async () => {
  const folder = await madeFolder();
  const server = await open(folder);
  const lost = new Promise<void>((resolve) => server.onLost(resolve));
  process.kill(await postmasterOf(folder), 'SIGKILL');
  await lost;
  expect(await server.release()).toBe('stopped');
});

it('names a statement that outlives its server, and starts when it has ended', limit, async () => {
  const folder = await madeFolder();
  const server = await open(folder, {}, { retrySeconds: 1 });
  const lost = new Promise<void>((resolve) => server.onLost(resolve));
  const client = await connect(server);
  const busy = (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
  client.query('DO $$ BEGIN LOOP END LOOP; END $$').catch(() => undefined);
  process.kill(await postmasterOf(folder), 'SIGKILL');
  await lost;
  expect(await problemOf(server.ensureRunning())).toMatchObject({
    code: 'database.remnants',
    params: { pids: String(busy) },
  });
  process.kill(busy, 'SIGTERM');
  expect(await server.ensureRunning()).toBe('restarted');
  await client.end().catch(() => undefined);
  expect(await server.release()).toBe('stopped');
});

it('waits for a dying statement', limit, async () => {
  const folder = await madeFolder();
  const server = await open(folder);
  const client = await connect(server);
  const busy = (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
  client.query('DO $$ BEGIN LOOP END LOOP; END $$').catch(() => undefined);
  process.kill(await postmasterOf(folder), 'SIGKILL');
  await new Promise<void>((resolve) => server.onLost(resolve));
  setTimeout(() => process.kill(busy, 'SIGTERM'), 1_500);
  expect(await server.ensureRunning()).toBe('restarted');
  await client.end().catch(() => undefined);
  await server.release();
});

it('starts after a crash, whoever has the number of the dead server', limit, async () => {
  const folder = await madeFolder();
  // Another program, nobody, and a file that the power cut left empty.
  for (const text of [`${process.pid}\n`, '4194000\n', '']) {
    await writeFile(join(dataOf(folder), 'postmaster.pid'), text);
    await writeFile(join(folder, 'socket', '.s.PGSQL.5432.lock'), text);
    const server = await open(folder);
    expect(server.started).toBe(true);
    expect(server.lines[0]).toContain('it recovers by itself');
    await server.release();
  }
});

it('does not start beside a server that runs but is silent', limit, async () => {
  const folder = await madeFolder();
  // A program called postgres that works in the data folder and never answers.
  const program = join(await newBase(), 'postgres');
  await copyFile('/bin/sleep', program);
  const silent = spawn(program, ['60'], { cwd: dataOf(folder) });
  await writeFile(join(dataOf(folder), 'postmaster.pid'), `${silent.pid}\n`);
  expect(await problemOf(open(folder, {}, { silenceSeconds: 1 }))).toEqual({
    code: 'database.not_answering',
    params: { path: folder, pid: silent.pid },
  });
  silent.kill('SIGKILL');
});

it.skipIf(!isRoot)('starts again as the first process of a container, where the dead stay zombies', limit, async () => {
  const folder = await madeFolder();
  const child = openInChild(folder, ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child']);
  await child.hear('open');
  // Outside the container its numbers are others; the server is the eldest.
  const eldest = Math.min(...((await processesIn(dataOf(folder))) ?? []));
  process.kill(eldest, 'SIGKILL');
  await child.hear('lost');
  expect(await child.ask('ensure')).toBe('restarted');
  expect(child.lines.join('\n')).toContain('it recovers by itself');
  expect(await child.ask('release')).toBe('stopped');
  expect(await isQuiet(folder)).toBe(true);
});
