import { nameIn } from '../fields/added_fields.model.ts';
import { type Condition, conditionalIn } from '../fields/choice.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import type { Ledger } from '../ledger.model.ts';

/** Whom a superior's workbook means: what its title offers as a condition, and who could not be judged. */

const AGE = String.raw`(\d{1,3})\s*(?:周岁|岁)`;
const ages: readonly (readonly [form: RegExp, is: Condition['is'], less: number])[] = [
  [new RegExp(`${AGE}(?:[（(]含[）)])?(?:及|或)?其?以上`), 'at_least', 0],
  [/(\d{1,3})\s*(?:周岁|岁)?\s*[-—–~～至到]\s*\d{1,3}\s*(?:周岁|岁)/, 'at_least', 0],
  [new RegExp(`\\d{1,3}\\s*(?:周岁|岁)?\\s*[-—–~～至到]\\s*${AGE}`), 'at_most', 0],
  [new RegExp(`(?:不满|未满)\\s*${AGE}`), 'at_most', 1],
  // 《民法典》第一千二百五十九条: 以上、以下 include the number itself.
  [new RegExp(`(?<!不满\\s*|未满\\s*|\\d)${AGE}(?:[（(]含[）)])?(?:及|或)?其?以下`), 'at_most', 0],
];

const groups: readonly (readonly [form: RegExp, condition: Condition])[] = [
  [/独居|空巢/, { field: 'person.lives_alone', is: 'equals', value: 'yes' }],
  [/低保|最低生活保障/, { field: 'person.low_income', is: 'equals', value: 'yes' }],
  [/残疾/, { field: 'person.disability', is: 'told' }],
  [/妇女|女性/, { field: 'person.sex', is: 'equals', value: 'female' }],
  [/出租屋|出租房/, { field: 'house.let', is: 'equals', value: 'yes' }],
  [/自建房/, { field: 'house.self_built', is: 'equals', value: 'yes' }],
];

/** 《老年人权益保障法》第二条、《未成年人保护法》第二条: of what age they are where the title does not say it. */
const unsaidAges: readonly (readonly [form: RegExp, condition: Condition])[] = [
  [/老年人|老人/, { field: 'person.age', is: 'at_least', value: '60' }],
  [/未成年/, { field: 'person.age', is: 'at_most', value: '17' }],
];

/** What a title says of who belongs into it. It is offered and never set: a title may mean otherwise. */
export function offeredBy(title: string, ledger: Ledger, conditions: readonly Condition[]): Condition[] {
  const text = title.normalize('NFKC');
  const aged = ages.flatMap(([form, is, less]): Condition[] => {
    const years = form.exec(text)?.[1];
    return years === undefined ? [] : [{ field: 'person.age', is, value: String(Number(years) - less) }];
  });
  const named = [...(aged.length > 0 ? [] : unsaidAges), ...groups].flatMap(([form, one]) =>
    form.test(text) ? [one] : [],
  );
  const may = conditionalIn(ledger);
  const isThere = ({ field, is }: Condition): boolean =>
    conditions.some((one) => one.field === field && (one.is === is || field !== 'person.age'));
  return [...aged, ...named].filter((one) => may.includes(one.field) && !isThere(one));
}

/** `没有年龄`, `没有填是否独居或残疾类别`, `没有填“大型犬”`: why nobody can say whether they are meant. */
export const lackingZh = (ledger: Ledger, fields: readonly string[]): string =>
  `没有${fields.map((code) => lackOf(code, nameIn(ledger, code).zh)).join('或')}`;

const lackOf = (code: string, name: string): string => (isOwn(code) ? `填“${name}”` : name.replace(/^(?=是否)/, '填'));
