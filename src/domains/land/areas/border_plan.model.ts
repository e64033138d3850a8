import type { Boundary, Datum } from '../../../kernel/geo.ts';
import { Problem } from '../../../kernel/problem.ts';
import { areaLevels } from './area.model.ts';
import type { Area } from './atlas.model.ts';
import { type Mend, type Mended, mend } from './border.model.ts';
import {
  borderDoubts,
  doubtOfDatum,
  doubtOfOne,
  type Feature,
  type Matched,
  surveyGround,
} from './border_doubt.model.ts';
import { bareCode } from './division.model.ts';
import { intakeProblems, type Refusal, refuse } from './intake.model.ts';

export interface Taken {
  readonly area: Area;
  readonly boundary: Boundary;
  /** As it came, where it came in another datum or was mended. */
  readonly source: unknown;
}

export interface Repair {
  readonly file: string;
  readonly row: number;
  readonly code: string;
  readonly did: readonly Mend[];
  readonly changePct: number;
}

export interface BorderPlan {
  readonly taken: readonly Taken[];
  readonly same: number;
  readonly repairs: readonly Repair[];
  readonly refused: readonly Refusal[];
  /** Not taken until somebody has looked. */
  readonly questioned: readonly Refusal[];
}

export interface BorderIntake {
  readonly features: readonly Feature[];
  readonly areas: readonly Area[];
  readonly datum: Datum;
  readonly takeQuestioned: boolean;
}

/** From the top down, so that a community is held against the border its town gets in the same file. */
export function planBorders(intake: BorderIntake): BorderPlan {
  const refused: Refusal[] = [];
  const questioned: Refusal[] = [];
  const accepted: Matched[] = [];
  const ground = surveyGround(intake.areas, intake.datum);
  const matched = matchAll(intake, refused);
  for (const group of byParent(matched, ground.byId)) {
    const doubt = doubtOfDatum(group, ground);
    const good = group.filter((one) => {
      const problem = isSettled(one) ? null : (doubt ?? doubtOfOne(one, ground));
      if (problem) questioned.push({ ...placeOf(one.feature), problem });
      return problem === null || intake.takeQuestioned;
    });
    accepted.push(...good);
    for (const { area, mended } of good) ground.borders.set(area.id, mended.boundary);
  }
  const taken = accepted.filter((one) => !isSettled(one));
  return {
    taken: taken.map((one) => ({ area: one.area, boundary: one.mended.boundary, source: sourceOf(one, intake.datum) })),
    same: accepted.length - taken.length,
    repairs: matched.filter(({ mended }) => isRepaired(mended)).map(repairOf),
    refused,
    questioned,
  };
}

/** Points said twice and rings wound the other way are habits of programs, no faults of a border. */
const isRepaired = ({ did }: Mended): boolean => did.some((one) => one !== 'turned' && one !== 'repeated');
const placeOf = ({ file, row, code, name }: Feature) => ({ file, row, code: code || name });
const repairOf = ({ feature, mended: { did, changePct } }: Matched): Repair => ({
  ...placeOf(feature),
  did,
  changePct,
});

/** It stands already, point for point. */
const isSettled = ({ area: { boundary }, mended }: Matched): boolean =>
  boundary !== null && JSON.stringify(boundary.coordinates) === JSON.stringify(mended.boundary.coordinates);

function sourceOf({ feature, mended }: Matched, datum: Datum): unknown {
  const isAsItCame = datum === 'wgs84' && mended.did.length === 0;
  return isAsItCame ? null : { datum, did: mended.did, geometry: feature.geometry };
}

function matchAll({ features, areas, datum }: BorderIntake, refused: Refusal[]): Matched[] {
  const byCode = new Map(areas.map((area) => [bareCode(area.code), area]));
  const byName = new Map<string, Area[]>();
  for (const area of areas) byName.set(area.name, [...(byName.get(area.name) ?? []), area]);
  const seen = new Map<string, number>();
  const matched: Matched[] = [];
  for (const feature of features) {
    const place = placeOf(feature);
    try {
      const area = requireMatch(feature, byCode, byName);
      const earlier = seen.get(area.id);
      if (earlier !== undefined) throw new Problem(intakeProblems['intake.twice'], { code: place.code, earlier });
      seen.set(area.id, feature.row);
      matched.push({ feature, area, mended: mend(feature.geometry, datum) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused.push(refuse(feature, place.code, error.code, error.params));
    }
  }
  return matched;
}

/** By code; a feature without one by its name, where only one area has it. */
function requireMatch(
  { code, name }: Feature,
  byCode: ReadonlyMap<string, Area>,
  byName: ReadonlyMap<string, readonly Area[]>,
): Area {
  const named = byName.get(name) ?? [];
  const [only] = named;
  if (code === '' && named.length > 1)
    throw new Problem(borderDoubts['border.name_ambiguous'], { name, count: named.length });
  const area = code === '' ? only : byCode.get(bareCode(code));
  if (area) return area;
  const instead = only && named.length === 1 ? `“${only.name}” = ${only.code}` : '';
  throw new Problem(intakeProblems['intake.no_area'], { code: code || name, instead });
}

/** Those below one parent together: a wrong datum shifts all of them. */
function byParent(matched: readonly Matched[], byId: ReadonlyMap<string, Area>): Matched[][] {
  const groups = new Map<string | null, Matched[]>();
  for (const one of matched) groups.set(one.area.parentId, [...(groups.get(one.area.parentId) ?? []), one]);
  const depth = (id: string | null): number => areaLevels.indexOf(byId.get(id ?? '')?.level ?? 'province');
  return [...groups.entries()].sort(([a], [b]) => depth(a) - depth(b)).map(([, group]) => group);
}
