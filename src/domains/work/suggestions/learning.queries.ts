import { sql } from 'kysely';
import { earlier } from '../../../kernel/clock.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { LearningEnd, LearningOutcome, LearningTurn } from './learning.model.ts';

/** Learning takes at most twenty minutes: what was begun earlier than this and has not ended was killed. */
const KILLED_MS = 30 * 60_000;

/**
 * Whether it is ours to learn now: one learns at a time, or the later end would tell of the earlier lessons. By itself the
 * program learns once a night: whoever comes second, or comes again, finds the night taken.
 */
export async function takeTurn(ctx: Ctx, night: string, by: 'night' | 'hand'): Promise<boolean> {
  const { rows } = await sql`
    insert into dispatch_learning as turn (realm, night, begun_at) values (${ctx.realm}, ${night}::date, ${ctx.now})
    on conflict (realm) do update set night = greatest(turn.night, excluded.night), begun_at = excluded.begun_at
      where (turn.ended_at >= turn.begun_at or turn.begun_at <= ${earlier(ctx.now, KILLED_MS)})
        and (turn.night < excluded.night or ${by === 'hand'})
    returning night`.execute(ctx.db);
  return rows.length > 0;
}

/** Broken off, nothing was written: whoever starts next may have the night, and need not wait. */
export async function giveBackTurn(ctx: Ctx, night: string): Promise<void> {
  await sql`
    update dispatch_learning set night = night - 1, begun_at = coalesce(ended_at, ${earlier(ctx.now, KILLED_MS)})
    where realm = ${ctx.realm} and night = ${night}::date`.execute(ctx.db);
}

export async function noteEnd(ctx: Ctx, night: string, { outcome, lessons, version }: LearningEnd): Promise<void> {
  await sql`
    insert into dispatch_learning as turn (realm, night, begun_at, ended_at, outcome, lessons, version)
    values (${ctx.realm}, ${night}::date, ${ctx.now}, ${ctx.now}, ${outcome}, ${lessons}, ${version})
    on conflict (realm) do update set night = greatest(turn.night, excluded.night), ended_at = excluded.ended_at,
      outcome = excluded.outcome, lessons = excluded.lessons, version = excluded.version`.execute(ctx.db);
}

/** Null: nobody has ever begun. */
export async function lastTurn(ctx: Ctx): Promise<LearningTurn | null> {
  const row = await ctx.db
    .selectFrom('dispatchLearning')
    .select(['begunAt', 'endedAt', 'outcome', 'lessons', 'version'])
    .where('realm', '=', ctx.realm)
    .executeTakeFirst();
  if (!row) return null;
  const { begunAt, endedAt: at, outcome, lessons, version } = row;
  const isEnded = at !== null && outcome !== null && lessons !== null;
  return { begunAt, ended: isEnded ? { at, outcome: outcome as LearningOutcome, lessons, version } : null };
}
