import { sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import { change, insertion } from '../../../../kernel/database/rows.ts';
import type { Id } from '../../../../kernel/id.ts';
import { heldAround } from '../holding.queries.ts';
import type { Span } from '../ledger.queries.ts';
import type { GivenLedger } from './own_ledger.model.ts';

export interface OwnLedgerRow extends GivenLedger {
  readonly id: Id;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly lastNo: number;
  readonly personId: Id;
  readonly addedAt: Date;
  readonly retiredBy: Id | null;
  readonly retiredAt: Date | null;
}

/** None of them is confidential by itself. */
const kept = sql`(select *, false as confidential from own_ledger) l`;
const shown = sql`l.id, l.area_id, l.scope_no, l.last_no, l.name, l.unit, l.called, l.used_for, l.person_id, l.added_at,
  l.retired_by, l.retired_at`;

/** Those that are kept somewhere in these numbers, the largest area first: one question by its index. */
export async function ledgersTouching(ctx: Ctx, { no, lastNo }: Span): Promise<OwnLedgerRow[]> {
  const { rows } = await sql<OwnLedgerRow>`
    select ${shown} from ${kept} where l.realm = ${ctx.realm} and l.scope_no <= ${lastNo} and l.last_no >= ${no}
      and ${heldAround(ctx, 'l')} order by l.scope_no, l.last_no desc, l.added_at, l.id`.execute(ctx.db);
  return rows;
}

export async function findOwnLedger(ctx: Ctx, id: Id): Promise<OwnLedgerRow | undefined> {
  const { rows } = await sql<OwnLedgerRow>`
    select ${shown} from ${kept} where l.realm = ${ctx.realm} and l.id = ${id} and ${heldAround(ctx, 'l')}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who add or rename come one after the other, so that of one name there is one. */
export async function lockOwnLedgers(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('own ledgers'), ${ctx.realm})`.execute(ctx.db);
}

export function insertOwnLedger(ctx: Ctx, row: OwnLedgerRow): void {
  ctx.send(insertion('ownLedger', { realm: ctx.realm, ...row }));
}

export function saveOwnLedger(ctx: Ctx, id: Id, { name, unit, called, usedFor }: GivenLedger): void {
  ctx.send(change('ownLedger', { realm: ctx.realm, id }, { name, unit, called, usedFor }));
}

export function retireOwnLedger(ctx: Ctx, id: Id, retiredBy: Id): void {
  ctx.send(change('ownLedger', { realm: ctx.realm, id }, { retiredBy, retiredAt: ctx.now }));
}
