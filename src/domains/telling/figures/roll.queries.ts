import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Run } from './cover.model.ts';

/** For which intervals of numbers there are sums, the wider before the narrower. */
export async function nodesWithin(ctx: Ctx, first: number, last: number): Promise<Run[]> {
  const { rows } = await sql<{ no: number; lastNo: number }>`
    select no, last_no from figure_node where realm = ${ctx.realm} and no >= ${first} and last_no <= ${last}
    order by no, last_no desc`.execute(ctx.db);
  return rows.map(({ no, lastNo }) => [no, lastNo] as const);
}

/** Adds up what rests and takes off what does no more; how many cases, at most so many of each. */
export async function fold(ctx: Ctx, most: number): Promise<number> {
  const { rows } = await sql<{ folded: number }>`select figure_fold(${most}) as folded`.execute(ctx.db);
  return rows[0]?.folded ?? 0;
}

export interface Difference {
  readonly no: number;
  readonly lastNo: number;
  readonly kind: string;
  readonly span: number;
  readonly day: number;
  readonly facts: string | null;
  readonly expected: string;
  readonly found: string;
}

/** All sums against a full count, in one statement: how many were compared, how many differ, the first of those. */
export async function recounted(
  ctx: Ctx,
  most: number,
): Promise<{ checked: number; wrong: number; differences: Difference[] }> {
  const { rows } = await sql<
    Difference & { checked: string; wrong: string }
  >`select * from figure_recount(${most})`.execute(ctx.db);
  return {
    checked: Number(rows[0]?.checked ?? 0),
    wrong: Number(rows[0]?.wrong ?? 0),
    differences: rows.filter(({ kind }) => kind !== null),
  };
}

export async function forgetSums(ctx: Ctx): Promise<void> {
  await sql`select figure_forget()`.execute(ctx.db);
}
