import { z } from 'zod';
import { idSchema } from '../../../../kernel/id.ts';
import { defineProblems } from '../../../../kernel/problem.ts';
import type { Words } from '../../../../kernel/words.ts';
import type { Values } from '../batches/candidate.model.ts';
import { nameIn } from '../fields/added_fields.model.ts';
import { anyLedger, type Ledger, words } from '../ledger.model.ts';
import { recordLine, recordView } from '../record.model.ts';

/** Two records that may be one: why one thinks so, and what is to stand when they are merged. */
export interface Likeness {
  /** The kind of the mark that both bear. */
  readonly kind: string;
  readonly words: Words;
  /** Where both tell one of these and differ in it, the mark alone is no reason. */
  readonly apartBy: readonly string[];
  /** A reason only within one community. People move; of two doors with the same number in two of them, neither did. */
  readonly isLocal: boolean;
}

/** The surest first. Other kinds of marks are no reason: people of one name, or of one telephone, are many. */
export const likenessesIn = (ledger: Ledger): readonly Likeness[] =>
  ledger.knownBy.map(({ fields, apartBy = [], isLocal }) => ({
    ...{ kind: fields.join('+'), apartBy, isLocal: isLocal && ledger.code !== 'residents' },
    words: wordsOf([...new Set(fields.map((field) => shortNames[field] ?? nameIn(ledger, field)))]),
  }));

const door = { zh: '门牌', en: 'door' };
const name = { zh: '名称', en: 'name' };
const shortNames: Readonly<Record<string, Words>> = {
  'person.phone': { zh: '电话', en: 'telephone' },
  'person.born_on': { zh: '出生日期', en: 'birthday' },
  'person.lives_at': { zh: '住址', en: 'address' },
  'place.building': door,
  'place.entrance': door,
  'place.door': door,
  'door.whole': door,
  'door.short': { zh: '楼栋和房号', en: 'building and door' },
  'enterprise.name': name,
  'facility.name': name,
};

const wordsOf = (names: readonly Words[]): Words => ({
  zh: `${names.map(({ zh }) => zh).join('和')}相同`,
  en: `the same ${names.map(({ en }) => `${en.charAt(0).toLowerCase()}${en.slice(1)}`).join(' and ')}`,
});

export const sides = ['kept', 'gone'] as const;
export type Side = (typeof sides)[number];

/** Fields of which the two do not say the same. */
export function differing(kept: Values, gone: Values): string[] {
  const all = new Set([...Object.keys(kept), ...Object.keys(gone)]);
  return [...all].filter((field) => kept[field] !== gone[field]);
}

/** Whose value stands by the rules: of the one that stays, where both or neither say it. */
export const preferred = (field: string, by: Values, kept: Values): Side =>
  by[field] === kept[field] ? 'kept' : 'gone';

/** What somebody chose otherwise than the rules would; an empty text takes a value away. */
export function decided(
  by: Values,
  of: Readonly<Record<Side, Values>>,
  choose: Readonly<Record<string, Side>>,
): Record<string, string> {
  const chosen = Object.entries(choose).map(([field, side]) => [field, of[side][field] ?? ''] as const);
  return Object.fromEntries(chosen.filter(([field, value]) => value !== (by[field] ?? '')));
}

export interface Merging {
  readonly id: string;
  readonly keptId: string;
  readonly goneId: string;
}

/** All that came into a record by merges, step after step. */
export function withinOf(id: string, merges: readonly Merging[]): string[] {
  const next = merges.filter(({ keptId }) => keptId === id).map(({ goneId }) => goneId);
  return [...next, ...next.flatMap((one) => withinOf(one, merges))];
}

const pairView = z.object({
  one: recordLine,
  other: recordLine,
  because: z.array(words).describe('What of both is the same, the surest first'),
});
export const duplicatesView = z.object({
  rows: z.array(pairView),
  more: z.boolean().describe('There are more than are shown'),
});

export const besideView = z.object({
  id: idSchema,
  apart: z
    .array(z.object({ other: recordLine, by: z.string().nullable(), at: z.date() }))
    .describe('Of whom somebody has said that it is another'),
  alike: z
    .array(z.object({ other: recordLine, because: z.array(words) }))
    .describe('Who may be the same person, and why one thinks so'),
  pair: z
    .object({
      kept: recordView,
      gone: recordView,
      because: z.array(words),
      isApart: z.boolean().describe('Somebody has said that they are two people'),
      differing: z.array(
        z.object({ field: z.string(), chosen: z.enum(sides).describe('Whose value stands unless somebody chooses') }),
      ),
    })
    .nullable()
    .describe('Side by side with the other one that was asked for'),
});

export const mergesView = z.array(
  z.object({
    mergeId: idSchema,
    keptId: idSchema,
    goneId: idSchema,
    keptName: z.string(),
    goneName: z.string(),
    by: z.string().nullable(),
    at: z.date(),
    undoneBy: z.string().nullable(),
    undoneAt: z.date().nullable(),
    chosen: z.array(words).describe('Fields of which somebody chose otherwise than the rules'),
    since: z
      .array(
        z.object({ at: z.date(), by: z.string().nullable(), source: z.string().nullable(), fields: z.array(words) }),
      )
      .describe('What was told after the merge and before it was undone: it stays with the one that stayed'),
  }),
);

export const duplicatesQuery = z.strictObject({ ledger: anyLedger.default('residents') });
export const besideQuery = z.strictObject({ other: idSchema.optional() });
export const otherForm = z.strictObject({ other: idSchema });
export const mergeForm = otherForm.extend({
  choose: z
    .record(z.string().max(60), z.enum(sides))
    .default({})
    .describe('By field, whose value stands; where nothing is chosen, the rules choose'),
  seen: z
    .strictObject({ kept: z.iso.datetime(), gone: z.iso.datetime() })
    .describe('When each was last changed, as it was looked at'),
});
export const unmergeForm = z.strictObject({ merge: idSchema });

export const mergeProblems = defineProblems({
  'merge.into_itself': {
    status: 422,
    title: { zh: '这是同一条，不用合并', en: 'A record cannot be merged into itself' },
    hint: { zh: '没有改动。请另选一条。', en: 'Nothing was changed. Choose another one.' },
  },
  'merge.two_ledgers': {
    status: 422,
    title: { zh: '两条不在同一本台账里', en: 'The two stand in different ledgers' },
    hint: {
      zh: '没有改动。只有同一本台账里的两条可以合并，请另选一条。',
      en: 'Nothing was changed. Only two records of one ledger can be merged: choose another one.',
    },
  },
  'merge.not_apart': {
    status: 409,
    title: { zh: '没有认定过是两条', en: 'Nobody has said that they are two' },
    hint: { zh: '没有改动。可能别人刚撤回了，请刷新页面。', en: 'Nothing was changed. Reload the page.' },
  },
  'merge.already': {
    status: 409,
    title: { zh: '其中一条已经并到别的里面了', en: 'One of the two has been merged already' },
    hint: {
      zh: '没有改动。请回到清单，从现在的那一条再看。',
      en: 'Nothing was changed. Go back to the list and start from the one that stands.',
    },
  },
  'merge.changed_meanwhile': {
    status: 409,
    title: { zh: '您看的时候，其中一条有人改过', en: 'One of the two was changed while you looked' },
    hint: {
      zh: '没有合并。下面是现在的内容，请再看一遍再合并。',
      en: 'They were not merged. Look at what stands now, then merge.',
    },
  },
  'merge.no_merge': {
    status: 409,
    title: { zh: '没有这一次合并', en: 'There is no such merge' },
    hint: { zh: '请回到这个人的台账。', en: 'Go back to the record.' },
  },
  'merge.undone_already': {
    status: 409,
    title: { zh: '这一次合并已经拆开了', en: 'This merge has been undone already' },
    hint: { zh: '没有改动。请刷新页面。', en: 'Nothing was changed. Reload the page.' },
  },
  'merge.inside_another': {
    status: 409,
    title: { zh: '留下的那一条后来又并到别的里面了', en: 'The one that stayed was merged into another since' },
    hint: {
      zh: '没有改动。请先把后一次合并拆开，再拆这一次。',
      en: 'Nothing was changed. Undo the later merge first, then this one.',
    },
  },
  'merge.disagrees': {
    status: 422,
    title: { zh: '选的值互相对不上', en: 'What was chosen does not agree' },
    hint: {
      zh: '没有合并。按旁边的原因改选，再合并。',
      en: 'They were not merged. Choose again where it is marked.',
    },
  },
});
