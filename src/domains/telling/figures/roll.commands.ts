import { asSystem } from '../../../kernel/entrance.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { type Difference, fold, forgetSums, recounted } from './roll.queries.ts';
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
const SHOWN = 100;

/**
 * Adds up what rests, then compares all sums with a full count. With `mend`, sums that differ are made anew; meanwhile,
 * and should it be broken off, figures are counted row by row.
 */
export async function recount(runtime: Runtime, realm: number, mend: boolean): Promise<Recount> {
  const added = await foldAll(runtime, realm);
  const { checked, wrong, differences } = await transact(runtime, asSystem(realm, 'operator'), async (ctx) => {
    const found = await recounted(ctx, SHOWN);
    const { areas } = await atlasOf(ctx);
    const names = new Map(areas.map(({ no, lastNo, name, code }) => [`${no}-${lastNo}`, `${name} ${code}`]));
    return { ...found, differences: found.differences.map((one) => named(one, names)) };
  });
  if (wrong > 0 && mend) {
    await transact(runtime, asSystem(realm, 'operator'), forgetSums);
    await foldAll(runtime, realm);
  }
  return { realm, added, checked, wrong, differences, mended: wrong > 0 && mend };
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
