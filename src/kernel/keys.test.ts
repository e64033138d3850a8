import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openKeys } from './keys.ts';
import { Problem } from './problem.ts';

const root = mkdtempSync(join(tmpdir(), 'jingwei-keys-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('第一次打开：写完整了才有这个名字，旁边不留草稿，再打开还是同一把', () => {
  const folder = join(root, 'first');
  const made = openKeys(folder);
  expect(readdirSync(folder)).toEqual(['root.key']);
  expect(statSync(join(folder, 'root.key')).mode & 0o777).toBe(0o600);
  expect(openKeys(folder).wrapping).toEqual(made.wrapping);
});

it('几个进程同时第一次打开：大家拿到的是同一把', async () => {
  const folder = join(root, 'at-once');
  const script = `import { openKeys } from ${JSON.stringify(join(import.meta.dirname, 'keys.ts'))};
    process.stdout.write(openKeys(${JSON.stringify(folder)}).tracking.toString('hex'));`;
  const said = await Promise.all(Array.from({ length: 4 }, () => outputOf(script)));
  expect(new Set(said).size).toBe(1);
  expect(said[0]).toBe(openKeys(folder).tracking.toString('hex'));
  expect(readdirSync(folder)).toEqual(['root.key']);
  expect(readFileSync(join(folder, 'root.key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
});

it('国密的钥匙第一次建成就是国密的，以后不写也认得；设置写错了说清楚，不动任何文件', () => {
  const folder = join(root, 'national');
  const made = openKeys(folder, 'national');
  expect(made.wrapping.length).toBe(48);
  expect(made.checkpoint.length).toBe(32);
  expect(openKeys(folder).wrapping).toEqual(made.wrapping);
  expect(openKeys(folder, 'national').index).toEqual(made.index);
  const before = readFileSync(join(folder, 'root.key'), 'utf8');
  expect(() => openKeys(folder, 'international')).toThrow(Problem);
  expect(() => openKeys(join(root, 'first'), 'national')).toThrow(Problem);
  expect(readFileSync(join(folder, 'root.key'), 'utf8')).toBe(before);
});

function outputOf(script: string): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}
