import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

/** Numbers of areas, from the first to the last. */
export interface NumberRun {
  readonly from: number;
  readonly last: number;
}

export interface DutiesOn {
  readonly postId: Id;
  readonly open: number;
  /** Confidential: they stay with those who know of them. */
  readonly stays: number;
}

const ends = (runs: readonly NumberRun[]) =>
  sql`${runs.map(({ from }) => from)}::integer[], ${runs.map(({ last }) => last)}::integer[]`;

/** What posts owe on the records that lie there. Counts only: whoever changes the land reads no record. */
export async function dutiesOn(ctx: Ctx, runs: readonly NumberRun[]): Promise<DutiesOn[]> {
  const { rows } = await sql<DutiesOn>`
    select post_id, open, stays from duties_on(${ends(runs)}) order by post_id`.execute(ctx.db);
  return rows;
}

export interface HandedOver {
  readonly id: Id;
  readonly duty: string;
  readonly recordKind: string;
  readonly recordId: Id;
  readonly scopeNo: number;
  readonly changedAt: Date | null;
}

export async function giveDuties(ctx: Ctx, runs: readonly NumberRun[], from: Id, to: Id): Promise<HandedOver[]> {
  const { rows } = await sql<HandedOver>`
    select * from hand_over_duties(${ends(runs)}, ${from}, ${to}) order by id`.execute(ctx.db);
  return rows;
}
