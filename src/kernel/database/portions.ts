import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../context.ts';

const PORTION = 2000;

/**
 * All rows of a query, some thousand at a time: planned once and read in one pass, so that the time grows with the rows
 * alone, whatever the planner knows of a table that was filled just now. The next are fetched while these are looked at.
 */
export async function* portionsOf<T>(ctx: Ctx, name: string, query: RawBuilder<T>): AsyncGenerator<readonly T[]> {
  const cursor = sql.id(name);
  await sql`declare ${cursor} no scroll cursor for ${query}`.execute(ctx.db);
  const fetch = async (): Promise<readonly T[]> =>
    (await sql<T>`fetch ${sql.lit(PORTION)} from ${cursor}`.execute(ctx.db)).rows;
  let coming = fetch();
  try {
    for (;;) {
      const rows = await coming;
      if (rows.length === 0) return;
      coming = fetch();
      yield rows;
    }
  } finally {
    // Whoever looked has seen enough, or the transaction failed and took the cursor with it.
    await coming.then(() => sql`close ${cursor}`.execute(ctx.db), ignore);
  }
}

const ignore = (): void => undefined;
