import { sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import { change, insertion } from '../../../../kernel/database/rows.ts';
import type { Id } from '../../../../kernel/id.ts';
import { heldAround } from '../holding.queries.ts';
import type { AnyLedgerCode } from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import type { OwnField } from './own_field.model.ts';

export interface OwnFieldRow extends OwnField {
  readonly id: Id;
  readonly ledger: AnyLedgerCode;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly lastNo: number;
  readonly usedFor: string;
  readonly personId: Id;
  readonly addedAt: Date;
  readonly retiredBy: Id | null;
}

/** None of them is confidential by itself. */
const fields = sql`(select *, false as confidential from own_field) f`;
const shown = sql`f.id, f.ledger, f.area_id, f.scope_no, f.last_no, f.kind, f.secrecy, f.name, f.aliases, f.help, f.choices,
  f.fresh_months, f.used_for, f.person_id, f.added_at, f.retired_by, f.retired_at`;

/** Those of a ledger that hold somewhere in these numbers, the largest area first: one question by its index. */
export async function fieldsTouching(ctx: Ctx, ledger: AnyLedgerCode, { no, lastNo }: Span): Promise<OwnFieldRow[]> {
  const { rows } = await sql<OwnFieldRow>`
    select ${shown} from ${fields} where f.realm = ${ctx.realm} and f.ledger = ${ledger} and f.scope_no <= ${lastNo}
      and f.last_no >= ${no} and ${heldAround(ctx, 'f')}
    order by f.scope_no, f.last_no desc, f.added_at, f.id`.execute(ctx.db);
  return rows;
}

export async function findField(ctx: Ctx, id: Id): Promise<OwnFieldRow | undefined> {
  const { rows } = await sql<OwnFieldRow>`
    select ${shown} from ${fields} where f.realm = ${ctx.realm} and f.id = ${id} and ${heldAround(ctx, 'f')}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Whoever tells values of own fields goes on beside others; whoever adds, changes or retires one waits for them, and they for that. */
export async function lockFields(ctx: Ctx, ledger: string, to: 'use' | 'change'): Promise<void> {
  const key = sql`hashtext(${`own fields ${ledger}`}), ${ctx.realm}`;
  await (to === 'use'
    ? sql`select pg_advisory_xact_lock_shared(${key})`
    : sql`select pg_advisory_xact_lock(${key})`
  ).execute(ctx.db);
}

export function insertField(ctx: Ctx, row: OwnFieldRow): void {
  const { aliases, choices, ...rest } = row;
  ctx.send(insertion('ownField', { realm: ctx.realm, ...rest, aliases: [...aliases], choices: [...choices] }));
}

export function saveField(
  ctx: Ctx,
  id: Id,
  { aliases, choices, ...to }: Pick<OwnFieldRow, 'name' | 'aliases' | 'help' | 'usedFor' | 'choices' | 'freshMonths'>,
): void {
  ctx.send(change('ownField', { realm: ctx.realm, id }, { ...to, aliases: [...aliases], choices: [...choices] }));
}

export function retire(ctx: Ctx, id: Id, retiredBy: Id): void {
  ctx.send(change('ownField', { realm: ctx.realm, id }, { retiredBy, retiredAt: ctx.now }));
}
