import { idOf } from '../seeds/small/plan.ts';
import { figuresOf, readPacks } from '../src/domains/telling/figures/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { derivedId } from '../src/kernel/ids.ts';
import { transact } from '../src/kernel/transaction.ts';
import { figurePacks } from '../src/packs/figures/index.ts';
import { communityNo, fill, seat } from './crowd.ts';
import { type Bench, type BenchRoom, inTurns, median, ratePerSecond, spread } from './frame.ts';

/**
 * All figures of a day over all 40 communities, in a county of ten thousand casefiles and in one of a million. As many
 * matters arrive on that day in both: what is measured is whether the years before are read along.
 */
const SMALL = 10_000;
const LARGE = Number(
  process.argv.find((word) => word.startsWith('--casefiles='))?.slice('--casefiles='.length) ?? 1_000_000,
);
const SECONDS = 2;
const ROUNDS = 5;
const LOGIN = 'one.who.counts';

export const figures: Bench = {
  name: 'figures',
  claim: 'the figures of a day at 1,000,000 casefiles take at most twice as long as at 10,000',
  async run(room) {
    const small = await room.copy();
    const openSmall = await furnish(small, SMALL);
    const openLarge = await furnish(room, LARGE);
    const rates = await inTurns(ROUNDS, {
      large: () => ratePerSecond(SECONDS, 1, openLarge),
      small: () => ratePerSecond(SECONDS, 1, openSmall),
    });
    const ratio = median(rates.large.map((rate, i) => rate / (rates.small[i] ?? 1)));
    const count = (many: number): string => many.toLocaleString('en');
    return [
      {
        name: `figures of a day at ${count(LARGE)} against ${count(SMALL)} casefiles`,
        ratio,
        goal: '≥ 0.50',
        pass: ratio >= 0.5,
        product: spread(rates.large),
        ceiling: `${spread(rates.small)} at ${count(SMALL)}`,
      },
    ];
  },
};

async function furnish(room: BenchRoom, casefiles: number): Promise<() => Promise<unknown>> {
  room.say(`filling ${casefiles.toLocaleString('en')} casefiles …`);
  await fill(room, casefiles, [idOf(1, 'body', 'works'), idOf(1, 'body', 'water')]);
  await seat(room, { login: LOGIN, areas: [[communityNo(0), communityNo(40) - 1]], bodyId: null });
  await settle(room);
  const token = await room.tokenOf(LOGIN);
  const packs = readPacks(figurePacks);
  const day = machineClock.now().toISOString().slice(0, 10);
  return () =>
    transact(room.runtime, bySession(1, token, machineClock.now()), async (ctx) => {
      const { figures: told } = await figuresOf(ctx, packs, { from: day, to: day, vintage: 'today', by: 'area' });
      if (told.length !== 12 || !told.some(({ id, value }) => id === 'intake' && (value ?? 0) > 0))
        throw new Error('nothing was counted');
    });
}

/** The area gets a name, and every duty a deadline of a day, so that as many fall due today in both counties. */
async function settle(room: BenchRoom): Promise<void> {
  const areaId = derivedId('bench area', LOGIN, String(communityNo(0)));
  await room.asSuperuser(async (client) => {
    await client.query(
      `insert into area_version (realm, id, area_id, valid, parent_id, code, name)
       select 1, gen_random_uuid(), $1, '[2020-01-01,)', id, '990001', '四十社区' from area where realm = 1 order by no limit 1`,
      [areaId],
    );
    await client.query(`update cache_version set version = version + 1 where name = 'land'`);
    await client.query(`update obligation set due_at = opened_at + interval '1 day' where due_at is not null`);
    await client.query('vacuum analyze');
  });
}
