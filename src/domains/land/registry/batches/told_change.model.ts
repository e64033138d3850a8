import { isSameValue } from '../fields/canonical_value.model.ts';
import { keepingOf, typeNamed } from '../fields/keeping.model.ts';
import type { Ledger } from '../ledger.model.ts';
import type { Values } from './candidate.model.ts';
import { factOf } from './door.model.ts';

/** One telling about a record: what it set, and the day of which it tells. An empty text took a value away. */
export interface Change {
  readonly id: string;
  /** The day of which it tells, as `rankOf` gives it. */
  readonly toldOn: string;
  readonly values: Values;
}

/** Which change the fields of a record have their values from. */
export interface Setter {
  readonly change: string;
  readonly on: string;
  readonly fields: readonly string[];
}

export interface Standing {
  readonly values: Values;
  readonly setters: readonly Setter[];
}

/** What somebody entered by hand holds against a file that tells of the same day. */
export const rankOf = (day: string, byHand: boolean): string => (byHand ? `${day} by hand` : day);
export const dayOfRank = (rank: string): string => rank.slice(0, 10);

export const nothingStands: Standing = { values: {}, setters: [] };

/**
 * What stands after one more telling. The later day wins, whenever it arrived; on the same day what was entered by hand, else whoever came last. This is
 * the rule for every way in, so that tellings may be taken away again and the rest told anew.
 */
export function tell(before: Standing, { id, toldOn, values }: Change): Standing {
  const won = Object.keys(values).filter((field) => onOf(before, field) <= toldOn);
  if (won.length === 0) return before;
  const setters = before.setters
    .map((one) => ({ ...one, fields: one.fields.filter((field) => !won.includes(field)) }))
    .filter(({ fields }) => fields.length > 0);
  const standing: Record<string, string> = { ...before.values };
  for (const field of won) {
    const value = values[field] ?? '';
    if (value === '') delete standing[field];
    else standing[field] = fuller(field, before.values[field], value);
  }
  return { values: standing, setters: [...setters, { change: id, on: toldOn, fields: won }] };
}

/** A month does not cover the day in it that somebody told before. */
function fuller(code: string, before: string | undefined, value: string): string {
  const type = typeNamed(code);
  const isLess =
    before !== undefined && type !== undefined && isSameValue({ type }, before, value) && before.length > value.length;
  return isLess ? before : value;
}

/** The day of which the value that stands tells; before all days where nothing was told. */
const onOf = ({ setters }: Standing, field: string): string =>
  setters.find(({ fields }) => fields.includes(field))?.on ?? '';

export interface Difference {
  readonly field: string;
  readonly from: string | null;
  readonly to: string;
  /** False: what stands was told of a later day, and stays. */
  readonly taken: boolean;
}

/** Where a row says something else than what stands. */
export function differencesOf(standing: Standing, values: Values, toldOn: string): Difference[] {
  return Object.entries(values).flatMap(([field, to]) => {
    const from = standing.values[field];
    const type = typeNamed(field);
    if (from !== undefined && type && isSameValue({ type }, from, to) && to.length <= from.length) return [];
    return [{ field, from: from ?? null, to, taken: onOf(standing, field) <= toldOn }];
  });
}

/** What lies in clear, and what under the record's key. */
export function parted(values: Values): { readonly open: Values; readonly secret: Values } {
  const of = (isOpen: boolean): Values =>
    Object.fromEntries(Object.entries(values).filter(([code]) => (keepingOf(code).secrecy === 'open') === isOpen));
  return { open: of(true), secret: of(false) };
}

/** What the record is known by, as texts of which marks are made: the place of the text in the list tells how sure it is. */
export function knownTexts(ledger: Ledger, values: Values): { readonly kind: string; readonly text: string }[] {
  const keys = [...ledger.knownBy.map(({ fields }) => fields), ...ledger.soughtBy.map((field) => [field])];
  const whole = keys.flatMap((fields) => {
    const said = fields.map((field) => factOf(values, field));
    // Of a door one part may be missing, of a name and a telephone neither; many are born in one month.
    const isVague =
      fields.length > 1 && fields.includes('person.born_on') && (values['person.born_on'] ?? '').length < 10;
    if (isVague) return [];
    const isThere = fields.length > 2 ? said[0] !== '' && said.at(-1) !== '' : said.every((text) => text !== '');
    return isThere ? [{ kind: fields.join('+'), text: `${ledger.code} ${fields.join('+')}\n${said.join('\n')}` }] : [];
  });
  return [...new Map(whole.map((one) => [one.kind, one])).values()];
}

/**
 * Whether a record found by less than its surest key may be the one the row tells of: what both know must not differ. A record into
 * which others were merged may be told of by what any of them said.
 */
export const mayBe = (ledger: Ledger, standing: Values | readonly Values[], values: Values): boolean =>
  isUncontested(ledger.apartBy, standing, values);

export function isUncontested(
  fields: readonly string[],
  standing: Values | readonly Values[],
  values: Values,
): boolean {
  const known = Array.isArray(standing) ? (standing as readonly Values[]) : [standing as Values];
  return fields.every((code) => {
    const [other, type] = [factOf(values, code), typeNamed(code)];
    const said = known.map((one) => factOf(one, code)).filter((one) => one !== '');
    if (said.length === 0 || other === '') return true;
    return said.some((one) => (type ? isSameValue({ type }, one, other) : one === other));
  });
}
