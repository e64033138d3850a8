import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type DataKey, openDataKey, openDataKeys } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import { me } from '../accounts/index.ts';
import { atlasOf, requireArea } from '../areas/index.ts';
import { namesOf } from '../staff/index.ts';
import { isLate, isStuck, requireBatch } from './batch.commands.ts';
import { type LedgerBatch, listBatches } from './batch.queries.ts';
import { toldRows } from './batch_run.commands.ts';
import { nameOf as nameOfFile } from './batch_sealing.commands.ts';
import { written } from './canonical_value.model.ts';
import { fieldNamed, keepingOf, maskOf } from './keeping.model.ts';
import { requireRecord } from './ledger.commands.ts';
import {
  type batchDetail,
  type batchView,
  type recordLine,
  type recordView,
  residents,
  stageWords,
  UNDO_DAYS,
} from './ledger.model.ts';
import {
  changesOf,
  countRecords,
  listRecords,
  marksFound,
  type RecordRow,
  recordsMarked,
  recordsNamed,
} from './ledger.queries.ts';
import { ageOn, bornOn, isStale } from './life.model.ts';
import { householdText, markOf, openChange, openRecords } from './record.commands.ts';
import { dayOfRank, knownTexts } from './told_change.model.ts';
import { plain } from './value.model.ts';

type Line = z.input<typeof recordLine>;

export async function ledgerPage(
  ctx: Ctx,
  { areaId, after, most }: { areaId: Id; after: Id | null; most: number },
): Promise<{ total: number; rows: Line[]; next: Id | null }> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  const span = { no, lastNo };
  const rows = await listRecords(ctx, { ledger: residents.code, span, after, most });
  const total = await countRecords(ctx, residents.code, span);
  const next = rows.length === most ? (rows.at(-1)?.id ?? null) : null;
  return { total, rows: await linesOf(ctx, rows), next };
}

/** Whoever has exactly this number, telephone or name; what is looked for is written nowhere. */
export async function findRecords(ctx: Ctx, words: string): Promise<{ rows: Line[] }> {
  const sought = residents.soughtBy.flatMap((field) => {
    const value = field === 'person.name' ? written(words) : plain(words).toUpperCase();
    return knownTexts(residents, { [field]: value }).map(({ text }) => markOf(ctx, text));
  });
  const ids = (await marksFound(ctx, sought)).map(({ recordId }) => recordId);
  return { rows: await linesOf(ctx, await recordsNamed(ctx, [...new Set(ids)].slice(0, MOST_FOUND))) };
}

const MOST_FOUND = 50;

async function linesOf(ctx: Ctx, rows: readonly RecordRow[]): Promise<Line[]> {
  const [open, atlas, day] = await Promise.all([openRecords(ctx, rows), atlasOf(ctx), today(ctx)]);
  return rows.flatMap((row) => {
    const values = open.get(row.id)?.standing.values;
    if (!values) return [];
    const born = bornOn(values);
    const shown = (code: string): string | null => (values[code] === undefined ? null : maskOf(code, values[code]));
    return [
      {
        ...{ id: row.id, name: values['person.name'] ?? null, sex: values['person.sex'] ?? null, bornOn: born },
        ...{ age: ageOn(born, day), idNumber: shown('person.id_number'), phone: shown('person.phone') },
        ...{
          home: homeOf(values),
          area: (atlas.numbered(row.scopeNo) ?? atlas.get(row.areaId))?.name ?? '',
          changedAt: row.changedAt,
        },
      },
    ];
  });
}

type Values = Readonly<Record<string, string>>;

function homeOf(values: Values): string {
  const parts = ['place.compound', 'place.group', 'place.building', 'place.entrance', 'place.door'];
  const place = parts.flatMap((code) => values[code] ?? []).join(' ');
  return place === '' ? (values['person.lives_at'] ?? '') : place;
}

export async function recordDetail(ctx: Ctx, id: Id): Promise<z.input<typeof recordView>> {
  const known = await requireRecord(ctx, id);
  const { row, standing } = known;
  const changes = await changesOf(ctx, [id]);
  const names = await namesOf(
    ctx,
    changes.flatMap(({ personId }) => personId ?? []),
  );
  const [atlas, day] = await Promise.all([atlasOf(ctx), today(ctx)]);
  const hereId = atlas.numbered(row.scopeNo)?.id ?? row.areaId;
  const told = changes.map((change) => {
    const { values, source } = openChange(known, change);
    return { change, values, source, by: change.personId === null ? null : (names.get(change.personId) ?? null) };
  });
  const facts = Object.entries(standing.values).flatMap(([field, value]) => {
    const setter = standing.setters.find(({ fields }) => fields.includes(field));
    const from = told.find(({ change }) => change.id === setter?.change);
    if (!from || !setter) return [];
    const isMasked = keepingOf(field).secrecy === 'masked';
    const shown =
      field === 'place.grid'
        ? (atlas.get(value)?.name ?? atlas.get(hereId)?.name ?? '')
        : isMasked
          ? maskOf(field, value)
          : value;
    const about = {
      toldOn: dayOfRank(setter.on),
      setBy: from.by,
      setAt: from.change.recordedAt,
      source: from.source,
      isStale: isStale(field, setter.on, day),
    };
    return [{ field, name: nameOf(field), value: shown, isMasked, ...about }];
  });
  return {
    ...{
      id,
      ledger: row.ledger,
      areaId: row.areaId,
      area: atlas.path(atlas.numbered(row.scopeNo)?.id ?? row.areaId).join(' / '),
    },
    facts: facts.sort((one, other) => orderOf(one.field) - orderOf(other.field)),
    history: told.toReversed().map(({ change, values, by, source }) => ({
      ...{ at: change.recordedAt, setBy: by, source },
      fields: Object.keys(values)
        .sort((one, other) => orderOf(one) - orderOf(other))
        .map(nameOf),
    })),
    household: await householdOf(ctx, known.row, standing.values),
  };
}

const nameOf = (code: string) => fieldNamed(code)?.name ?? { zh: code, en: code };
const orderOf = (code: string): number => residents.fields.indexOf(code) + 1 || residents.fields.length + 1;

const MOST_MEMBERS = 30;

/** Numbers of households are a community's own: the next one has a number 1 as well. */
async function householdOf(ctx: Ctx, { id, areaId, scopeNo }: RecordRow, values: Values) {
  const text = householdText(residents, values);
  const atlas = await atlasOf(ctx);
  const here = atlas.numbered(scopeNo) ?? atlas.get(areaId);
  if (text === null || !here) return [];
  const community = atlas.upwards(here.id).find(({ level }) => level === 'community') ?? here;
  const found = await recordsMarked(ctx, markOf(ctx, text), community, MOST_MEMBERS);
  const rows = found.filter((row) => row.id !== id);
  const open = await openRecords(ctx, rows);
  return rows.map((row) => {
    const member = open.get(row.id)?.standing.values;
    return { id: row.id, name: member?.['person.name'] ?? null, relation: member?.['household.relation'] ?? null };
  });
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
  const { id, ledger, areaId, stage, sentAt, takenAt, toldOn } = batch;
  const { kept = 0, ...counts } = batch.counts;
  const rows = batch.tables.reduce((sum, table) => sum + (table.isTaken ? table.rows : 0), 0);
  return {
    ...{ id, ledger, areaId, area: atlas.get(areaId)?.name ?? '', stage, fileName: key && nameOfFile(batch, key) },
    ...{
      sentBy: names.get(batch.personId) ?? '',
      isMine: me(ctx).personId === batch.personId,
      sentAt,
      takenAt,
      toldOn,
      rows,
      counts,
      kept,
    },
  };
}

const MOST_TOLD = 500;

export async function readBatch(ctx: Ctx, id: Id, after: number): Promise<z.input<typeof batchDetail>> {
  const batch = await requireBatch(ctx, id);
  const atlas = await atlasOf(ctx);
  const rows = await toldRows(ctx, batch, after, MOST_TOLD + 1);
  return {
    ...(await batchLine(ctx, batch, await openDataKey(ctx, batch.keyId))),
    tables: batch.tables.map(({ sheet, range, rows: n, isTaken, columns }) => ({
      ...{ sheet, range, rows: n, isTaken },
      columns: [...columns],
    })),
    told: rows.slice(0, MOST_TOLD).map(({ n, where, name, verdict, faults, changes }) => ({
      ...{ n, where, name, verdict, faults: [...faults] },
      changes: changes.map(({ field, from, to, taken }) => {
        const said = (value: string): string =>
          field === 'place.grid'
            ? (atlas.get(value)?.name ?? '')
            : keepingOf(field).secrecy === 'masked'
              ? maskOf(field, value)
              : value;
        return { field, name: nameOf(field), from: from === null ? null : said(from), to: said(to), taken };
      }),
    })),
    toldMore: rows.length > MOST_TOLD,
    can: cansOf(ctx, batch),
  };
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
    drop: stage === 'looking' && stuck ? null : atLook,
    undo:
      stage !== 'taken' && !(stage === 'taking' && stuck)
        ? now
        : isLate(ctx, batch)
          ? { zh: `入账超过 ${UNDO_DAYS} 天`, en: `taken in over ${UNDO_DAYS} days ago` }
          : null,
  };
  return (['take', 'map', 'drop', 'undo'] as const).map((act) => ({ act, allowed: why[act] === null, why: why[act] }));
}
