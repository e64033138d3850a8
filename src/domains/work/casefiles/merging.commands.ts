import { defineConstraints } from '../../../kernel/constraints.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { decide } from '../../../kernel/workflow.ts';
import { act, type DutyAct, grantTo, isOpen, pauseAt, resumeAt } from '../obligations/index.ts';
import { casefileProblems } from './casefile.model.ts';
import { dropMergedGrants, lockCasefile, reportsBehind } from './casefile.queries.ts';
import { casefileTable } from './casefile.workflow.ts';
import type { CommandOf } from './intake.commands.ts';
import { begin, factsOf, finish, type Step } from './step.commands.ts';

defineConstraints({ casefile_not_merged_into_itself: 'casefile.merge_impossible' });

/**
 * One matter said several times becomes one case. Nothing is thrown together: the copy keeps its reports, photos and
 * clocks, which stand still while it is merged, so that a wrong merge is undone as if it had never been. Every reporter
 * goes on hearing, now of the case that is worked on.
 */
export const merge: CommandOf<'merge'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'merge');
  const into = await lockCasefile(ctx, form.intoId);
  if (!into) throw new Problem(casefileProblems['casefile.not_found']);
  const target = (await factsOf(ctx, into)).facts;
  const refusal = casefileProblems['casefile.command_not_allowed'];
  decide(casefileTable, step.facts, 'merge', workflowActor(ctx.actor), refusal, target);
  const standing = await stopClocks(ctx, step);
  const reporters = (await reportsBehind(ctx, id)).map((report) => report.grantee);
  grantTo(
    ctx,
    { kind: 'casefile', id: into.id },
    reporters.map((grantee) => ({ grantee, ground: 'merged' })),
  );
  return finish(ctx, step, {
    change: { mergedInto: into.id },
    duties: standing,
    body: { intoId: into.id },
    secret: form.words === undefined ? undefined : { words: form.words },
  });
};

export const unmerge: CommandOf<'unmerge'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'unmerge');
  const from = step.file.mergedInto;
  const going = await Promise.all(
    step.open.filter((owed) => owed.pauseReason === MERGED).map((owed) => act(ctx, owed, resumeAt(step.at))),
  );
  await dropMergedGrants(
    ctx,
    from ?? '',
    (await reportsBehind(ctx, id)).map((report) => report.grantee),
  );
  return finish(ctx, step, {
    change: { mergedInto: null },
    duties: going,
    body: { fromId: from },
    secret: { words: form.words },
  });
};

/** Why a clock of a merged case stands; inboxes leave these out. */
const MERGED = 'merged';

/** A clock that stood already for another reason stays as it was. */
function stopClocks(ctx: Ctx, { open, at }: Step): Promise<DutyAct[]> {
  return Promise.all(
    open.filter((owed) => isOpen(owed) && owed.state === 'running').map((owed) => act(ctx, owed, pauseAt(at, MERGED))),
  );
}
