/** What the tree was on any day, and what became of areas that are gone. Days are `YYYY-MM-DD`. */
export interface TreeHistory {
  readonly versions: readonly {
    readonly areaId: string;
    readonly parentId: string | null;
    readonly fromDay: string;
    /** The first day on which it no longer holds; null: it holds. */
    readonly untilDay: string | null;
  }[];
  readonly heirs: readonly { readonly areaId: string; readonly heirId: string; readonly fromDay: string }[];
}

/** The filed-under areas whose records count to an area on the map of a day. */
export interface Vintage {
  /** All their records count. */
  readonly whole: readonly string[];
  /** Only some: such an area was split or joined across a border of that map, and the record's own place decides. */
  readonly partly: readonly string[];
}

/**
 * Which filed-under areas count to an area on the map of a day. What was filed under an area that was gone by then counts
 * where its heirs lay; what was filed under a later one, where that came from, or else where it was put up.
 */
export function filedUnderOn(history: TreeHistory, areaId: string, day: string): Vintage {
  const standing = new Map(
    history.versions
      .filter(({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || day < untilDay))
      .map((version) => [version.areaId, version.parentId]),
  );
  const isBelow = (id: string): boolean => {
    for (let at: string | null | undefined = id; at; at = standing.get(at)) if (at === areaId) return true;
    return false;
  };
  const placesOf = placing(history, standing, day);
  const whole: string[] = [];
  const partly: string[] = [];
  for (const id of new Set(history.versions.map((version) => version.areaId))) {
    const places = [...placesOf(id)];
    const below = places.filter(isBelow).length;
    if (below > 0) (below === places.length ? whole : partly).push(id);
  }
  return { whole, partly };
}

/** Where on the map of the day the records filed under an area lie. */
function placing({ versions, heirs }: TreeHistory, standing: ReadonlyMap<string, unknown>, day: string) {
  const firstOf = new Map<string, TreeHistory['versions'][number]>();
  for (const version of versions)
    if (version.fromDay < (firstOf.get(version.areaId)?.fromDay ?? '9999')) firstOf.set(version.areaId, version);
  const places = (id: string, seen: ReadonlySet<string>): Set<string> => {
    if (seen.has(id)) return new Set();
    const also = (next: readonly string[]) => next.flatMap((it) => [...places(it, new Set([...seen, id]))]);
    const later = heirs.filter(({ areaId, fromDay }) => areaId === id && fromDay <= day).map(({ heirId }) => heirId);
    if (later.length > 0 && !standing.has(id)) return new Set(also(later));
    const sources = heirs.filter(({ heirId, fromDay }) => heirId === id && fromDay > day).map(({ areaId }) => areaId);
    const found = new Set([...(standing.has(id) ? [id] : []), ...also(sources)]);
    const parentId = firstOf.get(id)?.parentId;
    return found.size > 0 || !parentId ? found : new Set(also([parentId]));
  };
  return (id: string): Set<string> => places(id, new Set());
}
