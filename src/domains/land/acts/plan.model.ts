import type { Boundary, Point } from '../../../kernel/geo.ts';
import { isInPolygon, polygonsOf } from '../../../kernel/geo.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type AreaLevel, areaLevels, areaProblems } from '../areas/area.model.ts';
import type { Area, Atlas } from '../areas/atlas.model.ts';
import { type Interval, width } from '../areas/numbering.model.ts';
import { freeRun } from '../areas/numbers.model.ts';
import type { MergeForm, MoveForm, PostWish, RenameForm, SplitForm } from './act.model.ts';
import { actProblems } from './refusals.model.ts';

/** The tree as it is, and every number ever given in it. */
export interface Survey {
  readonly atlas: Atlas;
  readonly taken: readonly Interval[];
}

export interface NewArea extends Interval {
  readonly id: string;
  readonly parentId: string;
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  readonly boundary: Boundary | null;
}

export interface Changed {
  readonly area: Area;
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly parentId?: string | undefined;
  readonly boundary?: Boundary | undefined;
}

/** A whole subtree gets other numbers: all of it at one distance. */
export interface Shift extends Interval {
  readonly area: Area;
  readonly toNo: number;
  readonly under: string;
}

/** What an act comes to, before anything of it is done: the preview shows it, the act carries it out. */
export interface Plan {
  readonly kind: 'area.renamed' | 'area.moved' | 'area.split' | 'area.merged' | 'area.corrected';
  readonly aboutId: string;
  readonly opened: readonly NewArea[];
  readonly changed: readonly Changed[];
  readonly closed: readonly Area[];
  readonly shifts: readonly Shift[];
  readonly heirs: readonly { readonly area: Area; readonly heirId: string; readonly rest: boolean }[];
  readonly posts: readonly PostWish[];
  readonly undecided: readonly Area[];
  /** Land that goes from an area that stays, without its number. */
  readonly passes: readonly Pass[];
  /** Areas among those that give land and have records: they get another number, and each record goes to where it lies. */
  readonly torn: readonly Area[];
  /** Given up and taken by nobody. */
  readonly gap: Boundary | null;
}

export interface Pass {
  readonly from: Area;
  readonly to: Area;
  readonly land: Boundary;
}

export const none = {
  ...{ opened: [], changed: [], closed: [], shifts: [], heirs: [], posts: [], undecided: [] },
  ...{ passes: [], torn: [], gap: null },
} as const;

export function planRename({ atlas }: Survey, area: Area, { name, code }: RenameForm): Plan {
  if ((name ?? area.name) === area.name && (code ?? area.code) === area.code)
    throw new Problem(actProblems['area.there_already']);
  if (name !== undefined) refuseName(atlas, area.parentId, name, [area.id]);
  return { ...none, kind: 'area.renamed', aboutId: area.id, changed: [{ area, name, code }] };
}

export function planMove(survey: Survey, area: Area, parent: Area, { code }: MoveForm): Plan {
  const { atlas } = survey;
  if (area.parentId === null) throw new Problem(actProblems['area.root_stays']);
  if (area.parentId === parent.id) throw new Problem(actProblems['area.there_already']);
  refuseCircle(atlas, area, parent);
  refuseName(atlas, parent.id, area.name, [area.id]);
  return {
    ...none,
    kind: 'area.moved',
    aboutId: area.id,
    changed: [{ area, code, parentId: parent.id }],
    shifts: [shiftInto(survey, [], area, parent)],
  };
}

function refuseCircle(atlas: Atlas, area: Area, parent: Area): void {
  if (atlas.upwards(parent.id).some(({ id }) => id === area.id))
    throw new Problem(actProblems['area.below_itself'], { name: area.name });
  if (areaLevels.indexOf(parent.level) >= areaLevels.indexOf(area.level))
    throw new Problem(areaProblems['area.wrong_parent']);
}

function refuseName(atlas: Atlas, parentId: string | null, name: string, except: readonly string[]): void {
  const siblings = parentId === null ? [] : atlas.children(parentId);
  if (siblings.some((one) => one.name === name && !except.includes(one.id)))
    throw new Problem(actProblems['area.name_taken'], { name });
}

/** A fresh run for a subtree: as wide as it was where there is room, at least as wide as what it uses. */
export function shiftInto(
  { atlas, taken }: Survey,
  given: readonly Interval[],
  area: Area,
  parent: Pick<Area, 'id' | 'name'> & Interval,
): Shift {
  const used = atlas.areas
    .filter(({ no }) => area.no <= no && no <= area.lastNo)
    .reduce((most, one) => Math.max(most, one.id === area.id ? one.no : one.lastNo), area.no);
  const needed = used - area.no + 1;
  const run = freeRun(parent, [...taken, ...given], area.lastNo - area.no + 1, needed);
  if (!run) throw new Problem(areaProblems['area.no_room'], { parent: parent.name });
  const length = Math.min(run.lastNo - run.no, area.lastNo - area.no);
  return { area, no: area.no, lastNo: area.no + length, toNo: run.no, under: parent.id };
}

export const runOf = ({ toNo, no, lastNo }: Shift): Interval => ({ no: toNo, lastNo: toNo + (lastNo - no) });

function opening(
  { taken }: Survey,
  given: readonly Interval[],
  parent: Area,
  level: AreaLevel,
  form: { id: string; name: string; code: string; boundary: Boundary | null },
): NewArea {
  const run = freeRun(parent, [...taken, ...given], width[level], 1);
  if (!run) throw new Problem(areaProblems['area.no_room'], { parent: parent.name });
  return { ...form, parentId: parent.id, level, ...run };
}

export function planSplit(survey: Survey, area: Area, form: SplitForm): Plan {
  const { atlas } = survey;
  const parent = area.parentId === null ? undefined : atlas.get(area.parentId);
  if (!parent) throw new Problem(actProblems['area.root_stays']);
  const names = form.parts.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    refuseName(atlas, parent.id, name, [area.id]);
    if (names.indexOf(name) !== i) throw new Problem(actProblems['area.name_taken'], { name });
  }
  requirePart(form.parts, [form.restId, ...form.children.map(({ partId }) => partId)]);
  const opened: NewArea[] = [];
  for (const part of form.parts) opened.push(opening(survey, opened, parent, area.level, part));
  const children = atlas.children(area.id).map((child) => ({ child, part: partOf(opened, child, form) }));
  const shifts: Shift[] = [];
  for (const { child, part } of children) if (part) shifts.push(shiftInto(survey, shifts.map(runOf), child, part));
  return {
    ...none,
    kind: 'area.split',
    aboutId: area.id,
    opened,
    closed: [area],
    shifts,
    changed: shifts.map(({ area: child, under }) => ({ area: child, parentId: under })),
    heirs: opened.map(({ id }) => ({ area, heirId: id, rest: id === form.restId })),
    posts: wishesFor(form.posts, opened),
    undecided: children.filter(({ part }) => !part).map(({ child }) => child),
  };
}

function requirePart(parts: readonly { readonly id: string }[], ids: readonly string[]): void {
  if (ids.some((id) => !parts.some((part) => part.id === id))) throw new Problem(actProblems['area.no_such_part']);
}

function wishesFor(posts: readonly PostWish[], after: readonly { readonly id: string }[]): readonly PostWish[] {
  requirePart(
    after,
    posts.flatMap(({ toAreaId }) => toAreaId ?? []),
  );
  return posts;
}

/** As named, else by where the middle of its border lies. */
function partOf(parts: readonly NewArea[], child: Area, { children }: SplitForm): NewArea | undefined {
  const partId = children.find(({ areaId }) => areaId === child.id)?.partId;
  if (partId !== undefined) return parts.find(({ id }) => id === partId);
  const at = child.boundary && middleOf(child.boundary);
  return at ? parts.find(({ boundary }) => boundary && isWithin(at, boundary)) : undefined;
}

export const isWithin = (point: Point, boundary: Boundary): boolean =>
  polygonsOf(boundary).some((polygon) => isInPolygon(point, polygon));

/** The mean of the corners of the first piece: inside for the shapes that grids have. */
export function middleOf(boundary: Boundary): Point {
  const ring = (polygonsOf(boundary)[0]?.[0] ?? []).slice(1);
  const sum = ring.reduce(([x, y], [lon, lat]) => [x + lon, y + lat] as const, [0, 0] as Point);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

export function planMerge(survey: Survey, going: readonly Area[], stays: Area | null, form: MergeForm): Plan {
  const { atlas } = survey;
  const [first] = going;
  if (!first || (form.as === undefined) === (stays === null) || new Set(going).size < going.length)
    throw new Problem(actProblems['area.merge_unclear']);
  if (stays === null ? going.length < 2 : going.includes(stays)) throw new Problem(actProblems['area.merge_unclear']);
  if (going.some(({ parentId }) => parentId === null)) throw new Problem(actProblems['area.root_stays']);
  const odd = going.find(({ level }) => level !== (stays ?? first).level);
  if (odd) throw new Problem(actProblems['area.levels_differ'], { name: odd.name });
  const target = stays ?? becoming(survey, going, first, form);
  const shifts: Shift[] = [];
  for (const child of going.flatMap(({ id }) => atlas.children(id)))
    shifts.push(shiftInto(survey, shifts.map(runOf), child, target));
  refuseTwins([...(stays ? atlas.children(stays.id) : []), ...shifts.map(({ area }) => area)]);
  return {
    ...none,
    kind: 'area.merged',
    aboutId: target.id,
    opened: stays ? [] : [target as NewArea],
    closed: going,
    shifts,
    changed: [
      ...shifts.map(({ area }) => ({ area, parentId: target.id })),
      ...(stays && form.boundary ? [{ area: stays, boundary: form.boundary }] : []),
    ],
    heirs: going.map((area) => ({ area, heirId: target.id, rest: true })),
    posts: wishesFor(form.posts, [target]),
  };
}

function becoming(survey: Survey, going: readonly Area[], first: Area, form: MergeForm): NewArea {
  const parent = first.parentId === null ? undefined : survey.atlas.get(first.parentId);
  if (!parent || form.as === undefined) throw new Problem(actProblems['area.merge_unclear']);
  if (going.some(({ parentId }) => parentId !== parent.id)) throw new Problem(actProblems['area.parents_differ']);
  const ids = going.map(({ id }) => id);
  refuseName(survey.atlas, parent.id, form.as.name, ids);
  return opening(survey, [], parent, first.level, form.as);
}

function refuseTwins(areas: readonly Area[]): void {
  const names = areas.map(({ name }) => name);
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined) throw new Problem(actProblems['area.name_taken'], { name: twin });
}
