import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type DataKey, openDataKey, openDataKeys } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import { me } from '../accounts/index.ts';
import { atlasOf, requireArea } from '../areas/index.ts';
import { namesOf } from '../staff/index.ts';
import { betterFor, isLate, isStuck, ledgerOf, requireBatch } from './batches/batch.commands.ts';
import { type LedgerBatch, listBatches } from './batches/batch.queries.ts';
import { freshRows, toldRows } from './batches/batch_run.commands.ts';
import { nameOfFile, withSheets } from './batches/batch_sealing.commands.ts';
import type { Values } from './batches/candidate.model.ts';
import { factOf, isSameDoor } from './batches/door.model.ts';
import { dayOfRank, knownTexts } from './batches/told_change.model.ts';
import { appearsIn, freshIn, nameIn } from './fields/added_fields.model.ts';
import { canonicalOf } from './fields/canonical_value.model.ts';
import { fieldNamed, keepingOf, maskOf } from './fields/keeping.model.ts';
import { doorOf, householdOf } from './households/household.views.ts';
import { requireRecord } from './ledger.commands.ts';
import {
  type AnyLedgerCode,
  type batchDetail,
  type batchView,
  enterableIn,
  type Ledger,
  stageWords,
  UNDO_DAYS,
} from './ledger.model.ts';
import { countRecords, listRecords, marksFound, type RecordRow, recordsNamed } from './ledger.queries.ts';
import { calledIn, ledgerNamed, ownSaidOf } from './ledgers.model.ts';
import { ageOn, bornOn, isStale } from './life.model.ts';
import { mergesInto } from './merging/merge.queries.ts';
import { ledgerAt, spanAt } from './own/own_field.commands.ts';
import { addedOf } from './own/own_field.model.ts';
import { namedLedger } from './own/own_ledger.commands.ts';
import { markOf, openRecords, tellingsOf } from './record.commands.ts';
import type { recordLine, recordView } from './record.model.ts';

type Line = z.input<typeof recordLine>;

export async function ledgerPage(
  ctx: Ctx,
  { ledger, areaId, after, most }: { ledger: AnyLedgerCode; areaId: Id; after: Id | null; most: number },
): Promise<{ total: number; rows: Line[]; next: Id | null }> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  const span = { no, lastNo };
  const rows = await listRecords(ctx, { ledger, span, after, most });
  const total = await countRecords(ctx, ledger, span);
  const next = rows.length === most ? (rows.at(-1)?.id ?? null) : null;
  return { total, rows: await linesOf(ctx, rows, await ledgerAt(ctx, ledger, span)), next };
}

/** Whatever has exactly this number, telephone or name; what is looked for is written nowhere. */
export async function findRecords(ctx: Ctx, code: AnyLedgerCode, words: string): Promise<{ rows: Line[] }> {
  const ledger = ledgerNamed(code);
  const sought = ledger.soughtBy.flatMap((wanted) => {
    if (wanted === 'door.short')
      return knownTexts(ledger, { 'place.door': words }).map(({ text }) => markOf(ctx, text));
    const field = fieldNamed(wanted);
    // As the ledger keeps it, however it is written here.
    const read = field && canonicalOf(field, { text: words, kind: 'text' });
    if (!read || 'fault' in read) return [];
    return knownTexts(ledger, { [wanted]: read.value }).map(({ text }) => markOf(ctx, text));
  });
  const found = await marksFound(ctx, sought);
  const rows = await recordsNamed(ctx, [...new Set(found.map(({ recordId }) => recordId))].slice(0, MOST_LIKE));
  const open = await openRecords(ctx, rows);
  // The mark of a door knows its building and number; which entrance and compound is compared here.
  const isMeant = ({ id }: RecordRow): boolean =>
    found.some(({ recordId, kind }) => recordId === id && !kind.startsWith('door.')) ||
    isSameDoor({ 'place.door': words }, open.get(id)?.standing.values ?? {});
  return { rows: await linesOf(ctx, rows.filter(isMeant).slice(0, MOST_FOUND)) };
}

const MOST_FOUND = 50;
const MOST_LIKE = 300;

/** With the columns of `as`, where one ledger is listed; else those that its records have everywhere. */
export async function linesOf(ctx: Ctx, rows: readonly RecordRow[], as?: Ledger): Promise<Line[]> {
  const [open, atlas, day] = await Promise.all([openRecords(ctx, rows), atlasOf(ctx), today(ctx)]);
  return rows.flatMap((row) => {
    const values = open.get(row.id)?.standing.values;
    if (!values) return [];
    const born = bornOn(values);
    const ledger = as ?? ledgerNamed(row.ledger);
    const shown = (code: string): string | null => (values[code] === undefined ? null : maskOf(code, values[code]));
    return [
      {
        ...{ id: row.id, ledger: ledger.code, name: calledIn(ledger, values) || null },
        ...{ values: listedOf(ledger, values, ageOn(born, day)), sex: values['person.sex'] ?? null, bornOn: born },
        ...{ age: ageOn(born, day), idNumber: shown('person.id_number'), phone: shown('person.phone') },
        ...{
          home: factOf(values, 'place.home'),
          area: atlas.areaOf(row)?.name ?? '',
          changedAt: row.changedAt,
        },
      },
    ];
  });
}

/** What the list of a ledger shows, by field; numbers are covered. */
function listedOf({ listed }: Ledger, values: Values, age: number | null): Record<string, string> {
  const said = listed.map((code) => {
    const value = code === 'person.age' ? (age ?? '').toString() : factOf(values, code);
    return [code, keepingOf(code).secrecy === 'masked' ? maskOf(code, value) : value] as const;
  });
  return Object.fromEntries(said.filter(([, value]) => value !== ''));
}

const isMasked = (field: string): boolean => keepingOf(field).secrecy === 'masked';

export async function recordDetail(ctx: Ctx, id: Id): Promise<z.input<typeof recordView>> {
  const known = await requireRecord(ctx, id);
  const { row, standing } = known;
  const ledger = await ledgerAt(ctx, row.ledger, spanAt(row.scopeNo));
  const order = enterableIn(ledger);
  const orderOf = (code: string): number => (order.includes(code) ? order.indexOf(code) : order.length);
  const tellings = (await tellingsOf(ctx, [known])).get(row.id) ?? [];
  const merges = await mergesInto(ctx, row.id);
  const names = await namesOf(ctx, [
    ...tellings.flatMap(({ change }) => change.personId ?? []),
    ...merges.map(({ personId }) => personId),
  ]);
  const [atlas, day] = await Promise.all([atlasOf(ctx), today(ctx)]);
  const hereId = atlas.numbered(row.scopeNo)?.id ?? row.areaId;
  const told = tellings.map((telling) => {
    const { personId } = telling.change;
    return { ...telling, by: personId === null ? null : (names.get(personId) ?? null) };
  });
  const parts = await openRecords(
    ctx,
    await recordsNamed(
      ctx,
      merges.map(({ goneId }) => goneId),
    ),
  );
  const shown = (field: string, value: string): string => {
    if (field === 'place.grid' && value !== '') return atlas.get(value)?.name ?? atlas.get(hereId)?.name ?? '';
    return isMasked(field) ? maskOf(field, value) : value;
  };
  const facts = Object.entries(standing.values).flatMap(([field, value]) => {
    const setter = standing.setters.find(({ fields }) => fields.includes(field));
    const from = told.find(({ change }) => change.id === setter?.change);
    if (!from || !setter || !appearsIn(ledger, field)) return [];
    const about = {
      toldOn: dayOfRank(setter.on),
      setBy: from.by,
      setAt: from.change.recordedAt,
      source: from.source,
      isStale: isStale(field, setter.on, day, freshIn(ledger, field)),
    };
    return [{ field, name: nameIn(ledger, field), value: shown(field, value), isMasked: isMasked(field), ...about }];
  });
  return {
    ...{
      id: row.id,
      ledger: ledger.code,
      own: ownSaidOf(ledger),
      changedAt: row.changedAt,
      name: calledIn(ledger, standing.values),
      areaId: row.areaId,
      area: atlas.path(atlas.numbered(row.scopeNo)?.id ?? row.areaId).join(' / '),
    },
    facts: facts.sort((one, other) => orderOf(one.field) - orderOf(other.field)),
    history: told.toReversed().map(({ change, values, by, source }) => ({
      ...{ at: change.recordedAt, setBy: by, source },
      fields: Object.entries(values)
        .filter(([field]) => appearsIn(ledger, field))
        .sort(([one], [other]) => orderOf(one) - orderOf(other))
        .map(([field, value]) => ({ field, name: nameIn(ledger, field), value: shown(field, value) })),
    })),
    merges: merges.map(({ id: mergeId, goneId, personId, mergedAt }) => ({
      ...{ mergeId, goneId, at: mergedAt, by: names.get(personId) ?? null },
      name: calledIn(ledger, parts.get(goneId)?.standing.values ?? {}),
    })),
    added: addedOf(ledger),
    household: await householdOf(ctx, row, standing.values),
    door: await doorOf(ctx, row, standing.values),
  };
}

export async function batchList(ctx: Ctx): Promise<z.input<typeof batchView>[]> {
  const batches = await listBatches(ctx, MOST_BATCHES);
  const keys = await openDataKeys(
    ctx,
    batches.map(({ keyId }) => keyId),
  );
  return Promise.all(batches.map((batch) => batchLine(ctx, batch, keys.get(batch.keyId) ?? null)));
}

const MOST_BATCHES = 50;

async function batchLine(ctx: Ctx, batch: LedgerBatch, key: DataKey | null): Promise<z.input<typeof batchView>> {
  const [atlas, names] = await Promise.all([atlasOf(ctx), namesOf(ctx, [batch.personId])]);
  const ledger = await namedLedger(ctx, batch.ledger);
  const { id, areaId, stage, sentAt, takenAt, toldOn } = batch;
  const { kept = 0, cells = 0, ...counts } = batch.counts;
  const rows = batch.tables.reduce((sum, table) => sum + (table.isTaken ? table.rows : 0), 0);
  return {
    ...{
      id,
      ledger: ledger.code,
      own: ownSaidOf(ledger),
      areaId,
      area: atlas.get(areaId)?.name ?? '',
      stage,
      fileName: key && nameOfFile(batch, key),
    },
    ...{
      sentBy: names.get(batch.personId) ?? '',
      isMine: me(ctx).personId === batch.personId,
      sentAt,
      takenAt,
      toldOn,
      rows,
      counts,
      wrongCells: cells,
      kept,
    },
  };
}

const MOST_TOLD = 500;

export async function readBatch(
  ctx: Ctx,
  id: Id,
  { after, fresh }: { after: number; fresh?: number | undefined },
): Promise<z.input<typeof batchDetail>> {
  const kept = await requireBatch(ctx, id);
  const [atlas, key] = [await atlasOf(ctx), await openDataKey(ctx, kept.keyId)];
  const batch = key ? withSheets(kept, key) : kept;
  const ledger = await ledgerOf(ctx, kept, kept.ledger);
  const rows = await toldRows(ctx, batch, after, MOST_TOLD + 1);
  return {
    ...(await batchLine(ctx, batch, key)),
    added: addedOf(ledger),
    better: betterFor(batch)?.code ?? null,
    tables: batch.tables.map(({ sheet, range, rows: n, isTaken, columns }) => ({
      ...{ sheet, range, rows: n, isTaken },
      columns: columns.map(({ column, path, field, by }) => ({ column, path, field, by })),
    })),
    fresh: fresh === undefined ? null : await freshOf(ctx, batch, fresh),
    told: rows.slice(0, MOST_TOLD).map(({ n, where, name, verdict, faults, changes }) => ({
      ...{ n, where, name, verdict, faults: [...faults] },
      changes: changes.map(({ field, from, to, taken }) => {
        const said = (value: string): string =>
          field === 'place.grid'
            ? (atlas.get(value)?.name ?? '')
            : keepingOf(field).secrecy === 'masked'
              ? maskOf(field, value)
              : value;
        return { field, name: nameIn(ledger, field), from: from === null ? null : said(from), to: said(to), taken };
      }),
    })),
    toldMore: rows.length > MOST_TOLD,
    can: cansOf(ctx, batch),
  };
}

async function freshOf(ctx: Ctx, batch: LedgerBatch, from: number) {
  const { rows, next } = await freshRows(ctx, batch, from);
  return { rows: [...rows], next };
}

function cansOf(ctx: Ctx, batch: LedgerBatch): z.input<typeof batchDetail>['can'] {
  const { stage, counts } = batch;
  const now = { zh: stageWords[stage].zh, en: stageWords[stage].en };
  const atLook = stage === 'looked' ? null : now;
  const stuck = isStuck(ctx, batch);
  const isEmpty = (counts.new ?? 0) + (counts.changed ?? 0) + (counts.same ?? 0) === 0;
  const why = {
    take: atLook ?? (isEmpty ? { zh: '没有可以入账的行', en: 'no row to be taken in' } : null),
    map: atLook,
    turn: atLook,
    drop: stage === 'looking' && stuck ? null : atLook,
    undo:
      stage !== 'taken' && !(stage === 'taking' && stuck)
        ? now
        : isLate(ctx, batch)
          ? { zh: `入账超过 ${UNDO_DAYS} 天`, en: `taken in over ${UNDO_DAYS} days ago` }
          : null,
  };
  return (['take', 'map', 'turn', 'drop', 'undo'] as const).map((act) => ({
    act,
    allowed: why[act] === null,
    why: why[act],
  }));
}
