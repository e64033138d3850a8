import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, chargesOf, passCharges, passPost, postsHeldBy } from '../../land/staff/index.ts';
import { dutyWords } from '../obligations/index.ts';
import { type Handover, handoverProblems, type OpenDuty } from './handover.model.ts';
import { type OpenRow, openOfPerson } from './handover.queries.ts';
import { passDuty } from './pass.commands.ts';

export interface HandoverForm {
  readonly fromId: Id;
  readonly toId: Id;
  /** Only these posts and what was given to the person in them; null: everything. */
  readonly postIds: readonly Id[] | null;
}

/** What would go, without doing anything; refused for the reasons for which the act would be. */
export async function previewHandover(ctx: Ctx, { fromId, toId, postIds }: HandoverForm): Promise<Handover> {
  if (fromId === toId) throw new Problem(handoverProblems['handover.same_person']);
  const held = await postsHeldBy(ctx, fromId);
  const posts = postIds === null ? held : held.filter(({ postId }) => postIds.includes(postId));
  const names = await callNames(ctx, [
    ...[fromId, toId].map((id) => ({ kind: 'person', id })),
    ...posts.map(({ postId }) => ({ kind: 'post', id: postId })),
  ]);
  const owners = new Set(posts.flatMap(({ postId, bodyId }) => [postId, bodyId ?? postId]));
  const open = (await openOfPerson(ctx, fromId)).filter(({ owedBy }) => postIds === null || owners.has(owedBy));
  const [atlas, charges] = [await atlasOf(ctx), postIds === null ? await chargesOf(ctx, fromId) : []];
  const from = names.get(fromId) ?? '';
  if (posts.length + open.length + charges.length === 0)
    throw new Problem(handoverProblems['handover.nothing'], { from });
  return {
    from,
    to: names.get(toId) ?? '',
    posts: posts.map(({ postId, waiting }) => ({ postId, waiting, name: names.get(postId) ?? '' })),
    charges: charges.map(({ id, areaId, charge }) => ({ id, charge, area: atlas.get(areaId)?.name ?? '' })),
    duties: await named(ctx, open),
  };
}

/** Posts, what is answered for, and open duties; the answer and one entry are the receipt. */
export async function handOver(
  ctx: Ctx,
  form: HandoverForm,
): Promise<{ posts: string[]; charges: string[]; duties: string[] }> {
  const { posts, duties } = await previewHandover(ctx, form);
  const { fromId, toId } = form;
  for (const { postId } of posts) await passPost(ctx, postId, fromId, toId);
  const charges = form.postIds === null ? await passCharges(ctx, fromId, toId) : [];
  const passed: string[] = [];
  for (const { id } of duties) if (await passDuty(ctx, id, { kind: 'person', id: toId })) passed.push(id);
  const receipt = { posts: posts.map(({ postId }) => postId), charges, duties: passed };
  record(ctx, {
    kind: 'person.handed_over',
    about: { kind: 'person', id: fromId, scopeNo: 0, confidential: false },
    body: { toId, posts: receipt.posts, charges, obligations: passed },
  });
  return receipt;
}

/** Open duties in the words of a list. */
export async function named(ctx: Ctx, rows: readonly OpenRow[]): Promise<OpenDuty[]> {
  const names = await callNames(
    ctx,
    rows.map(({ owedByKind: kind, owedBy: id }) => ({ kind, id })),
  );
  return rows.map(({ id, duty, recordId, owedBy }) => ({
    ...{ id, recordId, duty: dutyWords(duty), owedBy: names.get(owedBy) ?? '' },
  }));
}
