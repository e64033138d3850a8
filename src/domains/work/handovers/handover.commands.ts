import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import {
  callNames,
  chargesOf,
  directoryOf,
  passCharges,
  passPost,
  postsHeldBy,
  refuseTogether,
} from '../../land/staff/index.ts';
import { dutyWords } from '../obligations/index.ts';
import { type Handover, handoverProblems, type OpenDuty } from './handover.model.ts';
import {
  circlesOf,
  confirmReceipt,
  insertReceipt,
  lockReceipt,
  type OpenRow,
  openOfOwners,
  openOfPerson,
} from './handover.queries.ts';
import { passDuty } from './pass.commands.ts';

export interface HandoverForm {
  /** Of the receipt; made where none is given. */
  readonly id?: Id;
  readonly fromId: Id;
  readonly toId: Id;
  /** Only these posts and what was given to the person in them; null: everything. */
  readonly postIds: readonly Id[] | null;
}

/** What would go, without doing anything; refused for the reasons for which the act would be. */
export async function previewHandover(ctx: Ctx, form: HandoverForm): Promise<Handover> {
  const { fromId, toId, postIds } = form;
  if (fromId === toId) throw new Problem(handoverProblems['handover.same_person']);
  const held = await postsHeldBy(ctx, fromId);
  const posts = postIds === null ? held : held.filter(({ postId }) => postIds.includes(postId));
  const names = await callNames(ctx, [
    ...[fromId, toId].map((id) => ({ kind: 'person', id })),
    ...[...posts.map(({ postId }) => postId), ...(postIds ?? [])].map((id) => ({ kind: 'post', id })),
  ]);
  for (const id of [fromId, toId]) if (!names.has(id)) throw new Problem(handoverProblems['handover.no_person']);
  const from = names.get(fromId) ?? '';
  const foreign = postIds?.find((id) => !posts.some(({ postId }) => postId === id));
  if (foreign !== undefined)
    throw new Problem(handoverProblems['handover.not_theirs'], { from, post: names.get(foreign) ?? '—' });
  const owners = new Set(posts.flatMap(({ postId, bodyId }) => [postId, bodyId ?? postId]));
  const open = (await openOfPerson(ctx, fromId)).filter(({ owedBy }) => postIds === null || owners.has(owedBy));
  const [atlas, charges] = [await atlasOf(ctx), postIds === null ? await chargesOf(ctx, fromId) : []];
  if (posts.length + open.length + charges.length === 0)
    throw new Problem(handoverProblems['handover.nothing'], { from });
  await refuseWhatCannotMeet(ctx, posts, toId);
  const waiting = await openOfOwners(
    ctx,
    posts.map(({ postId }) => postId),
  );
  return {
    from,
    to: names.get(toId) ?? '',
    posts: posts.map(({ postId }) => ({
      postId,
      name: names.get(postId) ?? '',
      waiting: waiting.filter(({ owedBy, assigneeId }) => owedBy === postId && assigneeId === null).length,
    })),
    charges: charges.map(({ id, areaId, charge }) => ({ id, charge, area: atlas.get(areaId)?.name ?? '' })),
    duties: await named(ctx, open),
    circles: postIds === null ? await circlesOf(ctx, fromId) : 0,
  };
}

/** Seats that one person cannot hold together are refused before anything is shown as possible. */
async function refuseWhatCannotMeet(ctx: Ctx, posts: readonly { readonly postId: Id }[], toId: Id): Promise<void> {
  const directory = await directoryOf(ctx);
  for (const { postId } of posts) {
    const role = directory.post(postId)?.role;
    if (role) await refuseTogether(ctx, toId, role);
  }
}

/** Posts, what is answered for, and open duties; the answer and one entry are the receipt. */
export async function handOver(
  ctx: Ctx,
  form: HandoverForm,
): Promise<{ handoverId: string; posts: string[]; charges: string[]; duties: string[] }> {
  const { posts, duties } = await previewHandover(ctx, form);
  const { fromId, toId } = form;
  for (const { postId } of posts) await passPost(ctx, postId, fromId, toId);
  const charges = form.postIds === null ? await passCharges(ctx, fromId, toId) : [];
  const passed: string[] = [];
  for (const { id } of duties) if (await passDuty(ctx, id, { kind: 'person', id: toId })) passed.push(id);
  const receipt = { posts: posts.map(({ postId }) => postId), charges, duties: passed };
  const handoverId = form.id ?? ctx.ids.newId();
  await insertReceipt(ctx, {
    ...{ id: handoverId, fromId, toId, byId: ctx.actor.kind === 'account' ? ctx.actor.personId : null, at: ctx.now },
    ...{ postIds: receipt.posts, chargeIds: charges, obligationIds: passed, confirmedAt: null },
  });
  record(ctx, {
    kind: 'person.handed_over',
    about: { kind: 'person', id: fromId, scopeNo: 0, confidential: false },
    body: { handoverId, toId, posts: receipt.posts, charges, obligations: passed },
  });
  return { handoverId, ...receipt };
}

/** By whoever took over, once: they have looked through what came to them. */
export async function confirm(ctx: Ctx, id: Id): Promise<{ confirmed: number }> {
  const { personId } = me(ctx);
  const receipt = await requireReceipt(ctx, id);
  if (receipt.confirmedAt !== null) throw new Problem(handoverProblems['handover.confirmed_already']);
  await confirmReceipt(ctx, id);
  record(ctx, {
    kind: 'person.handover_confirmed',
    about: { kind: 'person', id: personId, scopeNo: 0, confidential: false },
    body: { handoverId: id },
  });
  return { confirmed: 1 };
}

/** One that came to me; held until the transaction ends. */
export async function requireReceipt(ctx: Ctx, id: Id): Promise<{ confirmedAt: Date | null }> {
  const receipt = await lockReceipt(ctx, id, me(ctx).personId);
  if (!receipt) throw new Problem(handoverProblems['handover.not_found']);
  return receipt;
}

/** Open duties in the words of a list. */
export async function named(ctx: Ctx, rows: readonly OpenRow[]): Promise<OpenDuty[]> {
  const names = await callNames(
    ctx,
    rows.map(({ owedByKind: kind, owedBy: id }) => ({ kind, id })),
  );
  return rows.map(({ id, duty, recordId, owedBy, confidential }) => ({
    ...{ id, recordId, duty: dutyWords(duty), owedBy: names.get(owedBy) ?? '', confidential },
  }));
}
