import type { z } from 'zod';
import { type Ctx, holdsPost } from '../../../kernel/context.ts';
import { destroyDataKey, type ForgetAgain } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { atlasOf } from '../areas/index.ts';
import { disagreements, type Values, yetToCome } from './batches/candidate.model.ts';
import { knownTexts } from './batches/told_change.model.ts';
import { appearsIn, fieldIn } from './fields/added_fields.model.ts';
import { canonicalOf, isYetToCome } from './fields/canonical_value.model.ts';
import { keepingOf, nameOf } from './fields/keeping.model.ts';
import { isOwn } from './fields/own_code.model.ts';
import {
  enterableIn,
  type factsForm,
  type Ledger,
  ledgerKeepers,
  ledgerProblems,
  ledgerReaders,
} from './ledger.model.ts';
import {
  findRecord,
  holdRecords,
  holdStanding,
  lockLedger,
  marksFound,
  partsOf,
  removeRecords,
  removeVerdictsOn,
} from './ledger.queries.ts';
import { ledgerAt, spanAt } from './own/own_field.commands.ts';
import { lockFields } from './own/own_field.queries.ts';
import { markOf, type OpenRecord, openRecords, tellOf } from './record.commands.ts';

/** Within the viewer's areas, with its key. */
export async function requireRecord(ctx: Ctx, id: Id): Promise<OpenRecord> {
  const row = await findRecord(ctx, id);
  const open = row && (await openRecords(ctx, [row])).get(row.id);
  if (!open) throw new Problem(ledgerProblems['ledger.not_found']);
  return open;
}

/** Nobody else tells of it, or merges it, until this is done. */
async function holdKnown(ctx: Ctx, id: Id): Promise<OpenRecord> {
  const row = await holdStanding(ctx, id);
  const known = row && (await openRecords(ctx, [row])).get(row.id);
  if (!known) throw new Problem(ledgerProblems['ledger.not_found']);
  return known;
}

/** Somebody who knows enters what is so today, and what is still so. */
export async function enterFacts(
  ctx: Ctx,
  id: Id,
  { values: given, confirmed = [] }: z.output<typeof factsForm>,
): Promise<{ recordId: Id; fields: number }> {
  await requireRecord(ctx, id);
  // Two who enter one number for two people come one after the other, and so does a file that is taken in.
  if (given['person.id_number']?.trim()) await lockLedger(ctx, 'residents');
  const known = await holdKnown(ctx, id);
  const day = await today(ctx);
  if ([...Object.keys(given), ...confirmed].some(isOwn)) await lockFields(ctx, known.row.ledger, 'use');
  const ledger = await ledgerAt(ctx, known.row.ledger, spanAt(known.row.scopeNo));
  const values = canonicalValues(ledger, given, day);
  await requireOwnGrid(ctx, values['place.grid']);
  const standing = known.standing.values;
  const changed = Object.fromEntries(
    Object.entries(values).filter(([field, value]) => (standing[field] ?? '') !== value),
  );
  const faults = [...againstId(standing, changed), ...(await heldByAnother(ctx, ledger, known.row.id, changed))];
  const unknown = confirmed.filter(
    (field) => standing[field] === undefined || (isOwn(field) && !ledger.fields.includes(field)),
  );
  faults.push(...unknown.map((field) => ({ path: `values.${field}`, says: nothingToConfirm })));
  if (faults.length > 0) throw new Problem(ledgerProblems['ledger.wrong_value'], {}, faults);
  const still = confirmed.filter((field) => changed[field] === undefined);
  const fields = Object.keys(changed);
  if (fields.length + still.length === 0) return { recordId: known.row.id, fields: 0 };
  const told = { ...Object.fromEntries(still.map((field) => [field, standing[field] ?? ''])), ...changed };
  await tellOf(ctx, ledger, known, { values: told, toldOn: day, batch: null, source: null });
  noted(ctx, known, 'ledger.facts_entered', { fields, ...(still.length > 0 && { confirmed: still }) });
  return { recordId: known.row.id, fields: Object.keys(told).length };
}

/** As in a file; but what did not agree before keeps nobody from putting something else right. */
function againstId(standing: Values, changed: Values): FieldFault[] {
  const after = Object.fromEntries(Object.entries({ ...standing, ...changed }).filter(([, value]) => value !== ''));
  return disagreements(after).flatMap(({ field, says }) => {
    if (changed[field] !== undefined) return [{ path: `values.${field}`, says }];
    if (changed['person.id_number'] === undefined) return [];
    const { zh, en } = nameOf(field);
    const other = { zh: `号码里的${zh}与登记的不同`, en: `tells otherwise than what is registered: ${en}` };
    return [{ path: 'values.person.id_number', says: other }];
  });
}

/** Who and where is not said: it may be in a ledger that whoever asks does not read. */
async function heldByAnother(ctx: Ctx, ledger: Ledger, id: Id, changed: Values): Promise<FieldFault[]> {
  const number = changed['person.id_number'];
  if (number === undefined || number === '') return [];
  const marks = knownTexts(ledger, { 'person.id_number': number }).map(({ text }) => markOf(ctx, text));
  const others = (await marksFound(ctx, marks)).filter(({ recordId }) => recordId !== id);
  return others.length === 0 ? [] : [{ path: 'values.person.id_number', says: anothers }];
}

export function canonicalValues(
  ledger: Ledger,
  given: Readonly<Record<string, string>>,
  day: string,
): Record<string, string> {
  const enterable = enterableIn(ledger);
  const faults: FieldFault[] = [];
  const values: Record<string, string> = {};
  for (const [code, text] of Object.entries(given)) {
    const field = enterable.includes(code) ? fieldIn(ledger, code) : undefined;
    const isNeeded = ledger.required.includes(code);
    if (!field) faults.push({ path: `values.${code}`, says: isOwn(code) ? notAsked : notOurs });
    else if (text.trim() === '' && isNeeded) faults.push({ path: `values.${code}`, says: needed });
    else if (text.trim() === '') values[code] = '';
    else {
      const read = canonicalOf(field, { text, kind: 'text' });
      if ('fault' in read) faults.push({ path: `values.${code}`, says: read.fault });
      else if (isYetToCome(field, read.value, day)) faults.push({ path: `values.${code}`, says: yetToCome });
      else values[code] = read.value;
    }
  }
  if (faults.length > 0) throw new Problem(ledgerProblems['ledger.wrong_value'], {}, faults);
  return values;
}

/** A grid is told by its id, and is one that the viewer reads: nobody moves a record out of their own sight by a slip. */
export async function requireOwnGrid(ctx: Ctx, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const area = (await atlasOf(ctx)).get(id);
  const isOwn = area && holdsPost(ctx, ledgerReaders, area.no);
  if (isOwn && ['grid', 'micro_grid'].includes(area.level)) return;
  throw new Problem(ledgerProblems['ledger.wrong_value'], {}, [{ path: 'values.place.grid', says: noGrid }]);
}

const anothers = {
  zh: '已登记在另一个人名下，请核对每一位',
  en: 'is registered for somebody else; compare every digit',
};
const nothingToConfirm = { zh: '台账里没有这一项，不能确认', en: 'nothing is known of it that could be confirmed' };
const noGrid = { zh: '不是您负责的网格', en: 'is no grid of yours' };
const notOurs = { zh: '台账里没有这个字段', en: 'the ledger has no such field' };
const notAsked = {
  zh: '这个自建字段停用了，或不是这个地方的，不能再填',
  en: 'this own field was retired, or is not asked here; nothing more may be entered',
};
export const needed = { zh: '不能空着', en: 'must not be empty' };

/** Shows what is covered; who looked, at what and why stays in the journal. */
export async function disclose(ctx: Ctx, id: Id, reason: string): Promise<{ recordId: Id }> {
  const known = await requireRecord(ctx, id);
  const fields = coveredIn(known, await ledgerAt(ctx, known.row.ledger, spanAt(known.row.scopeNo)));
  if (fields.length === 0) throw new Problem(ledgerProblems['ledger.nothing_masked']);
  record(ctx, {
    ...{ kind: 'ledger.disclosed', about: subjectOf(known), body: { fields } },
    secret: { key: known.key, value: { reason } },
  });
  return { recordId: id };
}

export async function covered(ctx: Ctx, id: Id): Promise<{ values: { field: string; value: string }[] }> {
  const known = await requireRecord(ctx, id);
  const fields = coveredIn(known, await ledgerAt(ctx, known.row.ledger, spanAt(known.row.scopeNo)));
  return { values: fields.map((field) => ({ field, value: known.standing.values[field] ?? '' })) };
}

export const coveredIn = ({ standing }: OpenRecord, ledger: Ledger): string[] =>
  Object.keys(standing.values).filter((code) => keepingOf(code).secrecy === 'masked' && appearsIn(ledger, code));

/**
 * The person asked, or the law asks. Why is kept in the journal, sealed under the key that goes with the record. What was merged
 * into it tells of the same person, and goes with it.
 */
export async function askForget(ctx: Ctx, id: Id, reason: string): Promise<{ recordId: Id }> {
  const known = await requireRecord(ctx, id);
  if (!holdsPost(ctx, ledgerKeepers, known.row.scopeNo)) throw new Problem(ledgerProblems['ledger.not_here']);
  const parts = await openRecords(ctx, await partsOf(ctx, [known.row.id]));
  for (const one of [known, ...parts.values()]) {
    const secret = { key: one.key, value: { reason } };
    record(ctx, { kind: 'ledger.forget_asked', about: subjectOf(one), body: {}, secret });
  }
  return { recordId: known.row.id };
}

/** Nothing of the record is left but that there was one. */
export async function forgetRecord(ctx: Ctx, id: Id): Promise<void> {
  const [row] = await holdRecords(ctx, [id]);
  if (!row) return;
  await destroyDataKey(ctx, row.keyId, 'asked');
  removeVerdictsOn(ctx, id);
  await removeRecords(ctx, [id]);
}

/** A restored backup brought it back. */
export const forgetRecordAgain: ForgetAgain = async (ctx, { kind, id }) => {
  if (kind !== 'ledger_record') return;
  removeVerdictsOn(ctx, id);
  await removeRecords(ctx, [id]);
};

export const subjectOf = ({ row }: OpenRecord) => ({
  ...{ kind: 'ledger_record', id: row.id, scopeNo: row.scopeNo, confidential: false },
});

function noted(ctx: Ctx, known: OpenRecord, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: subjectOf(known), body });
}
