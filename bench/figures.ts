import { idOf } from '../seeds/small/plan.ts';
import { figureSweep, figuresOf, readPacks } from '../src/domains/telling/figures/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { derivedId } from '../src/kernel/ids.ts';
import { throwFault } from '../src/kernel/sweep.ts';
import { transact } from '../src/kernel/transaction.ts';
import { figurePacks } from '../src/packs/figures/index.ts';
import { communityNo, fill, seat } from './crowd.ts';
import { type Bench, type BenchRoom, largeAgainstSmall, manyCasefiles } from './frame.ts';

/**
 * All figures of a town of 40 communities, with a row for each: of all its cases, which are a hundred times as many in
 * the large county, and of one past day, on which as many matters arrived in both. The sums are kept as a county keeps
 * them, by the sweep; one case in a thousand is open and counted by itself.
 */
const LOGIN = 'one.who.counts';
const DAY_MS = 86_400_000;

export const figures: Bench = {
  name: 'figures',
  claim: 'figures at 1,000,000 casefiles take at most twice as long as at 10,000, over all of them and over a day',
  run: (room) =>
    largeAgainstSmall(room, {
      ...{ large: manyCasefiles(1_000_000), small: 10_000, seconds: 2, rounds: 7 },
      furnish,
    }),
};

async function furnish(room: BenchRoom, casefiles: number): Promise<Record<string, () => Promise<unknown>>> {
  room.say(`filling ${casefiles.toLocaleString('en')} casefiles …`);
  await fill(room, casefiles, [idOf(1, 'body', 'works'), idOf(1, 'body', 'water')]);
  await seat(room, { login: LOGIN, areas: [[communityNo(0), communityNo(40) - 1]], bodyId: null });
  await settle(room);
  room.say('adding up …');
  while ((await figureSweep.run(room.runtime, 1, throwFault)) > 0);
  await room.asSuperuser((client) => client.query('vacuum analyze'));
  const token = await room.tokenOf(LOGIN);
  const packs = readPacks(figurePacks);
  const ask = (days: number, least: number) => async () => {
    const now = machineClock.now();
    const on = (back: number): string => new Date(now.getTime() - back * DAY_MS).toISOString().slice(0, 10);
    const period = days === 1 ? { from: on(1), to: on(1) } : { from: on(days), to: on(0) };
    await transact(room.runtime, bySession(1, token, now), async (ctx) => {
      const { figures: told } = await figuresOf(ctx, packs, { ...period, vintage: 'today', by: 'area' });
      const intake = told.find(({ id }) => id === 'intake');
      if (told.length !== 12 || (intake?.value ?? 0) < least || intake?.cells.length !== 40)
        throw new Error(`counted ${intake?.value} of ${least} in ${intake?.cells.length} areas`);
    });
  };
  return { 'figures of all': ask(3_000, casefiles), 'figures of yesterday': ask(1, 1) };
}

/** The area becomes a town of 40 communities, and every case goes its way: registered, dispatched, done, answered. */
async function settle(room: BenchRoom): Promise<void> {
  const townId = derivedId('bench area', LOGIN, String(communityNo(0)));
  await room.asSuperuser(async (client) => {
    await client.query(`update area set level = 'town' where id = $1`, [townId]);
    await client.query(
      `insert into area_version (realm, id, area_id, valid, parent_id, code, name)
       select 1, gen_random_uuid(), $1, '[2020-01-01,)', id, '990001', '四十社区' from area where realm = 1 order by no limit 1`,
      [townId],
    );
    for (let i = 0; i < 40; i += 1) {
      const id = derivedId('bench community', String(i));
      // The first lies below the town, which has the number before it.
      await client.query(
        `insert into area (realm, id, level, no, last_no, opened_on) values (1, $1, 'community', $2, $3, '2020-01-01')`,
        [id, communityNo(i) + 1, communityNo(i + 1) - 1],
      );
      await client.query(
        `insert into area_version (realm, id, area_id, valid, parent_id, code, name)
         values (1, gen_random_uuid(), $1, '[2020-01-01,)', $2, $3, $4)`,
        [id, townId, `9900010${String(i).padStart(2, '0')}`, `第${i + 1}社区`],
      );
    }
    await client.query(`update cache_version set version = version + 1 where name = 'land'`);
    await client.query(
      `update casefile set registered_at = reported_at + interval '1 hour', dispatched_at = reported_at + interval '2 hours',
         handled_at = reported_at + interval '9 hours', closed_at = reported_at + interval '10 hours', returned = abs(hashtext(number)) % 20 = 0,
         round = 1 + (abs(hashtext(number)) % 30 = 0)::int, outcome = (array['resolved', 'explained', 'relieved'])[1 + abs(hashtext(number)) % 3],
         answer = (array['satisfied', 'mostly_satisfied', 'unsatisfied', 'unanswered'])[1 + abs(hashtext(number)) % 4]
       where number like 'B%' and status = 'evaluated'`,
    );
    await client.query(
      `update obligation set due_at = opened_at + interval '1 day', overran = abs(hashtext(id::text)) % 9 = 0 where due_at is not null`,
    );
    await client.query('vacuum analyze');
  });
}
