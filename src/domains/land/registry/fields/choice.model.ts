import { z } from 'zod';
import type { Words } from '../../../../kernel/words.ts';
import type { Values } from '../batches/candidate.model.ts';
import type { Ledger } from '../ledger.model.ts';
import { knownOn } from '../life.model.ts';
import { canonicalOf } from './canonical_value.model.ts';
import { fieldNamed, keepingOf, typeNamed } from './keeping.model.ts';

/** Which records of a ledger are meant, as data: conditions that must all hold. */

/** One condition on one field; of several all must hold. `person.age` is counted on the day. */
export const conditionForm = z.strictObject({
  field: z.string().max(60),
  is: z.enum(['equals', 'at_least', 'at_most', 'told', 'not_told']),
  value: z.string().trim().min(1).max(60).optional(),
});
export type Condition = z.output<typeof conditionForm>;

/** Of what is known of somebody on the day (`knownOn`). */
export const meets = (known: Values, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, is, value = '' }) => {
    const said = known[field];
    if (is === 'told' || is === 'not_told') return (said !== undefined) === (is === 'told');
    if (said === undefined) return false;
    if (is === 'equals') return said === value;
    return is === 'at_least' ? rank(field, said) >= rank(field, value) : rank(field, said) <= rank(field, value);
  });

/** The facts that are not known of somebody of whom all else holds: nobody can say whether they are meant. Empty: one can. */
export function unjudgedBy(known: Values, conditions: readonly Condition[]): string[] {
  const isOpen = ({ field, is }: Condition): boolean =>
    is !== 'told' && is !== 'not_told' && known[field] === undefined;
  const open = conditions.filter(isOpen).map(({ field }) => field);
  const rest = conditions.filter((one) => !isOpen(one));
  return open.length > 0 && meets(known, rest) ? [...new Set(open)] : [];
}

/** Numbers as numbers, days as they are written. */
const rank = (field: string, value: string): string | number => (isNumber(field) ? Number(value) : value);
export const isNumber = (field: string): boolean => ['number', 'money', 'whole'].includes(typeNamed(field) ?? '');

/** As the ledger would keep its value; null: the field, or the value for it, makes no condition. */
export function conditionOf(ledger: Ledger, { field, is, value }: Condition): Condition | null {
  const named = conditionalIn(ledger).includes(field) ? fieldNamed(field) : undefined;
  if (!named) return null;
  if (is === 'told' || is === 'not_told') return { field, is };
  const isOrdered = named.type === 'date' || isNumber(field);
  if (value === undefined || (is !== 'equals' && !isOrdered)) return null;
  const read = canonicalOf(named, { text: value, kind: 'text' });
  return 'fault' in read ? null : { field, is, value: read.value };
}

/** What may be asked of those who belong into it: their numbers in full are asked of nobody. */
export const conditionalIn = ({ code, fields }: Ledger): readonly string[] => [
  ...(code === 'residents' ? ['person.age'] : []),
  ...fields.filter((field) => keepingOf(field).secrecy !== 'masked'),
];

export const comparisons: Readonly<Record<Condition['is'], Words>> = {
  equals: { zh: '为', en: 'is' },
  at_least: { zh: '不小于', en: 'is at least' },
  at_most: { zh: '不大于', en: 'is at most' },
  told: { zh: '填了', en: 'is known' },
  not_told: { zh: '没有填', en: 'is not known' },
};

/** Whether somebody is meant, by what is known on the day (`yyyy-mm-dd`). What is not told is neither much nor little. */
export const isChosen = (choice: readonly Condition[], values: Values, day: string): boolean =>
  meets(knownOn(values, day), choice);

/** What of a person the choice looked at: the reason why they are on a list. */
export function lookedAt(choice: readonly Condition[], values: Values, day: string): Values {
  const known = knownOn(values, day);
  return Object.fromEntries(choice.flatMap(({ field }) => (known[field] === undefined ? [] : [[field, known[field]]])));
}
