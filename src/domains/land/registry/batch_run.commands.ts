import type { Ctx } from '../../../kernel/context.ts';
import { type DataKey, destroyDataKey, openDataKey } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { atlasOf, requireArea } from '../areas/index.ts';
import { PART, tellOfBatch as told } from './batch.commands.ts';
import {
  type Counts,
  holdBatch,
  insertVerdicts,
  type LedgerBatch,
  partOf,
  removeVerdicts,
  saveProgress,
  saveStage,
  type VerdictRow,
  verdictsOf,
} from './batch.queries.ts';
import { boundToPart, boundToVerdict, nameOf, openPacked } from './batch_sealing.commands.ts';
import type { GivenRow, Ground, RowFault } from './candidate.model.ts';
import { residents, type Verdict } from './ledger.model.ts';
import {
  changesOf,
  holdRecords,
  lockLedger,
  removeChangesOfBatch,
  removeRecords,
  toldByBatch,
} from './ledger.queries.ts';
import { type Considered, consider, type Seen } from './portion.commands.ts';
import { createRecords, openChange, openRecords, saveStanding, tellOf } from './record.commands.ts';
import { type Difference, nothingStands, rankOf, tell } from './told_change.model.ts';

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
  return sealed ? (JSON.parse(openPacked(key, sealed, boundToPart(id, n)).toString()) as GivenRow[]) : [];
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
  await lockLedger(ctx, residents.code);
  const ground = await groundOf(ctx, batch);
  const out = new Set((await verdictsOf(ctx, batch.id, n * PART - 1, PART)).filter(isOut).map((row) => row.n));
  const rows = await rowsOfPart(ctx, batch, key, n);
  const fileName = nameOf(batch, key) ?? '';
  const sourceOf = (where: string): string => `${fileName} ${where}`.trim();
  const read = await consider(ctx, residents, { batch, ground, seen: new Map() }, { first: n * PART, rows });
  const wanted = read.filter((row) => !out.has(row.n));
  const created = wanted.filter(({ verdict }) => verdict === 'new');
  await createRecords(
    ctx,
    residents,
    created.map(({ where, candidate }) => ({
      ...{ values: candidate.values, areaId: candidate.areaId },
      ...{ toldOn: batch.toldOn, batch, source: sourceOf(where) },
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
        batch,
        source: sourceOf(where),
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
            tell(standing, {
              id: change.id,
              toldOn: rankOf(change.toldOn, change.batchId === null),
              values: openChange(it, change).values,
            }),
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
