import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

/** What has not left the house, as an administrator sees it: neither what it says nor to whom. */
export interface UnsentRow {
  readonly id: Id;
  readonly state: 'waiting' | 'failed';
  readonly attempts: number;
  readonly madeAt: Date;
  readonly nextAt: Date | null;
  readonly lastFault: string | null;
  readonly channelId: string;
  /** Null: the channel is gone. */
  readonly kind: string | null;
  readonly address: string | null;
  readonly enabled: boolean | null;
}

export async function unsentRows(ctx: Ctx, most: number): Promise<UnsentRow[]> {
  const { rows } = await sql<UnsentRow>`
    select d.id, d.state, d.attempts, d.made_at, d.next_at, d.last_fault, d.channel as channel_id, c.kind, c.address, c.enabled
    from delivery d left join channel c on c.realm = d.realm and c.id::text = d.channel
    where d.realm = ${ctx.realm} and d.state <> 'handed_over' order by d.state = 'failed' desc, d.made_at, d.id
    limit ${most}`.execute(ctx.db);
  return rows;
}

export interface UnsentState {
  readonly waiting: number;
  readonly oldest: Date | null;
  readonly failed: number;
  readonly failedSince: Date | null;
}

export async function unsentState(ctx: Ctx): Promise<UnsentState> {
  const { rows } = await sql<UnsentState>`
    select count(*) filter (where state = 'waiting') as waiting, min(made_at) filter (where state = 'waiting') as oldest,
      count(*) filter (where state = 'failed') as failed, min(made_at) filter (where state = 'failed') as failed_since
    from delivery where realm = ${ctx.realm} and state <> 'handed_over'`.execute(ctx.db);
  return rows[0] ?? { waiting: 0, oldest: null, failed: 0, failedSince: null };
}

/** Whose turn it is now, with all their tries before them. */
export async function queueAgain(ctx: Ctx, ids: readonly Id[]): Promise<Id[]> {
  const rows = await ctx.db
    .updateTable('delivery')
    .set({ state: 'waiting', nextAt: ctx.now, attempts: 0, lastFault: null })
    .where('realm', '=', ctx.realm)
    .where('id', 'in', [...ids])
    .where('state', '<>', 'handed_over')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
