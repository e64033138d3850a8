import { type Expression, type SqlBool, sql } from 'kysely';
import { type Ctx, holdsPost, postsOf } from '../../../kernel/context.ts';
import { ledgerKeepers, ledgerReaders } from './ledger.model.ts';
import { heldAs, type Span } from './ledger.queries.ts';

/** What an area made itself, fields and ledgers, holds in all of what lies within it. */
export interface Lying {
  readonly scopeNo: number;
  readonly lastNo: number;
}

export const holdsIn = ({ scopeNo, lastNo }: Lying, { no, lastNo: last }: Span): boolean =>
  scopeNo <= no && lastNo >= last;

/** Whether the viewer keeps the ledgers of all the land on which it holds. */
export const keepsAll = (ctx: Ctx, { scopeNo, lastNo }: Lying): boolean =>
  holdsPost(ctx, ledgerKeepers, scopeNo, lastNo);

/** For whoever works with ledgers above it, and whoever does so within it: there it holds as well. `table` is its alias. */
export function heldAround(ctx: Ctx, table: string): Expression<SqlBool> {
  const [first, last] = [`${table}.scope_no`, `${table}.last_no`];
  const scope = { scopeNo: first, confidential: `${table}.confidential`, recordId: `${table}.id` };
  const within = postsOf(ctx.actor).flatMap(({ role, from }) =>
    (ledgerReaders as readonly string[]).includes(role) && from !== null ? [from] : [],
  );
  const homes = within.map((no) => sql`${no} between ${sql.ref(first)} and ${sql.ref(last)}`);
  const above = sql`(${ctx.scope.inMyAreas(ctx, scope)} and ${heldAs(ctx, ledgerReaders, first)})`;
  return sql<SqlBool>`(${sql.join([above, ...homes], sql` or `)})`;
}
