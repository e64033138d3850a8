import { sql } from 'kysely';
import type { Ctx } from '../../../../kernel/context.ts';
import { insertion } from '../../../../kernel/database/rows.ts';
import type { Id } from '../../../../kernel/id.ts';
import type { Question } from './form.model.ts';

export interface FormRow {
  readonly id: Id;
  readonly version: number;
  readonly title: string;
  readonly questions: readonly Question[];
  readonly personId: Id;
  readonly madeAt: Date;
}

export function insertForm(ctx: Ctx, { questions, ...row }: FormRow): void {
  ctx.send(insertion('form', { realm: ctx.realm, ...row, questions: JSON.stringify(questions) }));
}

/** Answers are read by the version they were given to. */
export async function formsNamed(
  ctx: Ctx,
  named: readonly { readonly id: Id; readonly version: number }[],
): Promise<FormRow[]> {
  if (named.length === 0) return [];
  const { rows } = await sql<FormRow>`
    select f.id, f.version, f.title, f.questions, f.person_id, f.made_at from form f
    where f.realm = ${ctx.realm} and (f.id, f.version) in
      (select (x->>'id')::uuid, (x->>'version')::int from jsonb_array_elements(${JSON.stringify(named)}::jsonb) x)
    order by f.id, f.version`.execute(ctx.db);
  return rows;
}
