import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Ctx, granteesOf, postsOf } from './context.ts';
import type { Id } from './id.ts';

/**
 * Who may read what is a `where` on area and grant, in SQL. Row security says the same once more underneath; each of
 * the two is enough alone, and a test switches one off to see that the other holds.
 */
export interface ScopeRule {
  /** Rows a list by area may show: in one of the areas whose holder reads them, and not confidential. */
  inMyAreas(ctx: Ctx, columns: ScopeColumns): Expression<SqlBool>;
  /** Rows granted to me, my posts or my bodies. */
  grantedToMe(ctx: Ctx, columns: ScopeColumns): Expression<SqlBool>;
  /** Either of the two: for one record, not for lists (a list takes the union of both grounds). */
  readable(ctx: Ctx, columns: ScopeColumns): Expression<SqlBool>;
}

/** References such as `casefile.scope_no`, as written in the query. */
export interface ScopeColumns {
  readonly scopeNo: string;
  readonly confidential: string;
  readonly recordId: string;
}

export const scopeRule: ScopeRule = {
  inMyAreas(ctx, { scopeNo, confidential }) {
    if (ctx.actor.kind === 'system') return sql<SqlBool>`true`;
    const numbers = postsOf(ctx.actor).flatMap((seat) => (seat.readsArea ? (seat.numbers ?? []) : []));
    if (numbers.length === 0) return sql<SqlBool>`false`;
    const intervals = numbers.map(([first, last]) => sql`${sql.ref(scopeNo)} between ${first} and ${last}`);
    return sql<SqlBool>`(not ${sql.ref(confidential)} and (${sql.join(intervals, sql` or `)}))`;
  },
  grantedToMe(ctx, { recordId }) {
    if (ctx.actor.kind === 'system') return sql<SqlBool>`true`;
    return sql<SqlBool>`exists (select 1 from access_grant g where g.realm = ${ctx.realm} and g.record_id = ${sql.ref(recordId)} and g.grantee = any (${uuids(granteesOf(ctx.actor))}))`;
  },
  readable(ctx, columns) {
    if (ctx.actor.kind === 'system') return sql<SqlBool>`true`;
    return sql<SqlBool>`(${scopeRule.inMyAreas(ctx, columns)} or ${scopeRule.grantedToMe(ctx, columns)})`;
  },
};

export const uuids = (ids: readonly Id[]): RawBuilder<Id[]> => sql`${[...ids]}::uuid[]`;
