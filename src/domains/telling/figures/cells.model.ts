/** One area's share of a rate. */
export interface Cell {
  readonly key: string;
  readonly numerator: number;
  readonly denominator: number;
}

export interface Merged<C> {
  readonly shown: readonly C[];
  /** Cells that are told together only; never a single one while there is another to hide it behind. */
  readonly together: readonly C[];
}

/**
 * A rate of a handful of cases tells of persons. Such cells are merged, and as long as what is merged is itself small
 * or one alone, the next smallest goes with it: otherwise the whole less the others would give it away. Empty cells say
 * nothing of anybody and stay.
 */
export function mergeSmall<C extends Cell>(cells: readonly C[], least: number): Merged<C> {
  const filled = cells.filter(({ denominator }) => denominator > 0);
  const bySize = filled.toSorted((a, b) => a.denominator - b.denominator || (a.key < b.key ? -1 : 1));
  const together = bySize.filter(({ denominator }) => denominator < least);
  if (together.length === 0) return { shown: cells, together };
  const rest = bySize.slice(together.length);
  while (rest.length > 0 && (together.length < 2 || sizeOf(together) < least)) together.push(...rest.splice(0, 1));
  const hidden = new Set(together.map(({ key }) => key));
  return { shown: cells.filter(({ key }) => !hidden.has(key)), together };
}

const sizeOf = (cells: readonly Cell[]): number => cells.reduce((sum, { denominator }) => sum + denominator, 0);
