import { sql } from 'kysely';
import { earlier } from './clock.ts';
import { sweepAway } from './sweep.ts';

const DAY_MS = 86_400_000;
const ANSWERS_KEPT_MS = 180 * DAY_MS;

/** Command ids stay for ever, so that nothing is done twice; their answers go after 180 days. */
export const answerRetention = sweepAway('answers of commands', async (ctx, most) => {
  const { numAffectedRows } = await sql`
    update command set answer = null where realm = ${ctx.realm} and id in (
      select id from command where realm = ${ctx.realm} and answer is not null
        and received_at < ${earlier(ctx.now, ANSWERS_KEPT_MS)}
      order by received_at limit ${most})`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
});
