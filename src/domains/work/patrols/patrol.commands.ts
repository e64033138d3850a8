import { type Ctx, holdsPost } from '../../../kernel/context.ts';
import { keyedHash } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import { roundsIn } from './due.model.ts';
import { type GivenChange, type GivenPlace, type GivenPlan, patrolPlanners, patrolProblems } from './patrol.model.ts';
import {
  endDated,
  findPlan,
  holdPlan,
  insertPlaces,
  insertPlan,
  insertRule,
  insertWalkers,
  type PlaceRow,
  type PlanRow,
  placesOf,
  rulesOf,
  savePlace,
  savePlan,
  type WalkerRow,
  walkersOf,
} from './patrol.queries.ts';
import { type WalksThere, walkersAt } from './people.queries.ts';
import { withCheck } from './tick.model.ts';

type Planned = { planId: Id };

/** Refused by `patrol.not_here`, `patrol.wrong_plan`. */
export async function planPatrol(ctx: Ctx, given: GivenPlan): Promise<Planned> {
  const area = await plannableArea(ctx, given.areaId);
  await requireSound(ctx, given, area);
  const { title, kind, pledgedOn, positionDays } = given;
  const id = ctx.ids.newId();
  insertPlan(ctx, {
    ...{ id, title, kind, areaId: area.id, scopeNo: area.no, pledgedOn, positionDays, stage: 'open' as const },
    ...{ personId: me(ctx).personId, openedAt: ctx.now, closedAt: null },
  });
  insertRule(ctx, { ...datedNow(ctx, id), rule: given.rule });
  insertPlaces(
    ctx,
    given.places.map((place, i) => placeRow(ctx, id, place, i)),
  );
  insertWalkers(
    ctx,
    given.walkers.map((walker) => ({ ...datedNow(ctx, id), ...walker })),
  );
  tellOfPlan(ctx, { id, scopeNo: area.no }, 'patrol.planned', { areaId: area.id, places: given.places.length });
  return { planId: id };
}

const datedNow = (ctx: Ctx, planId: Id) => ({ id: ctx.ids.newId(), planId, since: ctx.now, until: null });

const placeRow = (ctx: Ctx, planId: Id, { name, point, radiusM }: GivenPlace, ord: number): PlaceRow => ({
  ...datedNow(ctx, planId),
  ...{ ord, name, lon: point?.lon ?? null, lat: point?.lat ?? null, radiusM, earlier: [] },
});

/** Only for land that is one's own as a whole. */
async function plannableArea(ctx: Ctx, areaId: Id): Promise<Area> {
  const area = await requireArea(ctx, areaId);
  if (!plansAll(ctx, area)) throw new Problem(patrolProblems['patrol.not_here']);
  return area;
}

export const plansAll = (ctx: Ctx, { no, lastNo }: Pick<Area, 'no' | 'lastNo'>): boolean =>
  holdsPost(ctx, patrolPlanners, no, lastNo);

/** What the schema cannot say: names once, windows apart, a round now and then, and people who work there. */
async function requireSound(ctx: Ctx, given: GivenChange, area: Pick<Area, 'id'>): Promise<void> {
  const faults = [
    ...namedTwice(given.places),
    ...overlapping(given.rule),
    ...neverDue(given.rule),
    ...(await strangers(ctx, given.walkers, area)),
  ];
  if (faults.length > 0) throw new Problem(patrolProblems['patrol.wrong_plan'], {}, faults);
}

function namedTwice(places: readonly GivenPlace[]): FieldFault[] {
  const names = places.map(({ name }) => name);
  return names.flatMap((name, i) =>
    names.indexOf(name) < i
      ? [{ path: `places.${i}.name`, says: { zh: `“${name}”写了两次`, en: `“${name}” stands there twice` } }]
      : [],
  );
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function overlapping({ windows }: GivenChange['rule']): FieldFault[] {
  const spans = windows.map(({ from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    return { start, end: end > start ? end : end + 1440 };
  });
  const says = { zh: '和另一个时段重叠', en: 'overlaps another' };
  return spans.flatMap((one, i) =>
    spans
      .slice(0, i)
      .some((other) => [-1440, 0, 1440].some((by) => one.start + by < other.end && other.start < one.end + by))
      ? [{ path: `rule.windows.${i}`, says }]
      : [],
  );
}

const FOUR_YEARS_MS = 4 * 366 * 86_400_000;
function neverDue(rule: GivenChange['rule']): FieldFault[] {
  const some = roundsIn([{ rule: { ...rule, everyMin: 1440 }, since: 0, until: null }], 'UTC', 0, FOUR_YEARS_MS);
  return some.length > 0 ? [] : [{ path: 'rule.season', says: { zh: '没有这样的日子', en: 'there is no such day' } }];
}

async function strangers(ctx: Ctx, walkers: GivenChange['walkers'], area: Pick<Area, 'id'>): Promise<FieldFault[]> {
  if (walkers.length === 0) return [];
  const there = new Set((await walksAround(ctx, area)).map(({ personId }) => personId));
  const says = { zh: '这个人不在这里的网格上任职', en: 'does not work in a grid there' };
  return walkers.flatMap(({ personId }, i) => (there.has(personId) ? [] : [{ path: `walkers.${i}.personId`, says }]));
}

/** Who may walk what lies there: posts of the area itself and of those above it. */
export async function walksAround(ctx: Ctx, { id }: Pick<Area, 'id'>): Promise<WalksThere[]> {
  const above = (await atlasOf(ctx)).upwards(id);
  const all = await walkersAt(
    ctx,
    above.map((area) => area.id),
  );
  return [...new Map(all.map((one) => [one.personId, one])).values()];
}

export async function requirePlan(ctx: Ctx, id: Id): Promise<PlanRow> {
  const plan = await findPlan(ctx, id);
  if (!plan) throw new Problem(patrolProblems['patrol.not_found']);
  return plan;
}

/** For whoever plans patrols where it lies today. */
export async function requireOwnPlan(ctx: Ctx, id: Id): Promise<PlanRow> {
  const plan = await findPlan(ctx, id, patrolPlanners);
  if (!plan) throw new Problem(patrolProblems['patrol.not_found']);
  return plan;
}

async function heldToChange(ctx: Ctx, id: Id): Promise<PlanRow> {
  await requireOwnPlan(ctx, id);
  const plan = await holdPlan(ctx, id);
  if (plan?.stage !== 'open') throw new Problem(patrolProblems['patrol.closed']);
  return plan;
}

/**
 * From now on it is due otherwise. What held ends and stays on record, so that rounds of before are counted by it; a place
 * of the same name and spot stays what it is, with its sticker and its ticks.
 */
export async function changePlan(ctx: Ctx, id: Id, given: GivenChange): Promise<Planned> {
  const plan = await heldToChange(ctx, id);
  const area = (await atlasOf(ctx)).numbered(plan.scopeNo) ?? (await requireArea(ctx, plan.areaId));
  await requireSound(ctx, given, area);
  savePlan(ctx, id, { title: given.title, pledgedOn: given.pledgedOn });
  await changeRule(ctx, id, given.rule);
  await changePlaces(ctx, id, given.places);
  await changeWalkers(ctx, id, given.walkers);
  tellOfPlan(ctx, plan, 'patrol.changed', { places: given.places.length });
  return { planId: id };
}

const holds = ({ until }: { until: Date | null }): boolean => until === null;

async function changeRule(ctx: Ctx, planId: Id, rule: GivenChange['rule']): Promise<void> {
  const now = (await rulesOf(ctx, [planId])).filter(holds);
  if (now.some((row) => canonical(row.rule) === canonical(rule))) return;
  endDated(
    ctx,
    'rule',
    now.map(({ id }) => id),
  );
  insertRule(ctx, { ...datedNow(ctx, planId), rule });
}

/** Said in one order, whatever the order in which it was kept. */
const canonical = ({ everyMin, windows, weekdays, season }: GivenChange['rule']): string =>
  JSON.stringify([
    everyMin,
    windows.map(({ from, to }) => `${from}-${to}`).sort(),
    [...new Set(weekdays)].sort(),
    season && [season.from, season.to],
  ]);

async function changePlaces(ctx: Ctx, planId: Id, given: readonly GivenPlace[]): Promise<void> {
  const now = (await placesOf(ctx, [planId])).filter(holds);
  const sameAs = ({ name, point }: GivenPlace): PlaceRow | undefined =>
    now.find((row) => row.name === name && row.lon === (point?.lon ?? null) && row.lat === (point?.lat ?? null));
  const kept = new Set(given.flatMap((place) => sameAs(place)?.id ?? []));
  endDated(
    ctx,
    'place',
    now.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  );
  for (const [ord, place] of given.entries()) {
    const same = sameAs(place);
    if (same && (same.ord !== ord || same.radiusM !== place.radiusM))
      savePlace(ctx, same.id, { ord, radiusM: place.radiusM, earlier: earlierOf(ctx, same, place) });
  }
  const fresh = given.flatMap((place, ord) => (sameAs(place) ? [] : [placeRow(ctx, planId, place, ord)]));
  insertPlaces(ctx, fresh);
}

/** What was ticked before is judged by the metres of then. */
const earlierOf = ({ now }: Ctx, { radiusM, earlier }: PlaceRow, place: GivenPlace): PlaceRow['earlier'] =>
  radiusM === place.radiusM ? earlier : [...earlier, { radiusM, until: now.toISOString() }];

async function changeWalkers(ctx: Ctx, planId: Id, given: GivenChange['walkers']): Promise<void> {
  const now = (await walkersOf(ctx, [planId])).filter(holds);
  const isSame = (row: WalkerRow, one: GivenChange['walkers'][number]): boolean =>
    row.personId === one.personId && row.contract === one.contract;
  const gone = now.filter((row) => !given.some((one) => isSame(row, one)));
  endDated(
    ctx,
    'walker',
    gone.map(({ id }) => id),
  );
  const fresh = given.filter((one) => !now.some((row) => isSame(row, one)));
  insertWalkers(
    ctx,
    fresh.map((one) => ({ ...datedNow(ctx, planId), ...one })),
  );
}

export async function closePlan(ctx: Ctx, id: Id): Promise<Planned> {
  const plan = await heldToChange(ctx, id);
  savePlan(ctx, id, { stage: 'closed', closedAt: ctx.now });
  endDated(
    ctx,
    'rule',
    (await rulesOf(ctx, [id])).filter(holds).map((row) => row.id),
  );
  tellOfPlan(ctx, plan, 'patrol.closed', {});
  return { planId: id };
}

/** What stands on the sticker of a place: made with a key from its id, and kept nowhere. */
export function stickerOf({ keys, realm }: Pick<Ctx, 'keys' | 'realm'>, placeId: Id): string {
  const hash = keyedHash(keys.tracking, `sticker ${realm} ${placeId}`);
  return withCheck(String(hash.readUInt32BE(0) % 100_000).padStart(5, '0'));
}

export function tellOfPlan(
  ctx: Ctx,
  { id, scopeNo }: { id: Id; scopeNo: number },
  kind: string,
  body: EntryBody,
): void {
  record(ctx, { kind, about: { kind: 'patrol_plan', id, scopeNo, confidential: false }, body });
}
