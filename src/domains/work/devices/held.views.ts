import type { Ctx } from '../../../kernel/context.ts';
import { type Standard, standardsOf } from '../standards/index.ts';
import type { HeldCase, ShownCase } from './held.queries.ts';
import type { PulledRow } from './sync.model.ts';

const DAY_MS = 86_400_000;
export const CASEFILE = 'casefile';

/** Cases as they travel: what the database shows of them, with what the standard says on top. */
export async function casesAsRows(ctx: Ctx, cases: readonly HeldCase[], position: number): Promise<PulledRow[]> {
  const standards = await standardsOf(ctx);
  return cases.map(({ id, mark, shown }) => {
    const { standardVersion } = shown;
    // Not on file yet: no standard judges it so far, and one that lies before the first must not keep the others back.
    const standard = standardVersion === null ? standards.at(ctx.now) : standards.version(standardVersion);
    return { kind: CASEFILE, id, position, mark, body: bodyOf(shown, standard) };
  });
}

/** `field/engine/case.ts` reads it again. */
function bodyOf({ standardVersion: _, duties, ...shown }: ShownCase, standard: Standard): PulledRow['body'] {
  const { conditionCode, closedAt } = shown;
  const { objectionDays, mostRounds } = standard.stages;
  return {
    ...shown,
    reportedAt: told(shown.reportedAt),
    changedAt: told(shown.changedAt),
    closedAt: told(closedAt),
    objectionUntil: told(closedAt === null ? null : closedAt + objectionDays * DAY_MS),
    mostRounds,
    evidence: conditionCode === null ? null : (standard.condition(conditionCode)?.condition.evidence ?? null),
    duties: duties.map((duty) => ({ ...duty, dueAt: told(duty.dueAt) })),
  };
}

const told = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
