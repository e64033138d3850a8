import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { hashToken } from '../../../kernel/entrance.ts';
import { keyedHash } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { insertApiKey } from './account.queries.ts';
import { type apiKeyForm, apiKeyProblems, SHOWN_MS } from './api_key.model.ts';
import { type ApiKeyRow, apiKeyById, endApiKey } from './api_key.queries.ts';

/**
 * A key made at a page follows from its own id, so that an answer that was lost can be given again for a while; what is
 * stored is a hash. The id alone opens nothing: the deployment's key is needed.
 */
const keyOf = (ctx: Ctx, id: Id): string =>
  `jwk_${ctx.realm}.${keyedHash(ctx.keys.programs, `${ctx.realm} ${id}`).toString('base64url')}`;

export async function issueApiKey(ctx: Ctx, { name, scopes }: z.output<typeof apiKeyForm>): Promise<{ keyId: Id }> {
  const id = ctx.ids.newId();
  await insertApiKey(ctx, { id, keyHash: hashToken(keyOf(ctx, id)), name, scopes: [...new Set(scopes)] });
  note(ctx, 'apikey.added', id, { scopes });
  return { keyId: id };
}

/** To whoever made it, right after; later nobody reads it. */
export async function showApiKey(ctx: Ctx, id: Id): Promise<{ key: string | null }> {
  const { createdAt, endedAt } = await requireApiKey(ctx, id);
  const fresh = endedAt === null && ctx.now.getTime() - createdAt.getTime() <= SHOWN_MS;
  return { key: fresh ? keyOf(ctx, id) : null };
}

/** From now on it opens nothing. What came in by it stays. */
export async function revokeApiKey(ctx: Ctx, id: Id): Promise<{ revoked: number }> {
  await requireApiKey(ctx, id);
  const revoked = await endApiKey(ctx, id);
  if (revoked > 0) note(ctx, 'apikey.ended', id, {});
  return { revoked };
}

export async function requireApiKey(ctx: Ctx, id: Id): Promise<ApiKeyRow> {
  const found = await apiKeyById(ctx, id);
  if (!found) throw new Problem(apiKeyProblems['apikey.not_found']);
  return found;
}

function note(ctx: Ctx, kind: string, id: Id, body: { scopes?: readonly string[] }): void {
  record(ctx, { kind, about: { kind: 'apikey', id, scopeNo: 0, confidential: false }, body: { ...body } });
}
