import type { Ctx } from '../../../../kernel/context.ts';
import { type DataKey, destroyDataKey, openDataKey } from '../../../../kernel/data_key.ts';
import { seal, unseal } from '../../../../kernel/envelope.ts';
import type { Id } from '../../../../kernel/id.ts';
import { atlasOf } from '../../areas/index.ts';
import type { Ledger, Verdict } from '../ledger.model.ts';
import {
  type ChangeRow,
  changesOf,
  holdRecords,
  lockLedger,
  partsOf,
  removeChangesOfBatch,
  removeRecords,
  toldByBatch,
} from '../ledger.queries.ts';
import { calledIn, ledgerNamed } from '../ledgers.model.ts';
import { lockFields } from '../own/own_field.queries.ts';
import { createRecords, type OpenRecord, openChange, openRecords, saveStanding, tellOf } from '../record.commands.ts';
import { ledgerOf, PART, tellOfBatch as told } from './batch.commands.ts';
import {
  type Counts,
  findBatch,
  holdBatch,
  insertVerdicts,
  type LedgerBatch,
  partOf,
  removeVerdicts,
  replaceVerdicts,
  saveProgress,
  saveStage,
  type VerdictRow,
  verdictsOf,
} from './batch.queries.ts';
import { boundToPart, boundToVerdict, nameOfFile, openPacked, withSheets } from './batch_sealing.commands.ts';
import type { GivenRow, Ground, RowFault } from './candidate.model.ts';
import { type Considered, consider, type Seen } from './portion.commands.ts';
import { type Change, type Difference, nothingStands, rankOf, tell } from './told_change.model.ts';

/** The next step of what was asked for; its entry brings the step after it. */
export async function goOn(ctx: Ctx, id: Id): Promise<void> {
  const seen = await findBatch(ctx, id);
  const key = seen && (await openDataKey(ctx, seen.keyId));
  if (!seen || !key) return;
  // Looking over a large file takes a while and changes no record: nobody who changes the land waits for it.
  if (seen.stage === 'looking') return look(ctx, withSheets(seen, key), key);
  const batch = await holdBatch(ctx, id);
  if (!batch) return;
  if (batch.stage === 'taking') await takePart(ctx, withSheets(batch, key), key);
  else if (batch.stage === 'undoing') await undoPart(ctx, batch);
}

async function groundOf(ctx: Ctx, batch: LedgerBatch): Promise<Ground> {
  const { areas, numbered, root } = await atlasOf(ctx);
  // Where the area leads today: it may have been merged or split since.
  const area = numbered(batch.scopeNo) ?? root;
  if (!area) throw new Error('a realm without areas');
  return { toldOn: batch.toldOn, area, below: areas.filter(({ no }) => no > area.no && no <= area.lastNo) };
}

async function rowsOfPart(ctx: Ctx, { id }: LedgerBatch, key: DataKey, n: number): Promise<GivenRow[]> {
  const sealed = await partOf(ctx, id, n);
  return sealed ? (JSON.parse(openPacked(key, sealed, boundToPart(id, n)).toString()) as GivenRow[]) : [];
}

/** The whole file at one moment, so that what stands twice in it is seen. */
async function look(ctx: Ctx, batch: LedgerBatch, key: DataKey): Promise<void> {
  const ground = await groundOf(ctx, batch);
  const ledger = await ledgerOf(ctx, batch, batch.ledger);
  const seen: Seen = new Map();
  const counts: Counts = {};
  removeVerdicts(ctx, batch.id);
  for (let n = 0; n < batch.parts; n += 1) {
    const rows = await rowsOfPart(ctx, batch, key, n);
    const read = await consider(ctx, ledger, { batch, ground, seen }, { first: n * PART, rows });
    for (const one of read) {
      counts[one.verdict] = (counts[one.verdict] ?? 0) + 1;
      const wrong = wrongCellsOf(one);
      if (wrong > 0) counts.cells = (counts.cells ?? 0) + wrong;
    }
    insertVerdicts(
      ctx,
      batch.id,
      read.flatMap((one) => verdictRow(ledger, batch.id, key, one)),
    );
  }
  saveStage(ctx, batch.id, 'looked');
  saveProgress(ctx, batch.id, { nextPart: 0, lastRecord: null, counts });
  told(ctx, batch, 'ledger.looked', { ...counts });
}

/** A cell is to be mended once, however much is wrong with it. */
const wrongCellsOf = ({ verdict, faults }: Considered): number =>
  verdict === 'refused' ? new Set(faults.flatMap(({ column }) => column ?? [])).size : 0;

export interface ToldRow {
  readonly where: string;
  readonly name: string;
  readonly faults: readonly RowFault[];
  readonly changes: readonly Difference[];
}

function verdictRow(
  ledger: Ledger,
  batchId: Id,
  key: DataKey,
  { n, where, candidate, verdict, known, ...it }: Considered,
): VerdictRow[] {
  if (verdict === 'new' || verdict === 'same') return [];
  const row: ToldRow = {
    ...{ where, name: calledIn(ledger, candidate.values) },
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

export interface FreshRows {
  readonly rows: readonly { readonly where: string; readonly name: string }[];
  /** The portion with which it goes on. */
  readonly next: number | null;
}

/**
 * Who would be new, from one portion on: read again when somebody asks, so that no name has to be kept for it. What was
 * said of a row when the whole file was looked over, holds.
 */
export async function freshRows(ctx: Ctx, seen: LedgerBatch, from: number): Promise<FreshRows> {
  const key = await openDataKey(ctx, seen.keyId);
  const rows: FreshRows['rows'][number][] = [];
  if (!key || seen.stage !== 'looked') return { rows, next: null };
  const batch = withSheets(seen, key);
  const ground = await groundOf(ctx, batch);
  const ledger = await ledgerOf(ctx, batch, batch.ledger);
  let n = from;
  for (; n < batch.parts && n < from + MOST_PORTIONS && rows.length < ENOUGH; n += 1) {
    const said = new Set((await verdictsOf(ctx, batch.id, n * PART - 1, PART)).map((row) => row.n));
    const part = { first: n * PART, rows: await rowsOfPart(ctx, batch, key, n) };
    const read = await consider(ctx, ledger, { batch, ground, seen: new Map() }, part);
    for (const { n: at, verdict, where, candidate } of read)
      if (verdict === 'new' && !said.has(at)) rows.push({ where, name: calledIn(ledger, candidate.values) });
  }
  return { rows, next: n < batch.parts ? n : null };
}

const ENOUGH = 200;
const MOST_PORTIONS = 4;

/**
 * Some hundred rows. What was said to be twice or wrong stays out; all else is judged by what the ledger knows by now, and
 * where that differs from what was said, the row and the counts say so. A row that changes nothing is told all the same:
 * it confirms what stands, and holds should the file before it be taken back.
 */
async function takePart(ctx: Ctx, batch: LedgerBatch, key: DataKey): Promise<void> {
  const n = batch.nextPart;
  await lockLedger(ctx, batch.ledger);
  // What is retired meanwhile waits for these rows; what was retired before is not told any more.
  await lockFields(ctx, batch.ledger, 'use');
  const ledger = await ledgerOf(ctx, batch, batch.ledger);
  const ground = await groundOf(ctx, batch);
  const said = new Map((await verdictsOf(ctx, batch.id, n * PART - 1, PART)).map((row) => [row.n, row.verdict]));
  const rows = await rowsOfPart(ctx, batch, key, n);
  const read = await consider(ctx, ledger, { batch, ground, seen: new Map() }, { first: n * PART, rows });
  const wanted = read.filter((row) => !isOut(said.get(row.n)));
  const fileName = nameOfFile(batch, key) ?? '';
  const telling = ({ candidate, where }: Considered) => ({
    ...{ values: candidate.values, areaId: candidate.areaId },
    ...{ toldOn: batch.toldOn, batch, source: `${fileName} ${where}`.trim() },
  });
  await createRecords(ctx, ledger, wanted.filter(({ verdict }) => verdict === 'new').map(telling));
  const known = wanted.filter((row) => row.known !== null);
  const held = await openRecords(
    ctx,
    await holdRecords(
      ctx,
      known.map((row) => row.known?.row.id ?? ''),
    ),
  );
  for (const row of known) {
    const id = row.known?.row.id ?? '';
    const now = held.get(id);
    // Two rows may tell of one record: the second goes on from the first.
    if (now) held.set(id, await tellOf(ctx, ledger, now, telling(row)));
  }
  const otherwise = wanted.filter(({ n: at, verdict }) => (said.get(at) ?? verdict) !== verdict || isOut(verdict));
  replaceVerdicts(
    ctx,
    batch.id,
    otherwise.flatMap((one) => verdictRow(ledger, batch.id, key, one)),
  );
  const { cells } = batch.counts;
  const counts: Counts = n > 0 ? { ...batch.counts } : cells === undefined ? {} : { cells };
  for (const { n: at, verdict } of read) {
    const now = isOut(said.get(at)) ? (said.get(at) as Verdict) : verdict;
    counts[now] = (counts[now] ?? 0) + 1;
  }
  const isLast = n + 1 >= batch.parts;
  saveProgress(ctx, batch.id, { nextPart: n + 1, lastRecord: null, counts });
  if (isLast) saveStage(ctx, batch.id, 'taken');
  told(ctx, batch, isLast ? 'ledger.taken' : 'ledger.taking', { part: n, rows: wanted.length });
}

const isOut = (verdict: Verdict | undefined): boolean =>
  verdict === 'refused' || verdict === 'duplicate' || verdict === 'elsewhere';

/**
 * What the batch told is taken away and the rest told anew: whatever was told since stands as it did. Whom the rest alone
 * would leave without a name stays whole: somebody has worked on them since.
 */
async function undoPart(ctx: Ctx, batch: LedgerBatch): Promise<void> {
  const ledger = ledgerNamed(batch.ledger);
  await lockLedger(ctx, ledger.code);
  const ids = await toldByBatch(ctx, batch.id, batch.lastRecord, PART);
  const known = await openRecords(ctx, await holdRecords(ctx, ids));
  const changes = await changesOf(ctx, ids);
  const merged = new Set((await partsOf(ctx, ids)).flatMap(({ mergedInto }) => mergedInto ?? []));
  const [gone, whole]: [Id[], Id[]] = [[], []];
  for (const [id, it] of known) {
    const left = changes.filter((change) => change.recordId === id && change.batchId !== batch.id);
    const standing = left.reduce((before, change) => tell(before, changeOf(it, change)), nothingStands);
    // Somebody has looked at them and merged them: what is known of either stays.
    if (merged.has(id) || it.row.mergedInto !== null) whole.push(id);
    else if (left.length === 0) gone.push(id);
    else if (ledger.required.some((code) => standing.values[code] === undefined)) whole.push(id);
    else await saveStanding(ctx, ledger, it, standing);
  }
  removeChangesOfBatch(
    ctx,
    batch.id,
    ids.filter((id) => !whole.includes(id)),
  );
  await removeRecords(ctx, gone);
  for (const id of gone) {
    const key = known.get(id)?.key;
    if (key) await destroyDataKey(ctx, key.id, 'import taken back');
  }
  const isLast = ids.length < PART;
  const kept = (batch.counts.kept ?? 0) + whole.length;
  saveProgress(ctx, batch.id, {
    ...{ nextPart: 0, lastRecord: ids.at(-1) ?? batch.lastRecord },
    counts: kept > 0 ? { ...batch.counts, kept } : batch.counts,
  });
  if (isLast) saveStage(ctx, batch.id, 'undone');
  told(ctx, batch, isLast ? 'ledger.undone' : 'ledger.undoing', {
    gone: gone.length,
    back: ids.length - gone.length - whole.length,
    kept: whole.length,
  });
}

const changeOf = (it: OpenRecord, change: ChangeRow): Change => ({
  id: change.id,
  toldOn: rankOf(change.toldOn, change.batchId === null),
  values: openChange(it, change).values,
});
