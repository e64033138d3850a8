import type { UnitKey } from './item.model.ts';

/** A body, or the post that answers for an area: whoever a notice may name. */
export interface Unit extends UnitKey {
  readonly name: string;
  /** Other names by which it is found: what is left of its own without the name of an area before it. */
  readonly called: readonly string[];
}

export interface Named {
  readonly written: string;
  readonly unit: Unit | null;
  readonly among: readonly Unit[];
}

const bare = (name: string): string => name.normalize('NFKC').replace(/[\s\u3000“”"《》]/g, '');
/** 县水利局, 我市水利局, 各: what stands before a name and says only whose it is. */
const OF_OURS = /^(?:本|我|该|由|以及|和|及)?(?:县级?|市级?|区级?|镇|乡|街道)?/;

/** Whom a name means: the very name, else a short name that only one bears. Several or none is left open. */
export function unitNamed(units: readonly Unit[], written: string): Named {
  const said = bare(written);
  const exact = units.filter(({ name }) => bare(name) === said);
  const short = units.filter(({ called }) => called.some((one) => bare(one) === said));
  const without = said.replace(OF_OURS, '');
  const ours =
    without.length < 2
      ? []
      : units.filter(({ name, called }) => [name, ...called].some((one) => bare(one) === without));
  const among = [exact, short, ours].find((some) => some.length > 0) ?? [];
  return { written, unit: among.length === 1 ? (among[0] ?? null) : null, among };
}

/** 安澜县供水公司 is also called 供水公司, 城东街道综合执法队 also 综合执法队; 安澜县 itself alone is no prefix to be without. */
export function shortNames(name: string, areas: readonly string[]): string[] {
  const rests = areas.flatMap((area) => {
    const stem = area.replace(/(?:县|市|区|镇|乡|街道|社区|村)$/, '');
    const before = [area, stem].find((one) => one.length >= 2 && name.startsWith(one));
    return before !== undefined && name.length - before.length >= 3 ? [name.slice(before.length)] : [];
  });
  return [...new Set(rests)];
}
