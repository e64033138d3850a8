import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { everythingOf, everythingView, recordThere } from '../../land/registry/index.ts';
import { saidBy } from '../../work/campaigns/index.ts';
import { requestProblems } from './request.model.ts';
import type { RequestRow } from './request.queries.ts';

/** All that is kept about somebody, as it is handed to them: the ledger, and what they said when they were visited. */
export const handedView = everythingView.extend({
  visits: z.array(
    z.object({
      ...{ campaign: z.string(), at: z.date(), by: z.string(), result: z.string() },
      answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    }),
  ),
});
export type Handed = z.input<typeof handedView>;

/** That it was opened has been noted by then. */
export async function everythingFor(ctx: Ctx, { recordId }: RequestRow): Promise<Handed> {
  const id = recordId === null ? null : await recordThere(ctx, recordId);
  if (id === null) throw new Problem(requestProblems['person_request.elsewhere']);
  const visits = await saidBy(ctx, [id]);
  return { ...(await everythingOf(ctx, id)), visits: visits.map((one) => ({ ...one, answers: [...one.answers] })) };
}
