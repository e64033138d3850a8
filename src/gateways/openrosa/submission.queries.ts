import type { Ctx } from '../../kernel/context.ts';
import { insertion } from '../../kernel/database/rows.ts';
import type { Id } from '../../kernel/id.ts';

export interface SubmissionRow {
  readonly id: Id;
  readonly campaignId: Id;
  readonly instanceId: string;
  readonly targetId: Id;
  readonly visitId: Id;
  readonly corrects: Id | null;
  readonly receivedAt: Date;
}

export function insertSubmission(ctx: Ctx, row: SubmissionRow): void {
  ctx.send(insertion('openrosaSubmission', { realm: ctx.realm, ...row }));
}

export async function submissionCalled(
  ctx: Ctx,
  { campaignId, instanceId }: Pick<SubmissionRow, 'campaignId' | 'instanceId'>,
): Promise<SubmissionRow | undefined> {
  return ctx.db
    .selectFrom('openrosaSubmission')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('campaignId', '=', campaignId)
    .where('instanceId', '=', instanceId)
    .executeTakeFirst();
}

export async function isCorrected(ctx: Ctx, id: Id): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('openrosaSubmission')
    .select('id')
    .where('realm', '=', ctx.realm)
    .where('corrects', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
