import { idOf } from '../seeds/small/plan.ts';
import { listCasefiles } from '../src/domains/work/casefiles/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import type { Runtime } from '../src/kernel/runtime.ts';
import { transact } from '../src/kernel/transaction.ts';
import { addToCircles, communityNo, fill, gridNo, seat } from './crowd.ts';
import { type Bench, type BenchRoom, inTurns, type Line, median, ratePerSecond, spread } from './frame.ts';

/**
 * The newest fifty cases that somebody may read, out of a million: the same statement in the same transaction, once
 * signed in as the app, whom row security binds, and once as the superuser, whom it does not.
 */
const CASEFILES = 1_000_000;
const AT_ONCE = 2;
const SECONDS = 2;
const ROUNDS = 7;

export const list: Bench = {
  name: 'list',
  claim: 'a list under row-level security reaches 0.75 (one area) and 0.50 (two areas, a body, a circle) of without',
  async run(room) {
    const body = idOf(1, 'body', 'works');
    room.say(`filling ${CASEFILES.toLocaleString('en')} casefiles …`);
    await fill(
      room,
      CASEFILES,
      ['works', 'water', 'clean', 'order', 'power', 'safety'].map((key) => idOf(1, 'body', key)),
    );
    await seat(room, { login: 'one.area', areas: [[communityNo(3), communityNo(4) - 1]], bodyId: null });
    const { personId } = await seat(room, {
      login: 'many.grounds',
      areas: [
        [gridNo(7, 1), gridNo(7, 1)],
        [gridNo(9, 2), gridNo(9, 3)],
      ],
      bodyId: body,
    });
    await addToCircles(room, personId, 200);
    return [
      await compare(room, 'list of one area', 'one.area', 0.75),
      await compare(room, 'list of two areas, a body and a circle', 'many.grounds', 0.5),
    ];
  },
};

async function compare(room: BenchRoom, name: string, login: string, goal: number): Promise<Line> {
  const token = await room.tokenOf(login);
  const without = room.unguarded();
  const listOnce = (runtime: Runtime) => (): Promise<unknown> =>
    transact(runtime, bySession(1, token, machineClock.now()), async (ctx) => {
      const rows = await listCasefiles(ctx, { most: 50 });
      if (rows.length !== 50) throw new Error(`the list has ${rows.length} rows`);
    });
  const rates = await inTurns(ROUNDS, {
    product: () => ratePerSecond(SECONDS, AT_ONCE, listOnce(room.runtime)),
    ceiling: () => ratePerSecond(SECONDS, AT_ONCE, listOnce(without)),
  });
  const ratio = median(rates.product.map((rate, i) => rate / (rates.ceiling[i] ?? 1)));
  return {
    name,
    ratio,
    goal: `≥ ${goal.toFixed(2)}`,
    pass: ratio >= goal,
    product: spread(rates.product),
    ceiling: `${spread(rates.ceiling)} without row security`,
  };
}
