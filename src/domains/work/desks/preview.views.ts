import type { z } from 'zod';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { fill, type Words } from '../../../kernel/words.ts';
import { consider, isVerdict, refusalWords } from '../../../kernel/workflow.ts';
import { type Body, directoryOf } from '../../land/staff/index.ts';
import { texts } from '../../telling/messages/message.model.ts';
import { limitWords } from '../calendars/index.ts';
import { type CasefileFacts, casefileProblems } from '../casefiles/casefile.model.ts';
import {
  type CasefileRow,
  casefileTable,
  factsOf,
  findCasefiles,
  lineOf,
  reportsBehind,
  requireCasefile,
  suggestBody,
} from '../casefiles/index.ts';
import type { PreviewForm, previewVerdict, previewView } from './board.model.ts';

type Verdict = z.input<typeof previewVerdict>;

/** What the form names, found once for all the cases. */
interface Named {
  readonly body: Body | null;
  readonly into: CasefileRow | null;
  readonly intoFacts: CasefileFacts | null;
}

/** What one command would do to each of several cases, by the same table that will decide; nothing is changed. */
export async function previewBatch(ctx: Ctx, form: PreviewForm): Promise<z.input<typeof previewView>> {
  const ids = [...new Set(form.ids)];
  const [named, files] = await Promise.all([whatIsNamed(ctx, form), findCasefiles(ctx, ids)]);
  const verdicts: Verdict[] = [];
  for (const file of files.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)))
    verdicts.push(await verdictOn(ctx, form, named, file));
  return { verdicts, gone: ids.length - files.length };
}

async function whatIsNamed(ctx: Ctx, { command, bodyId, intoId }: PreviewForm): Promise<Named> {
  const body = (await directoryOf(ctx)).body(bodyId ?? '') ?? null;
  if (command === 'dispatch' && body === null) throw new Problem(casefileProblems['casefile.no_such_body']);
  if (command === 'merge' && intoId === undefined) throw new Problem(casefileProblems['casefile.not_found']);
  const into = command === 'merge' && intoId !== undefined ? await requireCasefile(ctx, intoId) : null;
  return { body, into, intoFacts: into && (await factsOf(ctx, into)).facts };
}

const titleOf = (code: string): Words => new Problem(code).title;
const nothing = { reporters: 0, told: null, limit: null, doubt: null };

async function verdictOn(ctx: Ctx, form: PreviewForm, named: Named, file: CasefileRow): Promise<Verdict> {
  const { command } = form;
  const [{ facts }, line] = await Promise.all([factsOf(ctx, file), lineOf(ctx, file)]);
  const said = { id: file.id, number: file.number, title: line.title };
  if (named.into?.id === file.id)
    return { ...said, allowed: false, reason: titleOf(casefileProblems['casefile.merge_impossible']), ...nothing };
  const result = consider(casefileTable, facts, command, workflowActor(ctx.actor), named.intoFacts);
  if (!isVerdict(result))
    return { ...said, allowed: false, reason: refusalWords(casefileTable, facts, command, result), ...nothing };
  const reporters = (await reportsBehind(ctx, file.id)).length;
  return { ...said, allowed: true, reason: null, reporters, ...(await consequences(ctx, form, named, file)) };
}

async function consequences(
  ctx: Ctx,
  { command }: PreviewForm,
  { body, into }: Named,
  file: CasefileRow,
): Promise<Pick<Verdict, 'told' | 'limit' | 'doubt'>> {
  if (command === 'merge' && into) {
    return { told: fill(texts['casefile.merged'], { number: into.number }), limit: null, doubt: null };
  }
  if (command === 'unmerge') {
    const [from] = file.mergedInto === null ? [] : await findCasefiles(ctx, [file.mergedInto]);
    return { told: fill(texts['casefile.unmerged'], { number: from?.number ?? '' }), limit: null, doubt: null };
  }
  if (command !== 'dispatch' || !body) return { told: null, limit: null, doubt: null };
  const [{ standard }, suggested] = await Promise.all([factsOf(ctx, file), suggestBody(ctx, file)]);
  const found = file.conditionCode === null ? undefined : standard.condition(file.conditionCode);
  return { told: null, limit: found ? limitWords(found.condition.limit) : null, doubt: doubtOf(suggested, body) };
}

/** The rules name another body, or the place is near a border: possible, and worth a second look. */
function doubtOf(suggested: Awaited<ReturnType<typeof suggestBody>>, body: Body): Words | null {
  if (!suggested?.bodyId) return null;
  if (suggested.bodyId !== body.id) {
    const name = suggested.bodyName ?? '';
    return { zh: `按责任规则是${name}`, en: `by the rules it is for ${name}` };
  }
  return suggested.confirm ? { zh: '离边界很近，请确认位置', en: 'close to a border: confirm the place' } : null;
}
