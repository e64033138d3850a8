import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/**
 * The tables whose rows carry the number of an area and follow it when the tree is changed. A migration makes the
 * functions of each by `call follows_land(…)`; a test compares this list with the schema, so that none is forgotten. The
 * journal is not among them: an entry keeps the number under which it was written, and is read by where that leads.
 */
export const scoped = [
  'casefile',
  'obligation',
  'message',
  'dwelling',
  'responsibility',
  'notice_area',
  'area_message',
  'ledger_record',
  'ledger_batch',
  'campaign',
  'campaign_target',
  'directive',
  'directive_item',
  'person_request',
  'pledge',
  'pledge_signature',
  'patrol_plan',
  'checkpoint',
  'inspection',
  'inspection_target',
  'hazard',
  'ledger_template',
  'ledger_export',
  'own_field',
  'own_ledger',
] as const;
export type ScopedTable = (typeof scoped)[number];

/** Parts of an area that was split, in the order in which they are tried; `rest` takes what lies in none. */
export interface PartSpec {
  readonly no: number;
  readonly rest: boolean;
  /** Borders as the database reads them: `((lon,lat),…)`. */
  readonly polygons: readonly { readonly outer: string; readonly holes: readonly string[] }[];
}

export interface Leading {
  readonly from: number;
  readonly last: number;
  readonly to: number;
  readonly parts: readonly PartSpec[] | null;
}

export interface Weight {
  readonly open: number;
  readonly done: number;
  /** Of the open ones, how many lie nowhere that is known. */
  readonly nowhere: number;
}

/** Rows that carry these numbers get the ones to which they lead; at most so many. Returns how many. */
export async function follow(
  ctx: Ctx,
  table: ScopedTable,
  { from, last, to, parts }: Leading,
  which: { onlyOpen: boolean; most: number },
): Promise<number> {
  const spec = parts === null ? null : JSON.stringify(parts);
  const { rows } = await sql<{ n: number }>`
    select ${sql.ref(`follow_${table}`)}(${from}, ${last}, ${to}, ${spec}::jsonb, ${which.onlyOpen}, ${which.most}) as n`.execute(
    ctx.db,
  );
  return rows[0]?.n ?? 0;
}

/** How many rows carry these numbers. Counts only: whoever changes the land need not read what lies on it. */
export async function weigh(
  ctx: Ctx,
  table: ScopedTable,
  { from, last }: { readonly from: number; readonly last: number },
): Promise<Weight> {
  const { rows } =
    await sql<Weight>`select open, done, nowhere from ${sql.ref(`weigh_${table}`)}(${from}, ${last})`.execute(ctx.db);
  return rows[0] ?? { open: 0, done: 0, nowhere: 0 };
}

/** The tables among them whose rows lie at a point of their own. */
export const placed = ['casefile', 'dwelling'] as const satisfies readonly ScopedTable[];
export type PlacedTable = (typeof placed)[number];

export interface Share {
  /** Of the part in which they lie. */
  readonly no: number;
  readonly open: number;
  readonly done: number;
}

/** How many rows that carry one number lie in each part. Counts only, as `weigh`. */
export async function share(ctx: Ctx, table: PlacedTable, no: number, parts: readonly PartSpec[]): Promise<Share[]> {
  const { rows } = await sql<Share>`
    select no, open, done from ${sql.ref(`share_${table}`)}(${no}, ${no}, ${JSON.stringify(parts)}::jsonb) order by no`.execute(
    ctx.db,
  );
  return rows;
}
