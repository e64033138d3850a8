import { z } from 'zod';
import type { FieldFault } from '../../../../kernel/problem.ts';
import { defineProblems } from '../../../../kernel/problem.ts';
import { typeNamed } from '../fields/keeping.model.ts';
import type { ValueType } from '../fields/value.model.ts';
import type { Condition, Question, Widget } from './form.model.ts';
import { widgets } from './form.model.ts';

/** How a form is written down, and what may be wrong with it. */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const option = z.strictObject({
  code: z.string().min(1).max(60),
  label: z.string().trim().min(1).max(60),
  en: z.string().trim().min(1).max(60).optional(),
});

const heard = [
  z.strictObject({ question: name, is: z.enum(['equals', 'has', 'at_least', 'at_most']), value: z.string().max(60) }),
  z.strictObject({ question: name, is: z.literal('answered') }),
] as const;
const joined = <T extends z.ZodType>(inner: T) =>
  z.union([
    ...heard,
    z.strictObject({ all: z.array(inner).min(1).max(10) }),
    z.strictObject({ any: z.array(inner).min(1).max(10) }),
    z.strictObject({ not: inner }),
  ]);
/** One level deep: deeper nobody reads it, and each level would make the interface's description thrice as long. */
const condition = joined(z.union(heard));

const plainQuestion = z.strictObject({
  name,
  ask: z.string().trim().min(1).max(200),
  hint: z.string().trim().max(200).optional(),
  askEn: z.string().trim().min(1).max(200).optional(),
  hintEn: z.string().trim().max(200).optional(),
  widget: z.enum(widgets as unknown as readonly [Widget, ...Widget[]]),
  field: z.string().max(60).optional(),
  options: z.array(option).max(50).optional(),
  required: z.boolean().default(false),
  when: condition.optional(),
  least: z.number().optional(),
  most: z.number().optional(),
});
const question = plainQuestion.extend({ of: z.array(plainQuestion).min(1).max(20).optional() });
export const questionsForm = z.array(question).min(1).max(60);
export type GivenQuestion = z.output<typeof question>;

const answerText = z.string().max(20_000);
const answerTexts = z.array(z.string().max(200)).max(50);
export const answersForm = z.record(
  name,
  z.union([answerText, answerTexts, z.array(z.record(name, z.union([answerText, answerTexts]))).max(50)]),
);

/** A form as it is told; conditions are data whose shape stands in `form.model.ts`. */
export const questionView = plainQuestion.extend({
  type: z.string().optional(),
  of: z.array(plainQuestion.extend({ type: z.string().optional() })).optional(),
});

export const formProblems = defineProblems({
  'form.wrong': {
    status: 422,
    title: { zh: '表单里有不对的地方', en: 'Something in the form is wrong' },
    hint: {
      zh: '没有保存。按旁边的原因改好，再提交。',
      en: 'Nothing was saved. Mend what is marked and submit again.',
    },
  },
  'form.not_found': {
    status: 404,
    title: { zh: '没有这张表单', en: 'There is no such form' },
    hint: { zh: '请回到走访的清单。', en: 'Go back to the list of campaigns.' },
  },
});

/** By which kinds of answer a field of a type can be filled. */
const fitting: Partial<Record<ValueType, readonly Widget[]>> = {
  number: ['integer', 'decimal'],
  whole: ['integer'],
  choice: ['choice'],
  money: ['money'],
  date: ['date'],
  yes_no: ['yes_no'],
  phone: ['phone'],
  sex: ['choice'],
};
const forTexts: readonly Widget[] = ['text', 'paragraph', 'choice', 'barcode'];

/** Questions with the types of their fields, or every fault with its place. */
export function questionsOf(given: readonly GivenQuestion[]): { questions: Question[] } | { faults: FieldFault[] } {
  const faults = faultsIn(given, 'questions');
  if (faults.length > 0) return { faults };
  const typed = (one: Omit<GivenQuestion, 'of'>): Question => ({
    ...one,
    ...(one.field === undefined ? {} : { type: typeNamed(one.field) }),
  });
  return { questions: given.map((one) => ({ ...typed(one), ...(one.of ? { of: one.of.map(typed) } : {}) })) };
}

function faultsIn(given: readonly GivenQuestion[], path: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const before = new Set<string>();
  const fields = new Set<string>();
  for (const [i, one] of given.entries()) {
    const here = `${path}.${i}`;
    const say = (part: string, zh: string, en: string): void =>
      void faults.push({ path: `${here}.${part}`, says: { zh, en } });
    if (before.has(one.name)) say('name', '和前面的问题重名', 'is the name of an earlier question');
    for (const named of namedIn(one.when))
      if (!before.has(named)) say('when', '只能看前面问题的回答', 'may only look at earlier questions');
    const isChoice = one.widget === 'choice' || one.widget === 'choices';
    if (isChoice && (one.options?.length ?? 0) < 2) say('options', '至少要有两个可选的', 'needs at least two choices');
    if (isChoice && hasTwice(one.options ?? [])) say('options', '有两个一样的选项', 'has the same choice twice');
    if (one.least !== undefined && one.most !== undefined && one.least > one.most)
      say('least', '最小的比最大的还大', 'is more than the most');
    if ((one.widget === 'repeat') !== (one.of !== undefined)) say('of', '只有多行的才有下面的问题', 'only for rows');
    if (one.field !== undefined) {
      const type = typeNamed(one.field);
      if (!type) say('field', '字典里没有这个字段', 'the dictionary has no such field');
      else if (!(fitting[type] ?? forTexts).includes(one.widget))
        say('field', '这种回答填不了这个字段', 'this kind of answer does not fill it');
      if (fields.has(one.field)) say('field', '前面已经问过', 'an earlier question asks it');
      fields.add(one.field);
    }
    if (one.of) faults.push(...faultsIn(one.of, `${here}.of`));
    before.add(one.name);
  }
  return faults;
}

function namedIn(condition: Condition | undefined): string[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(namedIn);
  if ('any' in condition) return condition.any.flatMap(namedIn);
  return 'not' in condition ? namedIn(condition.not) : [condition.question];
}

const hasTwice = (options: readonly { readonly code: string }[]): boolean =>
  new Set(options.map(({ code }) => code)).size < options.length;
