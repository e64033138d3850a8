import { type DeliveryFault, deliveryFaultNames, type News } from '../../domains/work/casefiles/heard.model.ts';
import { acknowledge, feedBack, findCasefile, hear, sendBack } from '../../domains/work/casefiles/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { jitter } from '../../kernel/ids.ts';
import { MOST_FAULTS, waitAfterFault, waitWhenQuiet } from './neighbour.model.ts';
import {
  changeSending,
  noteSpeaksUpdates,
  type SendingChange,
  type SendingRow,
  sendingById,
} from './neighbour.queries.ts';
import type { Plan } from './plan.commands.ts';
import { freshUpdates, isClosed, lastStatus, type Outcome, standing, type Update } from './turn.model.ts';

/** Writes down what came of a turn: on the sending, and in plain words in the story of the case. */
export async function note(
  ctx: Ctx,
  taken: SendingRow,
  plan: Plan,
  outcome: Outcome | null,
): Promise<{ state: string }> {
  const sending = await sendingById(ctx, taken.id);
  // Somebody let it run again meanwhile, or another process had it after us: their turn counts.
  if (!sending || sending.turns !== taken.turns || sending.state !== taken.state) return { state: 'overtaken' };
  const { state, ...change } = await changeAfter(ctx, sending, plan, outcome);
  await changeSending(ctx, sending.id, { state: state ?? sending.state, ...change });
  return { state: state ?? sending.state };
}

async function changeAfter(ctx: Ctx, sending: SendingRow, plan: Plan, outcome: Outcome | null): Promise<SendingChange> {
  if (plan.do === 'stop') {
    if (plan.state === 'withheld') await tell(ctx, sending, 'withheld');
    return { state: plan.state, nextAt: null };
  }
  if (plan.do === 'give up') return giveUp(ctx, sending, 'no_mapping');
  if (outcome === null) return { nextAt: after(ctx, waitWhenQuiet(10, jitter())) };
  const purpose = 'purpose' in plan ? plan.purpose : null;
  switch (outcome.kind) {
    case 'arrived':
      return arrived(ctx, sending, outcome.number, purpose);
    case 'token':
      await tell(ctx, sending, 'token', { ...(purpose !== null && { purpose }) });
      return { ...hale, state: 'token', token: outcome.token, nextAt: after(ctx, waitWhenQuiet(0, jitter())) };
    case 'pending':
      return stillQuiet(ctx, sending);
    case 'refused':
      return giveUp(ctx, sending, outcome.fault, outcome.says);
    case 'fault':
      return faulty(ctx, sending, outcome, purpose);
    case 'heard':
      return heard(ctx, sending, outcome);
  }
}

const hale = { faults: 0, fault: null, quiet: 0 } as const;
const after = (ctx: Ctx, waitMs: number): Date => new Date(ctx.now.getTime() + waitMs);

async function tell(
  ctx: Ctx,
  { casefileId, bodyId }: SendingRow,
  news: News,
  more: { number?: string; fault?: DeliveryFault; status?: string; purpose?: string; words?: string } = {},
): Promise<void> {
  const { words, ...rest } = more;
  await hear(ctx, casefileId, { news, bodyId, ...rest, ...(words && { words }) });
}

/** They have it under a number of their own: that is their receipt. Of one called to help it is no promise to come. */
async function arrived(ctx: Ctx, sending: SendingRow, number: string, purpose: string | null): Promise<SendingChange> {
  await tell(ctx, sending, 'sent', { number, ...(purpose !== null && { purpose }) });
  if (!sending.joint) await receive(ctx, sending);
  return { ...hale, state: 'following', requestId: number, nextAt: after(ctx, waitWhenQuiet(0, jitter())) };
}

async function receive(ctx: Ctx, { casefileId }: SendingRow): Promise<void> {
  const file = await findCasefile(ctx, casefileId);
  if (file?.status === 'dispatched' && !file.suspended) await acknowledge(ctx, casefileId, {});
}

const stillQuiet = (ctx: Ctx, { quiet }: SendingRow): SendingChange => ({
  ...{ faults: 0, fault: null, quiet: quiet + 1 },
  nextAt: after(ctx, waitWhenQuiet(quiet + 1, jitter())),
});

const neverArrived: ReadonlySet<string> = new Set(['waiting', 'posting']);

/** Listed for an administrator, and said in the case. What they said no to has not been taken. */
async function giveUp(ctx: Ctx, sending: SendingRow, fault: DeliveryFault, words?: string): Promise<SendingChange> {
  const isKnown = sending.requestId !== null || sending.token !== null;
  await tell(ctx, sending, isKnown ? 'lost' : 'failed', { fault, ...(words && { words }) });
  return { state: 'failed', fault, nextAt: null, ...(neverArrived.has(sending.state) && { leftAt: null }) };
}

async function faulty(
  ctx: Ctx,
  sending: SendingRow,
  { fault, left }: { fault: DeliveryFault; left: boolean },
  purpose: string | null,
): Promise<SendingChange> {
  const faults = sending.faults + 1;
  const stays = sending.state === 'posting' ? (left ? 'unsure' : 'waiting') : sending.state;
  if (faults >= MOST_FAULTS) return { ...(await giveUp(ctx, { ...sending, state: stays }, fault)), faults };
  const isOnItsWay = sending.requestId === null && sending.token === null;
  if (faults === 1 && isOnItsWay)
    await tell(ctx, sending, 'delayed', { fault, ...(left && purpose !== null && { purpose }) });
  return {
    ...{ state: stays, faults, fault: faultName(fault) },
    nextAt: after(ctx, waitAfterFault(faults, jitter())),
    ...(stays === 'waiting' && { leftAt: null }),
  };
}

const faultName = (fault: DeliveryFault): string => (deliveryFaultNames.includes(fault) ? fault : 'refused');

async function heard(
  ctx: Ctx,
  sending: SendingRow,
  { request, updates, asked }: Outcome & { kind: 'heard' },
): Promise<SendingChange> {
  const id = sending.requestId ?? '';
  if (asked) await noteSpeaksUpdates(ctx, sending.bodyId, updates !== null);
  const fresh = freshUpdates(updates ?? [], id, sending.seen);
  for (const update of fresh) await tellUpdate(ctx, sending, update);
  const now = standing(request);
  const notes = request.status_notes ?? '';
  const isNew = now !== sending.heard;
  const closes = isClosed(request) && (await isOver(ctx, sending, lastStatus(updates, id), notes || lastWords(fresh)));
  // Whoever speaks the extension has said it there.
  if (isNew && !closes && fresh.length === 0 && notes !== '')
    await tell(ctx, sending, 'update', { status: 'OPEN', words: notes });
  const kept = { heard: now, seen: [...sending.seen, ...fresh.map(({ key }) => key)] };
  if (closes) return { ...hale, ...kept, state: 'closed', nextAt: null };
  if (fresh.length === 0 && !isNew) return { ...stillQuiet(ctx, sending), ...kept };
  return { ...hale, ...kept, nextAt: after(ctx, waitWhenQuiet(0, jitter())) };
}

const tellUpdate = (ctx: Ctx, sending: SendingRow, { status, words }: Update): Promise<void> =>
  tell(ctx, sending, 'update', { status, ...(words !== '' && { words }) });

const lastWords = (fresh: readonly Update[]): string => fresh.at(-1)?.words ?? '';

/**
 * Closed with them is done as the body says it, for somebody of ours to check; it closes nothing here. False: the case
 * rests just now, and they are asked again later.
 */
async function isOver(ctx: Ctx, sending: SendingRow, status: string, said: string): Promise<boolean> {
  const { casefileId, joint, requestId } = sending;
  const words = said.slice(0, 2000) || '对方没有写说明 / no words were given';
  if (joint) {
    await tell(ctx, sending, 'closed', { words });
    return true;
  }
  if ((await findCasefile(ctx, casefileId))?.suspended) return false;
  if (status === 'NOT_COUNCILS_RESPONSIBILITY') {
    await tell(ctx, sending, 'not_theirs');
    await sendBack(ctx, casefileId, { reason: 'not_ours', words });
    return true;
  }
  await receive(ctx, sending);
  await tell(ctx, sending, 'closed', { number: requestId ?? '' });
  await feedBack(ctx, casefileId, { words });
  return true;
}
