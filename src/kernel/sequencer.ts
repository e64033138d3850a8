import { type RawBuilder, sql } from 'kysely';
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
    const taken = await takePending(ctx);
    const [first] = taken;
    if (!first) return [];
    const positioned = sealBatch(ctx, first, taken);
    const jobs = positioned.flatMap((entry) => jobsFor(entry));
    if (jobs.length > 0) send(ctx, sql`select queue_jobs(${JSON.stringify(jobs)}::jsonb)`);
    send(ctx, sql`select pg_notify('jingwei_live', ${`${realm}:${positioned.at(-1)?.position}`})`);
    return positioned;
  });
}

/** Where the sequencer stands: the last position given, and the peaks of the tree over all leaves so far. */
interface Head {
  readonly headPosition: number;
  readonly headPeaks: Buffer[];
}

const send = (ctx: Ctx, statement: RawBuilder<unknown>): void => ctx.send(statement.compile(ctx.db));

/**
 * Whoever holds the head may take; it is locked and read in the same statement as the list is emptied. `lateral … limit 1`
 * leaves the planner no way to the entries but one by one, whatever it believes of how many there are.
 */
async function takePending(ctx: Ctx): Promise<(EntryRow & Head)[]> {
  send(ctx, sql`insert into journal_head (realm) values (${ctx.realm}) on conflict do nothing`);
  const { rows } = await sql<EntryRow & Head>`
    with head as (select position, peaks from journal_head where realm = ${ctx.realm} for update skip locked),
    taken as (
      delete from entry_pending where realm = ${ctx.realm} and exists (select 1 from head) and entry_id in (
        select p.entry_id from entry_pending p
        cross join lateral (select ord from entry where realm = p.realm and id = p.entry_id limit 1) e
        where p.realm = ${ctx.realm} order by e.ord limit ${MOST_AT_ONCE})
      returning entry_id)
    select e.*, head.position as head_position, head.peaks as head_peaks
    from taken t
    cross join lateral (select * from entry where realm = ${ctx.realm} and id = t.entry_id limit 1) e
    cross join head order by e.ord`.execute(ctx.db);
  return rows;
}

function sealBatch(ctx: Ctx, head: Head, entries: readonly (EntryRow & Head)[]): PositionedEntry[] {
  let [position, peaks] = [head.headPosition, head.headPeaks];
  const positioned: PositionedEntry[] = [];
  const leaves: Buffer[] = [];
  for (const { headPosition: _, headPeaks: __, ...entry } of entries) {
    const leaf = leafOf(entry, position + 1);
    peaks = addLeaf(peaks, position, leaf);
    position += 1;
    leaves.push(leaf);
    positioned.push({ ...entry, position });
  }
  const ids = positioned.map((entry) => entry.id);
  send(
    ctx,
    sql`insert into entry_position (realm, position, entry_id, leaf)
        select ${ctx.realm}::smallint, ${head.headPosition} + n, id, leaf
        from unnest(${ids}::uuid[], ${leaves}::bytea[]) with ordinality as t (id, leaf, n)`,
  );
  send(
    ctx,
    sql`insert into seal (realm, first_position, last_position, root, sealed_at)
        values (${ctx.realm}, ${head.headPosition + 1}, ${position}, ${rootOf(peaks)}, ${ctx.now})`,
  );
  send(ctx, sql`update journal_head set position = ${position}, peaks = ${peaks}::bytea[] where realm = ${ctx.realm}`);
  return positioned;
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
