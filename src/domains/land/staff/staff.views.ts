import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { atlasOf } from '../areas/index.ts';
import type { Post } from './directory.model.ts';
import { directoryOf } from './staff.commands.ts';
import { roles } from './staff.model.ts';
import { holdersOf, namesOf } from './staff.queries.ts';

export interface Named {
  readonly kind: string;
  readonly id: Id;
}

const REPORTER = '报事人';

/** How people are called on a page: 社区书记 孙丽 (安澜社区), 县供水公司, 报事人. A seat that nobody holds says so. */
export async function callNames(ctx: Ctx, named: readonly Named[]): Promise<Map<Id, string>> {
  const [atlas, directory] = await Promise.all([atlasOf(ctx), directoryOf(ctx)]);
  const ids = (kind: string): Id[] => named.filter((one) => one.kind === kind).map((one) => one.id);
  const posts = ids('post').flatMap((id) => directory.post(id) ?? []);
  const [holders, persons] =
    ctx.actor.kind === 'account' || ctx.actor.kind === 'system'
      ? await Promise.all([
          holdersOf(
            ctx,
            posts.map((post) => post.id),
          ),
          namesOf(ctx, ids('person')),
        ])
      : [[], new Map<Id, string>()];
  const place = (post: Post): string =>
    atlas.get(post.areaId ?? '')?.name ?? directory.body(post.bodyId ?? '')?.name ?? '';
  const called = new Map<Id, string>(persons);
  for (const post of posts) {
    const names = holders.filter((holder) => holder.postId === post.id).map((holder) => holder.name);
    called.set(
      post.id,
      `${roles[post.role].words.zh} ${names.length > 0 ? names.join('、') : '（空缺）'}（${place(post)}）`,
    );
  }
  for (const id of ids('body')) called.set(id, directory.bodyName(id) ?? '');
  for (const id of ids('reporter')) called.set(id, REPORTER);
  return called;
}

/** Who holds what, in words: 网格员（二运第一网格）. */
export async function placesHeld(ctx: Ctx): Promise<Map<Id, string[]>> {
  const [atlas, directory] = await Promise.all([atlasOf(ctx), directoryOf(ctx)]);
  const held = await holdersOf(
    ctx,
    directory.posts.map(({ id }) => id),
  );
  const places = new Map<Id, string[]>();
  for (const { postId, personId } of held) {
    const post = directory.post(postId);
    if (!post) continue;
    const place = atlas.get(post.areaId ?? '')?.name ?? directory.body(post.bodyId ?? '')?.name ?? '';
    places.set(personId, [...(places.get(personId) ?? []), `${roles[post.role].words.zh}（${place}）`]);
  }
  return places;
}
