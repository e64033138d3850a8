import type { Values } from './batches/candidate.model.ts';
import { certainFrom, certainOf } from './certain.model.ts';
import { keepingOf } from './fields/keeping.model.ts';

/** What follows from facts on a day: a birthday and a sex from the identity number, an age, what is due to be asked again. */

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

/** `on` is the day of which the value tells. */
export function isStale(code: string, on: string, day: string, freshMonths = keepingOf(code).freshMonths): boolean {
  return freshMonths !== null && on < monthsBefore(day, freshMonths);
}

function monthsBefore(day: string, months: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - months);
  return at.toISOString().slice(0, 10);
}

/** Of a fact that follows, the one from which it does. */
const fromNumber = 'person.id_number';
export function originOf(code: string, values: Values): string {
  if (values[code] !== undefined) return code;
  if (code === 'person.age' && values['person.born_on'] !== undefined) return 'person.born_on';
  if (['person.lives_at', 'place.address', 'place.building', 'place.entrance'].includes(code)) return 'place.door';
  if (['person.age', 'person.born_on', 'person.sex'].includes(code)) return fromNumber;
  return certainFrom(code, values) ?? code;
}

/** All that is known of somebody on a day, with what follows from it. */
export function knownOn(values: Values, day: string): Values {
  const born = bornOn(values);
  const age = ageOn(born, day);
  const id = values[fromNumber];
  const sex = values['person.sex'] ?? (id && (Number(id[16]) % 2 === 1 ? 'male' : 'female'));
  return {
    ...certainOf(values),
    ...values,
    ...(born !== null && { 'person.born_on': born }),
    ...(age !== null && { 'person.age': String(age) }),
    ...(sex !== undefined && { 'person.sex': sex }),
  };
}
