import { idOf } from '../seeds/small/plan.ts';
import { inboxOf } from '../src/domains/work/obligations/index.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { derivedId } from '../src/kernel/ids.ts';
import { transact } from '../src/kernel/transaction.ts';
import { communityNo, fill, openWork, seat } from './crowd.ts';
import { type Bench, type BenchRoom, largeAgainstSmall, manyCasefiles } from './frame.ts';

/** What waits for one person, forty things, in a county of ten thousand casefiles and in one of a million. */
const WAITING = 40;
const LOGIN = 'one.inbox';

export const inbox: Bench = {
  name: 'inbox',
  claim: 'the inbox of one person at 1,000,000 casefiles takes at most twice as long as at 10,000',
  run: (room) =>
    largeAgainstSmall(room, {
      ...{ large: manyCasefiles(1_000_000), small: 10_000, seconds: 2, rounds: 7 },
      furnish: async (furnished, casefiles) => ({ inbox: await furnish(furnished, casefiles) }),
    }),
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
