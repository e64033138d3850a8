import { stat } from 'node:fs/promises';
import { Problem } from '../problem.ts';
import type { Binaries } from './binaries.ts';
import { run } from './command.ts';
import { embeddedProblems } from './embedded.problems.ts';
import type { Owner } from './places.ts';

/** How the programs of PostgreSQL are run; they refuse user 0. */
export interface Way {
  asUser: string;
  /** Put before every command. */
  prefix: readonly string[];
  /** Whom the cluster's files must belong to; null: whoever we are. */
  owner: Owner | null;
  warning?: string;
}

interface WayChoice {
  allowLastResort: boolean;
  /** A door for the tests. */
  withoutUserNamespace: boolean;
}

const nobody: Owner = { uid: 65534, gid: 65534 };

const asSelf: Way = { asUser: 'self', prefix: [], owner: null };

/**
 * Seen from inside it is nobody, seen from outside still root but without any of root's rights: it reads root's files
 * because they are its own, so nothing has to be given away, even below a folder with mode 0700.
 */
const inUserNamespace: Way = {
  asUser: 'nobody (user namespace)',
  prefix: ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'],
  owner: { uid: 0, gid: 0 },
};

/** Danger: a hole in the database would then open every file of the machine, hence the last resort. */
const asNobody: Way = {
  asUser: 'nobody (setpriv)',
  prefix: dropTo(nobody, ['--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override']),
  owner: nobody,
  warning:
    'WARNING: PostgreSQL runs as nobody with the right to read and write every file (CAP_DAC_OVERRIDE), because this ' +
    'machine gives root no user namespace. Better: start Jingwei as an ordinary user, or set JINGWEI_DATABASE.',
};

function dropTo(owner: Owner, capabilities: readonly string[]): string[] {
  return ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', ...capabilities, '--'];
}

/** Finds the first way in which the programs can be read and the folder written; never as user 0. */
export async function chooseWay(folder: string, binaries: Binaries, choice: WayChoice): Promise<Way> {
  if (process.getuid?.() !== 0) return asSelf;
  const ways = [
    ...(choice.withoutUserNamespace ? [] : [inUserNamespace]),
    ...(choice.allowLastResort ? [asNobody] : []),
  ];
  return firstThatWorks(ways, folder, binaries);
}

async function firstThatWorks(ways: readonly Way[], folder: string, binaries: Binaries): Promise<Way> {
  let detail = 'user namespaces are shut and the last resort is not allowed';
  for (const way of ways) {
    const trial = 'test -w "$1" && exec "$2" --version';
    const { code, output } = await run([...way.prefix, 'sh', '-c', trial, 'sh', folder, binaries.postgres], 20);
    if (code === 0) return way;
    detail = `${way.asUser}: ${output.split('\n')[0] || 'the data folder cannot be reached'}`.slice(0, 300);
  }
  throw new Problem(embeddedProblems['database.root_refused'], { path: folder, detail });
}

/** The way in which the running server of this cluster was started; needed to stop it and to say how it runs. */
export async function wayOfRunning(data: string): Promise<Way> {
  if (process.getuid?.() !== 0) return asSelf;
  const { uid } = await stat(data);
  return uid === nobody.uid ? asNobody : inUserNamespace;
}
