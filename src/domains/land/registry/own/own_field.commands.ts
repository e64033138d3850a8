import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type EntryBody, record } from '../../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../../kernel/problem.ts';
import { me } from '../../accounts/index.ts';
import { atlasOf, requireArea } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import { bareName } from '../batches/columns.model.ts';
import { ledgerWith } from '../fields/added_fields.model.ts';
import type { AddedField } from '../fields/field.model.ts';
import { nameOf } from '../fields/keeping.model.ts';
import { holdsIn, keepsAll } from '../holding.queries.ts';
import type { AnyLedgerCode, CommonLedger, Ledger, LedgerCode } from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import { ledgerNamed } from '../ledgers.model.ts';
import {
  addedApart,
  addedFrom,
  type GivenChange,
  type GivenField,
  isCalled,
  MOST_OWN,
  ownFaults,
  ownFieldProblems,
  secrecyOf,
  takenIn,
  takenWords,
} from './own_field.model.ts';
import {
  fieldsTouching,
  findField,
  insertField,
  lockFields,
  type OwnFieldRow,
  retire,
  saveField,
} from './own_field.queries.ts';
import { namedLedger, requireKept } from './own_ledger.commands.ts';

type OfField = { fieldId: Id };

/** A ledger as it is kept at a place: its own fields, and those that were added there or above. One question more. */
export async function ledgerAt(ctx: Ctx, code: LedgerCode, span: Span): Promise<CommonLedger>;
export async function ledgerAt(ctx: Ctx, code: string, span: Span): Promise<Ledger>;
export async function ledgerAt(ctx: Ctx, code: string, span: Span): Promise<Ledger> {
  const ledger = await namedLedger(ctx, code);
  const touching = await fieldsTouching(ctx, ledger.code, span);
  const here = touching.filter((one) => holdsIn(one, span));
  const atlas = await atlasOf(ctx);
  const named = here.map((one) => ({ ...one, area: atlas.numbered(one.scopeNo)?.name ?? '' }));
  return ledgerWith(ledger, addedApart(named));
}

/** A field that holds somewhere in an area, with the numbers where it does. */
export interface Asking extends Span {
  readonly field: AddedField;
  /** As a column is headed: whose it is, where it is not the whole area's, and that it is not asked any more. */
  readonly label: string;
  /** Which area asks it, and who added it. */
  readonly area: string;
  readonly addedBy: string;
}

/** All that is or was asked anywhere in an area: for those who take its ledger out. */
export async function askedWithin(ctx: Ctx, code: string, span: Span): Promise<Asking[]> {
  const [touching, atlas] = [await fieldsTouching(ctx, ledgerNamed(code).code, span), await atlasOf(ctx)];
  const names = await namesOf(
    ctx,
    touching.map(({ personId }) => personId),
  );
  return touching.map((row) => {
    const area = atlas.areaOf(row)?.name ?? '';
    const whose = holdsIn(row, span) ? [] : [area];
    const said = [...whose, ...(row.retiredAt === null ? [] : ['已停用'])].join('，');
    const label = said === '' ? row.name : `${row.name}（${said}）`;
    const from = { area, addedBy: names.get(row.personId) ?? '' };
    return { field: addedFrom(row), label, no: row.scopeNo, lastNo: row.lastNo, ...from };
  });
}

/** Where a record lies. */
export const spanAt = (scopeNo: number): Span => ({ no: scopeNo, lastNo: scopeNo });

/** Refused by `own_field.not_here`, `own_field.wrong`, `own_field.too_many`. */
export async function addField(ctx: Ctx, given: GivenField): Promise<OfField> {
  const { no: scopeNo, lastNo, id: areaId } = await requireArea(ctx, given.areaId);
  if (!keepsAll(ctx, { scopeNo, lastNo })) throw new Problem(ownFieldProblems['own_field.not_here']);
  await requireKept(ctx, given.ledger, { no: scopeNo, lastNo });
  await lockFields(ctx, given.ledger, 'change');
  const others = await liveAt(ctx, given.ledger, { no: scopeNo, lastNo });
  const said = tidy(given);
  refuse([...faultsIn(said), ...choiceFaults(given.kind, said.choices), ...takenFaults(given.ledger, said, others)]);
  if (others.filter((one) => one.areaId === areaId).length >= MOST_OWN)
    throw new Problem(ownFieldProblems['own_field.too_many'], { most: MOST_OWN });
  const { ledger, kind } = given;
  const [id, secrecy] = [ctx.ids.newId(), secrecyOf(given)];
  insertField(ctx, {
    ...{ id, ledger, areaId, scopeNo, lastNo, kind, secrecy, ...said },
    ...{ personId: me(ctx).personId, addedAt: ctx.now, retiredBy: null, retiredAt: null },
  });
  tellOf(ctx, { id, scopeNo }, 'own_field.added', { areaId, ledger, kind, secrecy });
  return { fieldId: id };
}

/** Another name, more names, more choices; what it is and how its values lie stays. Its former name is still understood in files. */
export async function changeField(ctx: Ctx, id: Id, given: GivenChange): Promise<OfField> {
  const before = await heldLive(ctx, id);
  const said = tidy({ ...given, aliases: [...given.aliases, before.name] });
  const span = { no: before.scopeNo, lastNo: before.lastNo };
  const others = (await liveAt(ctx, before.ledger, span)).filter((one) => one.id !== id);
  const lost = before.choices.some((one) => !said.choices.includes(one));
  refuse([
    ...faultsIn(said),
    ...choiceFaults(before.kind, said.choices),
    ...(lost ? [{ path: 'choices', says: ownFaults.choicesStay }] : []),
    ...takenFaults(before.ledger, said, others),
  ]);
  saveField(ctx, id, said);
  tellOf(ctx, before, 'own_field.changed', { renamed: said.name !== before.name });
  return { fieldId: id };
}

/** No more values: those that were told stay, with their history. */
export async function retireField(ctx: Ctx, id: Id): Promise<OfField> {
  const before = await heldLive(ctx, id);
  retire(ctx, id, me(ctx).personId);
  tellOf(ctx, before, 'own_field.retired', {});
  return { fieldId: id };
}

export async function requireField(ctx: Ctx, id: Id): Promise<OwnFieldRow> {
  const found = await findField(ctx, id);
  if (!found) throw new Problem(ownFieldProblems['own_field.not_found']);
  return found;
}

/** For whoever keeps the ledger of all the land on which it holds. */
export async function requireOwnField(ctx: Ctx, id: Id): Promise<OwnFieldRow> {
  const found = await requireField(ctx, id);
  if (!keepsAll(ctx, found)) throw new Problem(ownFieldProblems['own_field.not_here']);
  return found;
}

/** Nobody tells a value of it, or changes it, until this is done. */
async function heldLive(ctx: Ctx, id: Id): Promise<OwnFieldRow> {
  const { ledger } = await requireOwnField(ctx, id);
  await lockFields(ctx, ledger, 'change');
  const held = await requireOwnField(ctx, id);
  if (held.retiredAt !== null) throw new Problem(ownFieldProblems['own_field.retired']);
  return held;
}

/** What is asked already wherever it would hold. Below it others may have the same name: theirs stay theirs. */
async function liveAt(ctx: Ctx, ledger: AnyLedgerCode, span: Span): Promise<OwnFieldRow[]> {
  const touching = await fieldsTouching(ctx, ledger, span);
  return touching.filter((one) => one.retiredAt === null && holdsIn(one, span));
}

/** Names that are one are said once. */
function tidy({ name, aliases, help, usedFor, choices, freshMonths }: GivenChange) {
  const others = new Map(aliases.map((one) => [bareName(one), one] as const));
  others.delete(bareName(name));
  return { name, aliases: [...others.values()], help, usedFor, choices: [...new Set(choices)], freshMonths };
}
type Said = ReturnType<typeof tidy>;

const faultsIn = (said: Said): FieldFault[] =>
  (['name', 'usedFor'] as const).flatMap((path) =>
    bareName(said[path]) === '' ? [{ path, says: ownFaults.needed }] : [],
  );

function choiceFaults(kind: string, choices: readonly string[]): FieldFault[] {
  if (kind === 'choice') return choices.length < 2 ? [{ path: 'choices', says: ownFaults.choices }] : [];
  return choices.length > 0 ? [{ path: 'choices', says: ownFaults.noChoices }] : [];
}

/** The same thing is not asked twice under one name: neither of the dictionary nor of what was added here or above. */
function takenFaults(code: AnyLedgerCode, { name, aliases }: Said, others: readonly OwnFieldRow[]): FieldFault[] {
  const ledger = ledgerNamed(code);
  const faultOf = (path: string, wanted: string): FieldFault[] => {
    if (bareName(wanted) === '') return [];
    const known = takenIn(ledger, wanted);
    if (known !== null) return [{ path, says: takenWords(nameOf(known).zh, dictionaryOwns) }];
    const own = others.find((one) => isCalled(one, wanted));
    return own ? [{ path, says: takenWords(own.name, addedBefore) }] : [];
  };
  return [...faultOf('name', name), ...aliases.flatMap((one) => faultOf('aliases', one)).slice(0, 1)];
}

const dictionaryOwns = { zh: '字段字典里的', en: 'of the dictionary' };
const addedBefore = { zh: '这里或上级建的', en: 'added here or above' };

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new Problem(ownFieldProblems['own_field.wrong'], {}, [...faults]);
}

function tellOf(ctx: Ctx, { id, scopeNo }: { id: Id; scopeNo: number }, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: { kind: 'own_field', id, scopeNo, confidential: false }, body });
}
