import type { z } from 'zod';
import { type Ctx, holdsPost } from '../../../kernel/context.ts';
import type { Boundary } from '../../../kernel/geo.ts';
import type { Id } from '../../../kernel/id.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf, requireArea } from '../../land/areas/index.ts';
import { isRole, namesOf, roles } from '../../land/staff/index.ts';
import { type Covered, coverage, gapsAt, gapsIn, isWhole, longestOf } from './coverage.model.ts';
import { datumDoubtOf } from './datum_doubt.model.ts';
import { type DatedRule, instantOf, nextRound, roundsIn } from './due.model.ts';
import { plansAll, requireOwnPlan, requirePlan, stickerOf, walksAround } from './patrol.commands.ts';
import {
  type patrolDetail,
  patrolPlanners,
  type patrolView,
  patrolWalkers,
  type stickerView,
  type tickView,
  type walkerView,
} from './patrol.model.ts';
import {
  listPlans,
  type PlaceRow,
  type PlanRow,
  placesOf,
  type RuleRow,
  rulesOf,
  type WalkerRow,
  walkersOf,
} from './patrol.queries.ts';
import { LONGEST_WALK_MS } from './walk.model.ts';
import { countedBetween, type LastTick, lastTicks, listTicks, listWalks } from './walk.queries.ts';

const MOST_PLANS = 300;
const DAY_MS = 86_400_000;

/** All that a plan is counted by. */
interface Known {
  readonly rules: readonly RuleRow[];
  readonly places: readonly PlaceRow[];
  readonly walkers: readonly WalkerRow[];
  readonly ticks: readonly { readonly planId: Id; readonly placeId: Id; readonly at: Date }[];
  readonly zone: string;
  /** The day that is looked at: its first instant and the one after its last. */
  readonly from: number;
  readonly to: number;
}

async function knownOf(ctx: Ctx, ids: readonly Id[], day: string): Promise<Known> {
  const { zone } = await realmOf(ctx);
  const from = instantOf(day, '00:00', zone);
  const to = instantOf(dayOf(new Date(from + 1.5 * DAY_MS), zone), '00:00', zone);
  // A round that begins late on the day ends on the next.
  const [rules, places, walkers, ticks] = await Promise.all([
    ...([rulesOf(ctx, ids), placesOf(ctx, ids), walkersOf(ctx, ids)] as const),
    countedBetween(ctx, ids, new Date(from), new Date(to + DAY_MS)),
  ]);
  return { rules, places, walkers, ticks, zone, from, to };
}

const of = <T extends { readonly planId: Id }>(rows: readonly T[], planId: Id): T[] =>
  rows.filter((row) => row.planId === planId);
const dated = <T extends { since: Date; until: Date | null }>(row: T) => ({
  ...row,
  ...{ since: row.since.getTime(), until: row.until?.getTime() ?? null },
});
const holds = ({ until }: { until: Date | null }): boolean => until === null;

const datedRules = (known: Known, planId: Id): DatedRule[] => of(known.rules, planId).map(dated);

/** The rounds that begin on the day, and which places were ticked in them. */
function coveredOn(known: Known, planId: Id): Covered[] {
  const rounds = roundsIn(datedRules(known, planId), known.zone, known.from, known.to);
  const ticks = of(known.ticks, planId).map(({ placeId, at }) => ({ placeId, at: at.getTime() }));
  return coverage(rounds, of(known.places, planId).map(dated), ticks);
}

/** With what is due today, the longest without a whole round first among those that go on. */
export async function patrolList(ctx: Ctx): Promise<z.input<typeof patrolView>[]> {
  const plans = await listPlans(ctx, MOST_PLANS);
  const { zone } = await realmOf(ctx);
  const ids = plans.map(({ id }) => id);
  const known = await knownOf(ctx, ids, dayOf(ctx.now, zone));
  return Promise.all(plans.map((plan) => lineOf(ctx, plan, known)));
}

async function lineOf(ctx: Ctx, plan: PlanRow, known: Known): Promise<z.input<typeof patrolView>> {
  const { id, title, kind, areaId, scopeNo, stage, pledgedOn, openedAt } = plan;
  const atlas = await atlasOf(ctx);
  const now = ctx.now.getTime();
  const over = coveredOn(known, id).filter(({ end }) => end <= now);
  const named = of(known.walkers, id).filter(holds);
  const next = stage === 'closed' ? null : nextRound(datedRules(known, id), known.zone, now);
  return {
    ...{ id, title, kind, areaId, stage, pledgedOn, openedAt },
    area: atlas.areaOf({ scopeNo, areaId })?.name ?? '',
    places: of(known.places, id).filter(holds).length,
    walkers: named.length,
    contracts: named.filter(({ contract }) => contract !== null).length,
    due: over.length,
    done: over.filter(isWhole).length,
    next: next && { start: new Date(next.start), end: new Date(next.end) },
    gap: gapView(longestOf(gapsIn(over, isWhole))),
  };
}

const gapView = (gap: ReturnType<typeof longestOf>): z.input<typeof patrolView>['gap'] =>
  gap && { from: new Date(gap.from), to: new Date(gap.to), rounds: gap.rounds };

export async function readPatrol(ctx: Ctx, id: Id, asked: string | null): Promise<z.input<typeof patrolDetail>> {
  const plan = await requirePlan(ctx, id);
  const today = dayOf(ctx.now, (await realmOf(ctx)).zone);
  const known = await knownOf(ctx, [id], asked ?? today);
  const line = await lineOf(ctx, plan, asked === null || asked === today ? known : await knownOf(ctx, [id], today));
  const rule = (known.rules.find(holds) ?? known.rules.at(-1))?.rule;
  if (!rule) throw new Error(`patrol ${id} has no rule`);
  const rounds = coveredOn(known, id);
  const now = ctx.now.getTime();
  const named = known.walkers.filter(holds);
  const last = await lastTicks(ctx, [id]);
  const walks = await listWalks(ctx, id, {
    ...{ from: new Date(known.from), to: new Date(known.to), most: MOST_WALKS },
    alive: new Date(now - LONGEST_WALK_MS),
  });
  const names = await namesOf(
    ctx,
    [...named, ...walks, ...last.values()].map(({ personId }) => personId),
  );
  const atlas = await atlasOf(ctx);
  const { boundary = null } = atlas.areaOf(plan) ?? {};
  const begun = of(known.rules, id)
    .map(({ since }) => since)
    .findLast((since) => since.getTime() >= known.from && since.getTime() < known.to);
  return {
    ...line,
    ...{ day: asked ?? today, rule, positionDays: plan.positionDays },
    rounds: rounds.map(({ start, end, places, ticked }) => ({
      ...{ start: new Date(start), end: new Date(end), isOver: end <= now },
      ...{ places: places.length, ticked: ticked.length },
    })),
    spots: spotsOf(
      known,
      rounds.filter(({ end }) => end <= now),
      { last, names, boundary },
    ),
    since: begun ?? null,
    walks: walks.map((walk) => ({
      ...{ id: walk.id, person: names.get(walk.personId) ?? '', startedAt: walk.startedAt, endedAt: walk.endedAt },
      isOn: walk.endedAt === null && now - walk.startedAt.getTime() < LONGEST_WALK_MS,
    })),
    named: named.map(({ personId, contract }) => ({ personId, name: names.get(personId) ?? '', contract })),
    can: cansOf(ctx, plan, named),
  };
}

const MOST_WALKS = 100;

/** What is said of a place besides its rounds. */
interface Beside {
  readonly last: ReadonlyMap<Id, LastTick>;
  readonly names: ReadonlyMap<Id, string>;
  readonly boundary: Boundary | null;
}

/** Places that stand in the plan, or were asked for on the day. */
function spotsOf(
  { places }: Known,
  over: readonly Covered[],
  { last, names, boundary }: Beside,
): z.input<typeof patrolDetail>['spots'] {
  const asked = new Set(over.flatMap((round) => round.places));
  const seen = places.filter((place) => holds(place) || asked.has(place.id));
  return seen.map(({ id, name, lon, lat, radiusM, until }) => ({
    ...{ id, name, radiusM, isStanding: until === null, point: lon === null || lat === null ? null : { lon, lat } },
    doubt: lon === null || lat === null ? null : datumDoubtOf([lon, lat], boundary),
    rounds: over.filter((round) => round.places.includes(id)).length,
    ticked: over.filter((round) => round.ticked.includes(id)).length,
    gap: gapView(longestOf(gapsAt(over, id))),
    lastAt: last.get(id)?.at ?? null,
    lastBy: names.get(last.get(id)?.personId ?? '') ?? null,
  }));
}

const over = { zh: '这项巡查已经结束', en: 'it is over' };
const theirs = { zh: '由负责这片的人安排', en: 'planned by whoever answers for the area' };
const notWalker = { zh: '没有安排给您', en: 'it is not yours to walk' };

function cansOf(ctx: Ctx, plan: PlanRow, named: readonly WalkerRow[]): z.input<typeof patrolDetail>['can'] {
  const notNow = plan.stage === 'closed' ? over : null;
  const own = notNow ?? (holdsPost(ctx, patrolPlanners, plan.scopeNo) ? null : theirs);
  const isMine = named.length === 0 || named.some(({ personId }) => personId === me(ctx).personId);
  const why = {
    change: own,
    close: own,
    walk: notNow ?? (holdsPost(ctx, patrolWalkers, plan.scopeNo) && isMine ? null : notWalker),
  };
  return (['change', 'close', 'walk'] as const).map((act) => ({ act, allowed: why[act] === null, why: why[act] }));
}

const MOST_TICKS = 500;

/** Who was where, when and how; what was counted and what was not. */
export async function ticksOf(
  ctx: Ctx,
  id: Id,
  given: { from: Date; to: Date; placeId: Id | null; onlyCounted: boolean },
): Promise<z.input<typeof tickView>[]> {
  await requirePlan(ctx, id);
  const { zone } = await realmOf(ctx);
  const rules = (await rulesOf(ctx, [id])).map(dated);
  // The round in which the first of them fell may have begun on the day before.
  const rounds = roundsIn(rules, zone, given.from.getTime() - DAY_MS, given.to.getTime());
  const isInRound = (at: Date): boolean => rounds.some(({ start, end }) => start <= +at && +at < end);
  const rows = await listTicks(ctx, id, { ...given, mine: me(ctx).personId, most: MOST_TICKS });
  const names = await namesOf(
    ctx,
    rows.map(({ personId }) => personId),
  );
  return rows.map((row) => ({
    ...{ id: row.id, placeId: row.placeId, place: row.place, person: names.get(row.personId) ?? '' },
    ...{ madeAt: row.madeAt, how: row.how, verdict: row.verdict, inRound: isInRound(row.madeAt), reason: row.reason },
    lateMin: Math.round((row.recordedAt.getTime() - row.madeAt.getTime()) / 60_000),
    ...{ distanceM: row.distanceM, accuracyM: row.accuracyM },
    own:
      row.lon === null || row.lat === null || row.keepUntil === null
        ? null
        : { lon: row.lon, lat: row.lat, keptUntil: row.keepUntil },
  }));
}

/** Who could be sent there; of land that is not the viewer's, nobody. */
export async function walkersIn(ctx: Ctx, areaId: Id): Promise<z.input<typeof walkerView>[]> {
  const area = await requireArea(ctx, areaId);
  if (!plansAll(ctx, area)) return [];
  return (await walksAround(ctx, area)).map(({ personId, name, role }) => ({
    ...{ personId, name },
    post: isRole(role) ? roles[role].words : { zh: role, en: role },
  }));
}

/** What is to be printed and put up; for whoever plans. */
export async function stickersOf(ctx: Ctx, id: Id): Promise<z.input<typeof stickerView>[]> {
  await requireOwnPlan(ctx, id);
  const places = (await placesOf(ctx, [id])).filter(holds);
  return places.map(({ id: placeId, name }) => ({ placeId, name, code: stickerOf(ctx, placeId) }));
}
