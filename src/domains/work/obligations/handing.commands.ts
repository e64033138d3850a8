import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { giveDuties, type NumberRun } from './handing.queries.ts';
import { grantTo } from './obligation.queries.ts';

/**
 * What one post owes on the records that lie there is owed by another from now on; the clocks go on as they are. Whoever
 * owed it so far reads the record on. Each record's story tells of it. Returns how many duties went over.
 */
export async function handOver(ctx: Ctx, runs: readonly NumberRun[], from: Id, to: Id): Promise<number> {
  const given = await giveDuties(ctx, runs, from, to);
  for (const { id, duty, recordKind, recordId, scopeNo, changedAt } of given) {
    grantTo(ctx, { kind: recordKind, id: recordId }, [{ grantee: to, ground: 'duty' }], changedAt ?? ctx.now);
    record(ctx, {
      kind: 'obligation.handed_over',
      about: { kind: recordKind, id: recordId, scopeNo, confidential: false },
      body: { duties: [{ id, duty, act: 'hand', owedByKind: 'post', owedBy: to }], duty, from, to },
    });
  }
  return given.length;
}
