import { type AreaLevel, areaLevels } from './area.model.ts';
import { bareCode, type Division } from './division.model.ts';
import { intakeProblems, type Refusal, refuse, type Standing } from './intake.model.ts';

/** What a newer (or older) list of divisions says against the areas that stand: proposals, until somebody confirms. */
export const proposalKinds = ['added', 'gone', 'renamed', 'moved', 'recoded'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export interface Side {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}

export interface Proposal {
  readonly what: ProposalKind;
  readonly level: AreaLevel;
  /** The area as it stands; null for one that would be added. */
  readonly areaId: string | null;
  readonly was: Side | null;
  readonly now: Side | null;
}

/** An area to be made; its parent stands, or stands earlier in the list. */
export type NewArea = Standing & { readonly parentId: string };

export interface Comparison {
  readonly fresh: readonly NewArea[];
  readonly same: number;
  readonly proposed: readonly Proposal[];
  readonly refused: readonly Refusal[];
}

export interface Vintage {
  readonly divisions: readonly Division[];
  readonly standing: readonly Standing[];
  /** Codes of the counties the list speaks for: what stands there and is not in the list is gone. */
  readonly covers: readonly string[];
  readonly newId: () => string;
}

/**
 * Row by row from the top down. Same code: the same area, perhaps renamed or moved. New code, but the name of an area
 * whose code is gone: the same area, recoded below the same parent or moved to another one of the county. A name is a key
 * only where it is unique on both sides. What remains is new, or gone.
 */
export function compare(vintage: Vintage): Comparison {
  const book = openBook(vintage);
  for (const row of vintage.divisions) judge(book, row, vintage.newId);
  for (const area of book.gone.values())
    book.proposed.push({ what: 'gone', level: area.level, areaId: area.id, was: sideOf(book, area), now: null });
  const { fresh, same, proposed, refused } = book;
  return { fresh, same, proposed, refused };
}

/** What is known half-way through the list. */
interface Book {
  readonly byId: Map<string, Standing>;
  /** By today's code, and by the code of the list once a row was found to be that area. */
  readonly byCode: Map<string, Standing>;
  readonly gone: Map<string, Standing>;
  readonly goneByName: ReadonlyMap<string, readonly Standing[]>;
  readonly newNames: ReadonlyMap<string, number>;
  /** Areas that are themselves only proposed, or whose new code is: below them nothing is made yet. */
  readonly awaited: Set<string>;
  readonly fresh: NewArea[];
  readonly proposed: Proposal[];
  readonly refused: Refusal[];
  same: number;
}

function openBook(vintage: Vintage): Book {
  const { divisions, standing } = vintage;
  const byCode = new Map(standing.map((area) => [bareCode(area.code), area]));
  const gone = goneFrom(vintage);
  return {
    byId: new Map(standing.map((area) => [area.id, area])),
    byCode,
    gone,
    goneByName: groupBy([...gone.values()], nameKey),
    newNames: countBy(
      divisions.filter(({ code }) => !byCode.has(code)),
      (row) => [nameKey(row), `${nameKey(row)} ${row.parentCode}`],
    ),
    awaited: new Set(),
    fresh: [],
    proposed: [],
    refused: [],
    same: 0,
  };
}

function judge(book: Book, row: Division, newId: () => string): void {
  const known = book.byCode.get(row.code);
  const parent = known?.parentId === null ? null : book.byCode.get(row.parentCode);
  if (known && known.level !== row.level)
    book.refused.push(refuse(row, row.code, intakeProblems['intake.level_differs'], { code: row.code }));
  else if (parent === undefined)
    book.refused.push(refuse(row, row.code, intakeProblems['intake.orphan'], { parent: row.parentCode }));
  else {
    const area = known ?? (parent && sameNameGone(book, row, parent));
    if (area) match(book, row, area, parent);
    else if (parent) welcome(book, row, parent, newId());
  }
}

function match(book: Book, row: Division, area: Standing, parent: Standing | null): void {
  const isRecoded = !book.byCode.has(row.code);
  const what = changeOf(area, row, { parentId: parent?.id ?? null, isRecoded });
  book.byCode.set(row.code, area);
  book.gone.delete(area.id);
  if (isRecoded) book.awaited.add(area.id);
  const now = { code: row.code, name: row.name, parentCode: parent?.code ?? null };
  if (what === null) book.same += 1;
  else book.proposed.push({ what, level: row.level, areaId: area.id, was: sideOf(book, area), now });
}

function changeOf(
  area: Standing,
  row: Division,
  { parentId, isRecoded }: { parentId: string | null; isRecoded: boolean },
): ProposalKind | null {
  if (area.parentId !== parentId) return 'moved';
  if (isRecoded) return 'recoded';
  return area.name === row.name ? null : 'renamed';
}

function welcome(book: Book, row: Division, parent: Standing, id: string): void {
  const { level, code, name } = row;
  const area = { id, parentId: parent.id, level, code, name };
  book.byId.set(id, area);
  book.byCode.set(code, area);
  if (!book.awaited.has(parent.id)) {
    book.fresh.push(area);
    return;
  }
  book.awaited.add(id);
  const now = { code, name, parentCode: row.parentCode };
  book.proposed.push({ what: 'added', level, areaId: null, was: null, now });
}

function sameNameGone(book: Book, row: Division, parent: Standing): Standing | undefined {
  const left = (book.goneByName.get(nameKey(row)) ?? []).filter(({ id }) => book.gone.has(id));
  const here = left.filter(({ parentId }) => parentId === parent.id);
  if (here.length === 1 && book.newNames.get(`${nameKey(row)} ${row.parentCode}`) === 1) return here[0];
  const near = left.filter((area) => countyOf(book, area.parentId) === countyOf(book, parent.id));
  return left.length === 1 && near.length === 1 && book.newNames.get(nameKey(row)) === 1 ? near[0] : undefined;
}

/** The county in or above which an area lies. */
function countyOf(book: Book, id: string | null): string | null {
  for (let at = book.byId.get(id ?? ''); at; at = book.byId.get(at.parentId ?? '')) {
    if (at.level === 'county' || at.parentId === null) return at.id;
  }
  return null;
}

const sideOf = (book: Book, { code, name, parentId }: Standing): Side => ({
  code,
  name,
  parentCode: book.byId.get(parentId ?? '')?.code ?? null,
});

/** Grids and what we number ourselves are in no official list, and a level the list leaves out is not spoken of. */
function goneFrom({ divisions, standing, covers }: Vintage): Map<string, Standing> {
  const listed = new Set(divisions.map(({ code }) => code));
  const spokenOf = new Set(divisions.map(({ level }) => level));
  const isGone = ({ level, code, parentId }: Standing): boolean => {
    const isOfficial = areaLevels.indexOf(level) <= areaLevels.indexOf('community');
    const isCovered = covers.some((one) => bareCode(code).startsWith(one));
    return parentId !== null && isOfficial && isCovered && spokenOf.has(level) && !listed.has(bareCode(code));
  };
  return new Map(standing.filter(isGone).map((area) => [area.id, area]));
}

const nameKey = ({ level, name }: { readonly level: AreaLevel; readonly name: string }): string => `${level} ${name}`;

function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

function countBy<T>(list: readonly T[], keys: (one: T) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of list.flatMap(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
