import type { Values } from './batches/candidate.model.ts';
import { codeListOf } from './fields/code_lists.model.ts';

/**
 * What is certain once something else is told, so that nobody is asked twice: who has a certificate of disability is disabled, and
 * a house of grade D is unsound. Where the other fact leaves it open, nothing follows.
 */
interface Rule {
  readonly field: string;
  readonly from: string;
  readonly says: (told: string, values: Values) => string | undefined;
}

const yes = (is: boolean): string => (is ? 'yes' : 'no');
const KINDS = ['视力残疾', '听力残疾', '言语残疾', '肢体残疾', '智力残疾', '精神残疾', '多重残疾'];
const GRADES = ['一级', '二级', '三级', '四级'];
/** As a list of insurances and of disabilities says that there is none. */
const NONE = /^(无|否|没有|未参保)$/;

/** In the order in which they are asked: the surest first. */
const rules: readonly Rule[] = [
  // The last two digits of the certificate are the kind and the grade.
  { field: 'person.disability', from: 'person.disability_number', says: (told) => KINDS[Number(told[18]) - 1] },
  { field: 'person.disability_grade', from: 'person.disability_number', says: (told) => GRADES[Number(told[19]) - 1] },
  // 肢体二级, as many write both in one cell.
  { field: 'person.disability_grade', from: 'person.disability', says: gradeIn },
  { field: 'person.has_disability', from: 'person.disability_number', says: () => 'yes' },
  { field: 'person.has_disability', from: 'person.disability_grade', says: (told) => noUnless(GRADES.includes(told)) },
  { field: 'person.has_disability', from: 'person.disability', says: (told) => yes(!NONE.test(told)) },
  { field: 'person.is_party_member', from: 'person.party', says: isMember },
  { field: 'person.is_party_member', from: 'person.joined_party_on', says: () => 'yes' },
  { field: 'person.veteran', from: 'person.served_to', says: () => 'yes' },
  { field: 'person.insured', from: 'person.medical_kind', says: (told) => yes(!NONE.test(told)) },
  { field: 'person.pensioned', from: 'person.pension_kind', says: (told) => yes(!NONE.test(told)) },
  { field: 'person.destitute', from: 'person.destitute_kind', says: (told) => yes(!NONE.test(told)) },
  { field: 'person.low_income', from: 'person.low_income_number', says: () => 'yes' },
  { field: 'person.lives_alone', from: 'person.living', says: livesAlone },
  { field: 'household.income_each', from: 'household.income', says: each },
  { field: 'house.danger', from: 'house.grade', says: unsound },
  { field: 'house.let', from: 'house.state', says: isLet },
];

function gradeIn(told: string): string | undefined {
  const [, digit = ''] = /([一二三四1-4])级$/.exec(told) ?? [];
  return digit === '' ? undefined : (GRADES['一二三四'.indexOf(digit)] ?? GRADES[Number(digit) - 1]);
}

const noUnless = (is: boolean): string | undefined => (is ? 'yes' : undefined);

/** A candidate member (预备党员) is one for some tables and none for others; of a word that no list knows nobody can say. */
function isMember(told: string): string | undefined {
  const isListed = codeListOf('person.party')?.words.includes(told) ?? false;
  return !isListed || told === '中共预备党员' ? undefined : yes(told === '中共党员');
}

function livesAlone(told: string): string | undefined {
  return /^(独居|独自居住|单独居住|一人居住)$/.test(told) ? 'yes' : /同住|一起居住/.test(told) ? 'no' : undefined;
}

function each(told: string, values: Values): string | undefined {
  const [income, size] = [Number(told), Number(values['household.size'])];
  return income >= 0 && size >= 1 ? String(Math.round((income / size) * 100) / 100) : undefined;
}

function unsound(told: string): string | undefined {
  return /^[CD]级$/.test(told) ? 'yes' : /^[AB]级$/.test(told) ? 'no' : undefined;
}

function isLet(told: string): string | undefined {
  return /^(出租|部分出租)$/.test(told) ? 'yes' : /^(自住|空置|停用)$/.test(told) ? 'no' : undefined;
}

/** All that follows from what is told and is not told itself. */
export function certainOf(values: Values): Values {
  const found: Record<string, string> = {};
  for (const { field, from, says } of rules) {
    const told = values[from];
    if (told === undefined || values[field] !== undefined || found[field] !== undefined) continue;
    const value = says(told, values);
    if (value !== undefined) found[field] = value;
  }
  return found;
}

/** From which of them; null: it does not follow. */
export const certainFrom = (code: string, values: Values): string | null =>
  rules.find(({ field, from, says }) => field === code && values[from] !== undefined && says(values[from], values))
    ?.from ?? null;
