import { sql } from 'kysely';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { EntryRow } from '../../../kernel/journal.ts';

export interface Period {
  readonly from: Date;
  readonly to: Date;
}
export interface Wanted extends Period {
  readonly personIds: readonly Id[] | null;
  readonly recordId: Id | null;
  readonly kinds: readonly string[] | null;
  readonly before: number | null;
  readonly most: number;
}
export type AuditRow = EntryRow & {
  readonly position: number;
  readonly leaf: Buffer;
  readonly number: string | null;
};

const columns = { scopeNo: 'e.scope_no', confidential: 'e.confidential', recordId: 'e.record_id' };

/** Nobody is signed in yet while it is written: whose account it is, its body says. */
export const SIGNED_IN = 'account.signed_in';

/** What belongs to no area is filed under 0: accounts, people, keys, standards, devices. */
const audits = (ctx: Ctx): boolean => postsOf(ctx.actor).some(({ role }) => role === 'auditor');

/**
 * Newest first, as far as the viewer may see them. A seal is made after its entries, so that what was recorded since an
 * instant lies behind the last seal before it: years of journal are not read for one week.
 */
export async function entriesWanted(ctx: Ctx, wanted: Wanted): Promise<AuditRow[]> {
  const { from, to, personIds, recordId, kinds, before, most } = wanted;
  const turned = sql`exists (select 1 from turned_confidential t where t.realm = e.realm and t.record_id = e.record_id)`;
  const { rows } = await sql<AuditRow>`
    select e.*, p.position, p.leaf, c.number from entry_position p
    join entry e on e.realm = p.realm and e.id = p.entry_id
    left join casefile c on c.realm = e.realm and c.id = e.record_id and e.record_kind = 'casefile'
    where p.realm = ${ctx.realm}
      and p.position > (select coalesce(max(s.last_position), 0) from seal s where s.realm = ${ctx.realm} and s.sealed_at < ${from})
      and (${before}::bigint is null or p.position < ${before}::bigint)
      and e.recorded_at >= ${from} and e.recorded_at < ${to}
      and (${personIds === null} or e.person_id = any (${personIds ?? []}::uuid[])
        or (e.kind = ${SIGNED_IN} and e.body->>'personId' = any (${personIds ?? []}::text[])))
      and (${kinds === null} or e.kind like any (${kinds ?? []}::text[]))
      and (${recordId}::uuid is null or e.record_id = ${recordId}::uuid)
      and ((${ctx.scope.inMyAreas(ctx, columns)} and not ${turned}) or ${ctx.scope.grantedToMe(ctx, columns)}
        or (${audits(ctx)} and e.scope_no = 0 and not e.confidential))
    order by p.position desc limit ${most}`.execute(ctx.db);
  return rows;
}

export async function caseNumbered(ctx: Ctx, number: string): Promise<Id | null> {
  const { rows } = await sql<{ id: Id }>`
    select c.id from casefile c where c.realm = ${ctx.realm} and c.number = ${number}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** People by a part of their name. */
export async function peopleNamed(ctx: Ctx, named: string): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select p.id from person p where p.realm = ${ctx.realm} and position(${named} in p.name) > 0 limit 200`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}

export async function lastSeal(ctx: Ctx): Promise<{ position: number; sealedAt: Date | null; root: string | null }> {
  const { rows } = await sql<{ position: number; sealedAt: Date; root: string }>`
    select last_position as position, sealed_at, encode(root, 'hex') as root from seal
    where realm = ${ctx.realm} order by last_position desc limit 1`.execute(ctx.db);
  return rows[0] ?? { position: 0, sealedAt: null, root: null };
}
