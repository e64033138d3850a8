import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Question } from '../../domains/land/registry/forms/form.model.ts';
import { requireForm } from '../../domains/land/registry/index.ts';
import { findCampaign, makeVisit, requireTarget } from '../../domains/work/campaigns/index.ts';
import { type Result, results } from '../../domains/work/campaigns/result.model.ts';
import { execute } from '../../kernel/command.ts';
import { defineConstraints } from '../../kernel/constraints.ts';
import type { Ctx } from '../../kernel/context.ts';
import { deviceTime } from '../../kernel/device_time.ts';
import type { UploadedFile } from '../../kernel/endpoint.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import { type Id, idSchema } from '../../kernel/id.ts';
import { derivedId } from '../../kernel/ids.ts';
import { record } from '../../kernel/journal.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { openrosaProblems, openrosaVisitors } from './openrosa.model.ts';
import { answersIn, type Submission, submissionIn } from './submission.model.ts';
import { insertSubmission, isCorrected, submissionCalled } from './submission.queries.ts';
import { spared } from './xform.model.ts';

// Two corrections of the same at once: one of them came too late.
defineConstraints({ openrosa_corrected_once: openrosaProblems['openrosa.not_corrected'] });

const XML = 'xml_submission_file';

/** One part with the answers and no others. Refused by `openrosa.not_read`, `openrosa.with_files`. */
function submissionOf(files: readonly UploadedFile[]): Buffer {
  const [own, ...more] = files.filter(({ field }) => field === XML);
  if (!own || more.length > 0) throw new Problem(openrosaProblems['openrosa.not_read']);
  if (files.length > 1) throw new Problem(openrosaProblems['openrosa.with_files']);
  return own.bytes;
}

interface Taken {
  readonly submissionId: Id;
  readonly targetId: Id;
  readonly [name: string]: string;
}

/**
 * A submission becomes a visit, once: its form and its name are the command, its bytes the content. The same again is answered
 * as before, other content under the same name is refused; of many at once all are answered when the first is carried out.
 */
export async function takeSubmission(
  runtime: Runtime,
  entrance: Entrance,
  files: readonly UploadedFile[],
): Promise<Taken> {
  const bytes = submissionOf(files);
  const submission = submissionIn(bytes);
  const { formId, instanceId, endedAt } = submission;
  const command = {
    id: derivedId('openrosa.submit', formId, instanceId),
    name: 'openrosa.submit',
    input: { sha256: createHash('sha256').update(bytes).digest('hex') },
    occurredAt: endOf(runtime.clock.now(), endedAt),
  };
  const carryOut = () =>
    execute<Taken>(runtime, entrance, command, {
      work: (ctx) => becomeVisit(ctx, submission),
      recheck: async (ctx, { targetId }) => void (await requireTarget(ctx, targetId, openrosaVisitors)),
    });
  for (let tries = 0; ; tries += 1) {
    try {
      return (await carryOut()).answer;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'command.still_running' || tries === MOST_TRIES) throw error;
      await wait(AGAIN_MS);
    }
  }
}

const MOST_TRIES = 40;
const AGAIN_MS = 150;

/** By the clock of the phone; a time to come, or none, is now. */
function endOf(now: Date, said: string | null): Date {
  const at = said === null ? Number.NaN : Date.parse(said);
  return Number.isNaN(at) || at > now.getTime() ? now : deviceTime(now, new Date(at).toISOString(), now.toISOString());
}

async function becomeVisit(ctx: Ctx, submission: Submission): Promise<Taken> {
  const { formId, version, person, result, instanceId, deprecatedId } = submission;
  const campaign = idSchema.safeParse(formId).success ? await findCampaign(ctx, formId) : undefined;
  if (!campaign) throw new Problem(openrosaProblems['openrosa.no_form']);
  const round = roundOf(version, campaign);
  const { questions } = await requireForm(ctx, campaign.formId, campaign.formVersion);
  if (!isResult(result) || !idSchema.safeParse(person).success)
    throw new Problem(openrosaProblems['openrosa.no_person']);
  const target = await requireTarget(ctx, person, openrosaVisitors);
  if (target.campaignId !== campaign.id) throw new Problem(openrosaProblems['openrosa.no_person']);
  const corrects = deprecatedId === null ? null : await requireLast(ctx, campaign.id, deprecatedId, target.id);
  const answers = result === 'done' ? answersIn(questions, submission.answers) : {};
  const shown = spared(questions);
  const unseen = questions.filter((one) => !shown.includes(one)).map(({ name }) => name);
  const given = { round, result, answers, confirmed: [], unseen };
  const { visitId } = await makeVisit(ctx, target.id, given).catch((error) => asAsked(error, questions));
  const id = ctx.ids.newId();
  insertSubmission(ctx, {
    ...{ id, campaignId: campaign.id, instanceId, targetId: target.id, visitId, corrects, receivedAt: ctx.now },
  });
  record(ctx, {
    kind: 'campaign.sent_in',
    about: { kind: 'campaign_target', id: target.id, scopeNo: target.scopeNo, confidential: false },
    body: { campaignId: campaign.id, visitId, corrects },
  });
  return { submissionId: id, targetId: target.id };
}

/** What is wrong with an answer is told by what was asked: whoever holds the phone never saw our names. */
function asAsked(error: unknown, questions: readonly Question[]): never {
  if (!(error instanceof Problem) || error.faults.length === 0) throw error;
  const faults = error.faults.map(({ path, says }) => {
    const [, name] = path.split('.');
    return { path: questions.find((one) => one.name === name)?.ask ?? path, says };
  });
  throw new Problem(openrosaProblems['openrosa.wrong_answers'], {}, faults);
}

const isResult = (text: string): text is Result => (results as readonly string[]).includes(text);

/** What was filled in before the next round began counts for the round it was for. */
function roundOf(version: string, { formVersion, round }: { formVersion: number; round: number }): number {
  const [, of, wanted] = /^(\d{1,4})-(\d{1,3})$/.exec(version) ?? [];
  const asked = Number(wanted);
  if (Number(of) !== formVersion || !(asked >= 1 && asked <= round))
    throw new Problem(openrosaProblems['openrosa.no_such_version'], { version: version.slice(0, 40) });
  return asked;
}

/** The one that is corrected is of the same person, and nobody corrected it yet. */
async function requireLast(ctx: Ctx, campaignId: Id, instanceId: string, targetId: Id): Promise<Id> {
  const earlier = await submissionCalled(ctx, { campaignId, instanceId });
  if (earlier?.targetId !== targetId || (await isCorrected(ctx, earlier.id)))
    throw new Problem(openrosaProblems['openrosa.not_corrected']);
  return earlier.id;
}
