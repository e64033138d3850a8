import { chmod, chown, cp, lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.ts';
import {
  ask,
  dataOf,
  isQuiet,
  isRoot,
  madeFolder,
  newBase,
  newFolder,
  open,
  openInChild,
  postmasterOf,
  problemOf,
  sweepAfter,
} from './fixtures/rig.ts';

sweepAfter();

const limit = { timeout: 40_000 };
const nobody = 65_534;
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'];
const shut = { withoutUserNamespace: true };

describe.skipIf(!isRoot)('root', () => {
  it('runs it as nobody in a user namespace, below its own shut folder', limit, async () => {
    const folder = await newFolder();
    const server = await open(folder);
    expect(server.asUser).toBe('nobody (user namespace)');
    expect((await stat(dataOf(folder))).uid).toBe(0);
    await server.release();
  });

  it('is refused where nothing else is allowed', limit, async () => {
    const folder = await newFolder();
    expect(await problemOf(open(folder, {}, shut))).toMatchObject({ code: 'database.root_refused' });
    expect((await readdir(folder)).filter((name) => !name.startsWith('opening'))).toEqual([]);
  });

  it('runs it as nobody by setpriv as a last resort, with a warning, and goes back and forth', limit, async () => {
    const folder = await madeFolder();
    const last = await open(folder, { allowLastResort: true }, shut);
    expect(last.asUser).toBe('nobody (setpriv)');
    expect(last.lines.join('\n')).toMatch(/WARNING: PostgreSQL runs as nobody[\s\S]*from user 0 to user 65534/);
    await ask(last, 'CREATE TABLE kept AS SELECT 7 AS number');
    expect((await stat(dataOf(folder))).uid).toBe(nobody);
    // Whoever joins sees how it runs, whatever he would have chosen himself.
    const joined = await open(folder);
    expect([joined.started, joined.asUser]).toEqual([false, 'nobody (setpriv)']);
    expect(await last.release()).toBe('left running');
    const lost = new Promise<void>((resolve) => joined.onLost(resolve));
    process.kill(await postmasterOf(folder), 'SIGKILL');
    await lost;
    // Its sockets and locks are left behind and belong to nobody.
    expect(await joined.ensureRunning()).toBe('restarted');
    expect(joined.lines.join('\n')).toContain('from user 65534 to user 0');
    expect((await stat(dataOf(folder))).uid).toBe(0);
    expect(await ask(joined, 'SELECT number FROM kept')).toBe(7);
    expect(await joined.release()).toBe('stopped');
  });

  it('makes it by setpriv and stops it again', limit, async () => {
    const folder = await newFolder();
    const server = await open(folder, { allowLastResort: true }, shut);
    expect([server.started, server.asUser]).toEqual([true, 'nobody (setpriv)']);
    expect(await server.release()).toBe('stopped');
    expect(await isQuiet(folder)).toBe(true);
  });

  it(`does not work in a user's folder`, limit, async () => {
    const folder = await newFolder();
    await mkdir(folder);
    await chown(folder, 12_345, 12_345);
    expect(await problemOf(open(folder))).toEqual({
      code: 'database.folder_of_user',
      params: { path: folder, uid: 12_345 },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe.skipIf(!isRoot)('an ordinary user', () => {
  it('runs it himself', limit, async () => {
    const folder = await newFolder();
    await chown(dirname(folder), nobody, nobody);
    const child = openInChild(folder, asNobody);
    expect(await child.hear('open')).toMatchObject({ started: true, asUser: 'self' });
    expect((await stat(dataOf(folder))).uid).toBe(nobody);
    expect(await child.ask('ensure')).toBe('running');
    expect(await child.ask('release')).toBe('stopped');
  });

  it(`does not take a server of root's for the one he lost`, limit, async () => {
    const roots = await madeFolder();
    const server = await open(roots);
    const folder = await newFolder();
    await chown(dirname(folder), nobody, nobody);
    const first = openInChild(folder, asNobody);
    await first.hear('open');
    await first.ask('release');
    // He may not look into it, and it calls itself postgres.
    const pidFile = join(dataOf(folder), 'postmaster.pid');
    await writeFile(pidFile, `${await postmasterOf(roots)}\n`);
    await chown(pidFile, nobody, nobody);
    const second = openInChild(folder, asNobody);
    expect(await second.hear('open')).toMatchObject({ started: true });
    expect(await second.ask('release')).toBe('stopped');
    expect(await server.release()).toBe('stopped');
  });

  it(`may not use another's folder`, limit, async () => {
    const folder = await newFolder();
    await mkdir(folder, { mode: 0o700 });
    await chmod(dirname(folder), 0o755);
    const child = openInChild(folder, asNobody);
    expect(await child.hear('problem')).toMatchObject({ code: 'database.folder_denied' });
  });

  it('is told when library links are missing in a package of root', limit, async () => {
    const base = await newBase();
    await chmod(base, 0o755);
    const packageRoot = join(base, 'package');
    const noLinks = async (path: string): Promise<boolean> => !(await lstat(path)).isSymbolicLink();
    await cp((await findBinaries()).root, packageRoot, { recursive: true, filter: noLinks });
    const folder = await newFolder();
    await chown(dirname(folder), nobody, nobody);
    const child = openInChild(folder, asNobody, { seams: { packageRoot } });
    expect(await child.hear('problem')).toMatchObject({ code: 'database.library_links_missing' });
  });
});
