import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { record } from '../../../kernel/journal.ts';
import { today } from '../../../kernel/realm.ts';
import { follow, scoped } from '../../../kernel/scoped.ts';
import { type Sweep, sweepEach } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { markStaffChanged } from '../staff/index.ts';
import { allHeirs, type FormerRow, formersToFollow, markFollowed } from './act.queries.ts';
import { closePost, idlePosts } from './standing.queries.ts';
import { partsOf } from './torn.views.ts';

const AT_ONCE = 500;
/** Whoever began to write before an act may commit under an old number after it. */
const LATECOMERS_MS = 10 * 60_000;

/**
 * Closed records follow the land some at a time. Until they have, and for what the journal tells, their old numbers are
 * read by whoever reads the area to which they lead: none is lost to anybody meanwhile, and none shown to the wrong ones.
 */
export const followSweep: Sweep = {
  name: 'records that follow the land',
  run: (runtime, realm) => transact(runtime, asSystem(realm, 'sweep'), followSome),
};

async function followSome(ctx: Ctx): Promise<number> {
  const formers = await formersToFollow(ctx);
  if (formers.length === 0) return 0;
  const heirs = await allHeirs(ctx);
  let moved = 0;
  for (const former of formers) {
    const parts = former.torn === null ? null : partsOf(heirs, former.torn);
    const before = moved;
    for (const table of scoped)
      if (moved < AT_ONCE)
        moved += await follow(ctx, table, { ...former, parts }, { onlyOpen: false, most: AT_ONCE - moved });
    if (moved === before && isSettled(ctx, former)) await markFollowed(ctx, former.from);
    if (moved >= AT_ONCE) break;
  }
  return moved;
}

const isSettled = (ctx: Ctx, { vacatedAt }: FormerRow): boolean =>
  ctx.now.getTime() - vacatedAt.getTime() >= LATECOMERS_MS;

/** A post left behind at an area that is gone ends once it owes nothing. */
export const idlePostSweep = sweepEach<{ readonly id: string; readonly scopeNo: number }>({
  name: 'post.closed',
  find: idlePosts,
  command: ({ id }) => ({ id: derivedId('post closed with its area', id), input: { id } }),
  deal: async (ctx, { id, scopeNo }) => {
    await closePost(ctx, id, await today(ctx));
    await markStaffChanged(ctx);
    record(ctx, { kind: 'post.closed', about: { kind: 'post', id, scopeNo, confidential: false }, body: { id } });
  },
});
