import { type Insertable, sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import { insertion, insertions } from '../../../../kernel/database/rows.ts';
import type { DB } from '../../../../kernel/db.generated.ts';
import type { Id } from '../../../../kernel/id.ts';
import { uuids } from '../../../../kernel/scope.ts';
import { ledgerKeepers, type Stage, type Verdict } from '../ledger.model.ts';
import { heldAs } from '../ledger.queries.ts';
import type { BatchTable } from './candidate.model.ts';

export interface LedgerBatch {
  readonly id: Id;
  readonly ledger: string;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly sealedName: Buffer | null;
  readonly keyId: Id;
  readonly toldOn: string;
  readonly tables: readonly BatchTable[];
  readonly signature: Buffer;
  readonly stage: Stage;
  readonly stageSince: Date;
  readonly parts: number;
  readonly nextPart: number;
  readonly lastRecord: Id | null;
  readonly counts: Counts;
  readonly personId: Id;
  readonly sentAt: Date;
  readonly takenAt: Date | null;
}
/** By verdict; `kept`: who stayed when the rest was taken back. */
export type Counts = Partial<Record<Verdict | 'kept' | 'cells', number>>;

const batches = sql`(select *, told_on::text as told_on_text, false as confidential from ledger_batch) b`;
const columns = { scopeNo: 'b.scope_no', confidential: 'b.confidential', recordId: 'b.id' };
/** Everything but the file itself, which is large. */
const slim = sql`b.id, b.ledger, b.area_id, b.sealed_name, b.scope_no, b.key_id, b.told_on_text as told_on, b.tables, b.signature, b.stage, b.stage_since,
  b.parts, b.next_part, b.last_record, b.counts, b.person_id, b.sent_at, b.taken_at`;

export function insertBatch(
  ctx: Ctx,
  row: Omit<LedgerBatch, 'stage' | 'nextPart' | 'lastRecord' | 'counts' | 'takenAt'> & { readonly sealed: Buffer },
): void {
  const { tables, ...rest } = row;
  ctx.send(
    insertion('ledgerBatch', {
      ...{ realm: ctx.realm, stage: 'looking', ...rest },
      tables: JSON.stringify(tables),
    } as unknown as Insertable<DB['ledgerBatch']>),
  );
}

export function insertParts(ctx: Ctx, batchId: Id, parts: readonly Buffer[]): void {
  for (const [n, sealed] of parts.entries())
    ctx.send(insertion('ledgerPart', { realm: ctx.realm, batchId, n, sealed }));
}

export async function findBatch(ctx: Ctx, id: Id): Promise<LedgerBatch | undefined> {
  const { rows } = await sql<LedgerBatch>`
    select ${slim} from ${batches} where b.realm = ${ctx.realm} and b.id = ${id} and ${ctx.scope.inMyAreas(ctx, columns)} and ${heldAs(ctx, ledgerKeepers, 'b.scope_no')}`.execute(
    ctx.db,
  );
  return rows[0];
}

export async function holdBatch(ctx: Ctx, id: Id): Promise<LedgerBatch | undefined> {
  await sql`select 1 from ledger_batch where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
  return findBatch(ctx, id);
}

export async function listBatches(ctx: Ctx, most: number): Promise<LedgerBatch[]> {
  const { rows } = await sql<LedgerBatch>`
    select ${slim} from ${batches} where b.realm = ${ctx.realm} and ${ctx.scope.inMyAreas(ctx, columns)} and ${heldAs(ctx, ledgerKeepers, 'b.scope_no')}
    order by b.sent_at desc, b.id desc limit ${most}`.execute(ctx.db);
  return rows;
}

/** The file itself, as it was sent. */
export async function sealedFileOf(ctx: Ctx, id: Id): Promise<Buffer | null> {
  const { rows } = await sql<{ sealed: Buffer | null }>`
    select b.sealed from ${batches} where b.realm = ${ctx.realm} and b.id = ${id} and ${ctx.scope.inMyAreas(ctx, columns)} and ${heldAs(ctx, ledgerKeepers, 'b.scope_no')}`.execute(
    ctx.db,
  );
  return rows[0]?.sealed ?? null;
}

/** The newest file with the same labels whose columns somebody has let pass. */
export async function tablesRemembered(ctx: Ctx, ledger: string, signature: Buffer): Promise<BatchTable[] | null> {
  const { rows } = await sql<{ tables: BatchTable[] }>`
    select b.tables from ${batches} where b.realm = ${ctx.realm} and b.ledger = ${ledger} and b.signature = ${signature}
      and b.stage in ('looked', 'taking', 'taken') and ${ctx.scope.inMyAreas(ctx, columns)} and ${heldAs(ctx, ledgerKeepers, 'b.scope_no')} order by b.sent_at desc, b.id desc limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.tables ?? null;
}

export async function partOf(ctx: Ctx, batchId: Id, n: number): Promise<Buffer | null> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from ledger_part where realm = ${ctx.realm} and batch_id = ${batchId} and n = ${n}`.execute(ctx.db);
  return rows[0]?.sealed ?? null;
}

export function saveStage(ctx: Ctx, id: Id, stage: Stage): void {
  ctx.send({
    sql: `update ledger_batch set stage = $3, stage_since = $4, next_part = 0, last_record = null,
      taken_at = case when $3 = 'taking' then $4 else taken_at end where realm = $1 and id = $2`,
    parameters: [ctx.realm, id, stage, ctx.now],
  });
}

export function saveTables(ctx: Ctx, id: Id, ledger: string, tables: readonly BatchTable[]): void {
  ctx.send({
    sql: 'update ledger_batch set tables = $3, ledger = $4 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, JSON.stringify(tables), ledger],
  });
}

export function saveProgress(
  ctx: Ctx,
  id: Id,
  { nextPart, lastRecord, counts }: { nextPart: number; lastRecord: Id | null; counts: Counts },
): void {
  ctx.send({
    sql: 'update ledger_batch set next_part = $3, last_record = $4, counts = $5 where realm = $1 and id = $2',
    parameters: [ctx.realm, id, nextPart, lastRecord, JSON.stringify(counts)],
  });
}

export interface VerdictRow {
  readonly n: number;
  readonly verdict: Verdict;
  readonly recordId: Id | null;
  readonly sealed: Buffer;
}

export function insertVerdicts(ctx: Ctx, batchId: Id, rows: readonly VerdictRow[]): void {
  if (rows.length > 0)
    ctx.send(
      insertions(
        'ledgerVerdict',
        rows.map((row) => ({ realm: ctx.realm, batchId, ...row })),
      ),
    );
}

/** What is said of these rows now, instead of what was said before. */
export function replaceVerdicts(ctx: Ctx, batchId: Id, rows: readonly VerdictRow[]): void {
  if (rows.length === 0) return;
  ctx.send({
    sql: 'delete from ledger_verdict where realm = $1 and batch_id = $2 and n = any ($3::integer[])',
    parameters: [ctx.realm, batchId, rows.map(({ n }) => n)],
  });
  insertVerdicts(ctx, batchId, rows);
}

export function removeVerdicts(ctx: Ctx, batchId: Id): void {
  ctx.send({ sql: 'delete from ledger_verdict where realm = $1 and batch_id = $2', parameters: [ctx.realm, batchId] });
}

/** In the order of the file. */
export async function verdictsOf(ctx: Ctx, batchId: Id, after: number, most: number): Promise<VerdictRow[]> {
  const { rows } = await sql<VerdictRow>`
    select v.n, v.verdict, v.record_id, v.sealed from ledger_verdict v
    where v.realm = ${ctx.realm} and v.batch_id = ${batchId} and v.n > ${after} order by v.n limit ${most}`.execute(
    ctx.db,
  );
  return rows;
}

/** Files and rows that are of no use any more: their month is over, or nobody ever took them in. Their key goes with them. */
export async function batchesToForget(ctx: Ctx, before: Date, most: number): Promise<{ id: Id; keyId: Id }[]> {
  const { rows } = await sql<{ id: Id; keyId: Id }>`
    select id, key_id from ledger_batch where realm = ${ctx.realm} and sealed is not null and stage_since < ${before}
      order by stage_since limit ${most} for update skip locked`.execute(ctx.db);
  return rows;
}

export function emptyBatch(ctx: Ctx, id: Id): void {
  for (const table of ['ledger_part', 'ledger_verdict'])
    ctx.send({ sql: `delete from ${table} where realm = $1 and batch_id = $2`, parameters: [ctx.realm, id] });
  ctx.send({
    sql: `update ledger_batch set sealed = null, sealed_name = null,
      stage = case when stage in ('looking', 'looked') then 'dropped' else stage end,
      tables = (select coalesce(jsonb_agg(t || '{"sheet": ""}'), '[]') from jsonb_array_elements(tables) t)
      where realm = $1 and id = $2`,
    parameters: [ctx.realm, id],
  });
}

/** Since when those of these files rest that are still kept as they came. */
export async function restingFiles(ctx: Ctx, ids: readonly Id[]): Promise<Date[]> {
  const { rows } = await sql<{ stageSince: Date }>`
    select stage_since from ledger_batch where realm = ${ctx.realm} and id = any (${uuids(ids)}) and sealed is not null
    order by stage_since`.execute(ctx.db);
  return rows.map(({ stageSince }) => stageSince);
}
