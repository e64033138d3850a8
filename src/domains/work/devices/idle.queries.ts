import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { DeviceLine } from './device.queries.ts';

/** In use and not heard of since; row security shows an administrator all, and others theirs. */
export async function devicesSilentSince(ctx: Ctx, since: Date): Promise<DeviceLine[]> {
  const { rows } = await sql<DeviceLine>`
    select d.*, p.name as holder from device d join person p on p.realm = d.realm and p.id = d.person_id
    where d.realm = ${ctx.realm} and d.revoked_at is null and d.seen_at <= ${since}
    order by d.seen_at, d.id limit 1000`.execute(ctx.db);
  return rows;
}

export interface SilentState {
  readonly inUse: number;
  readonly silent: number;
  readonly since: Date | null;
}

export async function silentState(ctx: Ctx, since: Date): Promise<SilentState> {
  const { rows } = await sql<SilentState>`
    select count(*) as in_use, count(*) filter (where seen_at <= ${since}) as silent,
      min(seen_at) filter (where seen_at <= ${since}) as since
    from device where realm = ${ctx.realm} and revoked_at is null`.execute(ctx.db);
  return rows[0] ?? { inUse: 0, silent: 0, since: null };
}

export interface Outlook {
  readonly line: DeviceLine;
  readonly signedIn: boolean;
  readonly refused: number;
  readonly others: number;
}

/** What hangs on a device. */
export async function outlookOf(ctx: Ctx, id: Id): Promise<Outlook | null> {
  const { rows } = await sql<DeviceLine & Omit<Outlook, 'line'>>`
    select d.*, p.name as holder,
      exists (select from session s where s.realm = d.realm and s.id = d.session_id and s.ended_at is null and s.expires_at > ${ctx.now}) as signed_in,
      (select count(*) from device_op o where o.realm = d.realm and o.device_id = d.id and o.verdict = 'refused' and o.dismissed_at is null) as refused,
      (select count(*) from device e where e.realm = d.realm and e.account_id = d.account_id and e.id <> d.id and e.revoked_at is null) as others
    from device d join person p on p.realm = d.realm and p.id = d.person_id
    where d.realm = ${ctx.realm} and d.id = ${id}`.execute(ctx.db);
  const [row] = rows;
  return row ? { line: row, signedIn: row.signedIn, refused: row.refused, others: row.others } : null;
}
