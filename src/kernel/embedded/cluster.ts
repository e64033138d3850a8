import { readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from '../durable_folder.ts';
import { Problem } from '../problem.ts';
import { run } from './command.ts';
import { type Context, superuser } from './context.ts';
import { isThere, moveAside, readIfThere, writeDurably, writePrivately } from './durable.ts';
import { embeddedProblems } from './embedded.problems.ts';
import { folderFault, programFault } from './faults.ts';
import { makePrivateFolder, type Places } from './places.ts';
import type { Way } from './privilege.ts';
import { identityOf } from './processes.ts';

/** Written last of all: a cluster without it was cut off while it was made. */
const markerName = 'jingwei.complete';
const makingPrefix = 'cluster.making-';
export const settingsName = 'jingwei.conf';

/** Refuses data of another major version before anything is touched. */
export async function checkVersion({ places, binaries }: Context): Promise<void> {
  const text = await readIfThere(join(places.data, 'PG_VERSION')).catch((error) => {
    throw folderFault(places.folder, error);
  });
  const found = text?.trim();
  if (!found || found === binaries.major) return;
  const params = { path: places.data, found, have: binaries.version };
  throw new Problem(embeddedProblems['database.version_differs'], params);
}

/** Makes the cluster unless it is there and complete. Half-made ones are kept under another name, never deleted. */
export async function ensureCluster(context: Context, way: Way): Promise<void> {
  const { places, log } = context;
  try {
    await rm(passwordFile(context), { force: true });
    if (await isThere(join(places.data, markerName))) return;
    for (const halfMade of await halfMadeIn(places)) {
      const aside = await moveAside(halfMade, `${places.data}.incomplete`);
      log(`the database in ${halfMade} was never completed; it is kept as ${aside}`);
    }
    await makeCluster(context, way);
  } catch (error) {
    throw folderFault(places.folder, error);
  }
}

async function halfMadeIn({ folder, data }: Places): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(makingPrefix));
  return [...((await isThere(data)) ? [data] : []), ...names.map((name) => join(folder, name))];
}

async function makeCluster(context: Context, way: Way): Promise<void> {
  const { places, binaries, log } = context;
  log(`making a new PostgreSQL ${binaries.version} database in ${places.data}`);
  // A name of its own: the initdb of a process that was killed may still be writing to the name it was given.
  const me = await identityOf(process.pid);
  const making = join(places.folder, `${makingPrefix}${process.pid}-${me?.started.replace(/\W/g, '')}`);
  await makePrivateFolder(making, way.owner);
  await runInitdb(context, way, making);
  await includeOurSettings(making, way);
  await writeDurably(join(making, markerName), `PostgreSQL ${binaries.version}\n`, way.owner);
  await rename(making, places.data);
  await flushFolder(places.folder);
}

async function runInitdb(context: Context, way: Way, making: string): Promise<void> {
  const { places, binaries, options } = context;
  const password = passwordFile(context);
  try {
    await writePrivately(password, `${options.password}\n`, way.owner);
    const { code, output } = await run([...way.prefix, binaries.initdb, ...initdbArguments(making, password)]);
    if (code === 0) return;
    const fault = await programFault(places.folder, output, places.folder);
    // initdb empties the folder it could not fill; what is empty need not be kept.
    await rmdir(making).catch(() => null);
    throw fault;
  } finally {
    await rm(password, { force: true });
  }
}

/**
 * The order of texts is that of their code points (builtin provider: the same on every machine and for ever). The C
 * library's character classes are asked for as well, since pg_trgm uses them: with plain C it finds no word in Chinese.
 */
function initdbArguments(data: string, passwordFile: string): string[] {
  // macOS calls it UTF-8 and has no C.UTF-8; untried.
  const locale = process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=UTF-8'] : ['--locale=C.UTF-8'];
  return [
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...locale,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
}

async function includeOurSettings(data: string, way: Way): Promise<void> {
  const path = join(data, 'postgresql.conf');
  await writeDurably(path, `${await readFile(path, 'utf8')}\ninclude = '${settingsName}'\n`, way.owner);
}

function passwordFile({ places }: Context): string {
  return join(places.folder, 'password.making');
}
