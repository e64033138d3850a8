import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { available } from '../../../kernel/workflow.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { messageLines, messagesFor } from '../../telling/messages/index.ts';
import { clockOf, isOpen, obligationsOf } from '../obligations/index.ts';
import { casefileProblems, statuses } from './casefile.model.ts';
import { type CasefileRow, findCasefile, type ReportRow, reportByGrantee } from './casefile.queries.ts';
import { lineOf } from './casefile.views.ts';
import { casefileTable, duties } from './casefile.workflow.ts';
import { factsOf, requireCasefile } from './step.commands.ts';
import type { trackingView } from './tracking.model.ts';

/** What the holder of a code reported, and the case that is worked on: after a merge the two differ. */
export async function tracked(ctx: Ctx): Promise<{ report: ReportRow; own: CasefileRow; file: CasefileRow }> {
  const report = ctx.actor.kind === 'reporter' ? await reportByGrantee(ctx, ctx.actor.grantee) : undefined;
  if (!report) throw new Problem(casefileProblems['track.unknown_code']);
  const own = await requireCasefile(ctx, report.casefileId);
  const into = own.mergedInto === null ? undefined : await findCasefile(ctx, own.mergedInto);
  return { report, own, file: into ?? own };
}

export async function trackingOf(ctx: Ctx): Promise<z.input<typeof trackingView>> {
  const { report, own, file } = await tracked(ctx);
  const [line, { facts }, obligations, directory, messages] = await Promise.all([
    lineOf(ctx, own),
    factsOf(ctx, file),
    obligationsOf(ctx, file.id),
    directoryOf(ctx),
    messagesFor(ctx, report.grantee),
  ]);
  const handling = obligations.find((owed) => owed.duty === duties.handle && isOpen(owed));
  return {
    ...line,
    status: file.status,
    statusWords: statuses[file.status],
    urgent: file.urgent,
    round: file.round,
    with: directory.body(file.bodyId ?? '')?.name ?? null,
    handling: handling ? clockOf(handling, ctx.now) : null,
    outcome: file.outcome,
    publicText: file.publicText,
    answer: file.answer,
    mergedInto: own.mergedInto === null ? null : file.number,
    messages: await messageLines(ctx, messages),
    can: available(casefileTable, facts, workflowActor(ctx.actor)),
  };
}
