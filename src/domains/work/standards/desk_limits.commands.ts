import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type LimitsForm, type LimitsIssue, limitChanges, stagesWith } from './desk_limits.model.ts';
import { beginOf } from './draft.commands.ts';
import { draftProblems } from './draft.model.ts';
import { openByStandard } from './draft.queries.ts';
import { keeping } from './draft.views.ts';
import { publishStandard, standardProblems, standardsOf } from './standard.commands.ts';

/** Which limits would be otherwise. Whoever is on file keeps the version of that day, to the end. */
export async function limitsShown(ctx: Ctx, form: LimitsForm) {
  const { changes } = await readLimits(ctx, form);
  return { changes, ...keeping(await openByStandard(ctx)) };
}

/** The next version, with the same kinds of work and other limits of the desks. */
export async function issueLimits(ctx: Ctx, form: LimitsIssue): Promise<{ version: number }> {
  const { base, stages } = await readLimits(ctx, form);
  const { majors, types } = base;
  const { title, source } = form;
  return publishStandard(ctx, { title, source, majors, types, stages, validFrom: await beginOf(ctx, form.validFrom) });
}

async function readLimits(ctx: Ctx, form: LimitsForm) {
  const base = (await standardsOf(ctx)).latest();
  if (base.version !== form.baseVersion) throw new Problem(standardProblems['standard.published_meanwhile']);
  const stages = stagesWith(base.stages, form);
  const changes = limitChanges(base.stages, stages);
  if (changes.length === 0) throw new Problem(draftProblems['standard.nothing_changed']);
  return { base, stages, changes };
}
