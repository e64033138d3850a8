import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Prepared } from './act.commands.ts';
import type { Plan } from './plan.model.ts';
import { actProblems } from './refusals.model.ts';
import { endRules, inheritRules, joinPost, moveBodies, movePost, type PostRow, postsAt } from './standing.queries.ts';

/**
 * What becomes of a post at an area that goes. Moved: it stands at the heir from now on. Joined: there is one of its role
 * already, so whoever holds it holds that one. Closed: neither. A post that is left behind keeps what it owes, and ends
 * by a sweep once it owes nothing.
 */
export interface PostFate {
  readonly post: PostRow;
  readonly becomes: 'moved' | 'joined' | 'closed';
  readonly toAreaId: string | null;
  readonly joinsId: string | null;
}

export async function fateOfPosts(ctx: Ctx, { closed, heirs, posts }: Plan): Promise<PostFate[]> {
  if (closed.length === 0) return [];
  const standing = await postsAt(
    ctx,
    closed.map(({ id }) => id),
  );
  if (posts.some(({ postId }) => !standing.some(({ id }) => id === postId)))
    throw new Problem(actProblems['area.no_such_part']);
  const seats = await postsAt(
    ctx,
    heirs.map(({ heirId }) => heirId),
  );
  const fates: PostFate[] = [];
  for (const post of standing) {
    const wish = posts.find(({ postId }) => postId === post.id);
    const rest = heirs.find(({ area, rest }) => area.id === post.areaId && rest)?.heirId ?? null;
    const toAreaId = wish?.does === 'close' ? null : (wish?.toAreaId ?? rest);
    const taken =
      seats.find(({ role, areaId }) => role === post.role && areaId === toAreaId)?.id ??
      fates.find((other) => other.becomes === 'moved' && other.post.role === post.role && other.toAreaId === toAreaId)
        ?.post.id;
    const becomes = toAreaId === null ? 'closed' : taken === undefined ? 'moved' : 'joined';
    fates.push({ post, becomes, toAreaId, joinsId: taken ?? null });
  }
  return fates;
}

/** Posts as said; bodies go to whoever takes the rest; rules and responsibilities hold at every heir. */
export async function settleStanding(ctx: Ctx, { plan, fates }: Prepared): Promise<void> {
  for (const { post, becomes, toAreaId, joinsId } of fates) {
    if (becomes === 'moved' && toAreaId) await movePost(ctx, post.id, toAreaId);
    if (becomes === 'joined' && joinsId) await joinPost(ctx, post.id, joinsId);
  }
  for (const { area, heirId, rest } of plan.heirs) {
    await inheritRules(ctx, area.id, heirId);
    if (rest) await moveBodies(ctx, area.id, heirId);
  }
  for (const { id } of plan.closed) await endRules(ctx, id);
}
