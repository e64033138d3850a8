import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

interface Slip {
  readonly accountId: Id;
  readonly login: string;
  readonly name: string;
  readonly expiresAt: string;
  readonly used: boolean;
  readonly voided: boolean;
}

export async function slipByToken(ctx: Ctx, hash: Buffer): Promise<Slip | null> {
  const { rows } = await sql<{ found: Slip | null }>`
    select activation_by_token(${ctx.realm}::smallint, ${hash}) as found`.execute(ctx.db);
  return rows[0]?.found ?? null;
}

/** Whose password is set now; null: somebody was quicker, or its time is over. */
export async function useSlip(ctx: Ctx, hash: Buffer, passwordHash: string): Promise<Id | null> {
  const { rows } = await sql<{ account: Id | null }>`
    select use_activation(${ctx.realm}::smallint, ${hash}, ${passwordHash}, ${ctx.now}) as account`.execute(ctx.db);
  return rows[0]?.account ?? null;
}

export async function voidSlips(ctx: Ctx, accountId: Id): Promise<number> {
  const { numAffectedRows } = await sql`
    update activation set voided_at = ${ctx.now}
    where realm = ${ctx.realm} and account_id = ${accountId} and used_at is null and voided_at is null`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}

export async function insertSlip(
  ctx: Ctx,
  slip: { id: Id; accountId: Id; tokenHash: Buffer; expiresAt: Date },
): Promise<void> {
  await ctx.db
    .insertInto('activation')
    .values({ realm: ctx.realm, ...slip, issuedAt: ctx.now })
    .execute();
}

export interface WaitingRow {
  readonly accountId: Id;
  readonly personId: Id;
  readonly login: string;
  readonly name: string;
  /** Nobody has set its password yet, only the import made it. */
  readonly isWaiting: boolean;
  readonly hasOpenSlip: boolean;
}

/** Accounts by login, or all that nobody has activated yet. */
export async function accountsForSlips(
  ctx: Ctx,
  logins: readonly string[] | null,
  noPassword: string,
): Promise<WaitingRow[]> {
  const which = logins === null ? sql`a.password_hash = ${noPassword}` : sql`a.login = any (${[...logins]}::text[])`;
  const { rows } = await sql<WaitingRow>`
    select a.id as account_id, a.person_id, a.login, p.name, a.password_hash = ${noPassword} as is_waiting,
           exists (select from activation v where v.realm = a.realm and v.account_id = a.id and v.used_at is null
                   and v.voided_at is null and v.expires_at > ${ctx.now}) as has_open_slip
    from account a join person p on p.realm = a.realm and p.id = a.person_id
    where a.realm = ${ctx.realm} and a.closed_at is null and ${which} order by a.login`.execute(ctx.db);
  return rows;
}

/** Slips that expired before an instant; tells how many went. */
export async function removeSlips(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from activation where realm = ${ctx.realm} and id in (
      select id from activation where realm = ${ctx.realm} and expires_at < ${before} limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
