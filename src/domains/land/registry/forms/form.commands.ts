import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type FieldFault, Problem } from '../../../../kernel/problem.ts';
import { me } from '../../accounts/index.ts';
import { fieldIn } from '../fields/added_fields.model.ts';
import type { Ledger } from '../ledger.model.ts';
import type { Question } from './form.model.ts';
import { type FormRow, formsNamed, insertForm } from './form.queries.ts';
import { formProblems, type GivenQuestion, questionsOf } from './form_shape.model.ts';

/** Questions that hold together, about facts of one ledger. Refused by `form.wrong` with every fault and its place. */
export function requireQuestions(given: readonly GivenQuestion[], ledger: Ledger): Question[] {
  const made = questionsOf(given);
  const faults = 'faults' in made ? made.faults : foreignIn(given, ledger);
  if ('faults' in made || faults.length > 0) throw new Problem(formProblems['form.wrong'], {}, faults);
  return made.questions;
}

const otherChoices = { zh: '选项和这个自建字段的不一样', en: 'its choices are not those of that field' };
const foreign = { zh: '这本台账里没有这个字段', en: 'that ledger has no such field' };
/** What a form hears is told of the record it was asked about. */
const foreignIn = (given: readonly GivenQuestion[], ledger: Ledger): FieldFault[] =>
  given.flatMap(({ of = [], ...one }, i) => [
    ...faultsOf(one, ledger, `questions.${i}`),
    ...of.flatMap((inner, j) => faultsOf(inner, ledger, `questions.${i}.of.${j}`)),
  ]);

function faultsOf({ field, options = [] }: Omit<GivenQuestion, 'of'>, ledger: Ledger, path: string): FieldFault[] {
  if (field === undefined) return [];
  if (!ledger.fields.includes(field)) return [{ path: `${path}.field`, says: foreign }];
  const choices = fieldIn(ledger, field)?.choices;
  const isTheirs =
    choices === undefined || choices.length === 0 || options.every(({ label }) => choices.includes(label));
  return isTheirs ? [] : [{ path: `${path}.options`, says: otherChoices }];
}

/** A form as it stays: another wording is another form, and answers are read by the one they were given to. */
export function publishForm(ctx: Ctx, title: string, given: readonly GivenQuestion[], ledger: Ledger): FormRow {
  const questions = requireQuestions(given, ledger);
  const form = { id: ctx.ids.newId(), version: 1, title, questions, personId: me(ctx).personId, madeAt: ctx.now };
  insertForm(ctx, form);
  return form;
}

export async function requireForm(ctx: Ctx, id: Id, version: number): Promise<FormRow> {
  const [form] = await formsNamed(ctx, [{ id, version }]);
  if (!form) throw new Problem(formProblems['form.not_found']);
  return form;
}
