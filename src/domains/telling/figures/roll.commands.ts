import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { type Difference, fold, forgetSums, letGo, portions, recounted } from './roll.queries.ts';
import { dayBegins } from './window.model.ts';

/** A sum that is not what a full count gives. */
export interface WrongSum {
  readonly area: string;
  readonly kind: string;
  /** First day and last, by the calendar of China. */
  readonly from: string;
  readonly to: string;
  readonly facts: string;
  readonly expected: number;
  readonly found: number;
}

export interface Recount {
  readonly realm: number;
  /** Cases that were added up on this occasion. */
  readonly added: number;
  readonly checked: number;
  readonly wrong: number;
  /** The first hundred of them. */
  readonly differences: readonly WrongSum[];
  readonly mended: boolean;
}

const AT_ONCE = 20_000;
/** So many cases or duties, so that the limit of a statement is far. */
const COMPARED_AT_ONCE = 250_000;
const SHOWN = 100;

/**
 * Adds up what rests, then compares all sums with a full count. With `mend`, sums that differ are made anew; meanwhile,
 * and should it be broken off, figures are counted row by row.
 */
export async function recount(runtime: Runtime, realm: number, mend: boolean): Promise<Recount> {
  const added = await foldAll(runtime, realm);
  const { checked, wrong, differences } = await transact(runtime, asSystem(realm, 'operator'), compare);
  if (wrong > 0 && mend) {
    await transact(runtime, asSystem(realm, 'operator'), forgetSums);
    for (let last: string | null = NIL; last !== null; ) {
      const after: string = last;
      last = await transact(runtime, asSystem(realm, 'operator'), (ctx) => letGo(ctx, after, AT_ONCE));
    }
    await foldAll(runtime, realm);
  }
  return { realm, added, checked, wrong, differences, mended: wrong > 0 && mend };
}

const NIL = '00000000-0000-0000-0000-000000000000';

async function compare(ctx: Ctx): Promise<Pick<Recount, 'checked' | 'wrong' | 'differences'>> {
  const told = { checked: 0, wrong: 0, differences: [] as Difference[] };
  for (const portion of await portions(ctx, COMPARED_AT_ONCE)) {
    const { checked, wrong, differences } = await recounted(ctx, portion, SHOWN);
    told.checked += checked;
    told.wrong += wrong;
    told.differences.push(...differences);
  }
  const { areas } = await atlasOf(ctx);
  const names = new Map(areas.map(({ no, lastNo, name, code }) => [`${no}-${lastNo}`, `${name} ${code}`]));
  const sorted = told.differences.toSorted((a, b) => b.span - a.span || a.no - b.no || a.day - b.day);
  return { ...told, differences: sorted.slice(0, SHOWN).map((one) => named(one, names)) };
}

async function foldAll(runtime: Runtime, realm: number): Promise<number> {
  let all = 0;
  for (;;) {
    const some = await transact(runtime, asSystem(realm, 'operator'), (ctx) => fold(ctx, AT_ONCE));
    if (some === 0) return all;
    all += some;
  }
}

const HOUR_MS = 3_600_000;
const dateOf = (day: number): string => new Date(dayBegins(day).getTime() + 8 * HOUR_MS).toISOString().slice(0, 10);

function named(one: Difference, names: ReadonlyMap<string, string>): WrongSum {
  const numbers = `${one.no}-${one.lastNo}`;
  return {
    area: names.get(numbers) ?? numbers,
    kind: one.kind,
    from: dateOf(one.day * one.span),
    to: dateOf((one.day + 1) * one.span - 1),
    facts: one.facts ?? '',
    expected: Number(one.expected),
    found: Number(one.found),
  };
}
