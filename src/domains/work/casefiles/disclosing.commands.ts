import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { casefileProblems } from './casefile.model.ts';
import { type ReportRow, reportsBehind } from './casefile.queries.ts';
import { secretOfReport } from './circle.commands.ts';
import { insertDisclosedPhotos, insertDisclosure, removeDisclosure } from './disclosure.queries.ts';
import { boundToDisclosure } from './disclosure.views.ts';
import type { CommandOf } from './intake.commands.ts';
import { begin, finish } from './step.commands.ts';

/**
 * A desk releases what a reporter said, in words it has read and cleared, and photos it has looked at. Until then the
 * public sees kind, stage and coarse place; what is released again replaces what was released before.
 */
export const disclose: CommandOf<'disclose'> = async (ctx, id, { releasedWords, photoIds = [] }) => {
  const step = await begin(ctx, id, 'disclose');
  const report = (await reportsBehind(ctx, id)).find(({ casefileId }) => casefileId === id);
  const key = report?.keyId ? await openDataKey(ctx, report.keyId) : null;
  if (!report || !key || (releasedWords === undefined && photoIds.length === 0))
    throw new Problem(casefileProblems['casefile.nothing_to_disclose']);
  if (releasedWords !== undefined) await requireNobodyNamed(ctx, report, releasedWords);
  await removeDisclosure(ctx, id);
  const sealed = seal(key.bytes, JSON.stringify({ words: releasedWords }), boundToDisclosure(id));
  insertDisclosure(ctx, { casefileId: id, reportId: report.id, keyId: key.id, sealed, disclosedAt: step.at });
  await disclosePhotos(ctx, id, photoIds);
  return finish(ctx, step, {
    body: { reportId: report.id, photoIds: [...photoIds] },
    secret: releasedWords === undefined ? undefined : { words: releasedWords },
    secretKey: key,
  });
};

async function disclosePhotos(ctx: Ctx, id: Id, photoIds: readonly Id[]): Promise<void> {
  const wanted = [...new Set(photoIds)];
  if (wanted.length > 0 && (await insertDisclosedPhotos(ctx, id, wanted)) !== wanted.length)
    throw new Problem(casefileProblems['casefile.photo_not_of_case']);
}

/** Numbers of mobile phones and of identity cards, whatever stands between their digits. */
const personal = /(?<!\d)1[3-9](?:[ -]?\d){9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)/;

async function requireNobodyNamed(ctx: Ctx, report: ReportRow, words: string): Promise<void> {
  const { name, phone } = (await secretOfReport(ctx, report))?.contact ?? {};
  const known = [name, phone].filter((one) => one !== undefined && one.length > 1) as string[];
  if (personal.test(words) || known.some((one) => words.includes(one)))
    throw new Problem(casefileProblems['casefile.discloses_person']);
}

/** Taken back by the desk or by whoever said it: at once, in this transaction. */
export const conceal: CommandOf<'conceal'> = async (ctx, id, form) => {
  const step = await begin(ctx, id, 'conceal');
  await removeDisclosure(ctx, id);
  return finish(ctx, step, { secret: form.words === undefined ? undefined : { words: form.words } });
};
