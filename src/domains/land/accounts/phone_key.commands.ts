import type { Ctx } from '../../../kernel/context.ts';
import { keyedHash } from '../../../kernel/envelope.ts';
import { Problem } from '../../../kernel/problem.ts';
import { accountProblems, FRESH_MS } from './account.model.ts';
import { sessionsOf } from './account.queries.ts';
import { me } from './sign_in.commands.ts';

/**
 * The second way into a phone, for whoever forgot its PIN: made from the account each time, stored nowhere. A session
 * that lasts a month may lie in a stolen phone, so it counts only while the password is fresh.
 */
export async function phoneKeyOf(ctx: Ctx): Promise<{ key: string }> {
  const { accountId, sessionId } = me(ctx);
  const session = (await sessionsOf(ctx, accountId)).find(({ id }) => id === sessionId);
  if (!session || ctx.now.getTime() - session.openedAt.getTime() > FRESH_MS)
    throw new Problem(accountProblems['account.sign_in_again']);
  return { key: keyedHash(ctx.keys.phones, `phone ${ctx.realm} ${accountId}`).toString('base64') };
}
