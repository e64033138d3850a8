import clipping from 'polygon-clipping';
import { type Boundary, type Polygon, polygonsOf } from '../../../kernel/geo.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import { areaM2Of, toBoundary } from './border.model.ts';

/** Land added to land, taken from land, common to both. Null: none is left. */

const landProblems = defineProblems({
  'border.tangled': {
    status: 422,
    title: { zh: '边界几乎重合却对不齐，算不出来', en: 'Borders nearly coincide and cannot be told apart' },
    hint: {
      zh: '请把靠得很近的点并到邻居的界点上，再试一次。没有改动任何内容。',
      en: 'Put points that lie very near onto the corners of the neighbour and try again. Nothing was changed.',
    },
  },
});

type Given = Parameters<typeof clipping.union>[0];
type Clip = (first: Given, ...others: Given[]) => ReturnType<typeof clipping.union>;

/** Computed lines never agree to the last digit; what is smaller than this lies between two of them and is nobody's land. */
const SLIVER_M2 = 1;

function clipped(clip: Clip, first: Boundary, others: readonly Boundary[]): Boundary | null {
  const given = (land: Boundary): Given => polygonsOf(land) as unknown as Given;
  let pieces: readonly Polygon[];
  try {
    pieces = clip(given(first), ...others.map(given));
  } catch {
    throw new Problem(landProblems['border.tangled']);
  }
  const large = pieces.filter((piece) => areaM2Of(toBoundary([piece])) >= SLIVER_M2);
  return large.length === 0 ? null : toBoundary(large);
}

export const joined = (first: Boundary, ...others: Boundary[]): Boundary =>
  clipped(clipping.union, first, others) ?? first;

export const without = (land: Boundary, ...taken: Boundary[]): Boundary | null =>
  taken.length === 0 ? land : clipped(clipping.difference, land, taken);

export const common = (land: Boundary, other: Boundary): Boundary | null =>
  clipped(clipping.intersection, land, [other]);
