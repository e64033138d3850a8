import type { LedgerCode } from '../../domains/land/registry/ledger.model.ts';
import type { Words } from '../../kernel/words.ts';

/** What the ledgers keep, as people say it. */
export interface Group {
  readonly words: Words;
  readonly fields: readonly string[];
}

export const group = (zh: string, en: string, fields: string): Group => ({
  words: { zh, en },
  fields: fields.split(' '),
});
export const placeOf = (...rest: string[]): string =>
  ['place.grid place.compound place.group place.building place.entrance place.door', ...rest].join(' ');

const residentGroups: readonly Group[] = [
  group(
    '本人',
    'The person',
    'person.name person.sex person.born_on person.id_number person.phone person.nation ' +
      'person.former_name person.native_place person.birthplace person.paper_kind person.paper_number ' +
      'person.citizenship',
  ),
  group(
    '住处',
    'Home',
    placeOf('person.lives_at', 'person.dwelling_kind person.moved_in_on person.moved_in_why person.vehicle_plate'),
  ),
  group(
    '户籍和流动',
    'Registration and moving',
    'person.registered_at person.registration_kind person.population_kind person.residence ' +
      'person.permit_number person.permit_until person.went_to person.went_on person.went_why',
  ),
  group(
    '家庭',
    'Household',
    'household.number household.relation household.head_name household.head_id_number ' +
      'household.head_phone household.size person.marital household.kind person.children',
  ),
  group(
    '找谁',
    'Whom to call',
    'person.emergency_name person.emergency_relation person.emergency_phone guardian.name ' +
      'guardian.relation guardian.id_number guardian.phone person.carer person.carer_relation ' +
      'person.carer_phone',
  ),
  group(
    '学习和工作',
    'Schooling and work',
    'person.schooling person.occupation person.works_at person.employment person.school ' +
      'person.school_class person.former_employer person.post person.title person.skill ' +
      'person.employment_wish person.retired_on person.graduated_from person.graduated_on person.major ' +
      'person.income',
  ),
  group(
    '党员、志愿者、退役军人',
    'Party member, volunteer, veteran',
    'person.party person.is_party_member person.joined_party_on person.party_branch person.volunteer ' +
      'person.veteran person.served_from person.served_to person.honoured',
  ),
  group(
    '健康和照护',
    'Health and care',
    'person.health person.illness person.self_care person.due_on person.lives_alone person.living ' +
      'person.empty_nest person.elder_service',
  ),
  group(
    '残疾',
    'Disability',
    'person.has_disability person.disability person.disability_grade person.disability_number ' +
      'person.disability_until person.disability_aid person.aid_device',
  ),
  group(
    '困难和帮扶',
    'Need and help',
    'person.need person.left_behind person.child_aid person.wishes person.help person.helper ' +
      'person.helper_phone household.income household.income_each household.income_source ' +
      'household.labour household.gone household.land household.lifted household.watched ' +
      'household.watched_kind household.poor_why household.one_child',
  ),
  group(
    '救助和保险',
    'Aid and insurance',
    'person.low_income person.medical_kind person.pension_kind person.benefits person.destitute ' +
      'person.elder_allowance person.low_income_number person.low_income_since person.low_income_amount ' +
      'person.destitute_kind person.insured person.pensioned person.bank person.bank_account',
  ),
];

const houseGroups: readonly Group[] = [
  group('位置', 'Where', placeOf('place.address')),
  group(
    '产权和使用',
    'Owner and use',
    'house.owner house.owner_phone house.owner_id_number house.owner_lives_at house.owner_kind ' +
      'house.certificate house.self_built house.use house.state house.people house.business ' +
      'house.business_kind',
  ),
  group(
    '出租',
    'Let',
    'house.let house.let_use house.let_from house.let_until house.let_filed house.rooms house.tenant ' +
      'house.tenant_phone house.tenant_id_number house.tenants',
  ),
  group(
    '结构',
    'Structure',
    'house.structure house.storeys house.storeys_below house.floor_area house.land_area ' +
      'house.built_in house.altered house.lift house.cooks_with house.heating house.water house.toilet',
  ),
  group(
    '安全',
    'Safety',
    'house.grade house.danger house.graded_on house.graded_by house.hazards house.remedy ' +
      'house.extinguishers house.smoke_alarm house.gas_alarm house.escape_window',
  ),
];

const enterpriseGroups: readonly Group[] = [
  group(
    '单位',
    'The enterprise',
    'enterprise.name enterprise.credit_code enterprise.kind enterprise.trade enterprise.scope ' +
      'enterprise.state enterprise.opened_on enterprise.capital enterprise.income enterprise.authority ' +
      'enterprise.permit_number enterprise.permit_until',
  ),
  group(
    '谁负责',
    'Who answers for it',
    'enterprise.head enterprise.head_phone enterprise.head_id_number enterprise.safety_head ' +
      'enterprise.safety_head_phone',
  ),
  group('位置', 'Where', placeOf('place.address enterprise.floor enterprise.area enterprise.premises')),
  group(
    '人员和规模',
    'People and size',
    'enterprise.staff enterprise.guards enterprise.capacity enterprise.beds enterprise.pupils',
  ),
  group(
    '安全',
    'Safety',
    'enterprise.sleeps_in enterprise.sleepers enterprise.fire_gear enterprise.extinguishers ' +
      'enterprise.exits enterprise.smoke_alarm enterprise.cooks_with enterprise.gas_alarm ' +
      'enterprise.hazards enterprise.checked_on',
  ),
  group(
    '党群组织',
    'Party and people’s organisations',
    'enterprise.party_group enterprise.party_members enterprise.union enterprise.union_members ' +
      'enterprise.youth_league enterprise.women',
  ),
];

const facilityGroups: readonly Group[] = [
  group(
    '设施或风险点',
    'The facility or risk point',
    'facility.name facility.number facility.kind facility.state facility.model facility.count ' +
      'facility.size facility.capacity facility.installed_on',
  ),
  group('位置', 'Where', 'place.grid place.site place.compound place.group place.building place.lon place.lat'),
  group(
    '风险',
    'Risk',
    'hazard.level hazard.kind hazard.words hazard.cause hazard.households hazard.people hazard.worth ' +
      'hazard.control',
  ),
  group('预警和撤离', 'Warning and the way out', 'hazard.threshold hazard.signal hazard.route hazard.refuge'),
  group(
    '谁负责',
    'Who answers for it',
    'work.answerable work.answerable_post work.answerable_phone work.body hazard.watcher ' + 'hazard.watcher_phone',
  ),
  group(
    '检查和维护',
    'Inspection and maintenance',
    'facility.checked_on facility.check_every facility.check_until facility.owner facility.keeper ' +
      'facility.keeper_phone',
  ),
];

export const groupsByLedger: Readonly<Record<LedgerCode, readonly Group[]>> = {
  residents: residentGroups,
  houses: houseGroups,
  enterprises: enterpriseGroups,
  facilities: facilityGroups,
};
