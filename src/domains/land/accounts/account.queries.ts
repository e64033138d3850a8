import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

export interface AccountToSignIn {
  readonly id: Id;
  readonly personId: Id;
  readonly passwordHash: string;
  /** Sealed, base64; null: no second factor. */
  readonly secondFactor: string | null;
  readonly mustChangePassword: boolean;
  readonly isDemo: boolean;
}

export async function accountToSignIn(ctx: Ctx, login: string): Promise<AccountToSignIn | null> {
  const { rows } = await sql<{
    found: AccountToSignIn | null;
  }>`select account_to_sign_in(${ctx.realm}::smallint, ${login}) as found`.execute(ctx.db);
  return rows[0]?.found ?? null;
}

export async function useFactorStep(ctx: Ctx, accountId: Id, step: number): Promise<boolean> {
  const { rows } = await sql<{
    fresh: boolean;
  }>`select use_second_factor_step(${ctx.realm}::smallint, ${accountId}, ${step}) as fresh`.execute(ctx.db);
  return rows[0]?.fresh ?? false;
}

export interface DelayRow {
  readonly subject: Buffer;
  readonly failures: number;
  readonly nextAt: Date;
}

export async function delaysOf(ctx: Ctx, subjects: readonly Buffer[]): Promise<DelayRow[]> {
  return ctx.db
    .selectFrom('signInDelay')
    .select(['subject', 'failures', 'nextAt'])
    .where('realm', '=', ctx.realm)
    .where('subject', 'in', subjects)
    .execute();
}

/** One more failure, counted by the database so that tries made at once all count; those before `freshFrom` are over. */
export async function countOneMore(ctx: Ctx, subject: Buffer, freshFrom: Date): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    insert into sign_in_delay as d (realm, subject, failures, last_at, next_at)
    values (${ctx.realm}, ${subject}, 1, ${ctx.now}, ${ctx.now})
    on conflict (realm, subject) do update set last_at = ${ctx.now},
      failures = case when d.last_at < ${freshFrom} then 1 else d.failures + 1 end
    returning failures`.execute(ctx.db);
  return rows[0]?.failures ?? 1;
}

export async function saveDelay(ctx: Ctx, subject: Buffer, nextAt: Date): Promise<void> {
  await ctx.db
    .updateTable('signInDelay')
    .set({ nextAt })
    .where('realm', '=', ctx.realm)
    .where('subject', '=', subject)
    .execute();
}

export async function forgetDelays(ctx: Ctx, subjects: readonly Buffer[]): Promise<void> {
  await ctx.db
    .updateTable('signInDelay')
    .set({ failures: 0, lastAt: ctx.now, nextAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('subject', 'in', subjects)
    .execute();
}

export async function insertSession(
  ctx: Ctx,
  row: { id: Id; tokenHash: Buffer; accountId: Id; expiresAt: Date; idleHours: number; device: string },
): Promise<void> {
  await ctx.db
    .insertInto('session')
    .values({ realm: ctx.realm, ...row, openedAt: ctx.now, seenAt: ctx.now })
    .execute();
}

export interface SessionRow {
  readonly id: Id;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly device: string;
}

export async function sessionsOf(ctx: Ctx, accountId: Id): Promise<SessionRow[]> {
  return ctx.db
    .selectFrom('session')
    .select(['id', 'openedAt', 'seenAt', 'expiresAt', 'device'])
    .where('realm', '=', ctx.realm)
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', ctx.now)
    .where(sql<boolean>`seen_at > ${ctx.now}::timestamptz - idle_hours * interval '1 hour'`)
    .orderBy('seenAt', 'desc')
    .execute();
}

/** Ends one session of an account, or all of them but one; tells how many. */
export async function endSessions(ctx: Ctx, accountId: Id, which: { only?: Id; except?: Id }): Promise<number> {
  let ending = ctx.db
    .updateTable('session')
    .set({ endedAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null);
  if (which.only !== undefined) ending = ending.where('id', '=', which.only);
  if (which.except !== undefined) ending = ending.where('id', '!=', which.except);
  const { numUpdatedRows } = await ending.executeTakeFirst();
  return Number(numUpdatedRows);
}

export interface NewAccount {
  readonly id: Id;
  readonly login: string;
  readonly personId: Id;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly isDemo: boolean;
}

export async function insertAccount(ctx: Ctx, row: NewAccount): Promise<void> {
  await ctx.db
    .insertInto('account')
    .values({ realm: ctx.realm, ...row, createdAt: ctx.now })
    .execute();
}

export async function ownAccount(
  ctx: Ctx,
  id: Id,
): Promise<{ id: Id; login: string; passwordHash: string; secondFactor: Buffer | null } | undefined> {
  return ctx.db
    .selectFrom('account')
    .select(['id', 'login', 'passwordHash', 'secondFactor'])
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function accountByLogin(ctx: Ctx, login: string): Promise<{ id: Id } | undefined> {
  return ctx.db
    .selectFrom('account')
    .select('id')
    .where('realm', '=', ctx.realm)
    .where('login', '=', login)
    .executeTakeFirst();
}

export async function saveAccount(
  ctx: Ctx,
  id: Id,
  change: { passwordHash?: string; mustChangePassword?: boolean; secondFactor?: Buffer | null; closedAt?: Date },
): Promise<void> {
  await ctx.db.updateTable('account').set(change).where('realm', '=', ctx.realm).where('id', '=', id).execute();
}

export async function insertApiKey(
  ctx: Ctx,
  row: { id: Id; keyHash: Buffer; name: string; scopes: string[] },
): Promise<void> {
  await ctx.db
    .insertInto('apiKey')
    .values({ realm: ctx.realm, ...row, createdAt: ctx.now })
    .execute();
}

/** Sessions that ended or ran out before an instant; tells how many went. */
export async function removeSessions(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from session where realm = ${ctx.realm} and id in (
      select id from session where realm = ${ctx.realm} and least(ended_at, expires_at) < ${before} limit ${most})`.execute(
    ctx.db,
  );
  return Number(numAffectedRows ?? 0);
}

/** Counts of failed sign-ins whose last failure lies before an instant. */
export async function removeDelays(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sign_in_delay where realm = ${ctx.realm} and subject in (
      select subject from sign_in_delay where realm = ${ctx.realm} and last_at < ${before} and next_at < ${ctx.now}
      limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
}
