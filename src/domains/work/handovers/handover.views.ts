import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { callNames, directoryOf, holdersOf, staffProblems } from '../../land/staff/index.ts';
import { findCasefiles, lineOf } from '../casefiles/index.ts';
import { clockOf, dutyWords, isOpen, obligationsNamed } from '../obligations/index.ts';
import type { HandoverForm } from './handover.commands.ts';
import { previewHandover } from './handover.commands.ts';
import type { OpenDuty } from './handover.model.ts';
import { chargesNamed, openOfOwners, type ReceiptRow, receiptsOf } from './handover.queries.ts';
import type { handoverPreview, receiptView, relievingView, standDownPreview } from './handover_form.model.ts';
import { previewStandDown, type StandDownForm } from './organisation.commands.ts';

const MOST_RECEIPTS = 100;

/** Without the ids of what is passed on. */
export async function handoverShown(ctx: Ctx, form: HandoverForm): Promise<z.output<typeof handoverPreview>> {
  const { duties, ...shown } = await previewHandover(ctx, form);
  return { ...shown, posts: [...shown.posts], charges: [...shown.charges], duties: byKind(duties, () => ({})) };
}

export async function standDownShown(ctx: Ctx, form: StandDownForm): Promise<z.output<typeof standDownPreview>> {
  const { name, duties, left } = await previewStandDown(ctx, form);
  const why = new Map(left.map(({ says }) => [says.zh, says]));
  return { id: form.bodyId, name, duties: byKind(duties, ({ to }) => ({ to })), left: [...why.values()] };
}

/** Duties of one kind and owner are one line with their number. */
function byKind<T extends OpenDuty, M extends object>(duties: readonly T[], more: (duty: T) => M) {
  const lines = new Map<string, Pick<OpenDuty, 'duty' | 'owedBy'> & M & { count: number; confidential: number }>();
  for (const one of duties) {
    const { duty, owedBy, confidential } = one;
    const key = JSON.stringify([duty.zh, owedBy, more(one)]);
    const before = lines.get(key) ?? { duty, owedBy, ...more(one), count: 0, confidential: 0 };
    lines.set(key, {
      ...before,
      count: before.count + 1,
      confidential: before.confidential + (confidential ? 1 : 0),
    });
  }
  return [...lines.values()];
}

/** One's own, and for whoever appoints people those of all. */
export async function receipts(ctx: Ctx): Promise<z.output<typeof receiptView>[]> {
  const { personId, posts } = me(ctx);
  const isAdmin = posts.some(({ role }) => role === 'admin');
  const rows = await receiptsOf(ctx, isAdmin ? null : personId, MOST_RECEIPTS);
  const people = rows.flatMap(({ fromId, toId, byId }) => [fromId, toId, ...(byId === null ? [] : [byId])]);
  const names = await callNames(ctx, [
    ...people.map((id) => ({ kind: 'person', id })),
    ...rows.flatMap(({ postIds }) => postIds.map((id) => ({ kind: 'post', id }))),
  ]);
  const shown: z.output<typeof receiptView>[] = [];
  for (const row of rows) shown.push(await receiptOf(ctx, row, names, personId));
  return shown;
}

async function receiptOf(
  ctx: Ctx,
  row: ReceiptRow,
  names: ReadonlyMap<Id, string>,
  personId: Id,
): Promise<z.output<typeof receiptView>> {
  const { id, fromId, toId, byId, at, confirmedAt, postIds, chargeIds, obligationIds } = row;
  const side = toId === personId ? 'receiver' : fromId === personId ? 'giver' : 'other';
  const [atlas, charges] = [await atlasOf(ctx), await chargesNamed(ctx, chargeIds)];
  return {
    ...{ id, at, confirmedAt, side, from: names.get(fromId) ?? '', to: names.get(toId) ?? '' },
    by: byId === null ? null : (names.get(byId) ?? ''),
    posts: postIds.flatMap((one) => names.get(one) ?? []),
    charges: charges.map(({ areaId, charge }) => `${atlas.get(areaId)?.name ?? ''} ${charge}`),
    duties: obligationIds.length,
    list: side === 'receiver' ? await listOf(ctx, obligationIds) : [],
  };
}

async function listOf(ctx: Ctx, ids: readonly Id[]): Promise<z.output<typeof receiptView>['list']> {
  const duties = await obligationsNamed(ctx, ids);
  const files = await findCasefiles(
    ctx,
    duties.map(({ recordId }) => recordId),
  );
  const lines = new Map<Id, Awaited<ReturnType<typeof lineOf>>>();
  for (const file of files) lines.set(file.id, await lineOf(ctx, file));
  return duties.map((duty) => ({
    ...{ id: duty.id, recordId: duty.recordId, dutyWords: dutyWords(duty.duty), open: isOpen(duty) },
    title: lines.get(duty.recordId)?.title ?? null,
    number: lines.get(duty.recordId)?.number ?? null,
    clock: clockOf(duty, ctx.now),
  }));
}

/** What relieving somebody of a post leaves behind: nothing moves by itself. */
export async function relieving(ctx: Ctx, postId: Id): Promise<z.output<typeof relievingView>> {
  const post = (await directoryOf(ctx)).post(postId);
  if (!post) throw new Problem(staffProblems['staff.not_found']);
  const [holders, names] = [await holdersOf(ctx, [postId]), await callNames(ctx, [{ kind: 'post', id: postId }])];
  const open = await openOfOwners(ctx, post.bodyId === null ? [postId] : [postId, post.bodyId]);
  return {
    id: postId,
    name: names.get(postId) ?? '',
    waiting: open.filter(({ owedBy, assigneeId }) => owedBy === postId && assigneeId === null).length,
    holders: holders.map(({ personId, name }) => ({
      ...{ personId, name },
      given: open.filter(({ assigneeId }) => assigneeId === personId).length,
    })),
  };
}
