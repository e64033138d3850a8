import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { CalendarSpec } from './calendar.model.ts';

export interface CalendarRow {
  readonly id: Id;
  readonly version: number;
  readonly spec: CalendarSpec;
  /** From this day on it differs from the version before, whose open clocks follow; null: they keep theirs. */
  readonly movesFrom: string | null;
  readonly publishedAt: Date;
}

/** All versions of all calendars: an obligation keeps the version it was opened under. */
export async function allCalendars(ctx: Ctx): Promise<CalendarRow[]> {
  const rows = await ctx.db
    .selectFrom('calendar')
    .select(['id', 'version', 'spec', 'publishedAt', sql<string | null>`moves_from::text`.as('movesFrom')])
    .where('realm', '=', ctx.realm)
    .orderBy('id')
    .orderBy('version')
    .execute();
  return rows as unknown as CalendarRow[];
}

export async function insertCalendar(ctx: Ctx, row: Omit<CalendarRow, 'publishedAt'>): Promise<void> {
  await ctx.db
    .insertInto('calendar')
    .values({
      realm: ctx.realm,
      id: row.id,
      version: row.version,
      spec: JSON.stringify(row.spec),
      publishedAt: ctx.now,
      movesFrom: row.movesFrom,
    })
    .execute();
}
