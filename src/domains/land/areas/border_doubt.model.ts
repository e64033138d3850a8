import { type Boundary, type Datum, datums } from '../../../kernel/geo.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import type { Area } from './atlas.model.ts';
import { type Mended, mend } from './border.model.ts';
import { shareWithin } from './fit.model.ts';

/** A border of a file, with the area it says it is of. */
export interface Feature {
  readonly file: string;
  /** Number of the feature, counted from 1; for a table of corners the line of the first. */
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly geometry: unknown;
}

export interface Matched {
  readonly feature: Feature;
  readonly area: Area;
  readonly mended: Mended;
}

export const borderDoubts = defineProblems({
  'border.outside_parent': {
    status: 422,
    title: { zh: '边界只有 {share}% 在上级“{parent}”里面', en: 'Only {share} % of the border lies within “{parent}”' },
    hint: {
      zh: '请核对编码、坐标系和上级的边界。确认无误后加 --take-questioned 再导入。',
      en: 'Check code, datum and the border above. If all is right, import again with --take-questioned.',
    },
  },
  'border.other_datum': {
    status: 422,
    title: { zh: '这些边界像是另一种坐标系的', en: 'These borders look like another datum' },
    hint: {
      zh: '按 {given} 对不上的有 {misfit}%，按 {better} 只有 {left}%。请问清楚数据的坐标系，用 --datum 指定；也可能是已有的边界不对。确认无误后加 --take-questioned。',
      en: 'As {given} {misfit} % does not fit, as {better} only {left} %. Ask for the datum of the data and name it by --datum; or the borders that stand are wrong. If all is right, add --take-questioned.',
    },
  },
  'border.much_changed': {
    status: 422,
    title: {
      zh: '边界自己交叉，修好后面积差 {change}%',
      en: 'The border crosses itself; mended, its area differs by {change} %',
    },
    hint: {
      zh: '多半是点的次序错了。请在制图软件里核对；确认无误后加 --take-questioned。',
      en: 'Points are probably out of order. Check it in mapping software; if all is right, add --take-questioned.',
    },
  },
  'border.name_ambiguous': {
    status: 409,
    title: { zh: '有 {count} 个区域叫“{name}”', en: '{count} areas are called “{name}”' },
    hint: { zh: '请在数据里加上编码。', en: 'Add codes to the data.' },
  },
});

/** What a new border is held against: those that stand, and those of this file that were taken already. */
export interface Ground {
  readonly datum: Datum;
  readonly byId: ReadonlyMap<string, Area>;
  readonly below: ReadonlyMap<string, readonly Area[]>;
  readonly borders: Map<string, Boundary>;
}

export function surveyGround(areas: readonly Area[], datum: Datum): Ground {
  const below = new Map<string, Area[]>();
  for (const area of areas) {
    const siblings = below.get(area.parentId ?? '');
    if (siblings) siblings.push(area);
    else below.set(area.parentId ?? '', [area]);
  }
  return {
    datum,
    byId: new Map(areas.map((area) => [area.id, area])),
    below,
    borders: new Map(areas.flatMap(({ id, boundary }) => (boundary ? [[id, boundary] as const] : []))),
  };
}

const MUCH_CHANGED = 10;
const MOSTLY = 0.9;

/** What makes us ask about a single border. */
export function doubtOfOne({ area, mended }: Matched, ground: Ground): Problem | null {
  if (mended.changePct > MUCH_CHANGED)
    return new Problem(borderDoubts['border.much_changed'], { change: mended.changePct.toFixed(0) });
  const parent = borderedAbove(area, ground);
  const share = parent ? shareWithin(mended.boundary, parent.border) : 1;
  if (!parent || share >= MOSTLY) return null;
  return new Problem(borderDoubts['border.outside_parent'], { share: Math.floor(share * 100), parent: parent.name });
}

/** The nearest area above that has a border. */
function borderedAbove(area: Area, { byId, borders }: Ground): { name: string; border: Boundary } | null {
  for (let at = byId.get(area.parentId ?? ''); at; at = byId.get(at.parentId ?? '')) {
    const border = borders.get(at.id);
    if (border) return { name: at.name, border };
  }
  return null;
}

/** Below half a per cent nothing is said: borders of two makers never agree to the metre. */
const NOTICEABLE = 0.005;

/**
 * In China a map in GCJ-02 or BD-09 lies 300 to 1,300 m off. Such a group sticks out of the border above on one side,
 * overlaps the neighbours that stand, leaves the border that stood. When another datum halves that, we ask.
 */
export function doubtOfDatum(group: readonly Matched[], ground: Ground): Problem | null {
  const misfit = misfitOf(group, ground);
  if (misfit < NOTICEABLE) return null;
  const others = datums.filter((one) => one !== 'cgcs2000' && one !== unshifted(ground.datum));
  const tried = others.map((datum) => {
    const moved = group.map((one) => ({ ...one, mended: mend(one.feature.geometry, datum) }));
    return { datum, misfit: misfitOf(moved, ground) };
  });
  const best = tried.reduce((least, one) => (one.misfit < least.misfit ? one : least));
  if (best.misfit > misfit / 2) return null;
  const percent = (share: number): string => (share * 100).toFixed(1);
  return new Problem(borderDoubts['border.other_datum'], {
    given: datumWords[ground.datum],
    better: datumWords[best.datum],
    misfit: percent(misfit),
    left: percent(best.misfit),
  });
}

const datumWords: Readonly<Record<Datum, string>> = {
  wgs84: 'WGS 84',
  cgcs2000: 'CGCS2000',
  gcj02: 'GCJ-02',
  bd09: 'BD-09',
};
/** The two agree to centimetres. */
const unshifted = (datum: Datum): Datum => (datum === 'cgcs2000' ? 'wgs84' : datum);

/** The share of the group's land that lies where it should not. */
function misfitOf(group: readonly Matched[], ground: Ground): number {
  const inGroup = new Set(group.map(({ area }) => area.id));
  const siblings = (ground.below.get(group[0]?.area.parentId ?? '') ?? []).filter(({ id }) => !inGroup.has(id));
  const bad = group.reduce((sum, one) => sum + misfitOfOne(one, siblings, ground) * one.mended.areaM2, 0);
  const all = group.reduce((sum, { mended }) => sum + mended.areaM2, 0);
  return all === 0 ? 0 : bad / all;
}

/** Against the border it had; else against those above, beside and below it. */
function misfitOfOne({ area, mended }: Matched, siblings: readonly Area[], ground: Ground): number {
  const { boundary } = mended;
  if (area.boundary) return 1 - shareWithin(boundary, area.boundary);
  const parent = borderedAbove(area, ground);
  const outside = parent ? 1 - shareWithin(boundary, parent.border) : 0;
  const overlap = bordersOf(siblings, ground).reduce((sum, border) => sum + shareWithin(boundary, border), 0);
  const children = bordersOf(ground.below.get(area.id) ?? [], ground);
  const lost = children.reduce((sum, border) => sum + 1 - shareWithin(border, boundary), 0);
  return Math.min(1, outside + overlap + lost / Math.max(1, children.length));
}

const bordersOf = (areas: readonly Area[], { borders }: Ground): Boundary[] =>
  areas.flatMap(({ id }) => borders.get(id) ?? []);
