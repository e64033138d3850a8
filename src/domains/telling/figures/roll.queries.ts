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

export interface Portion {
  readonly kind: string;
  readonly dayFrom: number;
  readonly dayTo: number;
}

/** Into what a full count is cut, so that each statement is one of seconds; until the end of it nobody adds up. */
export async function portions(ctx: Ctx, most: number): Promise<Portion[]> {
  const { rows } = await sql<Portion>`select * from figure_portions(${most})`.execute(ctx.db);
  return rows;
}

/** A portion of the sums against a full count: how many were compared, how many differ, the first of those. */
export async function recounted(
  ctx: Ctx,
  { kind, dayFrom, dayTo }: Portion,
  most: number,
): Promise<{ checked: number; wrong: number; differences: Difference[] }> {
  const { rows } = await sql<
    Difference & { checked: string; wrong: string }
  >`select * from figure_recount(${kind}, ${dayFrom}, ${dayTo}, ${most})`.execute(ctx.db);
  return {
    checked: Number(rows[0]?.checked ?? 0),
    wrong: Number(rows[0]?.wrong ?? 0),
    differences: rows.filter(({ no }) => no !== null),
  };
}

/** From here on everything is read row by row, until it has been let go and added up anew. */
export async function forgetSums(ctx: Ctx): Promise<void> {
  await sql`select figure_forget()`.execute(ctx.db);
}

/** Lets so many cases go, in the order of their ids, and says which was the last. */
export async function letGo(ctx: Ctx, after: string, most: number): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`select figure_let_go(${after}, ${most}) as last`.execute(ctx.db);
  return rows[0]?.last ?? null;
}
