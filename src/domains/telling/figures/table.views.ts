import type { Ctx } from '../../../kernel/context.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Area } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { type Merged, mergeSmall } from './cells.model.ts';
import type { CountedFigure } from './definition.model.ts';
import type { By, Tally } from './figure.queries.ts';

/** One row beside the figures: an area or a body with what was counted there; `none`: in no area below, with no body. */
export interface Row {
  readonly key: string;
  readonly name: Words;
  readonly told: readonly Tally[];
}

export interface Split {
  /** Of each figure what was counted in all. */
  readonly totals: readonly Tally[];
  readonly rows: readonly Row[];
}

type Counted = readonly CountedFigure[];

export function splitByArea(told: readonly Tally[], figures: Counted, children: readonly Area[]): Split {
  const totals = told.filter(({ split }) => split === 0);
  const rows = children.map(({ id, name }, i): Row => {
    return { key: id, name: { zh: name, en: name }, told: told.filter(({ split }) => split === i + 1) };
  });
  const left = figures.map((figure) => {
    const of = (tallies: readonly Tally[]) => tallies.filter((one) => one.figure === figure.id);
    return difference(figure, of(totals), of(rows.flatMap((row) => row.told)));
  });
  const none: Row = { key: 'none', name: noArea, told: left };
  return { totals, rows: rows.length > 0 && left.some(holdsAny) ? [...rows, none] : rows };
}

export async function splitByBody(ctx: Ctx, told: readonly Tally[], figures: Counted): Promise<Split> {
  const directory = await directoryOf(ctx);
  const totals = figures.map((figure) =>
    difference(
      figure,
      told.filter((one) => one.figure === figure.id),
      [],
    ),
  );
  const found = told.filter(holdsAny).map(({ split }) => split as string | null);
  const rows = [...new Set(found)].map((id): Row => {
    const name = id === null ? noBody : { zh: directory.body(id)?.name ?? id, en: directory.body(id)?.name ?? id };
    return { key: id ?? 'none', name, told: told.filter(({ split }) => split === id) };
  });
  return { totals, rows: rows.sort((a, b) => inOrder(a, b)) };
}

export const noArea: Words = { zh: '直接在本级', en: 'Directly at this level' };
export const noBody: Words = { zh: '不在任何单位', en: 'With no body' };
const inOrder = (a: Row, b: Row): number =>
  Number(a.key === 'none') - Number(b.key === 'none') || a.name.zh.localeCompare(b.name.zh, 'zh-CN');

const holdsAny = ({ denominator, numerator, excluded, unknown }: Tally): boolean =>
  [denominator, numerator, unknown, ...excluded].some((n) => n !== 0);

/** All of some tallies less others. */
function difference(figure: CountedFigure, all: readonly Tally[], less: readonly Tally[]): Tally {
  const sum = (of: (one: Tally) => number): number =>
    rounded(all.reduce((n, one) => n + of(one), 0) - less.reduce((n, one) => n + of(one), 0));
  return {
    ...{ figure: figure.id, split: null },
    denominator: sum((one) => one.denominator),
    numerator: sum((one) => one.numerator),
    excluded: figure.exclusions.map((_, i) => sum((one) => one.excluded[i] ?? 0)),
    unknown: sum((one) => one.unknown),
  };
}

/** Weights such as 0.9 are exact in the database and not in a binary number. */
export const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

export interface RowCell {
  readonly key: string;
  readonly row: Row;
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * The rows of one figure. A rate over few is merged with others; how many there are in a place is no secret of anybody's
 * and stays.
 */
export function cellsBeside(figure: CountedFigure, rows: readonly Row[], least: number): Merged<RowCell> {
  const cells = rows.map((row): RowCell => {
    const here = row.told.filter((one) => one.figure === figure.id);
    const sum = (what: 'numerator' | 'denominator') => rounded(here.reduce((n, one) => n + one[what], 0));
    return { key: row.key, row, numerator: sum('numerator'), denominator: sum('denominator') };
  });
  if (figure.unit === 'count') return { shown: cells, together: [] };
  return mergeSmall(
    cells.filter(({ key, denominator }) => key !== 'none' || denominator > 0),
    least,
  );
}

export const othersName = (by: By, count: number): Words =>
  by === 'area'
    ? {
        zh: `其他区域（${count} 个合并，件数太少不单列）`,
        en: `Other areas (${count} together, too few to show alone)`,
      }
    : {
        zh: `其他单位（${count} 个合并，件数太少不单列）`,
        en: `Other bodies (${count} together, too few to show alone)`,
      };
