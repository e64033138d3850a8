import { z } from 'zod';
import { idSchema } from '../../../../kernel/id.ts';
import { defineProblems } from '../../../../kernel/problem.ts';
import type { Words } from '../../../../kernel/words.ts';
import { bareName, fieldOf } from '../batches/columns.model.ts';
import { isFieldOf, nameHere } from '../batches/fit.model.ts';
import { ledgerWith } from '../fields/added_fields.model.ts';
import type { Added } from '../fields/added_view.model.ts';
import type { AddedField } from '../fields/field.model.ts';
import { fieldNamed } from '../fields/keeping.model.ts';
import { type OwnKind, ownCode, ownKinds, type Secrecy } from '../fields/own_code.model.ts';
import { anyLedger, type Ledger } from '../ledger.model.ts';
import { isOwnLedger } from './own_ledger_code.model.ts';

/** Own fields (自建字段): what an area asks of a ledger besides the dictionary, without anybody changing the program. */

export const ownKindWords: Readonly<Record<OwnKind, Words>> = {
  text: { zh: '文字', en: 'text' },
  whole: { zh: '整数', en: 'whole number' },
  decimal: { zh: '小数', en: 'decimal number' },
  date: { zh: '日期', en: 'date' },
  yes_no: { zh: '是或否', en: 'yes or no' },
  choice: { zh: '从几个里选一个', en: 'one of a list' },
  phone: { zh: '电话', en: 'telephone' },
};

/** Of one ledger in one area; what stands on a page can still be read. */
export const MOST_OWN = 30;
const MOST_CHOICES = 40;

const text = (most: number) => z.string().trim().max(most);
const name = text(20);
const texts = (each: number, most: number) => z.array(text(each).min(1)).max(most);

/** What may change later: what it is called, under which names files have it, what it is for, and more choices. */
const worded = {
  name,
  aliases: texts(20, 20),
  help: text(200),
  usedFor: text(200),
  choices: texts(30, MOST_CHOICES).describe('Of a choice; those that are there stay'),
  freshMonths: z.number().int().min(1).max(120).nullable().describe('After so many months it is asked again'),
};
export const ownFieldForm = z.strictObject({
  areaId: idSchema,
  ledger: anyLedger,
  kind: z.enum(ownKinds),
  sensitive: z.boolean().describe('Sealed under the key of the record, as what concerns a person is'),
  ...worded,
});
export const ownFieldChange = z.strictObject(worded);
export type GivenField = z.output<typeof ownFieldForm>;
export type GivenChange = z.output<typeof ownFieldChange>;

export const ownFieldView = z.object({
  id: idSchema,
  code: z.string(),
  ledger: anyLedger,
  areaId: idSchema,
  area: z.string(),
  kind: z.enum(ownKinds),
  secrecy: z.enum(['open', 'sealed', 'masked']),
  name: z.string(),
  aliases: z.array(z.string()),
  help: z.string(),
  usedFor: z.string(),
  choices: z.array(z.string()),
  freshMonths: z.number().nullable(),
  addedBy: z.string(),
  addedAt: z.date(),
  retiredBy: z.string().nullable(),
  retiredAt: z.date().nullable(),
  isHere: z.boolean().describe('Whether it holds in all of the area that was asked for'),
  mayChange: z.boolean().describe('Whether the viewer keeps the ledger of its whole area'),
});

export const similarView = z.object({
  taken: z
    .object({ name: z.string(), by: z.string() })
    .nullable()
    .describe('What is called exactly so already, and whose it is'),
  dictionary: z.array(z.string()).describe('Fields of the dictionary that this name may mean'),
  own: z.array(z.object({ name: z.string(), area: z.string(), isHere: z.boolean() })),
});

/** As the ledger of a record or a file knows it, for a page that shows it. */
export const addedOf = ({ added = [] }: Ledger): Added[] =>
  added.map(({ code, name: { zh }, help, choices, isRetired }) => ({
    ...{ code, name: zh, help, choices: [...choices], isRetired },
  }));

/** How values of it lie. A telephone is covered as everywhere; what is written about residents, or in an own ledger, is never in clear. */
export function secrecyOf({ kind, ledger, sensitive }: Pick<GivenField, 'kind' | 'ledger' | 'sensitive'>): Secrecy {
  if (kind === 'phone') return 'masked';
  return sensitive || (kind === 'text' && (ledger === 'residents' || isOwnLedger(ledger))) ? 'sealed' : 'open';
}

export interface OwnField {
  readonly id: string;
  readonly kind: OwnKind;
  readonly secrecy: Secrecy;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly help: string;
  readonly choices: readonly string[];
  readonly freshMonths: number | null;
  readonly retiredAt: Date | null;
}

export function addedFrom({ id, kind, secrecy, name: called, aliases, help, choices, ...it }: OwnField): AddedField {
  const type = kind === 'decimal' ? ('number' as const) : kind;
  const said = { code: ownCode(kind, secrecy, id), name: { zh: called, en: called }, type, aliases };
  return { ...said, help, choices, freshMonths: it.freshMonths, isRetired: it.retiredAt !== null };
}

/** Of one name for two the area says which is meant; over a column either is understood. */
export const addedApart = (fields: readonly (OwnField & { readonly area: string })[]): AddedField[] =>
  fields.map((one) => {
    const added = addedFrom(one);
    if (!fields.some(({ id, name: other }) => id !== one.id && bareName(other) === bareName(one.name))) return added;
    const said = `${one.name}（${one.area}）`;
    return { ...added, name: { zh: said, en: said }, aliases: [...added.aliases, one.name] };
  });

/** A ledger as an area asks it, from what the area's list of own fields says. */
export const ledgerAsListed = <L extends Ledger>(
  ledger: L,
  fields: readonly (OwnField & { readonly isHere: boolean; readonly area: string })[],
): L => ledgerWith(ledger, addedApart(fields.filter(({ isHere }) => isHere)));

/** Whether two names are one, however they are written over a column. */
export const isCalled = ({ name: called, aliases }: Pick<OwnField, 'name' | 'aliases'>, wanted: string): boolean =>
  [called, ...aliases].some((one) => bareName(one) === bareName(wanted));

/** The field of the dictionary that stands in this ledger under exactly this name or alias. */
export function takenIn(ledger: Ledger, wanted: string): string | null {
  const own = nameHere(ledger, wanted);
  if (own !== null) return own;
  const known = fieldOf([wanted], []);
  const field = known === null ? undefined : fieldNamed(known.field);
  if (!field || !isFieldOf(ledger, field.code)) return null;
  const names = [field.name.zh, field.name.en, ...field.aliases].map(bareName);
  return names.includes(bareName(wanted)) ? field.code : null;
}

/** Fields of the dictionary that somebody may mean by it: what a column so called would be taken as, and names that share most of it. */
export function likeIn(ledger: Ledger, wanted: string): string[] {
  const meant = [nameHere(ledger, wanted), fieldOf([wanted], [])?.field ?? null];
  const near = ledger.fields.filter((code) => {
    const field = fieldNamed(code);
    return (
      field !== undefined && [field.name.zh, ...field.aliases].some((one) => isNear(bareName(one), bareName(wanted)))
    );
  });
  const all = [...meant.flatMap((code) => (code !== null && isFieldOf(ledger, code) ? [code] : [])), ...near];
  return [...new Set(all)].slice(0, MOST_LIKE);
}

const MOST_LIKE = 6;

/** One contains the other, or they share most of their pairs of characters. */
export function isNear(one: string, other: string): boolean {
  if (one.length < 2 || other.length < 2) return one === other;
  if (one.includes(other) || other.includes(one)) return true;
  const pairs = (word: string): string[] => [...word].slice(1).map((char, i) => `${[...word][i]}${char}`);
  const [here, there] = [pairs(one), pairs(other)];
  const shared = here.filter((pair) => there.includes(pair)).length;
  return (2 * shared) / (here.length + there.length) >= MOSTLY;
}
const MOSTLY = 0.6;

export const ownFieldProblems = defineProblems({
  'own_field.not_found': {
    status: 404,
    title: { zh: '没有这个自建字段', en: 'There is no such own field' },
    hint: {
      zh: '可能不在您负责的地方。请回到台账的自建字段。',
      en: 'It may lie outside your area. Go back to the own fields.',
    },
  },
  'own_field.not_here': {
    status: 403,
    title: { zh: '只能给自己管台账的地方建字段', en: 'Only for an area whose ledger you keep' },
    hint: {
      zh: '没有保存。请选您负责的社区或镇街；上级建的字段由上级改。',
      en: 'Nothing was saved. Choose an area of yours; what was added above is changed there.',
    },
  },
  'own_field.wrong': {
    status: 422,
    title: { zh: '有的地方填得不对', en: 'Something is not right' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'own_field.too_many': {
    status: 409,
    title: { zh: '一本台账最多 {most} 个自建字段', en: 'At most {most} own fields of a ledger' },
    hint: { zh: '没有保存。请先停用不再问的。', en: 'Nothing was saved. Retire what is not asked any more.' },
  },
  'own_field.retired': {
    status: 409,
    title: { zh: '这个字段已经停用', en: 'This field was retired' },
    hint: {
      zh: '没有保存。填过的值还在，照样看得到；要再问，请另建一个。',
      en: 'Nothing was saved. Its values stay and are shown; to ask again, add another.',
    },
  },
});

export const ownFaults = {
  needed: { zh: '不能空着', en: 'must not be empty' },
  choices: { zh: '至少写两个选项，一行一个', en: 'needs at least two choices, one a line' },
  noChoices: { zh: '只有“从几个里选一个”才有选项', en: 'only one of a list has choices' },
  choicesStay: { zh: '原来的选项不能去掉，可以加', en: 'choices that are there stay; more may be added' },
} as const;

export const takenWords = (called: string, whose: Words): Words => ({
  zh: `已经有了：${called}（${whose.zh}）`,
  en: `there is one already: ${called} (${whose.en})`,
});
