import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type DutyAct, grantTo, type OwedBy } from '../obligations/index.ts';
import { type PassedRow, passDutyRow } from './handover.queries.ts';

/**
 * One open duty goes to a colleague by name, or to another owner. Its clock runs on, and the journal of its record tells
 * of it, so that whose it was and is can be replayed.
 */
export async function passDuty(ctx: Ctx, id: Id, to: OwedBy): Promise<boolean> {
  const passed = await passDutyRow(ctx, id, to);
  if (!passed) return false;
  const { duty, recordKind, recordId, scopeNo, confidential, wasOwedBy, moved, changedAt } = passed;
  const about = { kind: recordKind, id: recordId, scopeNo, confidential };
  grantTo(ctx, about, [{ grantee: to.id, ground: 'duty' }], changedAt ?? ctx.now);
  const change: EntryBody = moved ? { bodyId: to.id, changedAt: ctx.now.toISOString() } : {};
  record(ctx, {
    kind: 'obligation.handed_over',
    about,
    body: { duties: [actOf(id, passed, to)], duty, from: wasOwedBy, to: to.id, change },
  });
  return true;
}

const actOf = (id: Id, { duty, byName }: PassedRow, to: OwedBy): DutyAct =>
  byName
    ? { id, duty, act: 'assign', assigneeId: to.id }
    : { id, duty, act: 'hand', owedByKind: to.kind, owedBy: to.id };
