import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  ask,
  connect,
  isQuiet,
  madeFolder,
  newFolder,
  open,
  openInChild,
  postmasterOf,
  sweepAfter,
} from './fixtures/rig.ts';
import { until } from './waiting.ts';

sweepAfter();

const limit = { timeout: 30_000 };

it('is left running while another process uses it', limit, async () => {
  const folder = await madeFolder();
  const a = openInChild(folder);
  expect(await a.hear('open')).toMatchObject({ started: true, adopted: false });
  const b = openInChild(folder);
  expect(await b.hear('open')).toMatchObject({ started: false, adopted: false });
  expect(await a.ask('release')).toBe('left running');
  await a.hear('exit');
  expect(await b.ask('ensure')).toBe('running');
  expect(await b.ask('release')).toBe('stopped');
  expect(await isQuiet(folder)).toBe(true);
});

it('goes on when the process that started it is killed', limit, async () => {
  const folder = await madeFolder();
  const a = openInChild(folder);
  await a.hear('open');
  const b = openInChild(folder);
  await b.hear('open');
  await a.kill();
  expect(await b.ask('ensure')).toBe('running');
  expect(await b.ask('release')).toBe('stopped');
  expect(await isQuiet(folder)).toBe(true);
});

it('is adopted when its only user was killed', limit, async () => {
  const folder = await madeFolder();
  const a = openInChild(folder);
  await a.hear('open');
  const before = await postmasterOf(folder);
  await a.kill();
  // The dead user's session ends when PostgreSQL notices its closed socket.
  await pause(300);
  const server = await open(folder);
  expect(server).toMatchObject({ started: false, adopted: true });
  expect(await postmasterOf(folder)).toBe(before);
  expect(await server.release()).toBe('stopped');
});

it('is made and started once when several processes come at the same instant', limit, async () => {
  const folder = await newFolder();
  const children = [openInChild(folder), openInChild(folder), openInChild(folder)];
  const opened = await Promise.all(children.map((child) => child.hear('open')));
  expect(opened.filter((one) => one.started)).toHaveLength(1);
  const lines = children.flatMap((child) => child.lines);
  expect(lines.filter((line) => line.startsWith('making a new'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('never completed'))).toEqual([]);
  const answers = await Promise.all(children.map((child) => child.ask('release')));
  expect(answers.filter((answer) => answer === 'stopped')).toHaveLength(1);
  expect(await isQuiet(folder)).toBe(true);
});

it('is started again by one who was let in and thrown out by a stop', limit, async () => {
  const folder = await madeFolder();
  const a = openInChild(folder);
  const { host } = await a.hear('open');
  await a.kill();
  await pause(300);
  // Stands for another version of the program that stops the server without waiting for its turn.
  const stopper = await connect({ host: String(host) });
  await stopper.query('SELECT pg_advisory_lock($1)', [0x4a57_0001]);
  const b = openInChild(folder);
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
  expect(await until(10, async () => (await stopper.query(waiting)).rows[0] ?? null)).not.toBeNull();
  process.kill(await postmasterOf(folder), 'SIGINT');
  expect(await b.hear('open')).toMatchObject({ started: true });
  expect(b.lines.join('\n')).toContain('was stopped while it was being opened');
  expect(await b.ask('release')).toBe('stopped');
});

it('counts two users in one process', limit, async () => {
  const folder = await madeFolder();
  const [one, two] = await Promise.all([open(folder), open(folder)]);
  expect([one.started, two.started].filter(Boolean)).toHaveLength(1);
  expect(await one.release()).toBe('left running');
  expect(await ask(two, 'SELECT 1')).toBe(1);
  expect(await two.release()).toBe('stopped');
});
