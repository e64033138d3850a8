import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/** Raises the number under which something is kept in memory: every transaction that opens after the commit reads it anew. */
export async function markChanged(ctx: Ctx, name: string): Promise<void> {
  await sql`insert into cache_version (realm, name) values (${ctx.realm}, ${name})
            on conflict (realm, name) do update set version = cache_version.version + 1`.execute(ctx.db);
  ctx.cache.markChanged(name);
}
