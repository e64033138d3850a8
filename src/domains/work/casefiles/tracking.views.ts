import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { available } from '../../../kernel/workflow.ts';
import type { Atlas } from '../../land/areas/atlas.model.ts';
import { atlasOf } from '../../land/areas/index.ts';
import type { Directory } from '../../land/staff/directory.model.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { roles } from '../../land/staff/staff.model.ts';
import { messageLines, messagesFor } from '../../telling/messages/index.ts';
import { dutyWords } from '../obligations/duty.model.ts';
import { clockOf, isOpen, type Obligation, obligationsOf } from '../obligations/index.ts';
import { casefileProblems, statuses } from './casefile.model.ts';
import { type CasefileRow, findCasefile, type ReportRow, reportByGrantee } from './casefile.queries.ts';
import { lineOf } from './casefile.views.ts';
import { casefileTable, duties } from './casefile.workflow.ts';
import { releasedOf } from './disclosure.views.ts';
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
  const [line, { facts }, obligations, directory, messages, released, atlas] = await Promise.all([
    lineOf(ctx, own),
    factsOf(ctx, file),
    obligationsOf(ctx, file.id),
    directoryOf(ctx),
    messagesFor(ctx, report.grantee),
    // Another's words stay another's also after a merge.
    own.disclosed ? releasedOf(ctx, [own.id]) : null,
    atlasOf(ctx),
  ]);
  const handling = obligations.find((owed) => owed.duty === duties.handle && isOpen(owed));
  return {
    ...line,
    status: file.status,
    statusWords: statuses[file.status],
    urgent: file.urgent,
    unverified: own.unverified,
    round: file.round,
    with: directory.body(file.bodyId ?? '')?.name ?? null,
    handling: handling ? clockOf(handling, ctx.now) : null,
    holder: holderOf(obligations, directory, atlas, ctx.now),
    released: own.id === file.id ? (released?.get(own.id) ?? null) : null,
    outcome: file.outcome,
    publicText: file.publicText,
    answer: file.answer,
    mergedInto: own.mergedInto === null ? null : file.number,
    messages: await messageLines(ctx, messages),
    can: available(casefileTable, facts, workflowActor(ctx.actor)),
  };
}

/** Of several open duties the one that a reporter waits for; the small steps of our desks come after it. */
const awaited = [
  duties.handle,
  duties.precheck,
  duties.register,
  duties.dispatch,
  duties.acknowledge,
  duties.verify,
  duties.close,
] as const;

/** A post or a body, never a person. */
function holderOf(
  obligations: readonly Obligation[],
  directory: Directory,
  atlas: Atlas,
  now: Date,
): z.input<typeof trackingView>['holder'] {
  const owed = awaited.map((duty) => obligations.find((one) => one.duty === duty && isOpen(one))).find(Boolean);
  const name = owed && nameOf(owed, directory, atlas);
  if (!owed || !name) return null;
  const { dueAt, state, late, near } = clockOf(owed, now);
  return { name, does: dutyWords(owed.duty), dueAt, state, late, near };
}

function nameOf({ owedByKind, owedBy }: Obligation, directory: Directory, atlas: Atlas): Words | null {
  if (owedByKind === 'body') {
    const name = directory.bodyName(owedBy);
    return name === undefined ? null : { zh: name, en: name };
  }
  const post = owedByKind === 'post' ? directory.post(owedBy) : undefined;
  if (!post) return null;
  const place = atlas.get(post.areaId ?? '')?.name ?? directory.bodyName(post.bodyId ?? '') ?? '';
  const { zh, en } = roles[post.role].words;
  return { zh: `${place}${zh}`, en: `${en}, ${place}` };
}
