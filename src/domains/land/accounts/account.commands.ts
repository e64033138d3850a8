import { TOTP } from 'otpauth';
import { earlier } from '../../../kernel/clock.ts';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { AccountActor, Ctx } from '../../../kernel/context.ts';
import { hashToken, type TokenMark, tokenText } from '../../../kernel/entrance.ts';
import { keyedHash, seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { accountProblems, idleHours, SESSION_MS } from './account.model.ts';
import {
  accountByLogin,
  countOneMore,
  delaysOf,
  endSessions,
  forgetDelays,
  insertAccount,
  insertApiKey,
  insertSession,
  type NewAccount,
  ownAccount,
  saveAccount,
  saveDelay,
  useFactorStep,
} from './account.queries.ts';
import { voidSlips } from './activation.queries.ts';
import { DELAY_MS, type DelaySubject, delayAfter } from './delay.model.ts';

defineConstraints({ account_login_taken: 'account.login_taken' });

/** Opens a session and hands out its token once; the database keeps the hash. */
export async function openSession(
  ctx: Ctx,
  accountId: Id,
  { device, stay, personId, mark = null }: { device: string; stay: boolean; personId?: Id; mark?: TokenMark },
): Promise<{ sessionId: Id; token: string }> {
  const token = tokenText(ctx.realm, ctx.ids.bytes(32), mark);
  const sessionId = ctx.ids.newId();
  await insertSession(ctx, {
    id: sessionId,
    tokenHash: hashToken(token),
    accountId,
    expiresAt: new Date(ctx.now.getTime() + SESSION_MS),
    idleHours: idleHours(stay),
    device: device.slice(0, 120),
  });
  await note(ctx, 'account.signed_in', accountId, { sessionId, ...(personId && { personId }) });
  return { sessionId, token };
}

type SignInSubject = Exclude<DelaySubject, 'slip'>;

/** The keys under which failures are counted: hashes, so that the table holds no addresses and no names. */
export function delaySubjects(ctx: Ctx, login: string, address: string): Record<SignInSubject, Buffer> {
  const key = (text: string): Buffer => keyedHash(ctx.keys.index, `sign-in ${text}`);
  return {
    account_and_address: key(`both ${login} ${address}`),
    address: key(`address ${address}`),
    account: key(`account ${login}`),
  };
}

export async function refuseTooFast(ctx: Ctx, subjects: Readonly<Record<string, Buffer>>): Promise<void> {
  const seconds = await waitFor(ctx, Object.values(subjects));
  if (seconds > 0) throw new Problem(accountProblems['account.wait'], { seconds });
}

/** Whole seconds until these may try again; 0: at once. */
export async function waitFor(ctx: Ctx, subjects: readonly Buffer[]): Promise<number> {
  const rows = await delaysOf(ctx, subjects);
  return Math.ceil(Math.max(0, ...rows.map((row) => row.nextAt.getTime() - ctx.now.getTime())) / 1000);
}

export async function countFailures(ctx: Ctx, subjects: Partial<Record<DelaySubject, Buffer>>): Promise<void> {
  const freshFrom = earlier(ctx.now, DELAY_MS);
  for (const [subject, key] of Object.entries(subjects) as [DelaySubject, Buffer][]) {
    const failures = await countOneMore(ctx, key, freshFrom);
    await saveDelay(ctx, key, new Date(ctx.now.getTime() + delayAfter(subject, failures)));
  }
}

export async function forgetFailures(ctx: Ctx, subjects: Record<SignInSubject, Buffer>): Promise<void> {
  await forgetDelays(ctx, [subjects.account_and_address, subjects.account]);
}

export async function addAccount(ctx: Ctx, account: NewAccount): Promise<{ accountId: Id }> {
  await insertAccount(ctx, account);
  await note(ctx, 'account.added', account.id, { personId: account.personId, isDemo: account.isDemo });
  return { accountId: account.id };
}

/** A password set by somebody else must be changed at the next sign-in, and ends all sessions and slips. */
export async function resetPassword(ctx: Ctx, login: string, passwordHash: string): Promise<{ accountId: Id }> {
  const account = await accountByLogin(ctx, login);
  if (!account) throw new Problem(accountProblems['account.not_found']);
  await saveAccount(ctx, account.id, { passwordHash, mustChangePassword: true, secondFactor: null });
  await endSessions(ctx, account.id, {});
  await voidSlips(ctx, account.id);
  await note(ctx, 'account.password_reset', account.id, {});
  return { accountId: account.id };
}

/** One's own new password; the other sessions end, since whoever knew the old one may sit there. */
export async function changePassword(ctx: Ctx, me: AccountActor, passwordHash: string): Promise<{ ended: number }> {
  await saveAccount(ctx, me.accountId, { passwordHash, mustChangePassword: false });
  const ended = await endSessions(ctx, me.accountId, { except: me.sessionId });
  await note(ctx, 'account.password_changed', me.accountId, { ended });
  return { ended };
}

export async function endSession(
  ctx: Ctx,
  me: Pick<AccountActor, 'accountId'>,
  sessionId: Id,
): Promise<{ ended: number }> {
  const ended = await endSessions(ctx, me.accountId, { only: sessionId });
  if (ended > 0) await note(ctx, 'account.session_ended', me.accountId, { sessionId });
  return { ended };
}

const bound = (accountId: Id): string => `second factor ${accountId}`;
const totp = (secret: string, login: string): TOTP => new TOTP({ issuer: 'Jingwei', label: login, secret });

/** Makes a secret and keeps it sealed, not yet in force; the address goes into the QR code that the person scans. */
export async function beginFactor(ctx: Ctx, me: AccountActor): Promise<{ address: string; pending: Buffer }> {
  const account = await ownAccount(ctx, me.accountId);
  if (account?.secondFactor) throw new Problem(accountProblems['account.factor_exists']);
  const fresh = new TOTP({ issuer: 'Jingwei', label: account?.login ?? '' });
  return { address: fresh.toString(), pending: seal(ctx.keys.wrapping, fresh.secret.base32, bound(me.accountId)) };
}

/** It comes back from the person's hands, where it may have been spoilt. */
function isOwnSecret(ctx: Ctx, accountId: Id, pending: Buffer): boolean {
  try {
    unseal(ctx.keys.wrapping, pending, bound(accountId));
    return true;
  } catch {
    return false;
  }
}

/** In force from the moment in which the person shows that their authenticator has it. */
export async function confirmFactor(
  ctx: Ctx,
  me: AccountActor,
  pending: Buffer,
  code: string,
): Promise<{ confirmed: boolean }> {
  if ((await ownAccount(ctx, me.accountId))?.secondFactor) throw new Problem(accountProblems['account.factor_exists']);
  if (!isOwnSecret(ctx, me.accountId, pending)) throw new Problem(accountProblems['account.code_wrong']);
  await requireCode(ctx, me.accountId, pending, code);
  await saveAccount(ctx, me.accountId, { secondFactor: pending });
  await note(ctx, 'account.factor_confirmed', me.accountId, {});
  return { confirmed: true };
}

export async function removeFactor(ctx: Ctx, me: AccountActor, code: string): Promise<{ removed: boolean }> {
  const account = await ownAccount(ctx, me.accountId);
  if (!account?.secondFactor) throw new Problem(accountProblems['account.no_factor']);
  await requireCode(ctx, me.accountId, account.secondFactor, code);
  await saveAccount(ctx, me.accountId, { secondFactor: null });
  await note(ctx, 'account.factor_removed', me.accountId, {});
  return { removed: true };
}

/** A code counts within one step of the clock to either side, and only once. */
export async function requireCode(ctx: Ctx, accountId: Id, sealed: Buffer, code: string): Promise<void> {
  const secret = unseal(ctx.keys.wrapping, sealed, bound(accountId)).toString();
  const factor = totp(secret, '');
  const timestamp = ctx.now.getTime();
  const delta = factor.validate({ token: code, timestamp, window: 1 });
  if (delta === null || !(await useFactorStep(ctx, accountId, factor.counter({ timestamp }) + delta))) {
    throw new Problem(accountProblems['account.code_wrong']);
  }
}

export async function addApiKey(ctx: Ctx, name: string, scopes: string[]): Promise<{ keyId: Id; key: string }> {
  const key = `jwk_${ctx.realm}.${ctx.ids.bytes(32).toString('base64url')}`;
  const id = ctx.ids.newId();
  await insertApiKey(ctx, { id, keyHash: hashToken(key), name, scopes });
  record(ctx, {
    kind: 'apikey.added',
    about: { kind: 'apikey', id, scopeNo: 0, confidential: false },
    body: { scopes },
  });
  return { keyId: id, key };
}

export async function note(
  ctx: Ctx,
  kind: string,
  accountId: Id,
  body: Record<string, string | number | boolean>,
): Promise<void> {
  record(ctx, { kind, about: { kind: 'account', id: accountId, scopeNo: 0, confidential: false }, body });
}
