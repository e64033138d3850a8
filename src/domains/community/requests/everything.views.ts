import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { everythingOf, recordThere } from '../../land/registry/index.ts';
import { saidBy } from '../../work/campaigns/index.ts';
import type { Handed } from './everything.model.ts';
import { requestProblems } from './request.model.ts';
import type { RequestRow } from './request.queries.ts';

/** That it was opened has been noted by then. */
export async function everythingFor(ctx: Ctx, { recordId }: RequestRow): Promise<Handed> {
  const id = recordId === null ? null : await recordThere(ctx, recordId);
  if (id === null) throw new Problem(requestProblems['person_request.elsewhere']);
  const visits = await saidBy(ctx, [id]);
  return { ...(await everythingOf(ctx, id)), visits: visits.map((one) => ({ ...one, answers: [...one.answers] })) };
}
