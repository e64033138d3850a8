import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { handOver, type NumberRun } from '../../work/obligations/index.ts';
import { directoryOf } from '../staff/index.ts';
import type { Handover } from './act.model.ts';
import type { Plan } from './plan.model.ts';
import { actProblems } from './refusals.model.ts';

/** The numbers of today under which what an act carries along lies. */
export const carriedNumbers = ({ shifts, closed, torn }: Plan): NumberRun[] => [
  ...shifts.filter(({ area }) => !torn.includes(area)).map(({ no, lastNo }) => ({ from: no, last: lastNo })),
  ...closed.map(({ no }) => ({ from: no, last: no })),
];

/** A duty goes to another post of the role that owes it: an act on the land gives nobody a right they have not. */
export async function requireSameRoles(ctx: Ctx, handovers: readonly Handover[]): Promise<void> {
  if (handovers.length === 0) return;
  const { posts } = await directoryOf(ctx);
  const givers = new Set<string>();
  for (const { fromPostId, toPostId } of handovers) {
    const [from, to] = [fromPostId, toPostId].map((id) => posts.find((post) => post.id === id));
    if (!from || !to || from.id === to.id || from.role !== to.role || givers.has(from.id))
      throw new Problem(actProblems['area.wrong_receiver']);
    givers.add(from.id);
  }
}

export interface HandedOver extends Handover {
  readonly duties: number;
}

export async function handDutiesOver(
  ctx: Ctx,
  runs: readonly NumberRun[],
  handovers: readonly Handover[],
): Promise<HandedOver[]> {
  const handed: HandedOver[] = [];
  for (const { fromPostId, toPostId } of handovers)
    handed.push({ fromPostId, toPostId, duties: await handOver(ctx, runs, fromPostId, toPostId) });
  return handed;
}
