import { idOf } from '../seeds/small/plan.ts';
import { clustersIn } from '../src/domains/work/finding/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import type { Ctx } from '../src/kernel/context.ts';
import { bySession } from '../src/kernel/entrance.ts';
import type { Runtime } from '../src/kernel/runtime.ts';
import { transact } from '../src/kernel/transaction.ts';
import { communityNo, fill, seat } from './crowd.ts';
import {
  type Bench,
  type BenchRoom,
  inTurns,
  type Line,
  manyCasefiles,
  median,
  ratePerSecond,
  spread,
} from './frame.ts';

/**
 * Clusters of a map box over a million cases. The product counts integer cells as somebody signed in, whom row security
 * binds. The ceiling is what one would have without either: a spatial index on the points, asked in plain SQL as the
 * superuser, with the interval written into the statement.
 */
const CASEFILES = manyCasefiles(1_000_000);
const AT_ONCE = 2;
const SECONDS = 2;
const ROUNDS = 7;
/** A sixteenth of the map, as one sees of a town. */
const BOX = { west: 112.501, south: 27.901, east: 112.649, north: 28.049, zoom: 11, state: 'all' } as const;
const SIDE = 1;

export const box: Bench = {
  name: 'box',
  claim: 'a map box under row-level security reaches 1.00 of a plain spatial index without it',
  async run(room) {
    room.say(`filling ${CASEFILES.toLocaleString('en')} casefiles …`);
    await fill(room, CASEFILES, [idOf(1, 'body', 'works')]);
    await indexPoints(room);
    await seat(room, { login: 'one.town', areas: [[communityNo(3), communityNo(13) - 1]], bodyId: null });
    return compare(room);
  },
};

/** For the ceiling alone: no table of ours has one. */
async function indexPoints(room: BenchRoom): Promise<void> {
  await room.asSuperuser(async (client) => {
    await client.query('create index bench_points on casefile using gist (realm, point(lon, lat))');
    await client.query('vacuum analyze casefile');
  });
}

async function compare(room: BenchRoom): Promise<Line[]> {
  const token = await room.tokenOf('one.town');
  const counted = new Set<number>();
  const one = (runtime: Runtime, count: (ctx: Ctx) => Promise<readonly { cases: number }[]>) => (): Promise<unknown> =>
    transact(runtime, bySession(1, token, machineClock.now()), async (ctx) => {
      counted.add((await count(ctx)).reduce((sum, { cases }) => sum + cases, 0));
    });
  const cells = (ctx: Ctx) => clustersIn(ctx, BOX, SIDE);
  const without = room.unguarded();
  const rates = await inTurns(ROUNDS, {
    product: () => ratePerSecond(SECONDS, AT_ONCE, one(room.runtime, cells)),
    ceiling: () => ratePerSecond(SECONDS, AT_ONCE, one(without, plainly)),
  });
  if (counted.size !== 1) throw new Error(`they count differently: ${[...counted].join(', ')}`);
  const ratio = median(rates.product.map((rate, i) => rate / (rates.ceiling[i] ?? 1)));
  return [
    {
      name: `map box, ${[...counted][0]} of ${CASEFILES.toLocaleString('en')} cases in it`,
      ratio,
      goal: '≥ 1.00',
      pass: ratio >= 1,
      product: spread(rates.product),
      ceiling: `${spread(rates.ceiling)} a spatial index without row security`,
    },
  ];
}

/** Whole cells as the product counts them, so that both answer the same question. */
async function plainly(ctx: Ctx): Promise<readonly { cases: number }[]> {
  const sql = `
    select floor(lat * 100)::int as row, floor(lon * 100)::int as "column", count(*)::int as cases,
      count(*) filter (where status not in ('closed', 'evaluated', 'declined'))::int as waiting
    from casefile
    where realm = 1 and point(lon, lat) <@ box(point(112.5, 27.9), point(112.65, 28.05)) and lon < 112.65 and lat < 28.05
      and not confidential and merged_into is null and scope_no between $1 and $2
    group by 1, 2 order by 1, 2`;
  return (await ctx.ask({ sql, parameters: [communityNo(3), communityNo(13) - 1] })) as { cases: number }[];
}
