import { createHash } from 'node:crypto';
import { earlier } from '../../../../kernel/clock.ts';
import { type Ctx, holdsPost } from '../../../../kernel/context.ts';
import { createDataKey, destroyDataKey } from '../../../../kernel/data_key.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type EntryBody, record } from '../../../../kernel/journal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { today } from '../../../../kernel/realm.ts';
import { sweepAway } from '../../../../kernel/sweep.ts';
import { me } from '../../accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../areas/index.ts';
import {
  type AnyLedgerCode,
  type CommonLedger,
  type Ledger,
  type LedgerCode,
  ledgerKeepers,
  ledgerProblems,
  type Stage,
  stageWords,
  UNDO_DAYS,
} from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import { ledgerNamed, ledgers, requiredIn } from '../ledgers.model.ts';
import { ledgerAt } from '../own/own_field.commands.ts';
import { requireKept } from '../own/own_ledger.commands.ts';
import { isOwnLedger } from '../own/own_ledger_code.model.ts';
import {
  batchesToForget,
  emptyBatch,
  findBatch,
  holdBatch,
  insertBatch,
  insertParts,
  type LedgerBatch,
  saveStage,
  saveTables,
  tablesRemembered,
} from './batch.queries.ts';
import { boundToFile, boundToPart, sealNames, sealPacked } from './batch_sealing.commands.ts';
import type { BatchTable, GivenRow } from './candidate.model.ts';
import { asSeen, bestFor, fitOf, type GivenTable, isFieldOf, judged } from './fit.model.ts';

/** Rows that are read and written in one transaction. */
export const PART = 500;
const MOST_ROWS = 100_000;
const EARLIEST = '1900-01-01';

export interface SentFile {
  /** Which ledger it is for; `best`: whichever has a place for most of it. */
  readonly ledger: AnyLedgerCode | 'best';
  readonly areaId: Id;
  /** The day of which it tells, `yyyy-mm-dd`. */
  readonly toldOn: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly tables: readonly GivenTable[];
  readonly rows: readonly GivenRow[];
}

/** Keeps a file that was read, and has it looked over. Nothing of it is in the ledger yet. */
export async function keepBatch(ctx: Ctx, sent: SentFile): Promise<{ batchId: Id; rows: number }> {
  const area = await keptArea(ctx, sent.areaId);
  // What it told of a day to come would stand against everything that is entered until then.
  if (sent.toldOn > (await today(ctx))) throw new Problem(ledgerProblems['ledger.of_tomorrow']);
  if (sent.toldOn < EARLIEST) throw new Problem(ledgerProblems['ledger.too_long_ago']);
  const { code } = ledgerFor(sent);
  await requireKept(ctx, code, area);
  const ledger = await ledgerAt(ctx, code, area);
  const signature = signatureOf(sent.tables);
  const remembered = await tablesRemembered(ctx, ledger.code, signature);
  const tables = sent.tables.map((table, i) => judged(ledger, recall(table, remembered?.[i])));
  if (!tables.some(({ isTaken }) => isTaken)) throw new Problem(...noTable(ledger, sent.tables));
  const rows = sent.rows.filter(({ table }) => tables[table]?.isTaken);
  if (rows.length > MOST_ROWS) throw new Problem(ledgerProblems['ledger.too_many'], { most: MOST_ROWS });
  const id = ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'ledger_batch', id });
  const parts: Buffer[] = [];
  for (let from = 0; from < sent.rows.length; from += PART)
    parts.push(sealPacked(key, JSON.stringify(sent.rows.slice(from, from + PART)), boundToPart(id, parts.length)));
  insertBatch(ctx, {
    ...{ id, ledger: ledger.code, areaId: area.id, scopeNo: area.no, keyId: key.id, toldOn: sent.toldOn },
    ...{ signature, stageSince: ctx.now, parts: parts.length, personId: me(ctx).personId, sentAt: ctx.now },
    tables: tables.map((table) => ({ ...table, sheet: '' })),
    sealedName: sealNames(key, id, sent.fileName, tables),
    sealed: sealPacked(key, sent.bytes, boundToFile(id)),
  });
  insertParts(ctx, id, parts);
  tellOfBatch(ctx, { id, scopeNo: area.no }, 'ledger.file_sent', { areaId: area.id, rows: rows.length });
  return { batchId: id, rows: rows.length };
}

function ledgerFor({ ledger, tables }: SentFile): Ledger {
  if (ledger !== 'best') return ledgerNamed(ledger);
  const best = bestFor(tables, null);
  if (best) return best;
  const columns = { zh: ledgers.map((one) => requiredIn(one).zh), en: ledgers.map((one) => requiredIn(one).en) };
  throw new Problem(ledgerProblems['ledger.no_table'], {
    ...{ table: '台账能收的表', tableEn: 'table that a ledger takes' },
    ...{ columns: columns.zh.join('、'), columnsEn: columns.en.join(', ') },
  });
}

/** What is wrong with a file of which nothing can be taken: it is no such table, or one that is meant for another ledger. */
function noTable(asked: Ledger, tables: readonly GivenTable[]): ConstructorParameters<typeof Problem> {
  const other = bestFor(tables, asked);
  const table = { table: asked.says.sheet.zh, tableEn: asked.says.sheet.en };
  if (!other || fitOf(other, tables) < LEAST_FIT) {
    const { zh: columns, en: columnsEn } = requiredIn(asked);
    return [ledgerProblems['ledger.no_table'], { ...table, columns, columnsEn }];
  }
  const like = { other: other.says.sheet.zh, otherEn: other.says.sheet.en };
  const to = { ledger: other.words.zh, ledgerEn: other.words.en };
  return [ledgerProblems['ledger.other_table'], { ...table, ...like, ...to }];
}

/** More than a name alone. */
const LEAST_FIT = 4;

/** Which other ledger has a place for more of it; null: it is where it belongs. */
export function betterFor({ ledger, tables }: LedgerBatch): CommonLedger | null {
  // What was sent for an own ledger was sent for it by name; the others take every table that is like theirs.
  if (isOwnLedger(ledger)) return null;
  const asked = ledgerNamed(ledger);
  const best = bestFor(tables, asked);
  return best?.code === asked.code ? null : best;
}

/** Only for land that one keeps the ledger of. */
async function keptArea(ctx: Ctx, areaId: Id): Promise<Area> {
  const area = await requireArea(ctx, areaId);
  if (!holdsPost(ctx, ledgerKeepers, area.no, area.lastNo)) throw new Problem(ledgerProblems['ledger.not_here']);
  return area;
}

const signatureOf = (tables: SentFile['tables']): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(tables.map(({ columns }) => columns.map(({ path }) => path))))
    .digest();

/** What somebody let pass for the same labels before, this time too. */
const recall = (table: GivenTable, before: BatchTable | undefined): GivenTable => ({
  ...table,
  columns: table.columns.map((column, i) => {
    const { field, by } = before?.columns[i] ?? column;
    // That nothing was recognised last time is no decision of anybody's.
    const isSaid = field !== null || by === 'hand' || by === 'memory';
    return !isSaid || field === column.field ? column : { ...column, seen: column.field, field, by: 'memory' as const };
  }),
});

/** Within what the viewer keeps. Refused by `ledger.no_batch`. */
export async function requireBatch(ctx: Ctx, id: Id): Promise<LedgerBatch> {
  const batch = await findBatch(ctx, id);
  if (!batch) throw new Problem(ledgerProblems['ledger.no_batch']);
  return batch;
}

async function heldAt(ctx: Ctx, id: Id, from: readonly Stage[], ifStuck?: Stage): Promise<LedgerBatch> {
  const batch = await holdBatch(ctx, id);
  if (!batch) throw new Problem(ledgerProblems['ledger.no_batch']);
  const { zh: stage, en: stageEn } = stageWords[batch.stage];
  if (!from.includes(batch.stage) && !(batch.stage === ifStuck && isStuck(ctx, batch)))
    throw new Problem(ledgerProblems['ledger.not_now'], { stage, stageEn });
  return batch;
}

/** What should take minutes and has not moved for so long needs somebody. */
const STUCK_MS = 30 * 60_000;
export const isStuck = (ctx: Ctx, { stageSince }: LedgerBatch): boolean => stageSince < earlier(ctx.now, STUCK_MS);

/** As it is kept where the file belongs today. */
export const ledgerOf = async (ctx: Ctx, batch: LedgerBatch, code: string): Promise<Ledger> =>
  ledgerAt(ctx, code, await spanOf(ctx, batch));

async function spanOf(ctx: Ctx, { scopeNo }: LedgerBatch): Promise<Span> {
  const { numbered, root } = await atlasOf(ctx);
  return numbered(scopeNo) ?? root ?? { no: scopeNo, lastNo: scopeNo };
}

/** Another field for a column, or none; then the file is looked over anew. */
export async function mapColumns(
  ctx: Ctx,
  id: Id,
  asked: readonly { readonly table: number; readonly column: string; readonly field: string | null }[],
): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['looked']);
  const ledger = await ledgerOf(ctx, batch, batch.ledger);
  const tables = batch.tables.map((table, i) => {
    const wanted = asked.filter((one) => one.table === i);
    return wanted.length === 0 ? table : judged(ledger, { ...table, columns: corrected(ledger, table, wanted) });
  });
  if (asked.some(({ table }) => !tables[table])) throw new Problem(ledgerProblems['ledger.wrong_column']);
  saveTables(ctx, id, ledger.code, tables);
  return begin(ctx, batch, 'looking', 'ledger.look_asked');
}

/** A field that is given to one column is taken from the other, and that too is said by hand: the next file remembers both. */
function corrected(
  ledger: Ledger,
  { columns }: BatchTable,
  wanted: readonly { readonly column: string; readonly field: string | null }[],
): BatchTable['columns'] {
  const given = wanted.flatMap(({ field }) => field ?? []);
  const isFine =
    wanted.every(({ column }) => columns.some((one) => one.column === column)) &&
    given.every((field) => isFieldOf(ledger, field)) &&
    [given, wanted.map(({ column }) => column)].every((all) => new Set(all).size === all.length);
  if (!isFine) throw new Problem(ledgerProblems['ledger.wrong_column']);
  const byHand = (one: BatchTable['columns'][number], field: string | null): BatchTable['columns'][number] => ({
    ...one,
    seen: one.seen === undefined ? one.field : one.seen,
    field,
    by: 'hand',
  });
  return columns.map((one) => {
    const said = wanted.find(({ column }) => column === one.column);
    if (said) return byHand(one, said.field);
    return one.field !== null && given.includes(one.field) ? byHand(one, null) : one;
  });
}

/** Has a file looked over for another ledger than the one it was sent for. */
export async function turnBatch(ctx: Ctx, id: Id, code: LedgerCode): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['looked']);
  const ledger = await ledgerOf(ctx, batch, code);
  const tables = batch.tables.map((table) => judged(ledger, asSeen(table)));
  if (!tables.some(({ isTaken }) => isTaken)) throw new Problem(...noTable(ledger, batch.tables));
  saveTables(ctx, id, ledger.code, tables);
  return begin(ctx, batch, 'looking', 'ledger.look_asked', { ledger: code });
}

/** Has what was looked over taken in, part by part behind the page. Refused by `ledger.not_now`. */
export async function takeBatch(ctx: Ctx, id: Id): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['looked']);
  await requireKept(ctx, batch.ledger, await spanOf(ctx, batch));
  return begin(ctx, batch, 'taking', 'ledger.take_asked');
}

export async function undoBatch(ctx: Ctx, id: Id): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['taken'], 'taking');
  if (isLate(ctx, batch)) throw new Problem(ledgerProblems['ledger.undo_late'], { days: UNDO_DAYS });
  return begin(ctx, batch, 'undoing', 'ledger.undo_asked');
}

const DAY_MS = 86_400_000;
export const isLate = (ctx: Ctx, { takenAt }: LedgerBatch): boolean =>
  takenAt !== null && takenAt < earlier(ctx.now, UNDO_DAYS * DAY_MS);

/** Nothing of it was taken in, and nothing will be; file and rows go after their month. */
export async function dropBatch(ctx: Ctx, id: Id): Promise<{ batchId: Id }> {
  const batch = await heldAt(ctx, id, ['looked'], 'looking');
  saveStage(ctx, id, 'dropped');
  tellOfBatch(ctx, batch, 'ledger.file_dropped', {});
  return { batchId: id };
}

function begin(ctx: Ctx, batch: LedgerBatch, stage: Stage, kind: string, body: EntryBody = {}): { batchId: Id } {
  saveStage(ctx, batch.id, stage);
  tellOfBatch(ctx, batch, kind, body);
  return { batchId: batch.id };
}

export function tellOfBatch(
  ctx: Ctx,
  { id, scopeNo }: { id: Id; scopeNo: number },
  kind: string,
  body: EntryBody,
): void {
  record(ctx, { kind, about: { kind: 'ledger_batch', id, scopeNo, confidential: false }, body });
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
