import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../accounts/index.ts';
import type { Question } from './form.model.ts';
import { type FormRow, formsNamed, insertForm } from './form.queries.ts';
import { formProblems, type GivenQuestion, questionsOf } from './form_shape.model.ts';

/** Questions that hold together. Refused by `form.wrong` with every fault and its place. */
export function requireQuestions(given: readonly GivenQuestion[]): Question[] {
  const made = questionsOf(given);
  if ('faults' in made) throw new Problem(formProblems['form.wrong'], {}, made.faults);
  return made.questions;
}

/** A form as it stays: another wording is another form, and answers are read by the one they were given to. */
export function publishForm(ctx: Ctx, title: string, given: readonly GivenQuestion[]): FormRow {
  const questions = requireQuestions(given);
  const form = { id: ctx.ids.newId(), version: 1, title, questions, personId: me(ctx).personId, madeAt: ctx.now };
  insertForm(ctx, form);
  return form;
}

export async function requireForm(ctx: Ctx, id: Id, version: number): Promise<FormRow> {
  const [form] = await formsNamed(ctx, [{ id, version }]);
  if (!form) throw new Problem(formProblems['form.not_found']);
  return form;
}
