import type { Ctx } from '../../../kernel/context.ts';
import { createDataKeys, type DataKey, openDataKeys } from '../../../kernel/data_key.ts';
import { keyedHash, seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { atlasOf } from '../areas/index.ts';
import type { Values } from './batches/candidate.model.ts';
import { doorText } from './batches/door.model.ts';
import { knownTexts, nothingStands, parted, rankOf, type Standing, tell } from './batches/told_change.model.ts';
import type { Ledger } from './ledger.model.ts';
import {
  type ChangeRow,
  changesOf,
  insertChanges,
  insertMarks,
  insertRecords,
  moveParts,
  partsOf,
  type RecordRow,
  removeMarks,
  saveRecord,
} from './ledger.queries.ts';

export interface OpenRecord {
  readonly row: RecordRow;
  readonly key: DataKey;
  readonly standing: Standing;
}

const boundToRecord = (id: Id): string => `ledger record ${id}`;
const boundToChange = (id: Id): string => `ledger change ${id}`;

/** Those whose key is still there, by id. */
export async function openRecords(ctx: Ctx, rows: readonly RecordRow[]): Promise<Map<Id, OpenRecord>> {
  const keys = await openDataKeys(
    ctx,
    rows.map(({ keyId }) => keyId),
  );
  return new Map(
    rows.flatMap((row) => {
      const key = keys.get(row.keyId);
      if (!key) return [];
      const secret = JSON.parse(unseal(key.bytes, row.sealed, boundToRecord(row.id)).toString()) as Values;
      return [[row.id, { row, key, standing: { values: { ...row.open, ...secret }, setters: row.setters } }] as const];
    }),
  );
}

/** File, sheet and row lie sealed with the values: an office may call a file after a person. */
export function openChange({ key }: OpenRecord, change: ChangeRow): { values: Values; source: string | null } {
  const secret = JSON.parse(unseal(key.bytes, change.sealed, boundToChange(change.id)).toString()) as SealedChange;
  return { values: { ...change.open, ...secret.values }, source: secret.source };
}
interface SealedChange {
  readonly values: Values;
  readonly source: string | null;
}

/** One telling as it was kept, opened. */
export interface Told {
  readonly change: ChangeRow;
  readonly values: Values;
  readonly source: string | null;
}

/** All that was told of these, and of what was merged into them, by the record that stands; in the order in which it arrived. */
export async function tellingsOf(ctx: Ctx, known: readonly OpenRecord[]): Promise<Map<Id, Told[]>> {
  const parts = [
    ...(
      await openRecords(
        ctx,
        await partsOf(
          ctx,
          known.map(({ row }) => row.id),
        ),
      )
    ).values(),
  ];
  const all = new Map([...known, ...parts].map((one) => [one.row.id, one]));
  const told = (await changesOf(ctx, [...all.keys()])).flatMap((change) => {
    const one = all.get(change.recordId);
    return one ? [{ stands: one.row.mergedInto ?? one.row.id, told: { change, ...openChange(one, change) } }] : [];
  });
  const arrived = told.sort((one, other) => byArrival(one.told.change, other.told.change));
  return new Map(
    known.map(({ row: { id } }) => [id, arrived.flatMap((one) => (one.stands === id ? [one.told] : []))] as const),
  );
}

const byArrival = (one: ChangeRow, other: ChangeRow): number =>
  one.recordedAt.getTime() - other.recordedAt.getTime() || (one.id < other.id ? -1 : 1);

/** What stands when nothing but these was told. */
export const foldOf = (told: readonly Told[]): Standing =>
  told
    .toSorted((one, other) => byArrival(one.change, other.change))
    .reduce((before, { change, values }) => {
      const rank = rankOf(change.toldOn, change.batchId === null);
      return tell(before, { id: change.id, toldOn: rank, values });
    }, nothingStands);

/** What makes a text findable without telling it. */
export const markOf = (ctx: Ctx, text: string): Buffer => keyedHash(ctx.keys.index, `ledger ${ctx.realm} ${text}`);

export interface Telling {
  readonly values: Values;
  readonly toldOn: string;
  /** The file that tells it, and who sent it. */
  readonly batch: { readonly id: Id; readonly personId: Id } | null;
  readonly source: string | null;
}

/** Records that nobody knew: all in a few statements. */
export async function createRecords(
  ctx: Ctx,
  ledger: Ledger,
  given: readonly (Telling & { readonly areaId: Id })[],
): Promise<Id[]> {
  if (given.length === 0) return [];
  const atlas = await atlasOf(ctx);
  const ids = given.map(() => ctx.ids.newId());
  const keys = createDataKeys(
    ctx,
    ids.map((id) => ({ kind: 'ledger_record', id })),
  );
  const made = given.map((telling, i) => {
    const [id, key] = [ids[i] as Id, keys[i] as DataKey];
    const change = changeRow(ctx, { id, key }, telling);
    const rank = rankOf(telling.toldOn, telling.batch === null);
    const standing = tell(nothingStands, { id: change.id, toldOn: rank, values: telling.values });
    const place = { areaId: telling.areaId, scopeNo: atlas.get(telling.areaId)?.no ?? 0 };
    return {
      row: { id, ledger: ledger.code, ...place, keyId: key.id, ...kept(ctx, id, key, standing) },
      change,
      standing,
    };
  });
  insertRecords(
    ctx,
    made.map(({ row }) => row),
  );
  insertChanges(
    ctx,
    made.map(({ change }) => change),
  );
  insertMarks(
    ctx,
    made.flatMap(({ row, standing }) => marksFor(ctx, ledger, row.id, standing.values)),
  );
  return ids;
}

/** One more telling about a record that is held; what stands then. Also one that changes nothing is told: it confirms. */
export async function tellOf(ctx: Ctx, ledger: Ledger, known: OpenRecord, telling: Telling): Promise<OpenRecord> {
  const { standing } = writeTelling(ctx, known, telling);
  if (standing !== known.standing) await saveStanding(ctx, ledger, known, standing);
  return { ...known, standing };
}

/** Kept as a change; what would stand with it is for whoever asked to save. */
export function writeTelling(
  ctx: Ctx,
  { row, key, standing: before }: OpenRecord,
  telling: Telling,
): { changeId: Id; standing: Standing } {
  const change = changeRow(ctx, { id: row.id, key }, telling);
  insertChanges(ctx, [change]);
  const rank = rankOf(telling.toldOn, telling.batch === null);
  return { changeId: change.id, standing: tell(before, { id: change.id, toldOn: rank, values: telling.values }) };
}

/** Writes what stands now, where it lies today, and by what it is found; the number of where. The area it was filed under stays. */
export async function saveStanding(
  ctx: Ctx,
  ledger: Ledger,
  { row, key, standing: before }: OpenRecord,
  standing: Standing,
): Promise<number> {
  const scopeNo = await numberOf(ctx, row, standing.values['place.grid']);
  if (scopeNo !== row.scopeNo) moveParts(ctx, row.id, scopeNo);
  saveRecord(ctx, { id: row.id, scopeNo, ...kept(ctx, row.id, key, standing) });
  const marks = marksFor(ctx, ledger, row.id, standing.values);
  const isSame = JSON.stringify(marks) === JSON.stringify(marksFor(ctx, ledger, row.id, before.values));
  if (isSame) return scopeNo;
  removeMarks(ctx, [row.id]);
  insertMarks(ctx, marks);
  return scopeNo;
}

/** Of the grid that is told; of the area it was filed under where none is. A grid that is no more has led somewhere already. */
async function numberOf(
  ctx: Ctx,
  { areaId, scopeNo }: Pick<RecordRow, 'areaId' | 'scopeNo'>,
  grid: string | undefined,
): Promise<number> {
  const atlas = await atlasOf(ctx);
  return atlas.get(grid ?? areaId)?.no ?? scopeNo;
}

function kept(ctx: Ctx, id: Id, key: DataKey, { values, setters }: Standing) {
  const { open, secret } = parted(values);
  return { open, sealed: seal(key.bytes, JSON.stringify(secret), boundToRecord(id)), setters, changedAt: ctx.now };
}

function changeRow(ctx: Ctx, { id: recordId, key }: { id: Id; key: DataKey }, telling: Telling): ChangeRow {
  const id = ctx.ids.newId();
  const { open, secret } = parted(telling.values);
  const { batch, source, toldOn } = telling;
  const told: SealedChange = { values: secret, source };
  const sealed = seal(key.bytes, JSON.stringify(told), boundToChange(id));
  const personId = batch?.personId ?? (ctx.actor.kind === 'account' ? ctx.actor.personId : null);
  return { id, recordId, batchId: batch?.id ?? null, toldOn, personId, recordedAt: ctx.now, open, sealed };
}

/** The household's number finds those who live together. */
export const householdText = ({ code }: Ledger, values: Values): string | null =>
  values['household.number'] === undefined ? null : `${code} household\n${values['household.number']}`;

function marksFor(ctx: Ctx, ledger: Ledger, recordId: Id, values: Values) {
  const alike = [
    { kind: 'household', text: householdText(ledger, values) },
    { kind: 'door', text: doorText(values) },
  ].flatMap(({ kind, text }) => (text === null ? [] : [{ kind, text }]));
  return [...knownTexts(ledger, values), ...alike].map(({ kind, text }) => ({
    ...{ recordId, kind },
    mark: markOf(ctx, text),
  }));
}
