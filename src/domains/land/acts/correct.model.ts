import type { Boundary } from '../../../kernel/geo.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Area, Atlas } from '../areas/atlas.model.ts';
import { areaM2Of, mend } from '../areas/border.model.ts';
import { shareWithin } from '../areas/fit.model.ts';
import { common, joined, without } from '../areas/land.model.ts';
import type { CorrectForm } from './act.model.ts';
import { none, type Pass, type Plan, runOf, type Shift, type Survey, shiftInto } from './plan.model.ts';
import { actProblems } from './refusals.model.ts';

/** Borders of two makers never agree to the metre: below this nobody has taken anything from anybody. */
const NOTICEABLE_M2 = 10;
/** As for imported borders: what lies mostly outside of the area above is a slip or another datum. */
const MOSTLY = 0.9;

/**
 * A border drawn anew. What it takes from others they must be said to give, so that no land belongs to two; what it
 * gives up goes to the one named, or to nobody. `laden`: areas on which records lie.
 */
export function planCorrect(survey: Survey, area: Area, form: CorrectForm, laden: ReadonlySet<string>): Plan {
  const { atlas } = survey;
  const boundary = drawn(form.boundary);
  refuseOutside(atlas, area, boundary);
  const [gained, lost] = area.boundary
    ? [without(boundary, area.boundary), without(area.boundary, boundary)]
    : [boundary, null];
  if (area.boundary && !gained && !lost) throw new Problem(actProblems['area.there_already']);
  const beside = atlas.areas.filter((one) => one.level === area.level && one.id !== area.id && one.boundary !== null);
  requireBeside(atlas, beside, form.toId === undefined ? form.fromIds : [...form.fromIds, form.toId]);
  const taken = takenBy(gained, beside);
  refuseOverlaps(taken.filter(({ from }) => !form.fromIds.includes(from.id)));
  const left = lost && without(lost, ...beside.flatMap((one) => common(lost, one.boundary as Boundary) ?? []));
  const heir = beside.find(({ id }) => id === form.toId);
  const given: Pass[] = left && heir ? [{ from: area, to: heir, land: left }] : [];
  const passes = [...taken.map(({ from, land }): Pass => ({ from, to: area, land })), ...given];
  return {
    ...none,
    kind: 'area.corrected',
    aboutId: area.id,
    changed: [{ area, boundary }, ...bordersAfter(passes, area)],
    passes,
    gap: heir ? null : left,
    ...tearing(survey, passes, laden),
  };
}

function drawn(given: Boundary): Boundary {
  const { boundary, did } = mend(given, 'wgs84');
  if (did.includes('crossing')) throw new Problem(actProblems['area.border_crosses']);
  return boundary;
}

function refuseOutside(atlas: Atlas, area: Area, boundary: Boundary): void {
  const above = atlas
    .upwards(area.id)
    .slice(1)
    .find((one) => one.boundary !== null);
  const share = above?.boundary ? shareWithin(boundary, above.boundary) : 1;
  if (above && share < MOSTLY)
    throw new Problem(actProblems['area.border_outside'], { share: Math.floor(share * 100), parent: above.name });
}

interface Taken {
  readonly from: Area;
  readonly land: Boundary;
}

function takenBy(gained: Boundary | null, beside: readonly Area[]): Taken[] {
  if (!gained) return [];
  return beside.flatMap((from) => {
    const land = common(gained, from.boundary as Boundary);
    return land && areaM2Of(land) >= NOTICEABLE_M2 ? { from, land } : [];
  });
}

function refuseOverlaps(taken: readonly Taken[]): void {
  if (taken.length === 0) return;
  throw new Problem(actProblems['area.border_overlaps'], {
    names: taken.map(({ from }) => `“${from.name}”`).join(' '),
    m2: Math.round(taken.reduce((sum, { land }) => sum + areaM2Of(land), 0)),
  });
}

function requireBeside(atlas: Atlas, beside: readonly Area[], ids: readonly string[]): void {
  const odd = ids.find((id) => !beside.some((one) => one.id === id));
  if (odd !== undefined) throw new Problem(actProblems['area.not_beside'], { name: atlas.get(odd)?.name ?? odd });
}

/** The borders of the others after it: less what each gives, with what it gets. */
function bordersAfter(passes: readonly Pass[], area: Area): { area: Area; boundary: Boundary }[] {
  const others = new Set(passes.map(({ from, to }) => (from.id === area.id ? to : from)));
  return [...others].map((other) => {
    const given = passes.filter(({ from }) => from === other).map(({ land }) => land);
    const got = passes.filter(({ to }) => to === other).map(({ land }) => land);
    const left = without(other.boundary as Boundary, ...given);
    const boundary = left && joined(left, ...got);
    if (!boundary || areaM2Of(boundary) < NOTICEABLE_M2)
      throw new Problem(actProblems['area.swallowed'], { name: other.name });
    return { area: other, boundary };
  });
}

/**
 * Where nothing lies nothing has to find its way, and the number stays: borders are drawn over and over before an area
 * is worked in.
 */
function tearing(survey: Survey, passes: readonly Pass[], laden: ReadonlySet<string>): Pick<Plan, 'torn' | 'shifts'> {
  const giving = new Map(passes.map(({ from }) => [from.id, from]));
  const torn = [...giving.values()].filter(({ id }) => laden.has(id));
  const shifts: Shift[] = [];
  for (const area of torn) {
    const parent = survey.atlas.get(area.parentId ?? '');
    if (parent) shifts.push(shiftInto(survey, shifts.map(runOf), area, parent));
  }
  return { torn, shifts };
}
