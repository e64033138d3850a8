import type { NewArea } from './comparison.model.ts';
import {
  cellOfRow,
  codeTitles,
  type GivenRow,
  intakeProblems,
  type Refusal,
  refuse,
  type Standing,
} from './intake.model.ts';

/** Below the community nothing is published: grids and micro-grids are numbered here, three digits a level. */
export interface Numbered {
  readonly fresh: readonly NewArea[];
  readonly same: number;
  readonly refused: readonly Refusal[];
}

interface Wish {
  readonly parent: Standing;
  readonly count: number;
  readonly names: readonly string[];
}

const MOST = 999;
const countTitles = ['count', 'grids', '数量', '网格数', '微网格数'] as const;
const namesTitles = ['names', '网格名称', '名称列表'] as const;

/** The same number of grids in every community, or of micro-grids in every grid. */
export function numberEvery(
  parents: readonly Standing[],
  count: number,
  standing: readonly Standing[],
  newId: () => string,
): Numbered {
  const codes = new Set(standing.map(({ code }) => code));
  const parts = parents.map((parent) => carryOut({ parent, count, names: [] }, codes, newId));
  return {
    fresh: parts.flatMap(({ fresh }) => fresh),
    same: parts.reduce((sum, { same }) => sum + same, 0),
    refused: [],
  };
}

/** A table: the code of a community (or of a grid, for micro-grids), how many, and their names if they have any. */
export function numberAsListed(
  rows: readonly GivenRow[],
  standing: readonly Standing[],
  newId: () => string,
): Numbered {
  const byCode = new Map(standing.map((area) => [area.code, area]));
  const fresh: NewArea[] = [];
  const refused: Refusal[] = [];
  let same = 0;
  for (const row of rows) {
    const wish = readWish(row, byCode);
    if ('problem' in wish) {
      refused.push(wish);
      continue;
    }
    const done = carryOut(wish, new Set(byCode.keys()), newId);
    // A later row of the same table may number micro-grids below these.
    for (const area of done.fresh) byCode.set(area.code, area);
    fresh.push(...done.fresh);
    same += done.same;
  }
  return { fresh, same, refused };
}

function readWish(row: GivenRow, byCode: ReadonlyMap<string, Standing>): Wish | Refusal {
  const code = cellOfRow(row, codeTitles);
  const parent = byCode.get(code);
  if (!parent) return refuse(row, code, intakeProblems['intake.no_area'], { code, instead: '' });
  if (parent.level !== 'community' && parent.level !== 'grid')
    return refuse(row, code, intakeProblems['intake.not_for_grids'], { name: parent.name });
  const names = cellOfRow(row, namesTitles)
    .split(/[、;；|]/)
    .map((name) => name.trim())
    .filter(Boolean);
  const typed = cellOfRow(row, countTitles);
  const count = typed === '' ? names.length : Number(typed);
  if (!isCount(count) || names.length > count)
    return refuse(row, code, intakeProblems['intake.count_invalid'], { count: typed });
  if (names.some((name) => [...name].length > 60)) return refuse(row, code, intakeProblems['intake.name_too_long']);
  return { parent, count, names };
}

export const isCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= MOST;

function carryOut(
  { parent, count, names }: Wish,
  codes: ReadonlySet<string>,
  newId: () => string,
): Omit<Numbered, 'refused'> {
  const level = parent.level === 'community' ? 'grid' : 'micro_grid';
  const all = Array.from({ length: count }, (_, i) => ({
    code: `${parent.code}${String(i + 1).padStart(3, '0')}`,
    name: names[i] ?? defaultName(parent, i + 1),
  }));
  const missing = all.filter(({ code }) => !codes.has(code));
  const fresh = missing.map((one) => ({ ...one, id: newId(), parentId: parent.id, level }) as const);
  return { fresh, same: count - missing.length };
}

/** 二运社区居委会 → 二运第1网格; 二运第1网格 → 二运第1网格1号. Cut from the front where it would be too long. */
function defaultName({ level, name }: Standing, nth: number): string {
  const stem =
    level === 'community'
      ? name.replace(/(?:社区居委会|社区居民委员会|居民委员会|村民委员会|居委会|村委会|社区|村)$/, '')
      : name;
  const ending = level === 'community' ? `第${nth}网格` : `${nth}号`;
  return `${[...(stem || name)].slice(0, 60 - ending.length).join('')}${ending}`;
}
