import type { Ctx } from '../../../kernel/context.ts';
import { followed, freshAtlas } from '../areas/index.ts';
import { allHeirs } from './act.queries.ts';
import { partsOf } from './torn.views.ts';

/**
 * What a number told by the journal may be in a row today: itself until the sweep came by, where it leads, or, of an area
 * that was split, one of the parts. For checking rows against the journal.
 */
export async function tracing(ctx: Ctx): Promise<(told: number) => ReadonlySet<number>> {
  const [{ formers }, heirs] = await Promise.all([freshAtlas(ctx), allHeirs(ctx)]);
  const led = (told: number): Set<number> => {
    const former = formers.find(({ from, last }) => from <= told && told <= last);
    if (!former) return new Set([told]);
    if (former.torn === null) return new Set([told, followed(formers, told)]);
    return new Set([told, ...partsOf(heirs, former.torn).map(({ no }) => no)]);
  };
  return (told) => {
    const places = led(told);
    // Half-way: it followed the first act and not yet the second, which leads on to one of these places.
    for (const { from, last, to, torn } of formers)
      if (torn === null) {
        for (const no of [...places]) if (to <= no && no <= to + (last - from)) places.add(from + (no - to));
      } else if (partsOf(heirs, torn).some(({ no }) => places.has(no)))
        for (let no = from; no <= last; no += 1) places.add(no);
    return places;
  };
}
