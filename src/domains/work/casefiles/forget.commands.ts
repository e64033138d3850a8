import type { Ctx } from '../../../kernel/context.ts';
import { dataKeysOf, destroyDataKey, type ForgetAgain } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { casefileProblems, summaryOf } from './casefile.model.ts';
import {
  clearPhotoPlaces,
  clearReport,
  lockCasefile,
  type ReportRow,
  reportByGrantee,
  reportById,
  updateCasefile,
} from './casefile.queries.ts';
import { subjectOf } from './step.commands.ts';

export const forgetReasons = ['asked', 'law', 'mistake'] as const;
export type ForgetReason = (typeof forgetReasons)[number];

/**
 * Forgets whoever reported: name, phone, words, photos and what was written to them. The case, its clocks and its place
 * stay, since others rely on them. What the journal holds is sealed under the key that goes.
 */
export async function forgetReporter(
  ctx: Ctx,
  grantee: Id,
  reason: ForgetReason,
): Promise<{ reportId: Id; keys: number }> {
  const report = await reportByGrantee(ctx, grantee);
  if (!report) throw new Problem(casefileProblems['casefile.not_found']);
  const keys = await dataKeysOf(ctx, report.id);
  // Asked for a second time: there is nothing left, and nothing to tell.
  if (keys.length === 0) return { reportId: report.id, keys: 0 };
  for (const key of keys) await destroyDataKey(ctx, key, reason);
  await clearAway(ctx, report, reason);
  return { reportId: report.id, keys: keys.length };
}

/** A restored backup brought the key of somebody back who had been forgotten; whatever it stood for goes again. */
export const forgetAgain: ForgetAgain = async (ctx, { kind, id }) => {
  const report = kind === 'report' ? await reportById(ctx, id) : undefined;
  if (report) await clearAway(ctx, report, 'restored');
};

/** What lies in clear beside the sealed: words, where and when photos were taken, a summary that quotes the words. */
async function clearAway(ctx: Ctx, report: ReportRow, reason: ForgetReason | 'restored'): Promise<void> {
  const file = await lockCasefile(ctx, report.casefileId);
  if (!file) throw new Problem(casefileProblems['casefile.not_found']);
  await clearReport(ctx, report.id);
  await clearPhotoPlaces(ctx, report.id);
  // Before phones were left out of it, a summary was the bare beginning.
  const quotes = report.words === null ? [] : [summaryOf(report.words), report.words.slice(0, 80)];
  const quoted = quotes.some((words) => words === file.summary);
  if (quoted) updateCasefile(ctx, file.id, { summary: null });
  record(ctx, {
    kind: 'casefile.reporter_forgotten',
    about: subjectOf(file),
    body: { reportId: report.id, reason, change: {}, duties: [] },
  });
}
