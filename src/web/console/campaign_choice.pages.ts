import { html } from 'ghtml';
import { fieldIn, nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { type Condition, conditionalIn } from '../../domains/land/registry/fields/choice.model.ts';
import { isCommon, type Ledger, type LedgerCode } from '../../domains/land/registry/ledger.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import type { Fault } from '../ui/page.ts';
import { sealedSaid } from './own_sealed.pages.ts';
import { sayIn } from './people.pages.ts';

/** Who, or what of a ledger, a campaign means: what its page asks for, and the conditions that follow. */
type Fields = Readonly<Record<string, string>>;

interface Asked {
  readonly name: string;
  readonly field: string;
  readonly is: Condition['is'];
  /** Where the name of the field does not say it. */
  readonly words?: Words;
}

const is = (name: string, field: string): Asked => ({ name, field, is: 'equals' });
const least = (name: string, field: string, zh: string, en: string): Asked => ({
  ...{ name, field, is: 'at_least', words: { zh, en } },
});
const most = (name: string, field: string, zh: string, en: string): Asked => ({
  ...{ name, field, is: 'at_most', words: { zh, en } },
});

/** What campaigns are commonly chosen by; the interface takes any field that is not masked. */
const commonly: Readonly<Record<LedgerCode, readonly Asked[]>> = {
  residents: [
    least('ageFrom', 'person.age', '年龄至少', 'Age at least'),
    most('ageTo', 'person.age', '年龄至多', 'Age at most'),
    is('sex', 'person.sex'),
    is('alone', 'person.lives_alone'),
    is('allowance', 'person.low_income'),
    is('need', 'person.need'),
  ],
  houses: [
    is('selfBuilt', 'house.self_built'),
    is('let', 'house.let'),
    is('structure', 'house.structure'),
    is('grade', 'house.grade'),
    least('storeys', 'house.storeys', '层数至少', 'Storeys at least'),
    most('builtBy', 'house.built_in', '建成年份不晚于', 'Built no later than'),
  ],
  enterprises: [
    is('trade', 'enterprise.trade'),
    least('staffFrom', 'enterprise.staff', '从业人数至少', 'Persons employed, at least'),
  ],
  facilities: [
    is('kind', 'facility.kind'),
    is('level', 'hazard.level'),
    is('state', 'facility.state'),
    is('body', 'work.body'),
  ],
};

/** What every own ledger has besides its own fields. */
const inOwn = [is('compound', 'place.compound'), is('group', 'place.group')];

/** Those, and what the area added: numbers and days from and to, all else as it is said. */
const askedIn = (ledger: Ledger): readonly Asked[] => [
  ...(isCommon(ledger) ? commonly[ledger.code] : inOwn),
  ...(ledger.added ?? []).filter(({ code }) => conditionalIn(ledger).includes(code)).flatMap(askedOf),
];

function askedOf({ code, type, name: { zh, en } }: NonNullable<Ledger['added']>[number]): Asked[] {
  if (type === 'date')
    return [
      least(`${code}.from`, code, `${zh}不早于`, `${en}, not before`),
      most(`${code}.to`, code, `${zh}不晚于`, `${en}, not after`),
    ];
  if (type === 'whole' || type === 'number')
    return [
      least(`${code}.from`, code, `${zh}至少`, `${en}, at least`),
      most(`${code}.to`, code, `${zh}至多`, `${en}, at most`),
    ];
  return [is(code, code)];
}

/** What is left empty asks for nothing. */
export const conditionsIn = (ledger: Ledger, typed: Fields): Condition[] =>
  filledIn(ledger, typed).map(({ name, field, is: how }) => ({ field, is: how, value: typed[name]?.trim() ?? '' }));

const filledIn = (ledger: Ledger, typed: Fields): Asked[] =>
  askedIn(ledger).filter(({ name }) => (typed[name]?.trim() ?? '') !== '');

/** What the page would ask for so, and the conditions that it has no box for. */
export function typedAs(ledger: Ledger, conditions: readonly Condition[]): { typed: Fields; left: Condition[] } {
  const boxes = conditions.map(({ field, is: how, value }) => ({
    name: askedIn(ledger).find((one) => one.field === field && one.is === how)?.name,
    value,
  }));
  const filled = boxes.flatMap(({ name, value }) => (name === undefined || value === undefined ? [] : [[name, value]]));
  return { typed: Object.fromEntries(filled), left: conditions.filter((_, i) => boxes[i]?.name === undefined) };
}

/** What is wrong with the second condition is wrong with the second field that was filled. */
export function withFields(fault: Fault, ledger: Ledger, typed: Fields): Fault {
  const filled = filledIn(ledger, typed);
  const errors = fault.errors.map((error) => {
    const name = filled[Number(/^choice\.(\d+)/.exec(error.path ?? '')?.[1] ?? NaN)]?.name;
    return name === undefined ? error : { ...error, path: name };
  });
  return { ...fault, errors };
}

const yesNo: readonly (readonly [string, Words])[] = [
  ['yes', { zh: '是', en: 'yes' }],
  ['no', { zh: '否', en: 'no' }],
];
const sexes: readonly (readonly [string, Words])[] = [
  ['male', { zh: '男', en: 'male' }],
  ['female', { zh: '女', en: 'female' }],
];

const legends: Readonly<Record<LedgerCode, Words>> = {
  residents: { zh: '走访哪些人', en: 'Whom' },
  houses: { zh: '走访哪些房屋', en: 'Which houses' },
  enterprises: { zh: '走访哪些企业商户', en: 'Which enterprises' },
  facilities: { zh: '走访哪些设施与风险点', en: 'Which facilities and risk points' },
};

const legendOf = (ledger: Ledger): Words => {
  const { zh, en } = ledger.words;
  return isCommon(ledger) ? legends[ledger.code] : { zh: `走访“${zh}”里的哪些`, en: `Which of “${en}”` };
};

export function choiceFields(ledger: Ledger, typed: Fields, language: Language): string {
  const t = sayIn(language);
  const all =
    ledger.code === 'residents'
      ? t('都空着就是所有人', 'all empty: everybody')
      : t('都空着就是全部', 'all empty: all of them');
  return html`<fieldset><legend>${legendOf(ledger)[language]} <span class="soft">${all}</span></legend><div class="asks">!${askedIn(ledger).map((one) => html`<div>!${control(ledger, one, typed[one.name] ?? '', language)}</div>`)}</div>!${sealedSaid(ledger, language)}</fieldset>`;
}

function control(ledger: Ledger, { name, field, is: how, words }: Asked, value: string, language: Language): string {
  const label = html`<label for="${name}">${(words ?? nameIn(ledger, field))[language]}</label>`;
  const { type, choices = [] } = fieldIn(ledger, field) ?? {};
  const listed = choices.map((one) => [one, { zh: one, en: one }] as const);
  const options = type === 'yes_no' ? yesNo : type === 'sex' ? sexes : listed;
  if (options.length > 0)
    return html`!${label}<select id="${name}" name="${name}"><option value="">${sayIn(language)('不限', 'any')}</option>!${options.map(([code, said]) => html`<option value="${code}"!${code === value ? ' selected' : ''}>${said[language]}</option>`)}</select>`;
  const ordered = type === 'date' ? 'type="date"' : 'inputmode="decimal" maxlength="12"';
  return html`!${label}<input id="${name}" name="${name}" value="${value}" autocomplete="off" !${how === 'equals' ? 'maxlength="60"' : ordered}>`;
}
