import type { Widget } from '../../domains/land/registry/forms/form.model.ts';
import type { GivenQuestion } from '../../domains/land/registry/forms/form_shape.model.ts';
import type { ChoiceList } from './choices.model.ts';
import { bothOf, conditionIn, type Earlier, limitsIn, type When } from './condition.model.ts';
import { Unheld } from './expression.model.ts';
import type { GridRow, Place, Tell } from './grid.model.ts';

/** How far a workbook has been read: what is open, what was asked, and what a condition may look at. Pure. */
export type Plain = Omit<GivenQuestion, 'of'>;

/** A group or rows that have begun and not ended. */
export interface Open {
  readonly what: 'group' | 'repeat';
  readonly place: Place;
  readonly when: readonly When[];
  readonly names: Set<string>;
  /** Of rows: the question they belong to, and what each row asks. */
  readonly rows: { readonly question: Plain; readonly of: Plain[] } | null;
}

export interface Reading {
  readonly lists: ReadonlyMap<string, ChoiceList>;
  readonly first: string | null;
  readonly tell: Tell;
  readonly questions: GivenQuestion[];
  readonly open: Open[];
  /** By the name in the workbook; rows see their own, others do not see into rows. */
  readonly earlier: { readonly name: string; readonly of: Open | null; readonly question: Earlier }[];
  /** As ours are called; and, as theirs, those that stand in no group. */
  readonly taken: Set<string>;
  readonly names: Set<string>;
}

/** As ours may be called; what else it is called is only needed to find it again. */
export function nameIn({ open, taken, names, tell }: Reading, row: GridRow): string {
  const given = row.text('name');
  const siblings = open.at(-1)?.names ?? names;
  if (siblings.has(given) && given !== '') tell(row.place('name'), { zh: '和前面的重名', en: 'is named like another' });
  siblings.add(given);
  const bare = given
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .slice(0, 36);
  const base = /^[a-z]/.test(bare) && !/^_*$/.test(bare) ? bare : `q${row.row + 1}`;
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}_${n}`;
  taken.add(name);
  return name;
}

/** Its own condition, and those of the groups it stands in up to the rows it belongs to. */
export function whenOf(reading: Reading, row: GridRow): When | undefined {
  const around = reading.open.slice(reading.open.findLastIndex(({ what }) => what === 'repeat') + 1);
  return (
    heldAt(reading, row, () => bothOf([...around.flatMap(({ when }) => when), ...ownCondition(reading, row)])) ??
    undefined
  );
}

export function ownCondition(reading: Reading, row: GridRow): When[] {
  const source = row.text('relevant');
  const condition = source === '' ? null : conditionIn(source, (name) => earlierNamed(reading, name));
  return condition === null ? [] : [condition];
}

export function heldAt<T>({ tell }: Reading, row: GridRow, make: () => T, key = 'relevant'): T | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Unheld)) throw error;
    tell(row.place(key), error.says);
    return null;
  }
}

export const rowsOf = ({ open }: Reading): Open | null => open.findLast(({ what }) => what === 'repeat') ?? null;

function earlierNamed(reading: Reading, name: string): Earlier {
  const named = reading.earlier.filter((one) => one.name === name);
  const here = named.filter(({ of }) => of === rowsOf(reading));
  const [only, another] = here;
  if (another) throw new Unheld(`有几个问题都叫“${name}”`, `several questions are named “${name}”`);
  if (only) return only.question;
  if (named.length > 0 || reading.open.some(({ names }) => names.has(name)))
    throw new Unheld(`“${name}”不在同一行里`, `“${name}” is not of the same row`);
  throw new Unheld(`前面没有“${name}”这个问题`, `there is no earlier question “${name}”`);
}

export function limitsOf(reading: Reading, row: GridRow, widget: Widget): { least?: number; most?: number } {
  const source = row.text('constraint');
  return source === '' ? {} : (heldAt(reading, row, () => limitsIn(source, widget), 'constraint') ?? {});
}
