import { sql } from 'kysely';
import type { Ctx } from './context.ts';
import { asSystem } from './entrance.ts';
import { type EntryRow, leafOf } from './journal.ts';
import { addLeaf, rootOf } from './merkle.ts';
import type { Runtime } from './runtime.ts';
import { transact } from './transaction.ts';

export type PositionedEntry = EntryRow & { readonly position: number };

/** A job as the queue takes it; the same key is the same job. */
export interface JobSpec {
  readonly task: string;
  readonly payload: Readonly<Record<string, string | number>>;
  readonly queue: string;
  readonly key: string;
}

const MOST_AT_ONCE = 500;
const SEQUENCER_LOCK = 7_301;

/**
 * Gives committed entries their gapless positions, seals them and queues what follows from them. It reads the list of
 * entries that have no position yet, so an entry whose transaction commits late is taken up late and never skipped.
 * One sequencer works on a realm at a time; whoever comes second returns with nothing.
 */
export async function sequence(
  runtime: Runtime,
  realm: number,
  jobsFor: (entry: PositionedEntry) => readonly JobSpec[],
): Promise<PositionedEntry[]> {
  return transact(runtime, asSystem(realm, 'sequencer'), async (ctx) => {
    const { rows } = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}, ${realm}) as mine`.execute(ctx.db);
    if (!rows[0]?.mine) return [];
    const entries = await takePending(ctx);
    if (entries.length === 0) return [];
    const positioned = await sealBatch(ctx, entries);
    const jobs = positioned.flatMap((entry) => jobsFor(entry));
    if (jobs.length > 0) await sql`select queue_jobs(${JSON.stringify(jobs)}::jsonb)`.execute(ctx.db);
    await sql`select pg_notify('jingwei_live', ${`${realm}:${positioned.at(-1)?.position}`})`.execute(ctx.db);
    return positioned;
  });
}

async function takePending(ctx: Ctx): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    with taken as (
      delete from entry_pending where realm = ${ctx.realm} and entry_id in (
        select p.entry_id from entry_pending p join entry e on e.realm = p.realm and e.id = p.entry_id
        where p.realm = ${ctx.realm} order by e.ord limit ${MOST_AT_ONCE})
      returning entry_id)
    select e.* from entry e join taken t on t.entry_id = e.id where e.realm = ${ctx.realm} order by e.ord`.execute(
    ctx.db,
  );
  return rows;
}

async function sealBatch(ctx: Ctx, entries: readonly EntryRow[]): Promise<PositionedEntry[]> {
  const head = await lockHead(ctx);
  let { position, peaks } = head;
  const positioned: PositionedEntry[] = [];
  const leaves: Buffer[] = [];
  for (const entry of entries) {
    const leaf = leafOf(entry, position + 1);
    peaks = addLeaf(peaks, position, leaf);
    position += 1;
    leaves.push(leaf);
    positioned.push({ ...entry, position });
  }
  const ids = positioned.map((entry) => entry.id);
  await Promise.all([
    sql`insert into entry_position (realm, position, entry_id, leaf)
        select ${ctx.realm}, ${head.position} + n, id, leaf
        from unnest(${ids}::uuid[], ${leaves}::bytea[]) with ordinality as t (id, leaf, n)`.execute(ctx.db),
    sql`insert into seal (realm, first_position, last_position, root, sealed_at)
        values (${ctx.realm}, ${head.position + 1}, ${position}, ${rootOf(peaks)}, ${ctx.now})`.execute(ctx.db),
    sql`update journal_head set position = ${position}, peaks = ${peaks}::bytea[] where realm = ${ctx.realm}`.execute(
      ctx.db,
    ),
  ]);
  return positioned;
}

async function lockHead(ctx: Ctx): Promise<{ position: number; peaks: Buffer[] }> {
  await sql`insert into journal_head (realm) values (${ctx.realm}) on conflict do nothing`.execute(ctx.db);
  const { rows } = await sql<{ position: number; peaks: Buffer[] }>`
    select position, peaks from journal_head where realm = ${ctx.realm} for update`.execute(ctx.db);
  const [head] = rows;
  if (!head) throw new Error('the journal has no head');
  return head;
}

/** For readers: positioned entries after a position, as far as the reader may see them. */
export async function entriesAfter(ctx: Ctx, after: number, most: number): Promise<PositionedEntry[]> {
  const columns = { scopeNo: 'e.scope_no', confidential: 'e.confidential', recordId: 'e.record_id' };
  const turned = sql`exists (select 1 from turned_confidential t where t.realm = e.realm and t.record_id = e.record_id)`;
  const { rows } = await sql<PositionedEntry>`
    select e.*, p.position from entry_position p join entry e on e.realm = p.realm and e.id = p.entry_id
    where p.realm = ${ctx.realm} and p.position > ${after}
      and ((${ctx.scope.inMyAreas(ctx, columns)} and not ${turned}) or ${ctx.scope.grantedToMe(ctx, columns)})
    order by p.position limit ${most}`.execute(ctx.db);
  return rows;
}

export async function lastPosition(ctx: Ctx): Promise<number> {
  const head = await ctx.db
    .selectFrom('journalHead')
    .select('position')
    .where('realm', '=', ctx.realm)
    .executeTakeFirst();
  return head?.position ?? 0;
}
