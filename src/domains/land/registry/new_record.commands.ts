import type { z } from 'zod';
import { type Ctx, holdsPost } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { type Area, atlasOf, requireArea } from '../areas/index.ts';
import { disagreements, type Values } from './batches/candidate.model.ts';
import { isUncontested, knownTexts, mayBe } from './batches/told_change.model.ts';
import { canonicalValues, needed, requireOwnGrid } from './ledger.commands.ts';
import { type Known, type Ledger, ledgerProblems, ledgerReaders, type newRecordForm } from './ledger.model.ts';
import { lockLedger, marksFound, recordsNamed } from './ledger.queries.ts';
import { ledgerAt } from './own/own_field.commands.ts';
import { lockFields } from './own/own_field.queries.ts';
import { requireKept } from './own/own_ledger.commands.ts';
import { createRecords, markOf, openRecords } from './record.commands.ts';

/**
 * Somebody new, entered by hand: by the rules by which a row of a file is judged. Who may be there already is not written
 * twice. Refused by `ledger.not_here`, `ledger.wrong_value`, `ledger.there_already`.
 */
export async function addRecord(
  ctx: Ctx,
  { areaId, ledger: code, values: given }: z.output<typeof newRecordForm>,
): Promise<{ recordId: Id }> {
  const area = await requireArea(ctx, areaId);
  if (!holdsPost(ctx, ledgerReaders, area.no, area.lastNo)) throw new Problem(ledgerProblems['ledger.not_here']);
  await requireKept(ctx, code, area);
  await lockLedger(ctx, code);
  await lockFields(ctx, code, 'use');
  const ledger = await ledgerAt(ctx, code, area);
  const day = await today(ctx);
  // What is entered for a grid lies in it, as a row that names it.
  const inGrid = ['grid', 'micro_grid'].includes(area.level) ? { 'place.grid': area.id } : {};
  const values = { ...inGrid, ...told(canonicalValues(ledger, given, day)) };
  const faults = [...missingIn(ledger, values), ...disagreements(values).map(besideField)];
  if (faults.length > 0) throw new Problem(ledgerProblems['ledger.wrong_value'], {}, faults);
  await requireOwnGrid(ctx, values['place.grid']);
  await requireNobody(ctx, ledger, await communityOf(ctx, area), values);
  const telling = { values, areaId: values['place.grid'] ?? area.id, toldOn: day, batch: null, source: null };
  const [id = ''] = await createRecords(ctx, ledger, [telling]);
  const scopeNo = (await atlasOf(ctx)).get(telling.areaId)?.no ?? area.no;
  const about = { kind: 'ledger_record', id, scopeNo, confidential: false };
  record(ctx, { kind: 'ledger.record_added', about, body: { ledger: code, fields: Object.keys(values) } });
  return { recordId: id };
}

const told = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

const besideField = ({ field, says }: ReturnType<typeof disagreements>[number]): FieldFault => ({
  path: `values.${field}`,
  says,
});

const missingIn = ({ required }: Ledger, values: Values): FieldFault[] =>
  required.flatMap((code) => (values[code] === undefined ? [{ path: `values.${code}`, says: needed }] : []));

/** Where people of one name and birthday are one person: the community, as of a file. */
async function communityOf(ctx: Ctx, area: Area): Promise<Area> {
  const { areas } = await atlasOf(ctx);
  return areas.find((one) => one.level === 'community' && one.no <= area.no && area.lastNo <= one.lastNo) ?? area;
}

/** Whether it is there already, by any of what one record of the ledger is known from another. */
async function requireNobody(ctx: Ctx, ledger: Ledger, near: Area, values: Values): Promise<void> {
  const marks = new Map(knownTexts(ledger, values).map(({ kind, text }) => [kind, markOf(ctx, text)] as const));
  const found = await marksFound(ctx, [...marks.values()]);
  const open = await openRecords(ctx, await recordsNamed(ctx, [...new Set(found.map(({ recordId }) => recordId))]));
  const isIt = ({ fields, isLocal, apartBy = [] }: Known): boolean => {
    const bears = found.filter(({ kind }) => kind === fields.join('+'));
    // Of a number that is one person's own it does not matter whether the viewer reads where.
    if (!isLocal) return bears.length > 0;
    return bears.some(({ recordId }) => {
      const { row, standing } = open.get(recordId) ?? {};
      if (!row || !standing || row.scopeNo < near.no || row.scopeNo > near.lastNo) return false;
      return mayBe(ledger, standing.values, values) && isUncontested(apartBy, standing.values, values);
    });
  };
  const by = ledger.knownBy.find(isIt);
  if (by) throw new Problem(ledgerProblems['ledger.there_already'], {}, by.fields.flatMap(faultOf(values)));
}

const faultOf =
  (values: Values) =>
  (code: string): FieldFault[] =>
    values[code] === undefined ? [] : [{ path: `values.${code}`, says: isThere }];

const isThere = { zh: '台账里已经有一条这样的', en: 'is registered already' };
