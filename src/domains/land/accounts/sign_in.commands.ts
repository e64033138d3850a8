import type { z } from 'zod';
import { type Answer, execute } from '../../../kernel/command.ts';
import type { AccountActor, Ctx } from '../../../kernel/context.ts';
import type { ProcedureCall } from '../../../kernel/endpoint.ts';
import { asAnyone } from '../../../kernel/entrance.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import {
  beginFactor,
  changePassword,
  confirmFactor,
  countFailures,
  delaySubjects,
  endSession,
  forgetFailures,
  openSession,
  refuseTooFast,
  removeFactor,
  requireCode,
} from './account.commands.ts';
import { accountProblems, type changePasswordForm, SESSION_MS, type signInForm } from './account.model.ts';
import { type AccountToSignIn, accountToSignIn, ownAccount } from './account.queries.ts';
import { asTyped, hashPassword, matchesPassword } from './password.outside.ts';

/** Procedures around signing in: they stretch passwords between transactions, never inside one. */
type SignInCall = ProcedureCall<unknown, unknown, z.output<typeof signInForm>>;

export async function signIn(
  runtime: Runtime,
  call: SignInCall,
  demoAllowed: boolean,
): Promise<{ token: string; expiresAt: Date; mustChangePassword: boolean }> {
  const { login, password, code } = call.body;
  const door = asAnyone(call.realm);
  const found = await transact(runtime, door, async (ctx) => {
    await refuseTooFast(ctx, delaySubjects(ctx, login, call.address));
    return accountToSignIn(ctx, login);
  });
  if (!(await matchesPassword(password, found?.passwordHash ?? null)) || !found) {
    await transact(runtime, door, (ctx) => countFailures(ctx, delaySubjects(ctx, login, call.address)));
    throw new Problem(accountProblems['account.wrong']);
  }
  if (found.isDemo && !demoAllowed) throw new Problem(accountProblems['account.demo_refused']);
  await passSecondFactor(runtime, call, found, code);
  const opened = { token: '' };
  await asCommand(runtime, call, 'session.open', async (ctx) => {
    const { id, personId } = found;
    const { stay, onPhone } = call.body;
    const { sessionId, token } = await openSession(ctx, id, {
      device: call.device,
      stay,
      personId,
      mark: onPhone ? 'phone' : null,
    });
    await forgetFailures(ctx, delaySubjects(ctx, login, call.address));
    opened.token = token;
    return { sessionId };
  });
  return {
    token: opened.token,
    expiresAt: new Date(runtime.clock.now().getTime() + SESSION_MS),
    mustChangePassword: found.mustChangePassword,
  };
}

/** A wrong code counts as a failure like a wrong password; the failure is kept although the answer is a refusal. */
async function passSecondFactor(
  runtime: Runtime,
  call: SignInCall,
  found: AccountToSignIn,
  code: string | undefined,
): Promise<void> {
  if (found.secondFactor === null) return;
  if (code === undefined) throw new Problem(accountProblems['account.code_needed']);
  const sealed = Buffer.from(found.secondFactor, 'base64');
  try {
    await transact(runtime, asAnyone(call.realm), (ctx) => requireCode(ctx, found.id, sealed, code));
  } catch (error) {
    const isWrong = error instanceof Problem && error.code === accountProblems['account.code_wrong'];
    if (!isWrong) throw error;
    await transact(runtime, asAnyone(call.realm), (ctx) =>
      countFailures(ctx, delaySubjects(ctx, call.body.login, call.address)),
    );
    throw error;
  }
}

export async function changeOwnPassword(
  runtime: Runtime,
  call: ProcedureCall<unknown, unknown, z.output<typeof changePasswordForm>>,
): Promise<Answer> {
  const { old, fresh } = call.body;
  if (asTyped(old) === asTyped(fresh)) throw new Problem(accountProblems['account.same_password']);
  const kept = await transact(
    runtime,
    call.entrance,
    async (ctx) => (await ownAccount(ctx, me(ctx).accountId))?.passwordHash ?? null,
  );
  if (!(await matchesPassword(old, kept))) throw new Problem(accountProblems['account.wrong']);
  const hash = await hashPassword(fresh);
  return asCommand(runtime, call, 'account.change_password', (ctx) => changePassword(ctx, me(ctx), hash));
}

export const endOwnSession = (
  runtime: Runtime,
  call: ProcedureCall<{ id: string }, unknown, unknown>,
): Promise<Answer> => asCommand(runtime, call, 'session.end', (ctx) => endSession(ctx, me(ctx), call.params.id));

export const signOut = (runtime: Runtime, call: ProcedureCall<unknown, unknown, unknown>): Promise<Answer> =>
  asCommand(runtime, call, 'session.close', (ctx) => endSession(ctx, me(ctx), me(ctx).sessionId));

/** The secret waits, sealed, in the hands of whoever sets it up: nothing is stored before it is confirmed. */
export async function startFactor(
  runtime: Runtime,
  call: ProcedureCall<unknown, unknown, unknown>,
): Promise<{ address: string; pending: string }> {
  const { address, pending } = await transact(runtime, call.entrance, (ctx) => beginFactor(ctx, me(ctx)));
  return { address, pending: pending.toString('base64') };
}

export const finishFactor = (
  runtime: Runtime,
  call: ProcedureCall<unknown, unknown, { pending: string; code: string }>,
): Promise<Answer> =>
  asCommand(runtime, call, 'account.confirm_factor', (ctx) =>
    confirmFactor(ctx, me(ctx), Buffer.from(call.body.pending, 'base64'), call.body.code),
  );

export const dropFactor = (
  runtime: Runtime,
  call: ProcedureCall<unknown, unknown, { code: string }>,
): Promise<Answer> =>
  asCommand(runtime, call, 'account.remove_factor', (ctx) => removeFactor(ctx, me(ctx), call.body.code));

/** These have no content that a repetition could be told by, so each carries an id of its own making. */
async function asCommand<T extends Answer>(
  runtime: Runtime,
  call: ProcedureCall<unknown, unknown, unknown>,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const entrance = name === 'session.open' ? asAnyone(call.realm) : call.entrance;
  return (await execute(runtime, entrance, { id: runtime.ids.newId(), name, input: {} }, { work })).answer;
}

export function me(ctx: Ctx): AccountActor {
  if (ctx.actor.kind !== 'account') throw new Problem(accountProblems['account.not_for_you']);
  return ctx.actor;
}
