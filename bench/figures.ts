import { idOf } from '../seeds/small/plan.ts';
import { figuresOf, readPacks } from '../src/domains/telling/figures/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { derivedId } from '../src/kernel/ids.ts';
import { transact } from '../src/kernel/transaction.ts';
import { figurePacks } from '../src/packs/figures/index.ts';
import { communityNo, fill, seat, sortedInAfterwards } from './crowd.ts';
import { type Bench, type BenchRoom, largeAgainstSmall, manyCasefiles } from './frame.ts';

/**
 * All figures of a town of 40 communities, with a row for each: of all its cases, which are a hundred times as many in
 * the large county, and of one past day, on which as many matters arrived in both. The sums are those that
 * a county keeps; one case in a thousand is open and counted by itself.
 */
const LOGIN = 'one.who.counts';
const DAY_MS = 86_400_000;
/** A day of a figure begins in China. */
const CHINA_MS = 8 * 3_600_000;
/** So many at a time: what belongs to one sum is then put to it once, and not two hundred times. */
const AT_ONCE = 100_000;

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
  await drawTown(room);
  room.say('adding up …');
  await addUp(room);
  const token = await room.tokenOf(LOGIN);
  const packs = readPacks(figurePacks);
  const ask = (days: number, least: number) => async () => {
    const now = machineClock.now();
    const on = (back: number): string => new Date(now.getTime() + CHINA_MS - back * DAY_MS).toISOString().slice(0, 10);
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

/**
 * By the product's own function, many at a time, and with the indexes made afterwards: what the sweep does over weeks is
 * done in minutes, and leaves the same sums.
 */
async function addUp(room: BenchRoom): Promise<void> {
  await room.asSuperuser(async (client) => {
    await sortedInAfterwards(client, ['casefile'], async () => {
      await client.query("select set_config('jw.realm', '1', false)");
      for (let folded = 1; folded > 0; ) {
        const { rows } = await client.query<{ folded: number }>('select figure_fold($1) as folded', [AT_ONCE]);
        folded = rows[0]?.folded ?? 0;
      }
    });
    await client.query('vacuum analyze');
  });
}

/** The area of the one who counts becomes a town of 40 communities. */
async function drawTown(room: BenchRoom): Promise<void> {
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
  });
}
