export type Run = readonly [first: number, last: number];

/** The numbers of an area: those for which there are sums, and the rest. */
export interface Cover {
  readonly runs: readonly Run[];
  readonly sums: readonly Run[];
  readonly rest: readonly Run[];
}

/**
 * The widest sums that lie in the numbers of an area, none within another. `nodes` come by their first number, the wider
 * before the narrower. A node of which some numbers lead elsewhere is no use; those below it may be.
 */
export function cover(runs: readonly Run[], nodes: readonly Run[]): Cover {
  const sums: Run[] = [];
  const sorted = runs.toSorted(([a], [b]) => a - b);
  let at = 0;
  for (const node of nodes) {
    while ((sorted[at]?.[1] ?? Number.POSITIVE_INFINITY) < node[0]) at += 1;
    const run = sorted[at];
    if (!run) break;
    const inside = run[0] <= node[0] && node[1] <= run[1];
    if (inside && node[0] > (sums.at(-1)?.[1] ?? -1)) sums.push(node);
  }
  return { runs: sorted, sums, rest: sorted.flatMap((run) => without(run, sums)) };
}

/** What of a run lies in none of those taken, which come in order. */
export function without([first, last]: Run, taken: readonly Run[]): Run[] {
  const left: Run[] = [];
  let at = first;
  for (const [from, to] of taken) {
    if (to < first || from > last) continue;
    if (from > at) left.push([at, from - 1]);
    at = to + 1;
  }
  return at <= last ? [...left, [at, last]] : left;
}
