import type { Words } from '../../../../kernel/words.ts';
import { followingFields, kinFact } from '../households/following.model.ts';
import { dictionary } from './dictionary.model.ts';
import type { Field } from './field.model.ts';
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
  'house.owner_phone enterprise.head_phone work.answerable_phone person.paper_number person.permit_number',
  'person.vehicle_plate person.emergency_phone person.carer_phone person.helper_phone person.disability_number',
  'person.low_income_number person.bank_account house.certificate house.tenant_phone house.tenant_id_number',
  'enterprise.head_id_number enterprise.safety_head_phone facility.keeper_phone hazard.watcher_phone',
]
  .join(' ')
  .split(' ');
const open = [
  'person.sex person.nation person.schooling person.marital person.party person.lives_alone',
  'household.relation household.kind household.size place.compound place.group place.grid house.structure',
  'house.storeys house.floor_area house.grade house.built_in house.use house.self_built house.let enterprise.trade',
  'enterprise.staff facility.kind facility.state hazard.level person.registration_kind person.population_kind',
  'person.residence house.danger house.owner_kind house.land_area house.heating house.cooks_with house.water house.toilet',
  'house.state house.let_use house.let_filed house.rooms house.tenants house.people house.storeys_below house.business',
  'house.business_kind house.altered house.graded_on house.extinguishers house.smoke_alarm house.escape_window',
  'house.gas_alarm house.lift enterprise.kind enterprise.state enterprise.opened_on enterprise.area enterprise.floor',
  'enterprise.capacity enterprise.beds enterprise.pupils enterprise.guards enterprise.party_group enterprise.union',
  'enterprise.youth_league enterprise.women enterprise.sleeps_in enterprise.sleepers enterprise.extinguishers',
  'enterprise.exits enterprise.smoke_alarm enterprise.cooks_with enterprise.gas_alarm enterprise.checked_on',
  'facility.number facility.model facility.count facility.size facility.capacity facility.installed_on',
  'facility.checked_on facility.check_until facility.check_every hazard.kind hazard.households hazard.people',
]
  .join(' ')
  .split(' ');

/** A telephone is asked again after a year, and so is what may change with a life; a birthday is not. */
const yearly = [
  'person.phone person.lives_at person.works_at person.occupation person.health person.need person.low_income',
  'person.lives_alone person.marital household.size household.head_phone',
  'house.owner house.owner_phone house.let house.use enterprise.head enterprise.head_phone enterprise.staff',
  'enterprise.trade facility.state work.answerable work.answerable_phone person.residence person.dwelling_kind',
  'person.went_to person.emergency_name person.emergency_phone person.school person.school_class person.employment',
  'person.employment_wish person.income person.illness person.living person.empty_nest person.carer person.carer_phone',
  'person.benefits person.low_income_amount person.disability_aid person.elder_allowance person.pension_kind',
  'person.pensioned person.medical_kind person.insured person.bank person.bank_account person.left_behind',
  'person.child_aid person.helper person.helper_phone household.income household.income_each household.income_source',
  'household.labour household.gone household.watched household.watched_kind house.state house.people house.heating',
  'house.cooks_with house.smoke_alarm house.gas_alarm house.extinguishers house.hazards house.remedy enterprise.state',
  'enterprise.income enterprise.safety_head enterprise.safety_head_phone enterprise.capacity enterprise.beds',
  'enterprise.pupils enterprise.guards enterprise.party_members enterprise.sleeps_in enterprise.sleepers',
  'enterprise.fire_gear enterprise.extinguishers enterprise.hazards facility.count facility.keeper',
  'facility.keeper_phone facility.checked_on hazard.level hazard.households hazard.people hazard.watcher',
  'hazard.watcher_phone hazard.control guardian.phone',
]
  .join(' ')
  .split(' ');

/** Who rents, what one can still do alone and what one wishes for: within half a year it is another. */
const halfYearly = [
  'person.self_care person.wishes person.help person.elder_service',
  'house.tenant house.tenant_phone house.tenants house.let_use',
]
  .join(' ')
  .split(' ');

/** The father's number is kept like anybody's. */
export function keepingOf(code: string): Keeping {
  const fact = masked.includes(code) ? code : (kinFact(code)?.fact ?? code);
  return {
    secrecy: ownIn(code)?.secrecy ?? (masked.includes(fact) ? 'masked' : open.includes(code) ? 'open' : 'sealed'),
    freshMonths: halfYearly.includes(code) ? 6 : yearly.includes(code) ? 12 : null,
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
