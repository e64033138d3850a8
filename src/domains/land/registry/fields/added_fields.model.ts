import type { Words } from '../../../../kernel/words.ts';
import type { Ledger } from '../ledger.model.ts';
import { isOwnLedger } from '../own/own_ledger_code.model.ts';
import type { AddedField, Field } from './field.model.ts';
import { fieldNamed, keepingOf, nameOf } from './keeping.model.ts';
import { isOwn } from './own_code.model.ts';

/** The same ledger as an area keeps it: with the fields that were added there. */
export function ledgerWith<L extends Ledger>(ledger: L, added: readonly AddedField[]): L {
  const asked = added.filter(({ isRetired }) => !isRetired).map(({ code }) => code);
  // What an own ledger is kept for stands in its own fields; of the others the list has columns enough.
  const listed = isOwnLedger(ledger.code) ? [...asked.slice(0, MOST_LISTED), ...ledger.listed] : ledger.listed;
  return { ...ledger, fields: [...ledger.fields, ...asked], listed, added };
}
const MOST_LISTED = 4;

const addedIn = ({ added = [] }: Ledger, code: string): AddedField | undefined =>
  added.find((one) => one.code === code);

/** The one lookup: the dictionary, and what the area added to it; also what is retired. */
export const fieldIn = (ledger: Ledger, code: string): Field | undefined => addedIn(ledger, code) ?? fieldNamed(code);
export function nameIn(ledger: Ledger, code: string): Words {
  const { called = '' } = ledger;
  if (code === 'thing.name' && called !== '') return { zh: called, en: called };
  return addedIn(ledger, code)?.name ?? nameOf(code);
}
export const freshIn = (ledger: Ledger, code: string): number | null =>
  addedIn(ledger, code)?.freshMonths ?? keepingOf(code).freshMonths;

/** Outside the area that added it, a field does not appear; what was told of it stays with the record. */
export const appearsIn = (ledger: Ledger, code: string): boolean => !isOwn(code) || addedIn(ledger, code) !== undefined;
