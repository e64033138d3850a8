import { sql } from 'kysely';
import { type Ctx, granteesOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Status } from '../casefiles/casefile.model.ts';
import type { Asked, BoxQuery } from './find.model.ts';

/** Ids of cases that the caller may read, the newest change first. A function of the database knows who that is. */
export async function searchCasefiles(
  ctx: Ctx,
  { terms, tokens }: Asked,
  before: { readonly at: Date; readonly id: Id } | null,
  most: number,
): Promise<Id[]> {
  const rows = await ctx.ask({
    sql: SEARCHED,
    parameters: [terms, tokens, before?.at ?? null, before?.id ?? null, most],
  });
  return (rows as { id: Id }[]).map(({ id }) => id);
}

// Fixed texts, as written: building them anew took a tenth of what asking takes.
const SEARCHED = `select id from search_casefiles($1::text[], $2::text[], $3::timestamptz, $4::uuid, $5::integer)`;
const COUNTED = `select square_row as "row", square_column as "column", cases, waiting
  from count_in_cells($1::integer[], $2::integer, $3::boolean)`;

/** Cells are rows from the south pole up, 36,000 to a row from the west: kernel/geo.ts. */
const ROW = 36_000;

interface Cells {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

const cellsIn = ({ west, south, east, north }: BoxQuery): Cells => ({
  firstRow: Math.floor((south + 90) * 100),
  lastRow: Math.floor((north + 90) * 100),
  firstColumn: Math.floor((west + 180) * 100),
  lastColumn: Math.floor((east + 180) * 100),
});

/** Cells are compared as integers, which an index may be asked for under any policy. */
const named = ({ firstRow, lastRow, firstColumn, lastColumn }: Cells): number[] => {
  const width = lastColumn - firstColumn + 1;
  return Array.from(
    { length: (lastRow - firstRow + 1) * width },
    (_, i) => (firstRow + Math.floor(i / width)) * ROW + firstColumn + (i % width),
  );
};
const isInCells = (cells: Cells) => sql`c.cell = any (${named(cells)}::int[])`;

const columns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };

const inMyAreas = (ctx: Ctx, cells: Cells, state: BoxQuery['state']) => sql`
  select c.* from casefile c
  where c.realm = ${ctx.realm} and ${isInCells(cells)} and ${ctx.scope.inMyAreas(ctx, columns)} and ${shown(state)}`;

/** What was granted to me and lies elsewhere, or is confidential. */
const granted = (ctx: Ctx, cells: Cells, state: BoxQuery['state']) => sql`
  select c.* from (select distinct g.record_id from access_grant g
    where g.realm = ${ctx.realm} and g.grantee = any (${uuids(granteesOf(ctx.actor))}) and g.record_kind = 'casefile') g
  join casefile c on c.realm = ${ctx.realm} and c.id = g.record_id
  where ${isInCells(cells)} and not ${ctx.scope.inMyAreas(ctx, columns)} and ${shown(state)}`;

const shown = (state: BoxQuery['state']) =>
  state === 'open'
    ? sql`c.status not in ('evaluated', 'declined') and c.merged_into is null`
    : sql`c.merged_into is null`;

export interface ClusterRow {
  readonly row: number;
  readonly column: number;
  readonly cases: number;
  readonly waiting: number;
}

/**
 * Whole cells, `side` of them along each side of a cluster: of a cell at the edge all is counted. A function of the
 * database counts, by the areas and grants of the transaction.
 */
export async function clustersIn(ctx: Ctx, query: BoxQuery, side: number): Promise<ClusterRow[]> {
  const parameters = [named(cellsIn(query)), side, query.state === 'open'];
  return (await ctx.ask({ sql: COUNTED, parameters })) as ClusterRow[];
}

export interface PointRow {
  readonly id: Id;
  readonly number: string;
  readonly status: Status;
  readonly lon: number;
  readonly lat: number;
}

export async function casesIn(ctx: Ctx, query: BoxQuery, most: number): Promise<PointRow[]> {
  const cells = cellsIn(query);
  const { rows } = await sql<PointRow>`
    select id, number, status, lon, lat
    from (${inMyAreas(ctx, cells, query.state)} union all ${granted(ctx, cells, query.state)}) c
    where lon between ${query.west} and ${query.east} and lat between ${query.south} and ${query.north}
    order by number desc limit ${most}`.execute(ctx.db);
  return rows;
}
