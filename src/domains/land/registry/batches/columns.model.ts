import { dictionary } from '../fields/dictionary.model.ts';
import type { Field } from '../fields/field.model.ts';
import { plain, typeOfValues, type ValueType } from '../fields/value.model.ts';

/** Which fact a column holds, and what says so. */
export interface Understood {
  readonly field: string;
  readonly by: 'alias' | 'path' | 'values';
}

/**
 * `*身份证号（18位）` and `身份证号` are one name: signs, units and what stands in brackets say nothing. Nor does it matter
 * whether it is written with the old characters.
 */
export const bareName = (label: string): string =>
  [...plain(label)]
    .map((char) => SIMPLE.get(char) ?? char)
    .join('')
    .replace(/[(（[【〔].*?[)）\]】〕]/g, '')
    .replace(/[*※:：、，,.。/\\|_\-—“”"'<>《》+]/g, '')
    .replace(/^\d+(?=\D)/, '')
    .replace(/(?<=.)(m2|平方米)$/, '')
    .toLowerCase();

/** Of the characters that names of columns are made of, those that are written otherwise in Hong Kong and Taiwan. */
const SIMPLE = new Map(
  '號号碼码證证聯联繫系係系電电話话備备註注別别齡龄與与關关戶户現现時时間间業业職职務务單单區区縣县鎮镇鄉乡樓楼棟栋層层積积結结構构類类級级責责稱称編编經经緯纬歲岁黨党狀状況况學学歷历體体殘残產产權权負负籍籍門门號号員员長长場场點点數数總总'
    .match(/../gu)
    ?.map((pair): [string, string] => [pair[0] ?? '', pair[1] ?? '']),
);

/** Words of a group that tell nothing of whose its columns are. */
const EMPTY_GROUP = /(基本|个人|主要|相关|详细)?(信息|情况|资料|内容|登记)$/;

const names = new Map<string, Field>();
for (const field of dictionary)
  for (const name of [field.name.zh, field.name.en, ...field.aliases]) {
    // `镇（街）` is known with its brackets as well.
    for (const key of [bareName(name), plain(name).replace(/[()（）、]/g, '')])
      if (!names.has(key)) names.set(key, field);
  }

/** A label in two languages, or with its unit behind a stroke, is known by its first part, else by its second. */
function byName(name: string, label = name): Field | undefined {
  const whole = names.get(name);
  if (whole) return whole;
  const parts = [
    label.replace(/[A-Za-z][A-Za-z.\s]+/g, ''),
    label.replace(/\p{Script=Han}+/gu, ''),
    ...label.split('/'),
  ];
  return parts.map((part) => names.get(bareName(part))).find((field) => field !== undefined);
}

/** Types that are seen in the values themselves, and of which one field is nearly always meant. */
const byType: Partial<Record<ValueType, string>> = {
  id_number: 'person.id_number',
  phone: 'person.phone',
  credit_code: 'enterprise.credit_code',
  sex: 'person.sex',
};

/** `电话` over a column of small numbers counts calls, `总人口` over hundreds a village: values speak against the name. */
function isBelied({ code, type }: Field, values: readonly string[]): boolean {
  const said = values.map(plain).filter((value) => value !== '');
  if (said.length === 0) return false;
  if (code === 'household.size')
    return said.filter((value) => Number(value) > LARGEST_HOUSEHOLD).length > said.length / 2;
  if (type !== 'phone' && type !== 'id_number' && type !== 'credit_code') return false;
  return said.filter((value) => value.length >= SHORTEST).length < said.length / 2;
}

const LARGEST_HOUSEHOLD = 30;
/** Of telephone numbers, without what stands before them. */
const SHORTEST = 7;

/** `防灾责任人`, `门面位置`: whatever stands before, it is one. */
const BY_ITS_END: readonly (readonly [RegExp, string])[] = [
  [/责任人$/, 'work.answerable'],
  [/位置$/, 'place.site'],
];

/** Rows that were counted, whatever is written over it. */
const counts = (values: readonly string[]): boolean =>
  values.length >= 3 && values.every((value, i) => Number(value) === i + 1);

/** Facts that a table may hold of several people in one row. */
const PERSONAL = new Set([
  'person.name',
  'person.phone',
  'person.id_number',
  'person.sex',
  'person.born_on',
  'person.age',
]);
/** Facts that are a relative's where one stands before them: 父亲工作单位 is not where the person of the row works. */
const OF_KIN = new Set([
  'person.nation',
  'person.schooling',
  'person.occupation',
  'person.works_at',
  'person.went_to',
  'person.health',
]);
const KIN = /^(户主|监护人|配偶|丈夫|妻子|子女|[父母]亲?|(外?祖)[父母])$/;

/** Words before such a fact that say no more than that it is the person's of the row. */
const OWN = /^(本人|个人|居民|村民|公民|人员|成员\d*|家庭|户籍人口|常用|主要|联系|手机|移动|固定|现|有效)*$/;
/** A group of columns that is called like this is somebody. */
const SOMEBODY = /([人者员长主]|[父母]亲|祖[父母]|配偶|丈夫|妻子|子女)$/;
/** Whoever stands beside the person of the row and is not that person. */
const BESIDE =
  /父|母|配偶|丈夫|妻|子女|儿子|女儿|家属|亲属|监护|照护|照料|紧急|备用|担保|介绍|责任|负责|管理|监测|经办|接待|创建|审核|填报|登记|调解|联系人|代表|楼|房东|产权|业主|法人|经营|网格/;
/** Of fields that name somebody: where that one's number and telephone go. */
const ofSomebody: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'household.head_name': { 'person.phone': 'household.head_phone', 'person.id_number': 'household.head_id_number' },
  'work.answerable': {},
  'work.worker': {},
  'house.owner': {},
  'enterprise.head': {},
};

interface Label {
  readonly groups: readonly string[];
  readonly leaf: string;
  /** The lowest as it is written. */
  readonly written: string;
}

function labelOf(path: readonly string[]): Label {
  const parts = path.map(bareName).filter((part) => part !== '');
  const groups = parts
    .slice(0, -1)
    .map((part) => part.replace(EMPTY_GROUP, ''))
    .filter((part) => part !== '');
  return { groups, leaf: parts.at(-1) ?? '', written: path.at(-1) ?? '' };
}

/** `父亲/电话`, `父亲联系电话`: whose it is, and what; null: it says nobody's, or nothing of the kind. */
function whoseOf({ groups, leaf, written }: Label): { readonly whose: string; readonly field: string } | null {
  const whole = byName(leaf, written)?.code;
  if (whole !== undefined) {
    const group = groups.at(-1) ?? '';
    const isKin = KIN.test(group) && OF_KIN.has(whole);
    const isSomebody = isKin || (SOMEBODY.test(group) && !OWN.test(group) && PERSONAL.has(whole));
    return isSomebody ? { whose: group, field: whole } : null;
  }
  for (let at = 1; at < leaf.length; at += 1) {
    const field = names.get(leaf.slice(at))?.code;
    if (field === undefined) continue;
    const before = leaf.slice(0, at);
    return PERSONAL.has(field) || (OF_KIN.has(field) && KIN.test(before)) ? { whose: before, field } : null;
  }
  return null;
}

/** `父亲/电话`, `父亲联系电话`, `监护人姓名`: of whom besides the person of the row, as it is written, and which fact. */
export function besideOf(path: readonly string[]): { readonly whose: string; readonly field: string } | null {
  const found = whoseOf(labelOf(path));
  return found === null || OWN.test(found.whose) ? null : found;
}

/** `户主/电话`: the group says who, and there is a field for it. */
function ofGroup({ groups, leaf, written }: Label): string | undefined {
  const who = byName(groups.at(-1) ?? '')?.code ?? '';
  const what = byName(leaf, written)?.code ?? '';
  const facts = ofSomebody[who];
  return what === 'person.name' && facts ? who : facts?.[what];
}

/**
 * `path` are the labels over a column from the top down. Names come first, the whole path before its last part, so that
 * the head's number is not taken for anybody's; then what the values are; else nothing: then one asks.
 */
export function fieldOf(path: readonly string[], values: readonly string[]): Understood | null {
  const label = labelOf(path);
  const { groups, leaf, written } = label;
  if (groups.length > 0) {
    const whole = byName([...groups, leaf].join(''))?.code ?? byName(`${groups.at(-1)}${leaf}`)?.code ?? ofGroup(label);
    if (whole) return { field: whole, by: 'path' };
  }
  const whose = whoseOf(label);
  if (whose) return OWN.test(whose.whose) ? { field: whose.field, by: 'alias' } : null;
  const bracketed = byName(plain(written).replace(/[()（）、*]/g, ''));
  const named = byName(leaf, written) ?? bracketed;
  if (named && !isBelied(named, values)) return { field: named.code, by: 'alias' };
  const end = BY_ITS_END.find(([form]) => form.test(leaf));
  if (end) return { field: end[1], by: 'alias' };
  if (counts(values)) return { field: 'row.number', by: 'values' };
  const type = typeOfValues(values);
  const seen = type === null ? undefined : byType[type];
  return seen === undefined ? null : { field: seen, by: 'values' };
}

export interface Labelled {
  readonly path: readonly string[];
  readonly values: readonly string[];
}

/**
 * The same of all columns of a table. They say together who a row is about: where no column is just 姓名, it is the first
 * who is named and is not somebody's father. And a row holds a fact once: of two columns the one that is called so has it.
 */
export function fieldsOf(columns: readonly Labelled[]): (Understood | null)[] {
  const each = columns.map(({ path, values }) => fieldOf(path, values));
  const isNamed = each.some((one) => one?.field === 'person.name' || one?.field === 'enterprise.name');
  const whose = columns.map(({ path }) => whoseOf(labelOf(path)));
  const subject = isNamed ? null : whose.find((one) => one?.field === 'person.name' && !BESIDE.test(one.whose))?.whose;
  const known = each.map((one, i) => {
    const of = whose[i];
    return one === null && of && of.whose === subject ? { field: of.field, by: 'path' as const } : one;
  });
  return known.map((one, i) => {
    if (one === null) return null;
    const rivals = known.flatMap((other, at) => (other?.field === one.field ? [at] : []));
    const best = rivals.sort((a, b) => fitOf(known[a], columns[a]) - fitOf(known[b], columns[b]) || a - b)[0];
    return best === i ? one : null;
  });
}

/** How well a column fits what it is taken for, the best first. */
function fitOf(understood: Understood | null | undefined, column: Labelled | undefined): number {
  if (!understood || !column || understood.by === 'values') return 2;
  const { leaf } = labelOf(column.path);
  return understood.by === 'path' || names.get(leaf)?.name.zh === column.path.at(-1) ? 0 : 1;
}
