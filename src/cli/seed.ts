import { join } from 'node:path';
import { today as dateHere, endOf, foundCounty, moveCounty } from '../../seeds/county/index.ts';
import { plantSmall } from '../../seeds/small/index.ts';
import { cast } from '../../seeds/small/plan.ts';
import { hashPassword } from '../domains/land/accounts/index.ts';
import { roles } from '../domains/land/staff/index.ts';
import type { DemoAccounts } from '../http/pages/console.ts';
import { machineClock } from '../kernel/clock.ts';
import { keepCalm } from '../kernel/database/calm.ts';
import { refreshStatistics } from '../kernel/database/migrate.ts';
import { Problem } from '../kernel/problem.ts';
import { listRealms } from '../kernel/reaction.ts';
import type { OpenRuntime } from '../kernel/start.ts';
import { cliProblems } from './problems.ts';
import { atStation, openStation, type Station } from './station.ts';
import type { Terminal } from './terminal.ts';
import { takeTurn } from './turn.ts';

/** Both demo counties have the same people at their desks, so that the sign-in page needs to know only these. */
export const demoAccounts: DemoAccounts = {
  password: 'jingwei-demo',
  accounts: cast.map(({ login, name, posts }) => ({
    login,
    name,
    post: {
      zh: [...new Set(posts.map(([role]) => roles[role].words.zh))].join('、'),
      en: [...new Set(posts.map(([role]) => roles[role].words.en))].join(', '),
    },
  })),
};

export interface SeedOptions {
  readonly what: 'county' | 'small';
  readonly until: string;
}

export const demoCounties = ['county', 'small'] as const;

/** `jingwei seed`: plants a demo county in an empty database, or moves an old one forward. */
export async function seed(terminal: Terminal, { what, until }: SeedOptions): Promise<void> {
  const end = readEnd(until);
  await atStation(terminal, async (station) => {
    const release = await takeTurn(station.database, 'seed');
    try {
      await plant(terminal, station, { what, until: end });
    } finally {
      await release();
    }
  });
}

interface Planting {
  readonly runtime: OpenRuntime;
  readonly station: Station;
  readonly isEmpty: boolean;
  readonly until: Date;
}

/** By the same commands that people give; the caller has the database to itself. */
export async function plant(
  terminal: Terminal,
  station: Station,
  { what, until }: { what: SeedOptions['what']; until: Date },
): Promise<void> {
  const runtime = await openStation(station, { app: 4, system: 4, jobs: 1, hasty: true });
  try {
    const isEmpty = (await listRealms(runtime)).length === 0;
    const work = what === 'small' ? plantSmallCounty : plantOrMoveCounty;
    await work(terminal, { runtime, station, isEmpty, until });
    await refreshStatistics(station.database.access);
  } finally {
    await runtime.close();
  }
}

async function plantSmallCounty(terminal: Terminal, { runtime, isEmpty }: Planting): Promise<void> {
  if (!isEmpty) throw new Problem(cliProblems['cli.not_empty']);
  await plantSmall(runtime, { realm: 1, name: '安澜县', passwordHash: await demoPassword() });
  terminal.say({ zh: '小演示县已建立。', en: 'The small demo county is planted.' });
  terminal.result({ what: 'small' });
}

async function plantOrMoveCounty(terminal: Terminal, { runtime, station, isEmpty, until }: Planting): Promise<void> {
  const title = isEmpty
    ? { zh: '正在建立演示县', en: 'Planting the demo county' }
    : { zh: '正在推进演示县', en: 'Moving the demo county forward' };
  terminal.say({ zh: `${title.zh}……`, en: `${title.en} …` });
  const bar = terminal.progress(title, 100);
  const calm = await keepCalm(station.database.access);
  const options = {
    until,
    photoFolder: join(station.config.dataFolder, 'photos'),
    passwordHash: await demoPassword(),
    grown: () => calm.look(),
    progress: (done: number, days: number) => bar.to(Math.round((100 * done) / days)),
  };
  const lived = await (isEmpty ? foundCounty(runtime, options) : moveCounty(runtime, options)).finally(() =>
    calm.end(),
  );
  bar.done();
  if (!lived) throw new Problem(cliProblems['cli.not_empty']);
  const { from, days, acts } = lived;
  terminal.say({
    zh: `演示县已从 ${from} 过到 ${dateHere(until)}:这次 ${days} 天，${acts} 次办理。`,
    en: `The demo county has lived from ${from} to ${dateHere(until)}: ${days} days and ${acts} acts this time.`,
  });
  for (const { act, code, says } of lived.refusals) terminal.line(`  ${act}: ${code} ${says}`);
  terminal.result({ what: 'county', ...lived });
}

/** A light stretch: the password of the demo accounts is printed on the sign-in page. */
const demoPassword = (): Promise<string> => hashPassword(demoAccounts.password, 14);

/** The end of the day named, and never later than now: nothing in the demo has happened tomorrow. */
function readEnd(until: string): Date {
  const now = machineClock.now();
  const day = until === 'today' ? dateHere(now) : until;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  if (!isDate) throw new Problem(cliProblems['cli.date_invalid'], { date: until });
  return endOf(day, now);
}
