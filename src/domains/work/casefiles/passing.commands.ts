import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { EntryBody } from '../../../kernel/journal.ts';
import { lockCasefile, updateCasefile } from './casefile.queries.ts';

/** The body that handles a case is another one from now on; what changed is for the entry of whoever passes it. */
export async function passToBody(ctx: Ctx, casefileId: Id, from: Id, to: Id): Promise<EntryBody> {
  const file = await lockCasefile(ctx, casefileId);
  if (file?.bodyId !== from) return {};
  updateCasefile(ctx, casefileId, { bodyId: to, changedAt: ctx.now });
  return { bodyId: to, changedAt: ctx.now.toISOString() };
}
