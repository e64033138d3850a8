import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { LearningEnd, LearningOutcome, LearningTurn } from './learning.model.ts';

/** Whether this night is ours: whoever comes second, or comes again, finds it taken. */
export async function takeTurn(ctx: Ctx, night: string): Promise<boolean> {
  const { rows } = await sql`
    insert into dispatch_learning as turn (realm, night, begun_at) values (${ctx.realm}, ${night}::date, ${ctx.now})
    on conflict (realm) do update set night = excluded.night, begun_at = excluded.begun_at where turn.night < excluded.night
    returning night`.execute(ctx.db);
  return rows.length > 0;
}

/** Broken off by the program's own end: whoever starts next may have the night. */
export async function giveBackTurn(ctx: Ctx, night: string): Promise<void> {
  await sql`
    update dispatch_learning set night = night - 1 where realm = ${ctx.realm} and night = ${night}::date`.execute(
    ctx.db,
  );
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
