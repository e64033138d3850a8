import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { publicCases } from '../../telling/publication/index.ts';
import { casefileProblems, type FormOf } from '../casefiles/casefile.model.ts';
import { begin, finish, tracked } from '../casefiles/index.ts';

/**
 * “It is the same, tell me too.” Only a case that the public may know of can be named. What was reported stays as it is;
 * the system merges it after the commit as a desk would, and a desk undoes that where it was wrong.
 */
export async function askToJoin(ctx: Ctx, { number }: FormOf<'ask_to_join'>) {
  const { own } = await tracked(ctx);
  const step = await begin(ctx, own.id, 'ask_to_join');
  const typed = number.normalize('NFKC');
  const [into] = await publicCases(ctx, { numbers: [typed], statuses: ['open'], most: 1, skip: 0 });
  if (!into || into.id === own.id)
    throw new Problem(casefileProblems['casefile.no_such_number'], { number: typed.slice(0, 40) });
  return finish(ctx, step, { body: { intoId: into.id } });
}
