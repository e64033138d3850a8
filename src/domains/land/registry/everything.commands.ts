import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { coveredIn, requireRecord, subjectOf } from './ledger.commands.ts';
import { findRecord } from './ledger.queries.ts';
import { ledgerAt, spanAt } from './own/own_field.commands.ts';

/** All of it is opened for whoever it is about, numbers in full: noted like every other look at them. */
export async function openEverything(ctx: Ctx, id: Id, reason: string): Promise<void> {
  const known = await requireRecord(ctx, id);
  const fields = coveredIn(known, await ledgerAt(ctx, known.row.ledger, spanAt(known.row.scopeNo)));
  const secret = { key: known.key, value: { reason } };
  record(ctx, { kind: 'ledger.disclosed', about: subjectOf(known), body: { fields, all: true }, secret });
}

/** Null: it is not the viewer's to read, or nothing of it is left. */
export async function recordThere(ctx: Ctx, id: Id): Promise<Id | null> {
  return (await findRecord(ctx, id))?.id ?? null;
}
