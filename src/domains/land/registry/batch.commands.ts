import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { earlier } from '../../../kernel/clock.ts';
import { type Ctx, isIn, postsOf } from '../../../kernel/context.ts';
import { createDataKey, type DataKey, destroyDataKey, openDataKey } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { sweepAway } from '../../../kernel/sweep.ts';
import { me } from '../accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../areas/index.ts';
import {
  batchesToForget,
  type Counts,
  emptyBatch,
  findBatch,
  holdBatch,
  insertBatch,
  insertParts,
  insertVerdicts,
  type LedgerBatch,
  partOf,
  removeVerdicts,
  saveProgress,
  saveStage,
  saveTables,
  tablesRemembered,
  type VerdictRow,
  verdictsOf,
} from './batch.queries.ts';
import type { RowFault } from './candidate.model.ts';
import { areaFields, type BatchTable, type GivenRow, type Ground } from './candidate.model.ts';
import {
  ledgerKeepers,
  ledgerProblems,
  residents,
  type Stage,
  stageWords,
  UNDO_DAYS,
  type Verdict,
} from './ledger.model.ts';
import { changesOf, holdRecords, removeChangesOfBatch, removeRecords, toldByBatch } from './ledger.queries.ts';
import { type Considered, consider, type Seen } from './portion.commands.ts';
import { createRecords, openChange, openRecords, saveStanding, tellOf } from './record.commands.ts';
import { type Difference, nothingStands, tell } from './told_change.model.ts';

/** Rows that are read and written in one transaction. */
const PART = 500;
export const MOST_ROWS = 100_000;

export interface SentFile {
  readonly areaId: Id;
  /** The day of which it tells, `yyyy-mm-dd`. */
  readonly toldOn: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly tables: readonly Omit<BatchTable, 'isTaken'>[];
  readonly rows: readonly GivenRow[];
}

/** Keeps a file that was read, and has it looked over. Nothing of it is in the ledger yet. */
export async function keepBatch(ctx: Ctx, sent: SentFile): Promise<{ batchId: Id; rows: number }> {
  const area = await keptArea(ctx, sent.areaId);
  // What it told of a day to come would stand against everything that is entered until then.
  if (sent.toldOn > (await today(ctx))) throw new Problem(ledgerProblems['ledger.not_yet']);
  const signature = signatureOf(sent.tables);
  const remembered = await tablesRemembered(ctx, residents.code, signature);
  const tables = sent.tables.map((table, i) => judged(recall(table, remembered?.[i])));
  if (!tables.some(({ isTaken }) => isTaken)) throw new Problem(ledgerProblems['ledger.no_table']);
  const rows = sent.rows.filter(({ table }) => tables[table]?.isTaken);
  if (rows.length > MOST_ROWS) throw new Problem(ledgerProblems['ledger.too_many'], { most: MOST_ROWS });
  const id = ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'ledger_batch', id });
  const parts: Buffer[] = [];
  for (let from = 0; from < sent.rows.length; from += PART)
    parts.push(
      sealPacked(key, JSON.stringify(sent.rows.slice(from, from + PART)), `ledger part ${id} ${parts.length}`),
    );
  insertBatch(ctx, {
    ...{ id, ledger: residents.code, areaId: area.id, scopeNo: area.no, keyId: key.id, toldOn: sent.toldOn },
    ...{ tables, signature, stageSince: ctx.now, parts: parts.length, personId: me(ctx).personId, sentAt: ctx.now },
    sealed: sealPacked(key, packFile(sent), boundToFile(id)),
  });
  insertParts(ctx, id, parts);
  told(ctx, { id, scopeNo: area.no }, 'ledger.file_sent', { areaId: area.id, rows: rows.length });
  return { batchId: id, rows: rows.length };
}

/** Only for land that one keeps the ledger of. */
async function keptArea(ctx: Ctx, areaId: Id): Promise<Area> {
  const area = await requireArea(ctx, areaId);
  const keeps = postsOf(ctx.actor).some(
    (seat) =>
      (ledgerKeepers as readonly string[]).includes(seat.role) && isIn(seat, area.no) && isIn(seat, area.lastNo),
  );
  if (!keeps) throw new Problem(ledgerProblems['ledger.not_here']);
  return area;
}

const signatureOf = (tables: SentFile['tables']): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(tables.map(({ columns }) => columns.map(({ path }) => path))))
    .digest();

/** What somebody let pass for the same labels before, this time too. */
const recall = (table: SentFile['tables'][number], before: BatchTable | undefined): SentFile['tables'][number] => ({
  ...table,
  columns: table.columns.map((column, i) => {
    const field = before?.columns[i]?.field;
    return field === undefined || field === column.field ? column : { ...column, field, by: 'memory' as const };
  }),
});

/** Fields of other ledgers are left out, and of two columns with one field the first holds. */
function judged(table: SentFile['tables'][number]): BatchTable {
  const taken = new Set<string>();
  const columns = table.columns.map((column) => {
    const isOurs = column.field !== null && mappable(column.field) && !taken.has(column.field);
    if (isOurs) taken.add(column.field as string);
    return isOurs ? column : { ...column, field: null, by: null };
  });
  return { ...table, columns, isTaken: residents.required.every((code) => taken.has(code)) };
}

export const mappable = (field: string): boolean => residents.fields.includes(field) || areaFields.includes(field);

const sealPacked = (key: DataKey, clear: Buffer | string, bound: string): Buffer =>
  seal(key.bytes, deflateRawSync(clear, { level: 1 }), bound);
const openPacked = (key: DataKey, sealed: Buffer, bound: string): Buffer =>
  inflateRawSync(unseal(key.bytes, sealed, bound));

const boundToFile = (id: Id): string => `ledger file ${id}`;
const boundToVerdict = (id: Id, n: number): string => `ledger verdict ${id} ${n}`;

const packFile = ({ fileName, bytes }: SentFile): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ fileName })}\n`), bytes]);

/** Name and bytes as they were sent; null once they are not kept any more. */
export async function fileOf(ctx: Ctx, batch: LedgerBatch): Promise<{ fileName: string; bytes: Buffer } | null> {
  const key = batch.sealed && (await openDataKey(ctx, batch.keyId));
  if (!key || !batch.sealed) return null;
  const packed = openPacked(key, batch.sealed, boundToFile(batch.id));
  const end = packed.indexOf(10);
  const { fileName } = JSON.parse(packed.subarray(0, end).toString()) as { fileName: string };
  return { fileName, bytes: packed.subarray(end + 1) };
}

export async function requireBatch(ctx: Ctx, id: Id): Promise<LedgerBatch> {
  const batch = await findBatch(ctx, id);
  if (!batch) throw new Problem(ledgerProblems['ledger.no_batch']);
  return batch;
}

async function heldAt(ctx: Ctx, id: Id, from: readonly Stage[]): Promise<LedgerBatch> {
  const batch = await holdBatch(ctx, id);
  if (!batch) throw new Problem(ledgerProblems['ledger.no_batch']);
  if (!from.includes(batch.stage))
    throw new Problem(ledgerProblems['ledger.not_now'], { stage: stageWords[batch.stage].zh });
  return batch;
}

/** Another field for a column, or none; then the file is looked over anew. */
export async function mapColumns(
  ctx: Ctx,
  id: Id,
  asked: readonly { readonly table: number; readonly column: string; readonly field: string | null }[],
): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['looked']);
  let tables = batch.tables;
  for (const { table: i, column, field } of asked) {
    const table = tables[i];
    if (!table?.columns.some((one) => one.column === column) || (field !== null && !mappable(field)))
      throw new Problem(ledgerProblems['ledger.wrong_column']);
    const columns = table.columns.map((one) =>
      one.column === column
        ? { ...one, field, by: 'hand' as const }
        : { ...one, field: one.field === field ? null : one.field },
    );
    tables = tables.with(i, judged({ ...table, columns }));
  }
  saveTables(ctx, id, tables);
  return begin(ctx, batch, 'looking', 'ledger.look_asked');
}

export async function takeBatch(ctx: Ctx, id: Id): Promise<{ batchId: Id }> {
  return begin(ctx, await heldAt(ctx, id, ['looked']), 'taking', 'ledger.take_asked');
}

export async function undoBatch(ctx: Ctx, id: Id): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['taken']);
  if (isLate(ctx, batch)) throw new Problem(ledgerProblems['ledger.undo_late'], { days: UNDO_DAYS });
  return begin(ctx, batch, 'undoing', 'ledger.undo_asked');
}

const DAY_MS = 86_400_000;
export const isLate = (ctx: Ctx, { takenAt }: LedgerBatch): boolean =>
  takenAt !== null && takenAt < earlier(ctx.now, UNDO_DAYS * DAY_MS);

/** Nothing of it was taken in, and nothing will be: file and rows are forgotten. */
export async function dropBatch(ctx: Ctx, id: Id): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['looked']);
  saveStage(ctx, id, 'dropped');
  told(ctx, batch, 'ledger.file_dropped', {});
  return { batchId: id };
}

function begin(ctx: Ctx, batch: LedgerBatch, stage: Stage, kind: string): { batchId: Id } {
  saveStage(ctx, batch.id, stage);
  told(ctx, batch, kind, {});
  return { batchId: batch.id };
}

function told(ctx: Ctx, { id, scopeNo }: { id: Id; scopeNo: number }, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: { kind: 'ledger_batch', id, scopeNo, confidential: false }, body });
}

/** The next step of what was asked for; its entry brings the step after it. */
export async function goOn(ctx: Ctx, id: Id): Promise<void> {
  const batch = await holdBatch(ctx, id);
  const key = batch && (await openDataKey(ctx, batch.keyId));
  if (!batch || !key) return;
  if (batch.stage === 'looking') await look(ctx, batch, key);
  else if (batch.stage === 'taking') await takePart(ctx, batch, key);
  else if (batch.stage === 'undoing') await undoPart(ctx, batch);
}

async function groundOf(ctx: Ctx, batch: LedgerBatch): Promise<Ground> {
  const area = await requireArea(ctx, batch.areaId);
  const { areas } = await atlasOf(ctx);
  return { area, below: areas.filter(({ no }) => no > area.no && no <= area.lastNo) };
}

async function rowsOfPart(ctx: Ctx, { id }: LedgerBatch, key: DataKey, n: number): Promise<GivenRow[]> {
  const sealed = await partOf(ctx, id, n);
  return sealed ? (JSON.parse(openPacked(key, sealed, `ledger part ${id} ${n}`).toString()) as GivenRow[]) : [];
}

/** The whole file at one moment, so that what stands twice in it is seen. */
async function look(ctx: Ctx, batch: LedgerBatch, key: DataKey): Promise<void> {
  const ground = await groundOf(ctx, batch);
  const seen: Seen = new Map();
  const counts: Counts = {};
  removeVerdicts(ctx, batch.id);
  for (let n = 0; n < batch.parts; n += 1) {
    const rows = await rowsOfPart(ctx, batch, key, n);
    const read = await consider(ctx, residents, { batch, ground, seen }, { first: n * PART, rows });
    for (const { verdict } of read) counts[verdict] = (counts[verdict] ?? 0) + 1;
    insertVerdicts(
      ctx,
      batch.id,
      read.flatMap((one) => verdictRow(batch.id, key, one)),
    );
  }
  saveStage(ctx, batch.id, 'looked');
  saveProgress(ctx, batch.id, { nextPart: 0, lastRecord: null, counts });
  told(ctx, batch, 'ledger.looked', { ...counts });
}

export interface ToldRow {
  readonly where: string;
  readonly name: string;
  readonly faults: readonly RowFault[];
  readonly changes: readonly Difference[];
}

function verdictRow(
  batchId: Id,
  key: DataKey,
  { n, where, candidate, verdict, known, ...it }: Considered,
): VerdictRow[] {
  if (verdict === 'new' || verdict === 'same') return [];
  const row: ToldRow = {
    ...{ where, name: candidate.values['person.name'] ?? '' },
    ...{ faults: it.faults, changes: it.differences },
  };
  const sealed = seal(key.bytes, JSON.stringify(row), boundToVerdict(batchId, n));
  return [{ n, verdict, recordId: known?.row.id ?? null, sealed }];
}

/** What is to be said of rows, from one on. */
export async function toldRows(
  ctx: Ctx,
  batch: LedgerBatch,
  after: number,
  most: number,
): Promise<(ToldRow & { readonly n: number; readonly verdict: Verdict })[]> {
  const key = await openDataKey(ctx, batch.keyId);
  if (!key) return [];
  return (await verdictsOf(ctx, batch.id, after, most)).map(({ n, verdict, sealed }) => ({
    ...(JSON.parse(unseal(key.bytes, sealed, boundToVerdict(batch.id, n)).toString()) as ToldRow),
    ...{ n, verdict },
  }));
}

/** Some hundred rows. What was said to be twice or wrong stays out; all else is judged by what the ledger knows by now. */
async function takePart(ctx: Ctx, batch: LedgerBatch, key: DataKey): Promise<void> {
  const n = batch.nextPart;
  const ground = await groundOf(ctx, batch);
  const out = new Set((await verdictsOf(ctx, batch.id, n * PART - 1, PART)).filter(isOut).map((row) => row.n));
  const rows = await rowsOfPart(ctx, batch, key, n);
  const read = await consider(ctx, residents, { batch, ground, seen: new Map() }, { first: n * PART, rows });
  const wanted = read.filter((row) => !out.has(row.n));
  const created = wanted.filter(({ verdict }) => verdict === 'new');
  await createRecords(
    ctx,
    residents,
    created.map(({ where, candidate }) => ({
      ...{ values: candidate.values, areaId: candidate.areaId },
      ...{ toldOn: batch.toldOn, batchId: batch.id, source: where },
    })),
  );
  const changed = wanted.filter(({ verdict }) => verdict === 'changed');
  const held = await openRecords(
    ctx,
    await holdRecords(
      ctx,
      changed.flatMap(({ known }) => known?.row.id ?? []),
    ),
  );
  for (const { known, candidate, where } of changed) {
    const now = known && held.get(known.row.id);
    if (now)
      await tellOf(ctx, residents, now, {
        values: candidate.values,
        toldOn: batch.toldOn,
        batchId: batch.id,
        source: where,
      });
  }
  const isLast = n + 1 >= batch.parts;
  saveProgress(ctx, batch.id, { nextPart: n + 1, lastRecord: null, counts: batch.counts });
  if (isLast) saveStage(ctx, batch.id, 'taken');
  const body = { part: n, created: created.length, changed: changed.length };
  told(ctx, batch, isLast ? 'ledger.taken' : 'ledger.taking', body);
}

const isOut = ({ verdict }: VerdictRow): boolean => verdict !== 'changed' && verdict !== 'conflict';

/** What the batch told is taken away and the rest told anew: whatever was told since stands as it did. */
async function undoPart(ctx: Ctx, batch: LedgerBatch): Promise<void> {
  const ids = await toldByBatch(ctx, batch.id, batch.lastRecord, PART);
  const known = await openRecords(ctx, await holdRecords(ctx, ids));
  const changes = await changesOf(ctx, ids);
  const gone: Id[] = [];
  removeChangesOfBatch(ctx, batch.id, ids);
  for (const [id, it] of known) {
    const left = changes.filter((change) => change.recordId === id && change.batchId !== batch.id);
    if (left.length === 0) gone.push(id);
    else
      await saveStanding(
        ctx,
        residents,
        it,
        left.reduce(
          (standing, change) =>
            tell(standing, { id: change.id, toldOn: change.toldOn, values: openChange(it, change) }),
          nothingStands,
        ),
      );
  }
  await removeRecords(ctx, gone);
  for (const id of gone) {
    const key = known.get(id)?.key;
    if (key) await destroyDataKey(ctx, key.id, 'import taken back');
  }
  const isLast = ids.length < PART;
  saveProgress(ctx, batch.id, { nextPart: 0, lastRecord: ids.at(-1) ?? batch.lastRecord, counts: batch.counts });
  if (isLast) saveStage(ctx, batch.id, 'undone');
  told(ctx, batch, isLast ? 'ledger.undone' : 'ledger.undoing', { gone: gone.length, back: ids.length - gone.length });
}

/** Files and rows go after a month, with their key; what was taken in stays. */
export const batchRetention = sweepAway('files of ledgers', async (ctx, most) => {
  const due = await batchesToForget(ctx, earlier(ctx.now, UNDO_DAYS * DAY_MS), most);
  for (const { id, keyId } of due) {
    emptyBatch(ctx, id);
    await destroyDataKey(ctx, keyId, 'file not needed any more');
  }
  return due.length;
});
