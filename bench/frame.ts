import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { plantSmall } from '../seeds/small/index.ts';
import { idOf } from '../seeds/small/plan.ts';
import { openSession } from '../src/domains/land/accounts/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { execute } from '../src/kernel/command.ts';
import { accessAt } from '../src/kernel/database/access.ts';
import { migrate, refreshStatistics } from '../src/kernel/database/migrate.ts';
import { prepareOwner } from '../src/kernel/database/open.ts';
import { openEmbedded } from '../src/kernel/embedded/index.ts';
import { asSystem } from '../src/kernel/entrance.ts';
import { randomIds } from '../src/kernel/ids.ts';
import { type Keys, openKeys } from '../src/kernel/keys.ts';
import { silentLog } from '../src/kernel/log.ts';
import { type OpenRuntime, openRuntime } from '../src/kernel/start.ts';

/**
 * A claim about speed or size is a file of this folder. It measures the product and a ceiling or peer in the same run,
 * in turns, and what counts is the ratio: the machine's own speed that day is in both.
 */
export interface Bench {
  readonly name: string;
  readonly claim: string;
  readonly run: (bench: BenchRoom) => Promise<readonly Line[]>;
}

export interface Line {
  readonly name: string;
  /** Product over ceiling, the median of the rounds; null: a bare figure beside its ceiling, which fails nothing. */
  readonly ratio: number | null;
  readonly goal: string;
  readonly pass: boolean;
  readonly product: string;
  readonly ceiling: string;
}

/** The small county on a durable embedded PostgreSQL of its own. */
export interface BenchRoom {
  readonly runtime: OpenRuntime;
  readonly connection: pg.ClientConfig;
  /** For another process on this database, which must open what this one sealed. */
  readonly keysFolder: string;
  tokenOf(login: string): Promise<string>;
  /** As the superuser of the cluster: for filling tables and for ceilings without row security. */
  asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** The same program on the same database, with row security off: its requests sign in as the superuser. */
  unguarded(): OpenRuntime;
  /** A copy of this room, on the same server, before anybody has written to it. */
  copy(): Promise<BenchRoom>;
  say(text: string): void;
}

const PASSWORD = 'bench';

export async function withRoom<T>(work: (room: BenchRoom) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-bench-'));
  const keys = openKeys(join(folder, 'keys'));
  const server = await openEmbedded({
    folder: join(folder, 'postgres'),
    password: PASSWORD,
    log: () => undefined,
    allowLastResort: true,
    settings: { shared_buffers: '512MB', max_wal_size: '4GB' },
  });
  const superuser = { host: server.host, port: server.port, user: server.user, password: PASSWORD };
  const closing: (() => Promise<void>)[] = [];
  try {
    const owner = await prepareOwner({ ...superuser, database: 'postgres' }, 'bench', keys);
    const access = accessAt({ host: server.host, port: server.port, database: 'bench' }, keys, owner, 'bench');
    await migrate(access);
    const planting = await openRoom(superuser, keys, 'bench');
    await plantSmall(planting.runtime, { realm: 1, name: '安澜县', passwordHash: '-' });
    await refreshStatistics(access);
    await planting.runtime.close();
    return await work(await openRoom(superuser, keys, 'bench', closing));
  } finally {
    await Promise.all(closing.map((close) => close()));
    await server.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Superuser = Readonly<{ host: string; port: number; user: string; password: string }>;

async function openRoom(
  superuser: Superuser,
  keys: Keys,
  database: string,
  closing: (() => Promise<void>)[] = [],
): Promise<BenchRoom> {
  const connection = { ...superuser, database };
  const { host, port } = superuser;
  const runtime = await openRuntime({
    access: accessAt({ host, port, database }, keys, undefined, database),
    sizes: { app: 16, system: 4, jobs: 2 },
    keys,
    clock: machineClock,
    ids: randomIds(machineClock),
    log: silentLog,
    outside: { post: async () => null, ask: async () => ({ fault: 'unreachable', left: false }) },
  });
  closing.push(() => runtime.close());
  const asSuperuser: BenchRoom['asSuperuser'] = async (job) => {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      return await job(client);
    } finally {
      await client.end();
    }
  };
  return {
    runtime,
    connection,
    keysFolder: keys.folder,
    asSuperuser,
    tokenOf: (login) => tokenOf(runtime, login),
    unguarded() {
      const app = new pg.Pool({ ...connection, max: 16 });
      closing.push(() => app.end());
      return { ...runtime, pools: { ...runtime.pools, app } };
    },
    async copy() {
      const name = `${database}_copy`;
      const client = new pg.Client({ ...superuser, database: 'postgres' });
      await client.connect();
      // A database is copied while nobody is in it.
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
      await client.query(`create database ${name} template ${database}`);
      await client.end();
      return openRoom(superuser, keys, name, closing);
    },
    say: (text) => process.stderr.write(`${text}\n`),
  };
}

async function tokenOf(runtime: OpenRuntime, login: string): Promise<string> {
  const made = { token: '' };
  await execute(
    runtime,
    asSystem(1, 'bench'),
    { id: runtime.ids.newId(), name: 'bench session', input: {} },
    {
      work: async (ctx) => {
        const { sessionId, token } = await openSession(ctx, idOf(1, 'account', login), { device: 'bench', stay: true });
        made.token = token;
        return { sessionId };
      },
    },
  );
  return made.token;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Rates of two or more contenders, measured in turns: A B A B … */
export async function inTurns<K extends string>(
  rounds: number,
  contenders: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number[]>> {
  const rates = Object.fromEntries(Object.keys(contenders).map((name) => [name, [] as number[]])) as Record<
    K,
    number[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(contenders) as [K, () => Promise<number>][])
      rates[name].push(await measure());
  }
  return rates;
}

/** How often per second `work` runs, with so many at once, over so many seconds. */
export async function ratePerSecond(
  seconds: number,
  atOnce: number,
  work: (lane: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  const lane = async (number: number): Promise<void> => {
    while (performance.now() < end) {
      await work(number);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, i) => lane(i)));
  return done / ((performance.now() - start) / 1000);
}

/** One thing done over and over in a county of many casefiles and in one of few. */
export interface Sizes {
  readonly large: number;
  readonly small: number;
  readonly rounds: number;
  readonly seconds: number;
  /** What is to be done, by name, once the room has so many casefiles. */
  readonly furnish: (room: BenchRoom, casefiles: number) => Promise<Readonly<Record<string, () => Promise<unknown>>>>;
}

/** How much of the speed among few casefiles is left among many: in turns, a line for each thing done. */
export async function largeAgainstSmall(
  room: BenchRoom,
  { large, small, rounds, seconds, furnish }: Sizes,
): Promise<Line[]> {
  const copy = await room.copy();
  const [inSmall, inLarge] = [await furnish(copy, small), await furnish(room, large)];
  const count = (many: number): string => many.toLocaleString('en');
  const lines: Line[] = [];
  for (const [name, work] of Object.entries(inLarge)) {
    const rates = await inTurns(rounds, {
      large: () => ratePerSecond(seconds, 1, work),
      small: () => ratePerSecond(seconds, 1, inSmall[name] ?? work),
    });
    const ratio = median(rates.large.map((rate, i) => rate / (rates.small[i] ?? 1)));
    lines.push({
      name: `${name} at ${count(large)} against ${count(small)} casefiles`,
      ...{ ratio, goal: '≥ 0.50', pass: ratio >= 0.5 },
      product: spread(rates.large),
      ceiling: `${spread(rates.small)} at ${count(small)}`,
    });
  }
  return lines;
}

/** `--casefiles=50000` for a look on a machine that has not the time for a million. */
export const manyCasefiles = (otherwise: number): number =>
  Number(process.argv.find((word) => word.startsWith('--casefiles='))?.slice('--casefiles='.length) ?? otherwise);

export const perSecond = (rate: number): string =>
  `${rate.toLocaleString('en', { maximumFractionDigits: rate < 20 ? 1 : 0 })}/s`;
export const spread = (values: readonly number[]): string =>
  `${perSecond(median(values))} (${perSecond(Math.min(...values))}–${perSecond(Math.max(...values))})`;
