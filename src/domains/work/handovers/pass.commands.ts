import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { passToBody } from '../casefiles/index.ts';
import { assignDuty, handDuty, isOpen, lockObligation, type OwedBy, subjectOf } from '../obligations/index.ts';

/**
 * One open duty goes to a colleague by name, or to another owner. Its clock runs on, and the journal of its record tells
 * of it, so that whose it was and is can be replayed.
 */
export async function passDuty(ctx: Ctx, id: Id, to: OwedBy): Promise<boolean> {
  const obligation = await lockObligation(ctx, id);
  if (!obligation || !isOpen(obligation)) return false;
  const stays = to.kind === 'person' && obligation.owedByKind !== 'person';
  const act = stays ? await assignDuty(ctx, obligation, to.id) : handDuty(ctx, obligation, to);
  const change: EntryBody =
    to.kind === 'body' && obligation.recordKind === 'casefile'
      ? await passToBody(ctx, obligation.recordId, obligation.owedBy, to.id)
      : {};
  record(ctx, {
    kind: 'obligation.handed_over',
    about: subjectOf(obligation),
    body: { duties: [act], duty: obligation.duty, from: obligation.owedBy, to: to.id, change },
  });
  return true;
}
