import { sql } from 'kysely';
import type { Witness } from './checkpoint.ts';
import type { Ctx } from './context.ts';
import { portionsOf } from './database/portions.ts';
import { type EntryRow, leafOf } from './journal.ts';
import { addLeaf, rootOf } from './merkle.ts';

/** What does not agree with what was sealed, named by the first position at which it shows. */
export interface Fault {
  readonly what: string;
  readonly id: string;
  readonly says: string;
}

export interface JournalCheck {
  readonly entries: number;
  readonly seals: number;
  readonly pending: number;
  readonly faults: readonly Fault[];
}

type Row = EntryRow & {
  readonly position: number;
  readonly leaf: Buffer;
  readonly entryId: string;
  readonly there: boolean;
};

/**
 * Reads the journal from the beginning: positions without a gap, each leaf as its entry hashes today, each seal's root
 * as the leaves up to it give it, the head where the last seal stands. Whoever has the whole database can make all this
 * fit again; what a witness outside of it signed cannot be made to. Stops at the first fault: all after it follows.
 */
export async function verifyJournal(
  ctx: Ctx,
  progress: (position: number, last: number) => void,
  witness?: Witness,
): Promise<JournalCheck> {
  const { head, seals, pending, stray } = await frame(ctx);
  const roots = new Map(seals.map((seal) => [seal.lastPosition, seal.root]));
  let peaks: Buffer[] = [];
  let position = 0;
  const fault = (what: string, id: string, says: string): JournalCheck => ({
    entries: position,
    seals: seals.length,
    pending,
    faults: [{ what, id, says }],
  });
  for await (const rows of positionedRows(ctx)) {
    for (const row of rows) {
      if (row.position !== position + 1) return fault('position', String(position + 1), 'is missing');
      if (!row.there) return fault('entry', row.entryId, `of position ${row.position} is gone`);
      if (!leafOf(row, row.position).equals(row.leaf))
        return fault('entry', row.id, `of position ${row.position} was changed`);
      const other = witness?.sawOther(row.position, row.leaf);
      if (other)
        return fault('entry', row.id, `of position ${row.position} is not the one the checkpoint of ${other} saw`);
      peaks = addLeaf(peaks, position, row.leaf);
      position += 1;
      const otherRoot = witness?.sawOtherRoot(position, () => rootOf(peaks));
      if (otherRoot) return fault('checkpoint', String(position), `of ${otherRoot} saw other entries up to there`);
      const root = roots.get(position);
      if (root && !root.equals(rootOf(peaks)))
        return fault('seal', String(position), 'does not fit the entries up to it');
    }
    progress(position, head.position);
  }
  if (witness && witness.reached.position > position)
    return fault(
      'position',
      String(position + 1),
      `is missing: the checkpoint of ${witness.reached.at} saw ${witness.reached.position}`,
    );
  if (head.position !== position) return fault('head', String(head.position), `but the journal ends at ${position}`);
  if (position > 0 && !roots.has(position)) return fault('seal', String(position), 'of the last position is missing');
  if (!rootOf(head.peaks).equals(rootOf(peaks)))
    return fault('head', String(head.position), 'has other peaks than the entries give');
  const broken = brokenSeal(seals, position);
  if (broken) return fault('seal', String(broken.lastPosition), 'does not join on to the one before it');
  if (stray) return fault('entry', stray, 'has no position and waits for none');
  return { entries: position, seals: seals.length, pending, faults: [] };
}

interface Seal {
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly root: Buffer;
}

/** Seals cover the journal without gap or overlap and reach no further than it does. */
function brokenSeal(seals: readonly Seal[], position: number): Seal | undefined {
  return seals.find(
    (seal, i) => seal.firstPosition !== (seals[i - 1]?.lastPosition ?? 0) + 1 || seal.lastPosition > position,
  );
}

async function frame(ctx: Ctx) {
  const [head, seals, pending, stray] = await Promise.all([
    ctx.db.selectFrom('journalHead').select(['position', 'peaks']).where('realm', '=', ctx.realm).executeTakeFirst(),
    ctx.db
      .selectFrom('seal')
      .select(['firstPosition', 'lastPosition', 'root'])
      .where('realm', '=', ctx.realm)
      .orderBy('lastPosition')
      .execute(),
    ctx.db
      .selectFrom('entryPending')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('realm', '=', ctx.realm)
      .executeTakeFirstOrThrow(),
    strayEntry(ctx),
  ]);
  return { head: head ?? { position: 0, peaks: [] }, seals, pending: Number(pending.n), stray };
}

/** An entry that was slipped in, or kept from ever getting its position. */
async function strayEntry(ctx: Ctx): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select e.id from entry e where e.realm = ${ctx.realm}
      and not exists (select 1 from entry_position p where p.realm = e.realm and p.entry_id = e.id)
      and not exists (select 1 from entry_pending w where w.realm = e.realm and w.entry_id = e.id)
    order by e.ord limit 1`.execute(ctx.db);
  return rows[0]?.id;
}

const positionedRows = (ctx: Ctx): AsyncGenerator<readonly Row[]> =>
  portionsOf(
    ctx,
    'positioned',
    sql<Row>`
    select e.*, p.position, p.leaf, p.entry_id, e.id is not null as there from entry_position p
    left join entry e on e.realm = p.realm and e.id = p.entry_id
    where p.realm = ${ctx.realm} order by p.position`,
  );

export interface ToldRecord {
  readonly recordId: string;
  readonly entries: readonly EntryRow[];
}

/**
 * Entries of a realm about records of these kinds, in the order of cause and effect, some hundred records at a time; for
 * checking what a domain made of them. A record is never torn, however many entries tell of it.
 */
export async function* recordsTold(ctx: Ctx, ...kinds: string[]): AsyncGenerator<readonly ToldRecord[]> {
  const query = sql<EntryRow>`
    select e.* from entry e where e.realm = ${ctx.realm} and e.record_kind = any (${kinds}) order by e.record_id, e.ord`;
  let unfinished: EntryRow[] = [];
  for await (const rows of portionsOf(ctx, 'told', query)) {
    const records = byRecord([...unfinished, ...rows]);
    unfinished = records.pop() ?? [];
    if (records.length > 0) yield records.map(named);
  }
  if (unfinished.length > 0) yield [named(unfinished)];
}

const named = (entries: readonly EntryRow[]): ToldRecord => ({ recordId: entries[0]?.recordId ?? '', entries });

/** Rows that lie in the order of their records. */
function byRecord(rows: readonly EntryRow[]): EntryRow[][] {
  const records: EntryRow[][] = [];
  for (const row of rows) {
    const last = records.at(-1);
    if (last?.[0]?.recordId === row.recordId) last.push(row);
    else records.push([row]);
  }
  return records;
}
