import type { z } from 'zod';
import { earlier } from '../../../kernel/clock.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { directoryOf, holdersOf, roles } from '../../land/staff/index.ts';
import { deviceProblems } from './device.model.ts';
import type { DeviceLine } from './device.queries.ts';
import type { idleView, outlookView } from './idle.model.ts';
import { devicesSilentSince, outlookOf, silentState } from './idle.queries.ts';

const DAY_MS = 86_400_000;
const daysAgo = (ctx: Ctx, days: number): Date => earlier(ctx.now, days * DAY_MS);

/** The longest silent first, with whose post and area, so that somebody can be asked. */
export async function idleLines(ctx: Ctx, days: number): Promise<z.input<typeof idleView>[]> {
  const lineOf = await lines(ctx);
  return (await devicesSilentSince(ctx, daysAgo(ctx, days))).map(lineOf);
}

export const idleState = (ctx: Ctx, days: number) => silentState(ctx, daysAgo(ctx, days));

/** What revoking it would end, and what it would leave. */
export async function outlook(ctx: Ctx, id: Id): Promise<z.input<typeof outlookView>> {
  const found = await outlookOf(ctx, id);
  if (!found) throw new Problem(deviceProblems['device.unknown']);
  const { line, ...rest } = found;
  return { ...(await lines(ctx))(line), ...rest };
}

async function lines(ctx: Ctx): Promise<(line: DeviceLine) => z.input<typeof idleView>> {
  const [atlas, held] = [await atlasOf(ctx), await postsHeld(ctx)];
  return ({ id, holder, personId, areaId, model, appVersion, seenAt, oldestUnsentAt, revokedAt }) => ({
    ...{ id, name: holder, model, appVersion, seenAt, oldestUnsentAt, revokedAt },
    held: held.get(personId) ?? [],
    area: areaId === null ? null : (atlas.get(areaId)?.name ?? null),
  });
}

/** By person: each post with its place, in both languages. */
async function postsHeld(ctx: Ctx): Promise<Map<Id, Words[]>> {
  const [atlas, directory] = [await atlasOf(ctx), await directoryOf(ctx)];
  const holders = await holdersOf(
    ctx,
    directory.posts.map(({ id }) => id),
  );
  const held = new Map<Id, Words[]>();
  for (const { postId, personId } of holders) {
    const post = directory.post(postId);
    if (!post) continue;
    const place = atlas.get(post.areaId ?? '')?.name ?? directory.body(post.bodyId ?? '')?.name ?? '';
    const { zh, en } = roles[post.role].words;
    held.set(personId, [...(held.get(personId) ?? []), { zh: `${zh}（${place}）`, en: `${en} (${place})` }]);
  }
  return held;
}
