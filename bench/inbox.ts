import { idOf } from '../seeds/small/plan.ts';
import { inboxOf } from '../src/domains/work/obligations/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { derivedId } from '../src/kernel/ids.ts';
import { transact } from '../src/kernel/transaction.ts';
import { communityNo, fill, openWork, seat } from './crowd.ts';
import { type Bench, type BenchRoom, inTurns, median, ratePerSecond, spread } from './frame.ts';

/** What waits for one person, forty things, in a county of ten thousand casefiles and in one of a million. */
const SMALL = 10_000;
const LARGE = 1_000_000;
const WAITING = 40;
const SECONDS = 2;
const ROUNDS = 7;
const LOGIN = 'one.inbox';

export const inbox: Bench = {
  name: 'inbox',
  claim: 'the inbox of one person at 1,000,000 casefiles takes at most twice as long as at 10,000',
  async run(room) {
    const small = await room.copy();
    const openSmall = await furnish(small, SMALL);
    const openLarge = await furnish(room, LARGE);
    const rates = await inTurns(ROUNDS, {
      large: () => ratePerSecond(SECONDS, 1, openLarge),
      small: () => ratePerSecond(SECONDS, 1, openSmall),
    });
    const ratio = median(rates.large.map((rate, i) => rate / (rates.small[i] ?? 1)));
    return [
      {
        name: 'inbox at 1,000,000 against 10,000 casefiles',
        ratio,
        goal: '≥ 0.50',
        pass: ratio >= 0.5,
        product: spread(rates.large),
        ceiling: `${spread(rates.small)} at 10,000`,
      },
    ];
  },
};

async function furnish(room: BenchRoom, casefiles: number): Promise<() => Promise<unknown>> {
  room.say(`filling ${casefiles.toLocaleString('en')} casefiles …`);
  await fill(room, casefiles, [idOf(1, 'body', 'works'), idOf(1, 'body', 'water')]);
  const from = communityNo(3);
  const { personId } = await seat(room, { login: LOGIN, areas: [[from, communityNo(4) - 1]], bodyId: null });
  const postId = derivedId('bench post', LOGIN, String(from));
  await openWork(room, postId, WAITING);
  const token = await room.tokenOf(LOGIN);
  return () =>
    transact(room.runtime, bySession(1, token, machineClock.now()), async (ctx) => {
      const rows = await inboxOf(ctx, [{ kind: 'post', id: postId }], personId, 100);
      if (rows.length !== WAITING) throw new Error(`the inbox has ${rows.length} lines`);
    });
}
