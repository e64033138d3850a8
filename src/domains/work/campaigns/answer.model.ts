import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { keepingOf, maskOf } from '../../land/registry/fields/keeping.model.ts';
import type { Answer, Question, Row } from '../../land/registry/forms/form.model.ts';
import { widgets, yesNo } from '../../land/registry/forms/form.model.ts';
import { results } from './result.model.ts';

/** What was answered in a campaign, as people read it: by visit, by target, and counted by question. */

const texts = z.record(z.string(), z.string()).describe('By question, as it is shown');

export const visitView = z.object({
  id: idSchema,
  round: z.number(),
  result: z.enum(results),
  person: z.string(),
  visitedAt: z.date(),
  recordedAt: z.date(),
  late: z.boolean(),
  answers: texts,
  confirmed: z.array(z.string()).describe('Questions whose known answer was said to be still so'),
});

export const answersQuery = z.strictObject({
  areaId: idSchema.optional(),
  question: z.string().max(40).optional().describe('Only those who answered this question'),
  is: z.string().max(60).optional().describe('And so: the code of a choice, yes or no'),
  after: idSchema.optional().describe('The last of the page before'),
  most: z.coerce.number().int().min(1).max(200).default(50),
});

export const answersView = z.object({
  questions: z.array(z.object({ name: z.string(), ask: z.string() })),
  rows: z.array(
    z.object({
      targetId: idSchema,
      name: z.string().nullable(),
      home: z.string(),
      area: z.string(),
      visitedAt: z.date(),
      answers: texts,
    }),
  ),
  next: idSchema.nullable(),
});

export const answersOutForm = z.strictObject({
  areaId: idSchema.optional().describe('Of this area alone; else of all of the campaign'),
  reason: z.string().trim().min(2).max(200).optional().describe('Why numbers stand in it in full; else covered'),
});

export const tallyView = z.object({
  visited: z.number().describe('Those of whom the last visit was answered'),
  questions: z.array(
    z.object({
      name: z.string(),
      ask: z.string(),
      widget: z.enum(widgets as unknown as readonly [string, ...string[]]),
      answered: z.number().describe('Told at the visit, or known and not asked again'),
      counts: z.array(z.object({ code: z.string(), label: z.string(), n: z.number() })).describe('Of choices'),
      sum: z.number().nullable().describe('Of numbers'),
    }),
  ),
});

/** Whose answers are counted one by one. */
export const choicesOf = ({ widget, options = [] }: Question): readonly { code: string; label: string }[] => {
  if (widget === 'yes_no') return yesNo;
  return widget === 'choice' || widget === 'choices' ? options.map(({ code, label }) => ({ code, label })) : [];
};

export const isCounted = ({ widget }: Question): boolean => widget === 'integer' || widget === 'decimal';

/** An answer as one says it; what the dictionary keeps covered is covered here as well, unless somebody said why not. */
export function answerWords(question: Question, answer: Answer, inFull = false): string {
  const { widget, field, of = [] } = question;
  if (widget === 'repeat' && typeof answer !== 'string')
    return (answer as readonly Row[]).map((row) => rowWords(of, row, inFull)).join('；');
  if (widget === 'photo') return `${answer.length} 张照片`;
  if (typeof answer !== 'string')
    return (answer as readonly string[]).map((code) => choiceWords(question, code)).join('、');
  if (field !== undefined && !inFull && keepingOf(field).secrecy === 'masked') return maskOf(field, answer);
  if (widget === 'money') return `${(Number(answer) / 100).toFixed(2)} 元`;
  if (widget === 'signature') return '有签名';
  if (widget === 'place') return placeWords(answer);
  return choiceWords(question, answer);
}

const choiceWords = (question: Question, code: string): string =>
  choicesOf(question).find((one) => one.code === code)?.label ?? code;

const rowWords = (of: readonly Question[], row: Row, inFull: boolean): string =>
  of
    .flatMap((question) => {
      const answer = row[question.name];
      return answer === undefined ? [] : [`${question.ask} ${answerWords(question, answer, inFull)}`];
    })
    .join('，');

function placeWords(answer: string): string {
  const [lon = '', lat = '', metres] = answer.split(',');
  return `经度 ${lon}，纬度 ${lat}${metres === undefined ? '' : `，误差 ${Math.round(Number(metres))} 米`}`;
}
