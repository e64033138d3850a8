import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { findCasefiles, lineOf } from '../casefiles/index.ts';
import { standardsOf } from '../standards/index.ts';
import {
  askedFor,
  type BoxQuery,
  type boxView,
  cellsASide,
  MOST_POINTS,
  type searchQuery,
  type searchView,
} from './find.model.ts';
import { casesIn, clustersIn, searchCasefiles } from './find.queries.ts';

/** By what was said, where it is, what it is and its number. One more is asked for than shown, to know whether there is more. */
export async function search(
  ctx: Ctx,
  { words, beforeAt, beforeId, most }: z.output<typeof searchQuery>,
): Promise<z.input<typeof searchView>> {
  const asked = askedFor(words, (await standardsOf(ctx)).at(ctx.now).types);
  const before = beforeAt && beforeId ? { at: new Date(beforeAt), id: beforeId } : null;
  const ids = await searchCasefiles(ctx, asked, before, most + 1);
  // Read once more under the caller's own rights: the function alone decides nothing.
  const files = new Map((await findCasefiles(ctx, ids)).map((file) => [file.id, file]));
  const found = ids.slice(0, most).flatMap((id) => files.get(id) ?? []);
  return { cases: await Promise.all(found.map((file) => lineOf(ctx, file))), more: ids.length > most };
}

/** Far away a number for each square, near by the cases themselves. Only what the caller reads is counted. */
export async function lookInBox(ctx: Ctx, query: BoxQuery): Promise<z.input<typeof boxView>> {
  const side = cellsASide(query.zoom);
  if (side === 0) {
    const cases = await casesIn(ctx, query, MOST_POINTS + 1);
    return { step: 0, clusters: [], cases: cases.slice(0, MOST_POINTS), more: cases.length > MOST_POINTS };
  }
  const clusters = await clustersIn(ctx, query, side);
  return {
    step: side / 100,
    clusters: clusters.map((one) => ({ ...one, ...cornerOf(one, side) })),
    cases: [],
    more: false,
  };
}

const cornerOf = ({ row, column }: { row: number; column: number }, side: number) => ({
  west: (column * side) / 100 - 180,
  south: (row * side) / 100 - 90,
});
