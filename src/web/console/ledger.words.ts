import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import type { Added } from '../../domains/land/registry/fields/added_view.model.ts';
import { codeListOf } from '../../domains/land/registry/fields/code_lists.model.ts';
import { nameOf, typeNamed } from '../../domains/land/registry/fields/keeping.model.ts';
import { isOwn } from '../../domains/land/registry/fields/own_code.model.ts';
import {
  type AnyLedgerCode,
  type CommonLedger,
  type Ledger,
  residents,
} from '../../domains/land/registry/ledger.model.ts';
import { ledgerNamed, ledgers, type OwnLedgerSaid, ownLedger } from '../../domains/land/registry/ledgers.model.ts';
import { isOwnLedger } from '../../domains/land/registry/own/own_ledger_code.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { type Group, group, groupsByLedger, placeOf } from './ledger_groups.ts';

/** 自建台账: the same in each; what it is kept for stands in its own fields. */
const ofOwn: readonly Group[] = [
  group('这一条', 'The entry', 'thing.name'),
  group('位置', 'Where', placeOf('place.address')),
  group('谁负责', 'Who answers for it', 'work.answerable work.answerable_phone'),
];

/** Every field of a ledger stands in one of them; what no group names comes last, and behind it what was added here. */
export function groupsOf(code: AnyLedgerCode, added: readonly Added[] = []): readonly Group[] {
  const [own, { fields }]: [readonly Group[], Ledger] = [
    isOwnLedger(code) ? ofOwn : groupsByLedger[code],
    ledgerNamed(code),
  ];
  const rest = fields.filter((field) => !own.some((one) => one.fields.includes(field)));
  const other = { words: { zh: '其他', en: 'Other' }, fields: rest };
  if (added.length === 0) return [...own, other];
  return [...own, other, { words: { zh: '自建字段', en: 'Own fields' }, fields: added.map((one) => one.code) }];
}

export const nameAmong = (added: readonly Added[], code: string): Words => {
  const called = added.find((one) => one.code === code)?.name;
  return called === undefined ? nameOf(code) : { zh: called, en: called };
};

/** As the form of a record asks for it: what was added by its own name, the rest as the ledger calls it. */
export const askedAs = (
  of: Parameters<typeof ledgerShown>[0] & { readonly added: readonly Added[] },
  code: string,
): Words => (isOwn(code) ? nameAmong(of.added, code) : nameIn(ledgerShown(of), code));

export const stillAsked = (added: readonly Added[]): readonly Added[] => added.filter(({ isRetired }) => !isRetired);

/** What an address or a form says; anything else is the first. */
export const ledgerAsked = (code: string | undefined): Ledger =>
  code !== undefined && isOwnLedger(code) ? ledgerNamed(code) : commonAsked(code);
const commonAsked = (code: string | undefined): CommonLedger => ledgers.find((one) => one.code === code) ?? residents;

/** The same, an own ledger by the name that its area gave it. */
export function ledgerAmong(
  own: readonly (OwnLedgerSaid & { readonly code: string })[],
  code: string | undefined,
): Ledger {
  const said = own.find((one) => one.code === code);
  return said && isOwnLedger(said.code) ? ownLedger(said.code, said) : ledgerAsked(code);
}

/** Of a record, a file: as its area calls it. */
export const ledgerShown = ({ ledger, own }: { ledger: AnyLedgerCode; own: OwnLedgerSaid | null }): Ledger =>
  isOwnLedger(ledger) && own !== null ? ownLedger(ledger, own) : ledgerNamed(ledger);

const choices: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  sex: { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } },
  yes_no: { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } },
};

/** What one chooses from instead of writing; null: it is written. */
export function choicesOf(code: string, added: readonly Added[] = []): Readonly<Record<string, Words>> | null {
  const own = added.find((one) => one.code === code)?.choices ?? [];
  const listed = own.length > 0 ? own : (codeListOf(code)?.words ?? []);
  if (listed.length > 0 && listed.length <= MOST_CHOSEN)
    return Object.fromEntries(listed.map((one) => [one, { zh: one, en: one }]));
  return choices[typeNamed(code) ?? 'text'] ?? null;
}

/** Of more one writes the word, and it is looked up. */
const MOST_CHOSEN = 20;

export const valueWords = (code: string, value: string, language: Language): string =>
  choicesOf(code)?.[value]?.[language] ?? value;

/** `Sheet1!12` is Sheet1 第 12 行, with or without the name of the file before it. */
export const rowWords = (where: string, language: Language): string =>
  where.replace(/\s*!(\d+)$/, (_, row: string) => (language === 'zh' ? ` 第 ${row} 行` : `, row ${row}`)).trim();
