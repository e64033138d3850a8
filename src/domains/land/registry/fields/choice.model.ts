import { z } from 'zod';
import type { Words } from '../../../../kernel/words.ts';
import type { Values } from '../batches/candidate.model.ts';
import type { Ledger } from '../ledger.model.ts';
import { knownOn } from '../life.model.ts';
import { fieldIn } from './added_fields.model.ts';
import { canonicalOf } from './canonical_value.model.ts';
import { keepingOf, typeNamed } from './keeping.model.ts';
import { isOwn } from './own_code.model.ts';

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
  const named = conditionalIn(ledger).includes(field) ? fieldIn(ledger, field) : undefined;
  if (!named) return null;
  if (is === 'told' || is === 'not_told') return { field, is };
  const isOrdered = named.type === 'date' || isNumber(field);
  if (value === undefined || (is !== 'equals' && !isOrdered)) return null;
  const read = canonicalOf(named, { text: value, kind: 'text' });
  return 'fault' in read ? null : { field, is, value: read.value };
}

/** Why it is none: what is said of the value, else of the field. */
export function whyNoCondition(ledger: Ledger, { field, is, value }: Condition): Words {
  const named = fieldIn(ledger, field);
  if (!conditionalIn(ledger).includes(field)) {
    if (!isOwn(field) || !ledger.added?.some(({ code }) => code === field)) return noCondition.elsewhere;
    return ledger.fields.includes(field) ? noCondition.secret : noCondition.retired;
  }
  const read = named && value !== undefined ? canonicalOf(named, { text: value, kind: 'text' }) : null;
  if (read && 'fault' in read) return read.fault;
  return is === 'at_least' || is === 'at_most' ? noCondition.unordered : noCondition.elsewhere;
}

const noCondition = {
  elsewhere: {
    zh: '台账里没有这个字段，或这个值填不进去',
    en: 'the ledger has no such field, or no such value',
  },
  secret: { zh: '加密保存的自建字段不能当条件', en: 'an own field that lies sealed is no condition' },
  retired: { zh: '这个自建字段已经停用，不能再当条件', en: 'this own field was retired and is no condition' },
  unordered: { zh: '只有数和日期能比大小', en: 'only numbers and days can be compared so' },
} as const;

/** What may be asked of those who belong into it: their numbers in full are asked of nobody, nor what an area added as sealed. */
export const conditionalIn = ({ code, fields }: Ledger): readonly string[] => [
  ...(code === 'residents' ? ['person.age'] : []),
  ...fields.filter((field) => {
    const { secrecy } = keepingOf(field);
    return isOwn(field) ? secrecy === 'open' : secrecy !== 'masked';
  }),
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
