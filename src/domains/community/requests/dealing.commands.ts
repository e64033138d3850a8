import type { Ctx } from '../../../kernel/context.ts';
import { dataKeysOf } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { askForget, correctedSince, openEverything, recordThere } from '../../land/registry/index.ts';
import { deskFor, directoryOf } from '../../land/staff/index.ts';
import type { Rung } from '../../work/obligations/clock.model.ts';
import { actOnDuty, type DutyAct, openDuty, settleAt } from '../../work/obligations/index.ts';
import { begin, type Done, finish, type Step, subjectOf } from './request.commands.ts';
import { type FormOf, requestDesk, requestProblems } from './request.model.ts';
import { answerDuty, confirmDuty } from './request.workflow.ts';

/** What is done about a request, each as its row of the table says. */

/** Everything is opened, in full, for whoever it is about; that it was is noted with the record and with the request. */
export async function show(ctx: Ctx, id: Id): Done {
  const step = await begin(ctx, id, 'show');
  const recordId = await requireThere(ctx, step);
  await openEverything(ctx, recordId, step.request.wanted === 'copy' ? '本人要求复制' : '本人要求查阅');
  return finish(ctx, 'show', step, { change: { shownAt: ctx.now }, body: { recordId } });
}

/** With what was put right in the record since they asked; which values that were stands there, not here. */
export async function corrected(ctx: Ctx, id: Id, { words }: FormOf<'corrected'>): Done {
  const step = await begin(ctx, id, 'corrected');
  const recordId = await requireThere(ctx, step);
  const changes = (await correctedSince(ctx, recordId, step.request.writtenAt)).map(({ changeId }) => changeId);
  if (changes.length === 0) throw new Problem(requestProblems['person_request.not_corrected']);
  return finish(ctx, 'corrected', step, { body: { recordId, changes }, words });
}

/** The first of two: nothing goes until somebody else says so. */
export async function propose(ctx: Ctx, id: Id, { words }: FormOf<'propose'>): Done {
  const step = await begin(ctx, id, 'propose');
  await requireThere(ctx, step);
  const change = { proposedBy: me(ctx).personId, proposedAt: ctx.now };
  return finish(ctx, 'propose', step, { change, duties: [await openConfirming(ctx, step)], words });
}

const onTheDay: readonly Rung[] = [{ at: { after: null }, tell: 'owner' }];

/** The other of the two desks that keep the ledger there; it has as long as the answer has. */
async function openConfirming(ctx: Ctx, { request, open, verdict }: Step): Promise<DutyAct> {
  const [directory, atlas] = await Promise.all([directoryOf(ctx), atlasOf(ctx)]);
  const areaId = atlas.areaOf(request)?.id ?? request.areaId;
  const desks = requestDesk.flatMap((role) => deskFor(directory, atlas, areaId, role) ?? []);
  const others = desks.filter((desk) => desk.id !== verdict.postId);
  const other = others.find(({ held }) => held) ?? others[0];
  if (!other) throw new Problem(requestProblems['person_request.nobody_else']);
  const until = open.find(({ duty }) => duty === answerDuty)?.dueAt;
  const { act } = await openDuty(ctx, {
    ...{ duty: confirmDuty, about: subjectOf(request), owedBy: { kind: 'post', id: other.id } as const },
    ...{ limit: null, ladder: until ? onTheDay : [], title: `确认删除个人信息 · ${atlas.get(areaId)?.name ?? ''}` },
    ...(until && { until }),
  });
  return act;
}

/** The second of two: the key of the record is destroyed, and with it everything that was sealed under it. */
export async function confirm(ctx: Ctx, id: Id): Done {
  const step = await begin(ctx, id, 'confirm');
  const recordId = await recordThere(ctx, step.request.recordId ?? '');
  // Somebody may have erased it meanwhile; then there is nothing left to do but to tell the person.
  if (recordId === null) await requireGone(ctx, step);
  else await askForget(ctx, recordId, '本人要求删除，两人确认');
  const duties = await actOnDuty(ctx, step.open, confirmDuty, settleAt(ctx.now));
  const change = { confirmedBy: me(ctx).personId, confirmedAt: ctx.now };
  return finish(ctx, 'confirm', step, { change, body: { recordId: step.request.recordId }, duties });
}

export async function sendBack(ctx: Ctx, id: Id, { words }: FormOf<'send_back'>): Done {
  const step = await begin(ctx, id, 'send_back');
  const duties = await actOnDuty(ctx, step.open, confirmDuty, settleAt(ctx.now));
  return finish(ctx, 'send_back', step, { change: { proposedBy: null, proposedAt: null }, duties, words });
}

async function requireThere(ctx: Ctx, { request }: Step): Promise<Id> {
  const recordId = await recordThere(ctx, request.recordId ?? '');
  if (recordId === null) throw new Problem(requestProblems['person_request.elsewhere']);
  return recordId;
}

/** Not to be read here is not yet erased: as long as it has a key it lies somewhere else. */
async function requireGone(ctx: Ctx, { request }: Step): Promise<void> {
  const keys = await dataKeysOf(ctx, request.recordId ?? '');
  if (keys.length > 0) throw new Problem(requestProblems['person_request.elsewhere']);
}
