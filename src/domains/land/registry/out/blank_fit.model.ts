import { besideOf, fieldOf, fieldsOf } from '../batches/columns.model.ts';
import { addedNamed, isFieldOf, isItsOwn, judged, nameHere, pointsOf } from '../batches/fit.model.ts';
import { areaFields } from '../fields/place_named.model.ts';
import { followingFields, kinField } from '../households/following.model.ts';
import { type CommonLedger, isCommon, type Ledger, type LedgerCode, residents } from '../ledger.model.ts';
import { ledgers } from '../ledgers.model.ts';
import type { BlankTable, KeptColumn, KeptShape, KeptTable, TemplateShape } from './template.model.ts';

const ofHouse = [
  ...['owner', 'owner_phone', 'owner_kind', 'structure', 'storeys', 'floor_area', 'built_in', 'grade', 'use', 'let'],
  ...['danger', 'self_built', 'heating', 'cooks_with', 'water', 'toilet'],
];
/** Of the house whose door it is, or of the household behind the door. */
const beside: Readonly<Record<LedgerCode, readonly string[]>> = {
  residents: ofHouse.map((fact) => `house.${fact}`),
  houses: ['household.head_name', 'household.head_phone', 'household.head_id_number', 'household.size'],
  enterprises: ofHouse.map((fact) => `house.${fact}`),
  facilities: [],
};

/** What is taken from beside without anybody saying so: 面积 of an enterprise is not that of the house. */
const besideUnasked: Readonly<Record<LedgerCode, readonly string[]>> = {
  residents: ['owner', 'owner_kind', 'structure', 'floor_area', 'built_in', 'grade', 'danger', 'self_built']
    .concat('heating', 'cooks_with', 'water', 'toilet')
    .map((fact) => `house.${fact}`),
  houses: beside.houses,
  enterprises: ['house.owner', 'house.structure', 'house.grade'],
  facilities: [],
};

const isOfPeople = ({ code }: Ledger): boolean => code === residents.code;

/** What follows from the household, of residents alone. */
const followingIn = (ledger: Ledger): readonly string[] =>
  isOfPeople(ledger) ? followingFields.map((one) => one.code) : [];

/** What is not told of the record itself but of whom or what it is joined to; to an own ledger nothing is. */
export const joinedIn = (ledger: Ledger): readonly string[] =>
  isCommon(ledger) ? [...followingIn(ledger), ...beside[ledger.code]] : [];

const workedOut = ['row.number', 'place.county'];

/** What a column may be filled with: the ledger's fields, the areas it lies in, the running number, the age, what is joined to it. */
export const fillableIn = (ledger: Ledger): readonly string[] => [
  ...workedOut,
  ...(isOfPeople(ledger) ? ['person.age'] : []),
  ...ledger.fields,
  ...areaFields,
  ...joinedIn(ledger),
];

/** One of these names a resident: 联系电话 in a table of houses is nobody's who lives there. */
const naming: readonly string[] = [
  ...residents.calledBy,
  'person.id_number',
  'household.head_name',
  'household.number',
];

const said: Readonly<Record<LedgerCode, RegExp>> = {
  residents: /居民|人员|人口|村民|户籍|家庭|老人|老年人|儿童|妇女|残疾人|党员|职工|学生/,
  houses: /房屋|住房|房产|出租屋|出租房|自建房|危房|用房/,
  enterprises: /企业|商户|商铺|店铺|门店|门面|公司|场所|个体工商户/,
  facilities: /设施|设备|风险点|隐患点|危险源|风险源|点位/,
};
/** A title weighs as much as a column of the ledger's own and one more. */
const TITLE = 4;

/** What was retired since it was bound stays bound: in the columns and conditions of this table. */
export function withStanding<L extends Ledger>(
  ledger: L,
  { columns, conditions }: Pick<KeptTable, 'columns' | 'conditions'>,
): L {
  const stands = new Set([...columns, ...conditions].map(({ field }) => field));
  const retired = (ledger.added ?? []).filter(({ code, isRetired }) => isRetired && stands.has(code));
  return { ...ledger, fields: [...ledger.fields, ...retired.map(({ code }) => code)] };
}

type Unread = Omit<KeptTable, 'ledger' | 'conditions'>;

/** By its labels, as files that come in are told apart, and by its title; null: nothing in it says so. Never an own ledger. */
function ledgerOf(table: Unread): CommonLedger | null {
  const fits = ledgers.map((ledger) => {
    const { columns } = readFor(ledger, table);
    const title = `${table.title ?? ''} ${table.sheet}`;
    const isSaid = said[ledger.code].test(title) && columns.some(({ field }) => field !== null);
    const hasOwn = columns.some((one) => isItsOwn(ledger, one));
    // In a table of houses 联系电话 is own to residents as well: of those somebody must be named.
    const may = isOfPeople(ledger) ? columns.some(({ field }) => naming.includes(field ?? '')) : hasOwn || isSaid;
    return { ledger, fit: may ? pointsOf(ledger, columns) + (isSaid ? TITLE : 0) : 0 };
  });
  const best = fits.reduce((most, one) => (one.fit > most.fit ? one : most));
  return best.fit > 0 ? best.ledger : null;
}

/** Of what nothing tells whose rows it has stays empty until somebody says so. `here`: as the area asks it. */
export function judgedBlank(given: BlankTable, here: (ledger: CommonLedger) => Ledger = (ledger) => ledger): KeptTable {
  const table = { ...given, columns: given.columns.map((one) => ({ ...one, seen: one.field })) };
  const ledger = ledgerOf(table);
  if (ledger !== null) return readFor(here(ledger), table);
  const columns = table.columns.map((one) => ({ ...one, field: null, by: null }));
  return { ...table, ledger: residents.code, columns, conditions: [] };
}

/** The same table read for a ledger, which asks for all of it at first. */
export function readFor(ledger: Ledger, table: Unread): KeptTable {
  const seen = seenIn(table);
  const ofHead = isOfPeople(ledger) ? headsOwn(seen) : [];
  const unasked = isCommon(ledger) ? besideUnasked[ledger.code] : [];
  const fields = isOfPeople(ledger) ? null : judgedAs(ledger, { ...table, columns: seen });
  const columns = seen.map((one, i): KeptColumn => {
    if (one.isHidden) return { ...one, field: null, by: null };
    // What the area calls so itself comes before what it means elsewhere.
    const added = addedNamed(ledger, one.path);
    if (added !== null) return { ...one, field: added, by: 'alias' };
    const joined = unasked.includes(one.seen ?? '') ? one.seen : undefined;
    const own = fields === null ? ownOf(ledger, one) : (fields[i] ?? null);
    const kin = isOfPeople(ledger) ? (ofHead[i] ?? kinOf(one)) : null;
    const number = workedOut.includes(one.seen ?? '') ? one.seen : null;
    const field = kin ?? (ledger.code === 'houses' ? (joined ?? own) : (own ?? joined)) ?? number ?? null;
    return { ...one, field, by: field === null ? null : (one.by ?? 'path') };
  });
  return { ...table, ledger: ledger.code, columns: once(columns), conditions: [] };
}

/** As a file of it that comes in would be, but for two things nobody may guess when it goes out. */
function judgedAs(ledger: Ledger, table: Unread): (string | null)[] {
  const isAddress = ({ path }: KeptColumn): boolean => nameHere(ledger, path) === 'place.address';
  const isRegistered = ({ path }: KeptColumn): boolean => /注册|登记/.test(path);
  const hasOther = table.columns.some((one) => isAddress(one) && !isRegistered(one));
  // Where both are asked, the address the ledger knows is where it lies, not where it is registered.
  const columns = table.columns.map((one) =>
    hasOther && isAddress(one) && isRegistered(one) ? { ...one, path: '', field: null } : one,
  );
  const read = judged(ledger, { ...table, rows: 0, columns }).columns;
  // 联系人 联系电话: the telephone of somebody whom the ledger does not know.
  return read.map(({ field }, i) => {
    const [before, one] = [read[i - 1], table.columns[i]];
    const isOfAnother = before?.field === null && somebody.includes(table.columns[i - 1]?.seen ?? '');
    return isOfAnother && one?.seen === 'person.phone' ? null : field;
  });
}

const somebody = ['work.answerable', 'work.worker', 'person.name', 'house.owner', 'enterprise.head'];

/** As it was understood before any ledger was asked; of what was kept earlier its labels are read again. */
function seenIn({ columns }: Unread): (KeptColumn & { readonly seen: string | null })[] {
  const anew = fieldsOf(columns.map(({ path, isHidden }) => ({ path: isHidden ? [] : path.split('/'), values: [] })));
  return columns.map((one, i) => {
    const isKept = one.seen !== undefined;
    const said = isKept ? (one.seen ?? null) : (anew[i]?.field ?? null);
    // The land a house stands on is not what was built on it.
    const field = said === 'house.floor_area' && one.path.includes('占地') ? null : said;
    return { ...one, field, seen: field, by: field === null ? null : (anew[i]?.by ?? ('alias' as const)) };
  });
}

const ownOf = (ledger: Ledger, { seen }: KeptColumn): string | null =>
  seen != null && (isFieldOf(ledger, seen) || seen === 'person.age') ? seen : null;

/** `父亲/联系电话`. */
function kinOf({ path, seen }: KeptColumn): string | null {
  const of = seen === null ? besideOf(path.split('/')) : null;
  return of && kinField(of.whose, of.field);
}

/** 户主姓名 性别 年龄: beside the head's name they are the head's, where the person of the row is named in a group or not at all. */
function headsOwn(columns: readonly KeptColumn[]): (string | null)[] {
  const isAlone = (one: KeptColumn): boolean => !one.path.includes('/');
  const alone = columns.filter(isAlone).map(({ seen }) => seen);
  if (!alone.includes('household.head_name') || alone.includes('person.name')) return [];
  return columns.map((one) => {
    if (isAlone(one)) return one.seen?.startsWith('person.') ? kinField('户主', one.seen) : null;
    // 年龄 of the head had been taken for that of the members, which stands in their group.
    const own = one.seen === null ? fieldOf(one.path.split('/'), [])?.field : undefined;
    return own?.startsWith('person.') ? own : null;
  });
}

/** A row holds a fact once: of two columns the first has it. */
function once(columns: readonly KeptColumn[]): KeptColumn[] {
  const taken = new Set<string>();
  return columns.map((one) => {
    if (one.field === null || !taken.has(one.field)) {
      if (one.field !== null) taken.add(one.field);
      return one;
    }
    return { ...one, field: null, by: null };
  });
}

/** As it was kept; what was kept before there were several ledgers is of residents. */
export function shapeOf({ tables, chosen, conditions = [] }: KeptShape): TemplateShape {
  const asNow = tables.map(
    (table, i): KeptTable => ({
      ...table,
      ledger: table.ledger ?? residents.code,
      conditions: table.conditions ?? (i === chosen ? conditions : []),
    }),
  );
  return { tables: asNow, chosen };
}
