import { fieldNamed } from '../../domains/land/registry/keeping.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';
import type { Language, Words } from '../../kernel/words.ts';

/** What the ledger keeps, as people say it. */
export interface Group {
  readonly words: Words;
  readonly fields: readonly string[];
}

const group = (zh: string, en: string, fields: string): Group => ({ words: { zh, en }, fields: fields.split(' ') });

const named: readonly Group[] = [
  group('本人', 'The person', 'person.name person.sex person.born_on person.id_number person.phone person.nation'),
  group(
    '住处',
    'Home',
    'place.grid place.compound place.group place.building place.entrance place.door person.lives_at person.registered_at person.moved_in_on',
  ),
  group(
    '家庭',
    'Household',
    'household.number household.relation household.head_name household.head_id_number household.head_phone household.kind household.size person.marital',
  ),
  group('学习和工作', 'Schooling and work', 'person.schooling person.occupation person.works_at person.party'),
  group(
    '健康和困难',
    'Health and need',
    'person.health person.disability person.need person.lives_alone person.low_income',
  ),
];

/** Every field of the ledger stands in one of them; what no group names comes last. */
export const groups: readonly Group[] = [
  ...named,
  {
    words: { zh: '其他', en: 'Other' },
    fields: residents.fields.filter((code) => !named.some(({ fields }) => fields.includes(code))),
  },
];

const choices: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  sex: { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } },
  yes_no: { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } },
};

/** What one chooses from instead of writing; null: it is written. */
export const choicesOf = (code: string): Readonly<Record<string, Words>> | null =>
  choices[fieldNamed(code)?.type ?? 'text'] ?? null;

export const valueWords = (code: string, value: string, language: Language): string =>
  choicesOf(code)?.[value]?.[language] ?? value;

/** `Sheet1!12` is Sheet1 第 12 行, with or without the name of the file before it. */
export const rowWords = (where: string, language: Language): string =>
  where.replace(/\s*!(\d+)$/, (_, row: string) => (language === 'zh' ? ` 第 ${row} 行` : `, row ${row}`)).trim();
