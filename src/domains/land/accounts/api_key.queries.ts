import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

export interface ApiKeyRow {
  readonly id: Id;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

const columns = ['id', 'name', 'scopes', 'createdAt', 'endedAt'] as const;

/** Those in use first, then the newest. */
export async function apiKeys(ctx: Ctx): Promise<ApiKeyRow[]> {
  return ctx.db
    .selectFrom('apiKey')
    .select(columns)
    .where('realm', '=', ctx.realm)
    .orderBy('endedAt', (order) => order.desc().nullsFirst())
    .orderBy('createdAt', 'desc')
    .limit(500)
    .execute();
}

export async function apiKeyById(ctx: Ctx, id: Id): Promise<ApiKeyRow | undefined> {
  return ctx.db
    .selectFrom('apiKey')
    .select(columns)
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function endApiKey(ctx: Ctx, id: Id): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('apiKey')
    .set({ endedAt: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
