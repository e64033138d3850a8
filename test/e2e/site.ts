import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/kernel/root.ts';

/**
 * The program as a user starts it: built, on an embedded database of its own, with the small demo county, its workers
 * and its limits. A process and not a call, since it ends on a signal and reads its settings from the environment.
 */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

const START_MS = 90_000;

export async function openSite(more: Readonly<Record<string, string>> = {}, root = packageRoot): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = spawn(process.execPath, [join(root, 'bin', 'jingwei.js'), 'serve'], {
    env: { PATH: process.env.PATH, ...settings(folder, port), ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const close = async (): Promise<void> => {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, server);
  } catch (error) {
    await close();
    throw new Error(`${String(error)}\n${said}`);
  }
  return { url, close };
}

const settings = (folder: string, port: number): Record<string, string> => ({
  LANG: 'zh_CN.UTF-8',
  PORT: String(port),
  JINGWEI_DATA: join(folder, 'data'),
  JINGWEI_KEYS: join(folder, 'keys'),
  JINGWEI_SEED: 'small',
  JINGWEI_LOG: 'warn',
});

/** Forms are accepted from the server's own address only, so it has to know its port before it starts. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(200)) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`the server was not ready within ${START_MS / 1000} s`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}
