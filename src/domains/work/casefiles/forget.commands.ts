import type { Ctx } from '../../../kernel/context.ts';
import { dataKeysOf, destroyDataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { casefileProblems, summaryOf } from './casefile.model.ts';
import { clearPhotoPlaces, clearReport, lockCasefile, reportByGrantee, updateCasefile } from './casefile.queries.ts';
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
  const file = report && (await lockCasefile(ctx, report.casefileId));
  if (!file) throw new Problem(casefileProblems['casefile.not_found']);
  const keys = await dataKeysOf(ctx, report.id);
  for (const key of keys) await destroyDataKey(ctx, key, reason);
  await clearReport(ctx, report.id);
  await clearPhotoPlaces(ctx, report.id);
  const quoted = report.words !== null && file.summary === summaryOf(report.words);
  if (quoted) await updateCasefile(ctx, file.id, { summary: null });
  await record(ctx, {
    kind: 'casefile.reporter_forgotten',
    about: subjectOf(file),
    body: { reportId: report.id, reason, change: {}, duties: [] },
  });
  return { reportId: report.id, keys: keys.length };
}
