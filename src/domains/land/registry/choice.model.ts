import type { Words } from '../../../kernel/words.ts';
import type { Values } from './candidate.model.ts';

/** Who of a ledger is meant, as data: all of it must hold. */
export type Choice = readonly Chosen[];
export interface Chosen {
  /** Of the dictionary; `person.age` is counted from the birthday. */
  readonly field: string;
  readonly is: 'equals' | 'at_least' | 'at_most' | 'told' | 'not_told';
  readonly value?: string | undefined;
}

export const comparisons: Readonly<Record<Chosen['is'], Words>> = {
  equals: { zh: '是', en: 'is' },
  at_least: { zh: '至少', en: 'at least' },
  at_most: { zh: '至多', en: 'at most' },
  told: { zh: '有', en: 'is told' },
  not_told: { zh: '没有填', en: 'is not told' },
};

/** As told, else from the identity number. */
export function bornOn(values: Values): string | null {
  const id = values['person.id_number'];
  return values['person.born_on'] ?? (id ? `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}` : null);
}

/** In full years; with a month alone, as on its last day. */
export function ageOn(born: string | null, day: string): number | null {
  if (born === null) return null;
  const full = born.length === 7 ? `${born}-31` : born;
  const years = Number(day.slice(0, 4)) - Number(full.slice(0, 4));
  return Math.max(0, day.slice(5) < full.slice(5) ? years - 1 : years);
}

function told(values: Values, field: string, day: string): string | undefined {
  if (field !== 'person.age') return values[field];
  return ageOn(bornOn(values), day)?.toString() ?? values[field];
}

/** Whether somebody is meant, by what is known on the day (`yyyy-mm-dd`). What is not told is neither much nor little. */
export const isChosen = (choice: Choice, values: Values, day: string): boolean =>
  choice.every(({ field, is, value = '' }) => {
    const known = told(values, field, day);
    if (is === 'told') return known !== undefined;
    if (is === 'not_told') return known === undefined;
    if (known === undefined) return false;
    if (is === 'equals') return known === value;
    return is === 'at_least' ? Number(known) >= Number(value) : Number(known) <= Number(value);
  });

/** What of a person the choice looked at: the reason why they are on a list. */
export const lookedAt = (choice: Choice, values: Values, day: string): Values =>
  Object.fromEntries(
    choice.flatMap(({ field }) => {
      const known = told(values, field, day);
      return known === undefined ? [] : [[field, known]];
    }),
  );
