import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { follow, scoped, weigh } from '../../../kernel/scoped.ts';
import { markStandardsChanged } from '../../work/standards/index.ts';
import { areaM2Of } from '../areas/border.model.ts';
import {
  type Area,
  areaProblems,
  type Former,
  freshAtlas,
  markLandChanged,
  newlyVacated,
  numbersBelow,
  vacate,
} from '../areas/index.ts';
import { markStaffChanged } from '../staff/index.ts';
import type { CorrectForm, Handover, MergeForm, MoveForm, RenameForm, SplitForm } from './act.model.ts';
import {
  addCut,
  addHeir,
  allHeirs,
  changeVersion,
  closeAreas,
  lockTree,
  openArea,
  saveFormers,
  shiftNumbers,
  standingOf,
  takeItsTime,
} from './act.queries.ts';
import { planCorrect } from './correct.model.ts';
import { carriedNumbers, type HandedOver, handDutiesOver, requireSameRoles } from './handing.commands.ts';
import { type Plan, planMerge, planMove, planRename, planSplit, type Survey } from './plan.model.ts';
import { actProblems } from './refusals.model.ts';
import { fateOfPosts, type PostFate, settleStanding } from './standing.commands.ts';
import { partsOf } from './torn.views.ts';

defineConstraints({ area_heir_pkey: 'command.id_taken' });

const EVERYTHING = 2 ** 31 - 1;

/** A plan made on the tree as it is now, and the day from which it holds. */
export interface Prepared {
  readonly plan: Plan;
  readonly survey: Survey;
  readonly on: string;
  readonly fates: readonly PostFate[];
}

export type Act =
  | { readonly does: 'rename'; readonly areaId: string; readonly form: RenameForm }
  | { readonly does: 'move'; readonly areaId: string; readonly form: MoveForm }
  | { readonly does: 'split'; readonly areaId: string; readonly form: SplitForm }
  | { readonly does: 'correct'; readonly areaId: string; readonly form: CorrectForm }
  | { readonly does: 'merge'; readonly form: MergeForm };

/** Decides an act without doing anything: what a preview shows is what the act would refuse or carry out. */
export async function prepare(ctx: Ctx, act: Act): Promise<Prepared> {
  await takeItsTime(ctx);
  const survey: Survey = {
    atlas: await freshAtlas(ctx),
    taken: await numbersBelow(ctx, { no: 0, lastNo: EVERYTHING }),
  };
  const plan = await planOf(ctx, survey, act);
  const on = await dayOf(ctx, act.form.on, plan);
  await requireSameRoles(ctx, handoversOf(act));
  return { plan, survey, on, fates: await fateOfPosts(ctx, plan) };
}

export const handoversOf = (act: Act): readonly Handover[] => ('handovers' in act.form ? act.form.handovers : []);

async function planOf(ctx: Ctx, survey: Survey, act: Act): Promise<Plan> {
  const standing = (id: string): Promise<Area> => standingArea(ctx, survey, id);
  switch (act.does) {
    case 'rename':
      return planRename(survey, await standing(act.areaId), act.form);
    case 'move':
      return planMove(survey, await standing(act.areaId), await standing(act.form.parentId), act.form);
    case 'split':
      return planSplit(survey, await standing(act.areaId), act.form);
    case 'correct': {
      const area = await standing(act.areaId);
      for (const id of [...act.form.fromIds, ...(act.form.toId === undefined ? [] : [act.form.toId])])
        await standing(id);
      return planCorrect(survey, area, act.form, await ladenAmong(ctx, survey, [act.areaId, ...act.form.fromIds]));
    }
    case 'merge': {
      const going: Area[] = [];
      for (const id of act.form.areaIds) going.push(await standing(id));
      const stays = act.form.intoId === undefined ? null : await standing(act.form.intoId);
      return planMerge(survey, going, stays, act.form);
    }
  }
}

/** Those among them on which something lies that would have to find its way. */
async function ladenAmong(ctx: Ctx, { atlas }: Survey, ids: readonly string[]): Promise<Set<string>> {
  const laden = new Set<string>();
  for (const id of ids) {
    const no = atlas.get(id)?.no ?? 0;
    for (const table of scoped) {
      const { open, done } = await weigh(ctx, table, { from: no, last: no });
      if (open + done > 0) laden.add(id);
    }
  }
  return laden;
}

async function standingArea(ctx: Ctx, { atlas }: Survey, id: string): Promise<Area> {
  const area = atlas.get(id);
  if (area) return area;
  const [found] = await standingOf(ctx, [id]);
  if (found?.closedOn) throw new Problem(actProblems['area.gone'], { name: found.name, on: found.closedOn });
  throw new Problem(areaProblems['area.not_found']);
}

/** Today, or an earlier day on which nothing that the act touches had been changed since. */
async function dayOf(ctx: Ctx, wished: string | undefined, plan: Plan): Promise<string> {
  const now = await today(ctx);
  const on = wished ?? now;
  if (on > now) throw new Problem(actProblems['area.act_in_future'], { on });
  const touched = [...plan.closed, ...plan.changed.map(({ area }) => area)].map(({ id }) => id);
  const others = [...plan.changed, ...plan.opened].flatMap(({ parentId }) => parentId ?? []);
  for (const row of await standingOf(ctx, [...touched, ...others])) {
    const last = touched.includes(row.areaId) ? row.since : row.openedOn;
    if (on < last) throw new Problem(actProblems['area.act_too_early'], { name: row.name, last });
  }
  return on;
}

/** Carries an act out: versions, numbers, open records, posts, one entry. Closed records follow by the sweep. */
export async function carryOut(ctx: Ctx, act: Act): Promise<{ areaId: string; on: string; opened: string[] }> {
  await lockTree(ctx);
  const prepared = await prepare(ctx, act);
  const { plan, on } = prepared;
  if (plan.undecided.length > 0)
    throw new Problem(actProblems['area.undecided'], {
      names: plan.undecided.map(({ name }) => `“${name}”`).join(' '),
    });
  if (plan.closed.length > 0)
    await closeAreas(
      ctx,
      plan.closed.map(({ id }) => id),
      on,
    );
  for (const area of plan.opened) await openArea(ctx, area, on);
  for (const changed of plan.changed) await changeVersion(ctx, changed, on);
  for (const { area, heirId, rest } of plan.heirs)
    await addHeir(ctx, { areaId: area.id, heirId, fromDay: on, takesRest: rest });
  const cuts = plan.torn.map((area) => ({
    ...{ cutId: ctx.ids.newId(), areaId: area.id },
    passes: plan.passes.filter(({ from }) => from === area),
  }));
  for (const cut of cuts) await addCut(ctx, cut);
  const handed = await handDutiesOver(ctx, carriedNumbers(plan), handoversOf(act));
  const led = await renumber(ctx, prepared, cuts);
  await settleStanding(ctx, prepared);
  await Promise.all([markLandChanged(ctx), markStaffChanged(ctx), markStandardsChanged(ctx)]);
  await tell(ctx, prepared, led, handed);
  return { areaId: plan.aboutId, on, opened: plan.opened.map(({ id }) => id) };
}

/** Numbers of the areas, where the old ones lead, and the open records at once. */
async function renumber(ctx: Ctx, { plan, survey }: Prepared, cuts: readonly Cut[]): Promise<Former[]> {
  const gone = leading(plan, survey, cuts);
  if (gone.length === 0) return [];
  for (const shift of plan.shifts) await shiftNumbers(ctx, shift);
  let formers: readonly Former[] = survey.atlas.formers;
  const fresh: Former[] = [];
  for (const one of gone) {
    fresh.push(...newlyVacated(one, formers));
    formers = vacate(formers, one);
  }
  await saveFormers(ctx, formers);
  const heirs = await allHeirs(ctx);
  for (const { from, last, to, torn } of fresh)
    for (const table of scoped)
      await follow(
        ctx,
        table,
        { from, last, to, parts: torn === null ? null : partsOf(heirs, torn) },
        { onlyOpen: true, most: EVERYTHING },
      );
  return fresh;
}

interface Cut {
  readonly cutId: string;
  readonly areaId: string;
  readonly passes: Plan['passes'];
}

/** Subtrees go as they are; the number of an area that is gone leads to its heir, or, split, to the area above meanwhile. */
function leading(
  { kind, shifts, closed, heirs, opened, torn }: Plan,
  { atlas }: Survey,
  cuts: readonly Cut[],
): Former[] {
  const whole = shifts
    .filter(({ area }) => !torn.includes(area))
    .map(({ no, lastNo, toNo }) => ({ from: no, last: lastNo, to: toNo, torn: null }));
  const numberOf = (id: string | null | undefined): number =>
    (opened.find((one) => one.id === id) ?? atlas.get(id ?? ''))?.no ?? 0;
  const own = closed.map((area): Former => {
    const isSplit = kind === 'area.split';
    const to = isSplit ? area.parentId : heirs.find((heir) => heir.area.id === area.id)?.heirId;
    return { from: area.no, last: area.no, to: numberOf(to), torn: isSplit ? area.id : null };
  });
  return [...whole, ...own, ...cuts.flatMap((cut) => leadingFromCut(cut, shifts, numberOf))];
}

/** Its own number is torn, as that of an area that was split; what lies below it goes with it as it is. */
function leadingFromCut({ cutId, areaId }: Cut, shifts: Plan['shifts'], numberOf: (id: string) => number): Former[] {
  const shift = shifts.find(({ area }) => area.id === areaId);
  if (!shift) return [];
  const { no, lastNo, toNo, under } = shift;
  const below = { from: no + 1, last: lastNo, to: toNo + 1, torn: null };
  return [{ from: no, last: no, to: numberOf(under), torn: cutId }, ...(lastNo > no ? [below] : [])];
}

async function tell(
  ctx: Ctx,
  { plan, on, fates }: Prepared,
  led: readonly Former[],
  handed: readonly HandedOver[],
): Promise<void> {
  const atlas = await freshAtlas(ctx);
  const area = atlas.get(plan.aboutId);
  const parent = plan.closed.find(({ id }) => id === plan.aboutId)?.parentId;
  const body: EntryBody = {
    on,
    opened: plan.opened.map(({ id, parentId, level, code, name, no, lastNo }) => ({
      id,
      parentId,
      level,
      code,
      name,
      no,
      lastNo,
    })),
    closed: plan.closed.map(({ id, no }) => ({ id, no })),
    changed: plan.changed.map(({ area: { id }, name, code, parentId, boundary }) => ({
      id,
      ...(name !== undefined && { name }),
      ...(code !== undefined && { code }),
      ...(parentId !== undefined && { parentId }),
      ...(boundary !== undefined && { boundary: true }),
    })),
    heirs: plan.heirs.map(({ area: { id }, heirId, rest }) => ({ id, heirId, rest })),
    passes: plan.passes.map(({ from, to, land }) => ({ fromId: from.id, toId: to.id, m2: Math.round(areaM2Of(land)) })),
    numbers: led.map(({ from, last, to, torn }) => ({ from, last, to, torn })),
    posts: fates.map(({ post, becomes, toAreaId }) => ({ id: post.id, becomes, toAreaId })),
    handed: handed.map(({ fromPostId, toPostId, duties }) => ({ fromPostId, toPostId, duties })),
  };
  const scopeNo = area?.no ?? atlas.get(parent ?? '')?.no ?? 0;
  record(ctx, { kind: plan.kind, about: { kind: 'area', id: plan.aboutId, scopeNo, confidential: false }, body });
}
