import { execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { ProcedureCall } from '../../../kernel/endpoint.ts';
import { asAnyone, hashToken } from '../../../kernel/entrance.ts';
import { keyedHash } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { addAccount, countFailures, note, waitFor } from './account.commands.ts';
import { accountProblems } from './account.model.ts';
import { activationProblems, type ReadToken, readToken, tokenFrom } from './activation.model.ts';
import { accountsForSlips, insertSlip, slipByToken, useSlip, voidSlips } from './activation.queries.ts';
import { hashPassword, NO_PASSWORD } from './password.outside.ts';

const DAY_MS = 86_400_000;

/** What is printed: the token goes nowhere else. */
export interface Slip {
  readonly personId: Id;
  readonly login: string;
  readonly name: string;
  readonly token: string;
  readonly expiresAt: Date;
}

interface Whose {
  readonly accountId: Id;
  readonly personId: Id;
  readonly login: string;
  readonly name: string;
}

/** A new slip; one issued before is void from now on. */
export async function issueSlip(ctx: Ctx, { accountId, ...whose }: Whose, days: number): Promise<Slip> {
  const token = tokenFrom(ctx.realm, ctx.ids.bytes(20));
  const expiresAt = new Date(ctx.now.getTime() + days * DAY_MS);
  const voided = await voidSlips(ctx, accountId);
  await insertSlip(ctx, { id: ctx.ids.newId(), accountId, tokenHash: hashToken(token), expiresAt });
  await note(ctx, 'account.slip_issued', accountId, { expiresAt: expiresAt.toISOString(), voided });
  return { ...whose, token, expiresAt };
}

/** An account that nobody can sign in to before its slip is used. */
export async function addWaitingAccount(
  ctx: Ctx,
  { id, login, personId }: { readonly id: Id; readonly login: string; readonly personId: Id },
): Promise<void> {
  await addAccount(ctx, { id, login, personId, passwordHash: NO_PASSWORD, mustChangePassword: true, isDemo: false });
}

/** Anew for these logins, or first for all that wait and have none. */
export async function issueSlips(ctx: Ctx, logins: readonly string[] | null, days: number): Promise<Slip[]> {
  const found = await accountsForSlips(ctx, logins, NO_PASSWORD);
  for (const login of logins ?? []) {
    const account = found.find((one) => one.login === login);
    if (!account) throw new Problem(accountProblems['account.not_found']);
    if (!account.isWaiting) throw new Problem(activationProblems['activation.active_already'], { login });
  }
  const wanted = logins === null ? found.filter(({ hasOpenSlip }) => !hasOpenSlip) : found;
  const slips: Slip[] = [];
  for (const account of wanted) slips.push(await issueSlip(ctx, account, days));
  return slips;
}

type Asking<B> = ProcedureCall<unknown, unknown, B>;

/** Looking harms nothing: a preview of a link, or a second scan, leaves the slip as it is. */
export async function lookAtSlip(runtime: Runtime, call: Asking<{ token: string }>) {
  const { login, name, expiresAt } = await requireSlip(runtime, call);
  return { login, name, expiresAt: new Date(expiresAt) };
}

/** The person's own password, and the end of the slip: of two at once one wins. */
export async function activate(
  runtime: Runtime,
  call: Asking<{ token: string; password: string }>,
): Promise<{ login: string }> {
  const { login, read } = await requireSlip(runtime, call);
  const passwordHash = await hashPassword(call.body.password);
  const command = { id: call.commandId, name: 'account.activate', input: {} };
  const work = async (ctx: Ctx) => {
    const accountId = await useSlip(ctx, hashToken(read.token), passwordHash);
    if (accountId === null) throw new Problem(activationProblems['activation.used']);
    await note(ctx, 'account.activated', accountId, {});
    return { accountId };
  };
  await execute(runtime, asAnyone(read.realm), command, { work });
  return { login };
}

/** Only what was never given out counts as a guess; who holds an old slip is told what became of it. */
async function requireSlip(runtime: Runtime, { body, realm, address }: Asking<{ token: string }>) {
  const here = asAnyone(realm);
  await transact(runtime, here, async (ctx) => {
    const wait = await waitFor(ctx, Object.values(guesses(ctx, address)));
    if (wait > 0) throw new Problem(activationProblems['activation.wait'], { seconds: wait });
  });
  const read = readToken(body.token);
  const slip =
    read && (await transact(runtime, asAnyone(read.realm), (ctx) => slipByToken(ctx, hashToken(read.token))));
  if (!read || !slip) {
    await transact(runtime, here, (ctx) => countFailures(ctx, guesses(ctx, address)));
    throw new Problem(activationProblems['activation.unknown']);
  }
  refuseEnded(slip, runtime.clock.now());
  return { ...slip, read: read satisfies ReadToken };
}

function refuseEnded(slip: { used: boolean; voided: boolean; expiresAt: string }, now: Date): void {
  if (slip.used) throw new Problem(activationProblems['activation.used']);
  if (slip.voided) throw new Problem(activationProblems['activation.void']);
  if (new Date(slip.expiresAt) <= now) throw new Problem(activationProblems['activation.expired']);
}

const guesses = ({ keys }: Ctx, address: string) => ({ slip: keyedHash(keys.index, `activation ${address}`) });
