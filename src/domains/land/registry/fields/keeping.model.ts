import type { Words } from '../../../../kernel/words.ts';
import { followingFields, kinFact } from '../households/following.model.ts';
import { dictionary, type Field } from './dictionary.model.ts';
import { ledgerFields } from './ledger_fields.model.ts';
import { isOwn, ownIn, type Secrecy } from './own_code.model.ts';
import type { ValueType } from './value.model.ts';

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

/** The father's number is kept like anybody's. */
export function keepingOf(code: string): Keeping {
  const fact = masked.includes(code) ? code : (kinFact(code)?.fact ?? code);
  return {
    secrecy: ownIn(code)?.secrecy ?? (masked.includes(fact) ? 'masked' : open.includes(code) ? 'open' : 'sealed'),
    freshMonths: yearly.includes(code) ? 12 : null,
  };
}

const byCode = new Map([...dictionary, ...ledgerFields, ...followingFields].map((field) => [field.code, field]));

export const fieldNamed = (code: string): Field | undefined => byCode.get(code);

/** Of own fields too. */
export const typeNamed = (code: string): ValueType | undefined => ownIn(code)?.type ?? byCode.get(code)?.type;

/** What is shown and follows from what is told. */
const following: Readonly<Record<string, Words>> = { 'place.home': { zh: '住处', en: 'Home' } };
/** Where its own name is not at hand: `nameIn` knows it. */
const someOwn: Words = { zh: '自建字段', en: 'own field' };

export const nameOf = (code: string): Words =>
  fieldNamed(code)?.name ?? following[code] ?? (isOwn(code) ? someOwn : { zh: code, en: code });

/** Enough to recognise what one knows already, too little to use: `4399**********0012`, `139****0001`. */
export function maskOf(code: string, value: string): string {
  const [head, tail] = fieldNamed(code)?.type === 'id_number' ? [4, 4] : [3, 4];
  if (value.length <= head + tail) return '*'.repeat(value.length);
  return `${value.slice(0, head)}${'*'.repeat(value.length - head - tail)}${value.slice(-tail)}`;
}
