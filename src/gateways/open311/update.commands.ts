import { object, reply, tracked } from '../../domains/work/casefiles/index.ts';
import { execute } from '../../kernel/command.ts';
import { byCode, type Entrance } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { granteeOfCode, trackingCodeOf } from '../../kernel/tracking.ts';
import { transact } from '../../kernel/transaction.ts';
import { requireJurisdiction } from './offer.views.ts';
import { open311Problems, type UpdateForm } from './open311.model.ts';
import { sentByNumber } from './request.queries.ts';

interface Updating {
  readonly entrance: Entrance;
  readonly realm: number;
  readonly commandId: Id;
  readonly body: UpdateForm;
}

/**
 * Whoever sent a request in adds to it as its reporter does on the tracking page: through the same door, with the same
 * rights. The key shows that the report is theirs; the report's own code opens.
 */
export async function takeUpdate(
  runtime: Runtime,
  { entrance, realm, commandId, body }: Updating,
): Promise<{ update_id: Id }> {
  const reportId = await transact(runtime, entrance, async (ctx) => {
    await requireJurisdiction(ctx, body.jurisdiction_id);
    const keyId = ctx.actor.kind === 'apikey' ? ctx.actor.id : '';
    const sent = await sentByNumber(ctx, keyId, body.service_request_id);
    if (!sent) throw new Problem(open311Problems['open311.not_your_request']);
    return sent.reportId;
  });
  const reporter = byCode(realm, granteeOfCode(runtime.keys, trackingCodeOf(runtime.keys, realm, reportId)));
  const words = body.description;
  await execute(
    runtime,
    reporter,
    { id: commandId, name: 'open311.update', input: { reportId, body } },
    {
      work: async (ctx) => {
        const { file } = await tracked(ctx);
        const isOver = file.status === 'closed' || file.status === 'evaluated';
        // “Reopen” of what is closed is what a reporter calls “it is not solved”: a new round.
        return body.status === 'REOPEN' && isOver ? object(ctx, file.id, { words }) : reply(ctx, file.id, { words });
      },
    },
  );
  return { update_id: commandId };
}
