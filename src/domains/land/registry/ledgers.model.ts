import type { Words } from '../../../kernel/words.ts';
import type { Values } from './batches/candidate.model.ts';
import { factOf } from './batches/door.model.ts';
import { nameIn } from './fields/added_fields.model.ts';
import { type CommonLedger, type Ledger, type LedgerCode, residents } from './ledger.model.ts';
import { isOwnLedger, type OwnLedgerCode } from './own/own_ledger_code.model.ts';

const listOf = (...lines: string[]): string[] => lines.join(' ').split(' ');

/** 户房: a house or flat is known by its door, within its community. */
const houses: CommonLedger = {
  code: 'houses',
  words: { zh: '房屋台账', en: 'houses' },
  says: {
    tab: { zh: '房屋', en: 'Houses' },
    counted: { zh: '处', en: 'houses' },
    one: { zh: '一处房屋', en: 'A house' },
    sheet: { zh: '房屋表', en: 'table of houses' },
    same: { zh: '是同一处房屋', en: 'the same house' },
    two: { zh: '是两处房屋', en: 'two houses' },
    find: { zh: '找一处房屋', en: 'Find a house' },
    findBy: {
      zh: '门牌（如 3栋2单元401）、产权人姓名或电话，要写全',
      en: 'door (such as 3栋2单元401), name or telephone of the owner, in full',
    },
    removal: { zh: '删除这一处', en: 'Delete this house' },
  },
  fields: listOf(
    'place.compound place.group place.building place.entrance place.door place.address house.owner house.owner_phone',
    'house.owner_id_number house.owner_lives_at house.owner_kind house.certificate house.self_built house.state house.use',
    'house.people house.let house.let_use house.let_from house.let_until house.let_filed house.rooms house.tenant',
    'house.tenant_phone house.tenant_id_number house.tenants house.business house.business_kind house.structure',
    'house.storeys house.storeys_below house.floor_area house.land_area house.built_in house.altered house.grade',
    'house.danger house.graded_on house.graded_by house.hazards house.remedy house.extinguishers house.smoke_alarm',
    'house.escape_window house.gas_alarm house.cooks_with house.heating house.water house.toilet house.lift row.remark',
  ),
  required: ['place.door'],
  knownBy: [
    { fields: ['door.whole'], isLocal: true },
    { fields: ['door.short'], isLocal: true, isSole: true },
  ],
  apartBy: ['door.compound', 'door.group', 'door.entrance'],
  soughtBy: ['door.short', 'house.owner_phone', 'house.owner', 'house.owner_id_number'],
  calledBy: ['place.home'],
  metAt: ['house.owner'],
  listed: ['house.owner', 'house.owner_phone', 'house.structure', 'house.storeys', 'house.grade', 'house.let'],
  own: ['house.'],
  reads: { 'person.phone': 'house.owner_phone', 'person.lives_at': 'place.address', 'place.site': 'place.address' },
};

/** 企业商户: firms, shops and workplaces. */
const enterprises: CommonLedger = {
  code: 'enterprises',
  words: { zh: '企业商户台账', en: 'enterprises' },
  says: {
    tab: { zh: '企业商户', en: 'Enterprises' },
    counted: { zh: '家', en: 'enterprises' },
    one: { zh: '一家企业商户', en: 'An enterprise' },
    sheet: { zh: '企业商户表', en: 'table of enterprises' },
    same: { zh: '是同一家', en: 'the same enterprise' },
    two: { zh: '是两家', en: 'two enterprises' },
    find: { zh: '找一家', en: 'Find an enterprise' },
    findBy: { zh: '信用代码、名称、负责人或电话，要写全', en: 'credit code, name, head or telephone, in full' },
    removal: { zh: '删除这一家', en: 'Delete this enterprise' },
  },
  fields: listOf(
    'enterprise.name enterprise.credit_code enterprise.kind enterprise.trade enterprise.scope enterprise.state',
    'enterprise.opened_on enterprise.capital enterprise.income enterprise.head enterprise.head_phone',
    'enterprise.head_id_number enterprise.staff enterprise.authority enterprise.permit_number enterprise.permit_until',
    'place.address place.compound place.group place.building place.entrance place.door enterprise.floor enterprise.area',
    'enterprise.premises enterprise.capacity enterprise.beds enterprise.pupils enterprise.safety_head',
    'enterprise.safety_head_phone enterprise.guards enterprise.sleeps_in enterprise.sleepers enterprise.fire_gear',
    'enterprise.extinguishers enterprise.exits enterprise.smoke_alarm enterprise.cooks_with enterprise.gas_alarm',
    'enterprise.hazards enterprise.checked_on enterprise.party_group enterprise.party_members enterprise.union',
    'enterprise.union_members enterprise.youth_league enterprise.women row.remark',
  ),
  required: ['enterprise.name'],
  knownBy: [
    { fields: ['enterprise.credit_code'], isLocal: false },
    { fields: ['enterprise.name', 'enterprise.head'], isLocal: true },
    { fields: ['enterprise.name', 'door.whole'], isLocal: true },
    { fields: ['enterprise.name', 'place.address'], isLocal: true },
    {
      ...{ fields: ['enterprise.name'], isLocal: true, isSole: true },
      apartBy: ['enterprise.head', 'door.whole', 'place.address'],
    },
  ],
  apartBy: ['enterprise.credit_code'],
  soughtBy: ['enterprise.credit_code', 'enterprise.name', 'enterprise.head', 'enterprise.head_phone'],
  calledBy: ['enterprise.name'],
  metAt: ['place.home', 'enterprise.head'],
  listed: ['enterprise.trade', 'enterprise.head', 'enterprise.head_phone', 'enterprise.staff', 'place.home'],
  own: ['enterprise.'],
  reads: {
    'person.name': 'enterprise.head',
    'work.answerable': 'enterprise.head',
    'person.phone': 'enterprise.head_phone',
    'person.lives_at': 'place.address',
    'place.site': 'place.address',
  },
};

/** 设施与风险点: what somebody answers for. */
const facilities: CommonLedger = {
  code: 'facilities',
  words: { zh: '设施与风险点台账', en: 'facilities and risk points' },
  says: {
    tab: { zh: '设施与风险点', en: 'Facilities and risk points' },
    counted: { zh: '处', en: 'facilities and risk points' },
    one: { zh: '一处设施或风险点', en: 'A facility or risk point' },
    sheet: { zh: '设施与风险点表', en: 'table of facilities or risk points' },
    same: { zh: '是同一处', en: 'the same one' },
    two: { zh: '是两处', en: 'two of them' },
    find: { zh: '找一处', en: 'Find one' },
    findBy: { zh: '名称、责任人或电话，要写全', en: 'name, person answerable or telephone, in full' },
    removal: { zh: '删除这一处', en: 'Delete this one' },
  },
  fields: listOf(
    'facility.name facility.number facility.kind facility.state facility.model facility.count facility.size',
    'facility.capacity facility.installed_on facility.owner facility.checked_on facility.check_until',
    'facility.check_every hazard.level hazard.kind hazard.words hazard.cause hazard.households hazard.people hazard.worth',
    'hazard.threshold hazard.signal hazard.route hazard.refuge hazard.control place.site place.compound place.group',
    'place.building place.lon place.lat work.answerable work.answerable_post work.answerable_phone work.body',
    'facility.keeper facility.keeper_phone hazard.watcher hazard.watcher_phone row.remark',
  ),
  required: ['facility.name'],
  knownBy: [
    { fields: ['facility.name', 'facility.kind'], isLocal: true },
    { fields: ['facility.name'], isLocal: true, isSole: true, apartBy: ['facility.kind'] },
  ],
  apartBy: ['place.site'],
  soughtBy: ['facility.name', 'work.answerable', 'work.answerable_phone'],
  calledBy: ['facility.name'],
  metAt: ['place.home', 'place.site', 'work.answerable'],
  listed: ['facility.kind', 'hazard.level', 'place.site', 'work.answerable', 'work.answerable_phone', 'facility.state'],
  own: ['facility.', 'hazard.', 'work.'],
  reads: {
    'enterprise.name': 'facility.name',
    'person.name': 'work.answerable',
    'enterprise.head': 'work.answerable',
    'person.phone': 'work.answerable_phone',
    'person.lives_at': 'place.site',
  },
};

/** Those that every area keeps. */
export const ledgers: readonly CommonLedger[] = [residents, houses, enterprises, facilities];

/** What an area says of a ledger of its own. */
export interface OwnLedgerSaid {
  readonly name: string;
  /** 个, 处, 户: what one counts them by. */
  readonly unit: string;
  /** Over the column that says which one it is. */
  readonly called: string;
}

/** In each of them, before the fields that an area adds. */
export const fieldsOfOwn: readonly string[] = listOf(
  'thing.name place.address place.compound place.group place.building place.entrance place.door',
  'work.answerable work.answerable_phone row.remark',
);

const unsaid: OwnLedgerSaid = { name: '自建台账', unit: '条', called: '' };

/**
 * 自建台账: what an area keeps besides, each with its own fields. Nobody knows beforehand whether it tells of people, so that names
 * and texts lie sealed like those of residents.
 */
export function ownLedger(code: OwnLedgerCode, { name, unit, called }: OwnLedgerSaid = unsaid): Ledger {
  return {
    ...{ code, called },
    words: { zh: name, en: name },
    says: {
      tab: { zh: name, en: name },
      counted: { zh: unit, en: 'entries' },
      one: { zh: `一${unit}`, en: 'An entry' },
      sheet: { zh: `${name}的表`, en: `table of ${name}` },
      same: { zh: '是同一条', en: 'the same entry' },
      two: { zh: '是两条', en: 'two entries' },
      find: { zh: '找一条', en: 'Find one' },
      findBy: {
        zh: `${called === '' ? '名称' : called}、责任人或电话，要写全`,
        en: 'name, person answerable or telephone, in full',
      },
      removal: { zh: '删除这一条', en: 'Delete this entry' },
    },
    fields: fieldsOfOwn,
    required: ['thing.name'],
    knownBy: [
      { fields: ['thing.name', 'door.whole'], isLocal: true },
      { fields: ['thing.name', 'place.address'], isLocal: true },
      { fields: ['thing.name'], isLocal: true, isSole: true, apartBy: ['door.whole', 'place.address'] },
    ],
    apartBy: [],
    soughtBy: ['thing.name', 'work.answerable', 'work.answerable_phone'],
    calledBy: ['thing.name'],
    metAt: ['place.home', 'work.answerable'],
    listed: ['place.home', 'work.answerable', 'work.answerable_phone'],
    own: ['thing.'],
    reads: {
      'person.name': 'thing.name',
      'enterprise.name': 'thing.name',
      'enterprise.head': 'work.answerable',
      'house.owner': 'work.answerable',
      'person.phone': 'work.answerable_phone',
      'person.lives_at': 'place.address',
      'place.site': 'place.address',
    },
  };
}

/** What an own ledger is called; null: everybody knows it. */
export const ownSaidOf = ({ code, words, says, called = '' }: Ledger): OwnLedgerSaid | null =>
  isOwnLedger(code) ? { name: words.zh, unit: says.counted.zh, called } : null;

/** Codes come from the database or from a checked input. An own ledger is called by its name where that was asked for. */
export function ledgerNamed(code: LedgerCode): CommonLedger;
export function ledgerNamed(code: string): Ledger;
export function ledgerNamed(code: string): Ledger {
  if (isOwnLedger(code)) return ownLedger(code);
  const found = ledgers.find((one) => one.code === code);
  if (!found) throw new Error(`there is no ledger ${code}`);
  return found;
}

/** What a record is called; empty where nothing of the kind is told. */
export const calledIn = ({ calledBy }: Ledger, values: Values): string =>
  calledBy.map((code) => factOf(values, code)).find((name) => name !== '') ?? '';

/** Where one goes and whom one meets there, as one says it. */
export const metIn = ({ metAt }: Ledger, values: Values): string =>
  [...new Set(metAt.map((code) => factOf(values, code)))].filter((text) => text !== '').join(' · ');

/** What a file for it must have, in words. */
export function requiredIn(ledger: Ledger): Words {
  const names = ledger.required.map((code) => nameIn(ledger, code));
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}
