import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { type Sweep, sweepAway } from '../../../kernel/sweep.ts';
import { me } from '../../land/accounts/index.ts';
import { stickerOf, tellOfPlan } from './patrol.commands.ts';
import { type GivenTick, patrolProblems, patrolWalkers } from './patrol.model.ts';
import { findPlan, type PlaceRow, type PlanRow, placesOf, walkersOf } from './patrol.queries.ts';
import { isLeap, judgeTick, readCode, spotAt, type Verdict } from './tick.model.ts';
import { LATEST_MS, LONGEST_WALK_MS } from './walk.model.ts';
import {
  findPatrol,
  insertPatrol,
  insertPosition,
  insertTick,
  type PatrolRow,
  removePositions,
  saveEnded,
  stoodAround,
} from './walk.queries.ts';

defineConstraints({ patrol_pkey: 'command.id_taken' });

/** Within where one walks oneself. Refused by `patrol.not_found`, `patrol.not_yours`. */
export async function requireWalkable(ctx: Ctx, planId: Id): Promise<PlanRow> {
  const plan = await findPlan(ctx, planId, patrolWalkers);
  if (!plan) throw new Problem(patrolProblems['patrol.not_found']);
  if (!(await isWalker(ctx, planId))) throw new Problem(patrolProblems['patrol.not_yours']);
  return plan;
}

/** Whoever was named when it happened, or anybody who walks there where nobody was. */
async function isWalker(ctx: Ctx, planId: Id): Promise<boolean> {
  const all = await walkersOf(ctx, [planId]);
  const named = all.filter(({ since, until }) => since <= ctx.occurredAt && (until === null || ctx.occurredAt < until));
  return named.length === 0 || named.some(({ personId }) => personId === me(ctx).personId);
}

export async function startPatrol(ctx: Ctx, planId: Id, patrolId: Id): Promise<{ patrolId: Id; planId: Id }> {
  const plan = await requireWalkable(ctx, planId);
  requireBefore(ctx, plan);
  insertPatrol(ctx, {
    ...{ id: patrolId, planId, personId: me(ctx).personId },
    ...{ startedAt: ctx.occurredAt, endedAt: null, recordedAt: ctx.now },
  });
  tellOfPlan(ctx, plan, 'patrol.started', { patrolId });
  return { patrolId, planId };
}

function requireBefore({ occurredAt }: Ctx, { stage, closedAt }: PlanRow): void {
  if (stage === 'closed' && (closedAt === null || occurredAt >= closedAt))
    throw new Problem(patrolProblems['patrol.closed']);
}

/** One's own that was under way at that time; a position of any other moment is not taken in. */
async function requireWalking(ctx: Ctx, planId: Id, patrolId: Id): Promise<PatrolRow> {
  const patrol = await findPatrol(ctx, patrolId);
  const isOwn = patrol?.planId === planId && patrol.personId === me(ctx).personId;
  if (!patrol || !isOwn) throw new Problem(patrolProblems['patrol.not_walking']);
  const { startedAt, endedAt } = patrol;
  const over = endedAt?.getTime() ?? startedAt.getTime() + LONGEST_WALK_MS;
  const at = ctx.occurredAt.getTime();
  if (at < startedAt.getTime() || at > over) throw new Problem(patrolProblems['patrol.not_walking']);
  return patrol;
}

export async function endPatrol(ctx: Ctx, planId: Id, patrolId: Id): Promise<{ patrolId: Id; planId: Id }> {
  const plan = await requireWalkable(ctx, planId);
  const patrol = await requireWalking(ctx, planId, patrolId);
  if (patrol.endedAt === null) {
    saveEnded(ctx, patrolId, ctx.occurredAt);
    tellOfPlan(ctx, plan, 'patrol.ended', { patrolId });
  }
  return { patrolId, planId };
}

/**
 * Somebody was at a place. It counts for when it was made, however late it arrives within two weeks; what cannot be shown is
 * kept all the same, and does not count.
 */
export async function tickPlace(
  ctx: Ctx,
  planId: Id,
  given: GivenTick,
): Promise<{ tickId: Id; planId: Id; verdict: Verdict }> {
  const plan = await requireWalkable(ctx, planId);
  const { id: patrolId } = await requireWalking(ctx, planId, given.patrolId);
  const place = (await placesOf(ctx, [planId])).find(({ id }) => id === given.placeId);
  if (!place) throw new Problem(patrolProblems['patrol.no_place']);
  const { verdict, distanceM } = await judge(ctx, place, { ...given, patrolId });
  const tick = {
    ...{ id: ctx.ids.newId(), patrolId, planId, placeId: place.id, personId: me(ctx).personId },
    ...{ madeAt: ctx.occurredAt, recordedAt: ctx.now, how: given.how, verdict, distanceM },
    ...{ accuracyM: given.at === null ? null : Math.round(given.at.accuracyM), reason: given.reason },
  };
  insertTick(ctx, tick);
  if (given.at !== null) insertPosition(ctx, tick, given.at, await keepUntil(ctx, plan));
  tellOfPlan(ctx, plan, 'patrol.ticked', { placeId: place.id, how: given.how, verdict });
  return { tickId: tick.id, planId, verdict };
}

const DAY_MS = 86_400_000;
const keepUntil = async (ctx: Ctx, { positionDays }: PlanRow): Promise<string> =>
  dayOf(new Date(ctx.occurredAt.getTime() + positionDays * DAY_MS), (await realmOf(ctx)).zone);

async function judge(
  ctx: Ctx,
  place: PlaceRow,
  given: GivenTick,
): Promise<{ verdict: Verdict; distanceM: number | null }> {
  const at = ctx.occurredAt;
  const { distanceM, verdict } = judgeTick(spotAt(place, at.getTime()), given);
  if (at < place.since || (place.until !== null && at >= place.until)) return { verdict: 'not_then', distanceM };
  if (ctx.now.getTime() - at.getTime() > LATEST_MS) return { verdict: 'too_late', distanceM };
  if (given.how === 'here') return { verdict: await orLeap(ctx, given, verdict), distanceM };
  const isWrong = given.how === 'code' && readCode(given.code ?? '') !== stickerOf(ctx, place.id);
  return { verdict: isWrong ? 'wrong_code' : verdict, distanceM };
}

async function orLeap(ctx: Ctx, { at, patrolId }: GivenTick, verdict: Verdict): Promise<Verdict> {
  if (verdict !== 'counted' || at === null) return verdict;
  const here = { ...at, at: ctx.occurredAt.getTime() };
  const around = await stoodAround(ctx, patrolId, ctx.occurredAt);
  const leaps = around.some((stood) => isLeap({ ...stood, accuracyM: 0, at: stood.at.getTime() }, here));
  return leaps ? 'leap' : verdict;
}

/** Where people stood goes on the day that was said; that they were there stays. */
export const positionRetention: Sweep = sweepAway('positions of patrols', async (ctx, most) =>
  removePositions(ctx, dayOf(ctx.now, (await realmOf(ctx)).zone), most),
);
