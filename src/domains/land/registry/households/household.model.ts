import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { idSchema } from '../../../../kernel/id.ts';
import { defineProblems } from '../../../../kernel/problem.ts';

/** People leave a household: for a new one, or for another one of the same community. */
const moveKinds = ['split', 'join'] as const;

export const moveForm = z.strictObject({
  kind: z.enum(moveKinds).describe('For a new household, or into another one that there is'),
  members: z.array(idSchema).min(1).max(30).describe('Who leaves'),
  number: z.string().trim().min(1).max(40).describe('The number of the household into which they come'),
  on: daySchema.describe('Since when'),
  head: idSchema.optional().describe('Who of them is the head of the new household'),
  seen: z.array(idSchema).min(1).max(40).describe('All of the household they leave, as it was looked at'),
});

export const householdProblems = defineProblems({
  'household.none': {
    status: 409,
    title: { zh: '这个人还没有户号', en: 'This person has no household number yet' },
    hint: {
      zh: '没有改动。请先在“更正或补填”里填户号。',
      en: 'Nothing was changed. Enter the number under “Correct or add” first.',
    },
  },
  'household.changed_meanwhile': {
    status: 409,
    title: { zh: '您看的时候，这一户的人变了', en: 'The household changed while you looked' },
    hint: {
      zh: '没有改动。请按现在的人再选一遍。',
      en: 'Nothing was changed. Choose once more among who is in it now.',
    },
  },
  'household.not_of_it': {
    status: 422,
    title: { zh: '选的人里有不是这一户的', en: 'Somebody chosen is not of this household' },
    hint: {
      zh: '没有改动。只能选这一户的人；新户的户主要在选的人里。',
      en: 'Nothing was changed. Choose among this household; the head of a new one must be among those chosen.',
    },
  },
  'household.number_taken': {
    status: 409,
    title: { zh: '这个户号已经有别的户在用', en: 'Another household has this number' },
    hint: {
      zh: '没有改动。分户要用新的户号；要并到那一户，选“并到另一户”。',
      en: 'Nothing was changed. A new household needs a new number; to join that one, say so.',
    },
  },
  'household.no_such': {
    status: 422,
    title: { zh: '这个社区没有这个户号', en: 'There is no such household in this community' },
    hint: {
      zh: '没有改动。请核对户号；要新立一户，选“分成新的一户”。',
      en: 'Nothing was changed. Look at the number again; for a new household, say so.',
    },
  },
  'household.whole_leaves': {
    status: 422,
    title: { zh: '全户都走就不是分户', en: 'A whole household cannot split off' },
    hint: {
      zh: '没有改动。请至少留一个人；要整户并走，选“并到另一户”。',
      en: 'Nothing was changed. Leave somebody, or have the household join another one.',
    },
  },
  'household.other_door': {
    status: 422,
    title: { zh: '两户的门牌不同，不能整户并', en: 'The two households have different doors' },
    hint: {
      zh: '没有改动。请核对门牌；人搬过去的，先改住处再并。',
      en: 'Nothing was changed. Compare the doors; of those who moved there, correct the home first.',
    },
  },
  'household.told_later': {
    status: 409,
    title: { zh: '有 {n} 人的户号，是以后的日子说的', en: 'Of {n}, the household was told of a later day' },
    hint: {
      zh: '没有改动。请把日子改到那以后，或先更正他们的户号。',
      en: 'Nothing was changed. Give a later day, or correct their numbers first.',
    },
  },
  'household.of_tomorrow': {
    status: 422,
    title: { zh: '这一天还没有到', en: 'That day is yet to come' },
    hint: { zh: '没有改动。请填今天或以前的日子。', en: 'Nothing was changed. Give today or an earlier day.' },
  },
});
