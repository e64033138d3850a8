import type { Ctx } from '../../../kernel/context.ts';
import { failedJobs, type SettledJob, settleJobs } from '../../../kernel/failed_jobs.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { causes, reactionWords, upkeepProblems } from './upkeep.model.ts';

export async function failedJobLines(ctx: Ctx) {
  const jobs = await failedJobs(ctx);
  return jobs.map((job) => ({
    ...job,
    reactionWords: reactionWords[job.reaction] ?? { zh: job.reaction, en: job.reaction },
    causeWords: causes[job.cause as keyof typeof causes] ?? causes.fault,
  }));
}

/** The queue takes them up again at once. */
export async function rerunJobs(ctx: Ctx, ids: readonly string[]): Promise<{ rerun: number }> {
  const settled = await settle(ctx, ids, false);
  note(ctx, 'job.rerun', settled);
  return { rerun: settled.length };
}

/** Nobody runs them by themselves any more; they stay in the list of what was put aside. */
export async function giveUpJobs(ctx: Ctx, ids: readonly string[]): Promise<{ givenUp: number }> {
  const settled = await settle(ctx, ids, true);
  note(ctx, 'job.given_up', settled);
  return { givenUp: settled.length };
}

async function settle(ctx: Ctx, ids: readonly string[], giveUp: boolean): Promise<SettledJob[]> {
  const settled = await settleJobs(ctx, ids, giveUp);
  if (settled.length === 0) throw new Problem(upkeepProblems['job.not_failed']);
  return settled;
}

/** What a job was about lies in the entry it follows, which not everybody may see: only what kind of job is told. */
function note(ctx: Ctx, kind: string, jobs: readonly SettledJob[]): void {
  for (const { id, reaction } of jobs)
    record(ctx, {
      kind,
      about: { kind: 'job', id: derivedId('job', String(ctx.realm), id), scopeNo: 0, confidential: false },
      body: { job: id, reaction },
    });
}
