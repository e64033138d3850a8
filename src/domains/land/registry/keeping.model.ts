import type { Words } from '../../../kernel/words.ts';
import { dictionary, type Field } from './dictionary.model.ts';
import { ledgerFields } from './ledger_fields.model.ts';

/**
 * How a fact is kept. `open`: tells of nobody by itself, so that it can be counted in the database. `sealed`: lies under the
 * key of the record and is read by whoever works with the ledger. `masked`: sealed, and shown with its middle covered
 * until somebody gives a reason.
 */
export type Secrecy = 'open' | 'sealed' | 'masked';

export interface Keeping {
  readonly secrecy: Secrecy;
  /** After so many months it is asked again; null: it does not change by itself. */
  readonly freshMonths: number | null;
}

const masked = [
  'person.id_number person.phone household.head_id_number household.head_phone house.owner_id_number',
  'house.owner_phone enterprise.head_phone work.answerable_phone',
]
  .join(' ')
  .split(' ');
const open = [
  'person.sex person.nation person.schooling person.marital person.party person.lives_alone',
  'household.relation household.kind household.size place.compound place.group place.grid house.structure',
  'house.storeys house.floor_area house.grade house.built_in house.use house.self_built house.let enterprise.trade',
  'enterprise.staff facility.kind facility.state hazard.level',
]
  .join(' ')
  .split(' ');

/** A telephone is asked again after a year, and so is what may change with a life; a birthday is not. */
const yearly = [
  'person.phone person.lives_at person.works_at person.occupation person.health person.need person.low_income',
  'person.lives_alone person.marital household.size household.head_phone',
  'house.owner house.owner_phone house.let house.use enterprise.head enterprise.head_phone enterprise.staff',
  'enterprise.trade facility.state work.answerable work.answerable_phone',
]
  .join(' ')
  .split(' ');

export const keepingOf = (code: string): Keeping => ({
  secrecy: masked.includes(code) ? 'masked' : open.includes(code) ? 'open' : 'sealed',
  freshMonths: yearly.includes(code) ? 12 : null,
});

/** Whether a fact told of a day (`yyyy-mm-dd`) need not be asked again on another. */
export function isFresh(code: string, toldOn: string, day: string): boolean {
  const { freshMonths } = keepingOf(code);
  if (freshMonths === null) return true;
  const since = new Date(`${day}T00:00:00Z`);
  since.setUTCMonth(since.getUTCMonth() - freshMonths);
  return toldOn >= since.toISOString().slice(0, 10);
}

const byCode = new Map([...dictionary, ...ledgerFields].map((field) => [field.code, field]));

export const fieldNamed = (code: string): Field | undefined => byCode.get(code);

/** What is shown and follows from what is told. */
const following: Readonly<Record<string, Words>> = { 'place.home': { zh: '住处', en: 'Home' } };

export const nameOf = (code: string): Words => fieldNamed(code)?.name ?? following[code] ?? { zh: code, en: code };

/** Enough to recognise what one knows already, too little to use: `4399**********0012`, `139****0001`. */
export function maskOf(code: string, value: string): string {
  const [head, tail] = fieldNamed(code)?.type === 'id_number' ? [4, 4] : [3, 4];
  if (value.length <= head + tail) return '*'.repeat(value.length);
  return `${value.slice(0, head)}${'*'.repeat(value.length - head - tail)}${value.slice(-tail)}`;
}
