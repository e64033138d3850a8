import { later } from '../../../kernel/clock.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { type DataKey, openDataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { casefileProblems } from '../casefiles/casefile.model.ts';
import { type CasefileRow, factsOf, lockCasefile, requireCasefile, subjectOf } from '../casefiles/index.ts';
import { type PhotoProcess, photoTable } from './photo.workflow.ts';
import { type VoiceKind, voiceLimits } from './sound.model.ts';
import { voiceProblems } from './voice.model.ts';
import { insertVoice, type OwnReport, ownReport, voiceByHash } from './voice.queries.ts';

/** The transactions of a recording, one before and one after its bytes are stored; as with photos. */
export interface PreparedVoice {
  readonly casefileId: Id;
  /** Of the same bytes that are there already. */
  readonly there: Id | null;
  /** The report's own key, or why nothing may be added. */
  readonly key: DataKey | Problem;
}

export async function prepareVoice(ctx: Ctx, casefileId: Id, sha256: string): Promise<PreparedVoice> {
  const file = await requireCasefile(ctx, casefileId);
  const there = await voiceByHash(ctx, file.id, sha256);
  try {
    return { casefileId: file.id, there, key: (await permit(ctx, file)).key };
  } catch (error) {
    if (!(error instanceof Problem) || there === null) throw error;
    return { casefileId: file.id, there, key: error };
  }
}

interface Permit {
  readonly report: OwnReport;
  readonly key: DataKey;
  readonly verdict: Verdict<PhotoProcess>;
}

/** Sealed under the key of the report alone: whoever asks to be forgotten takes their voice along. */
async function permit(ctx: Ctx, file: CasefileRow): Promise<Permit> {
  const actor = workflowActor(ctx.actor);
  const [{ facts }, report] = await Promise.all([
    factsOf(ctx, file),
    actor.personId === null ? undefined : ownReport(ctx, file.id, actor.personId),
  ]);
  const all = { ...facts, wroteReport: report !== undefined };
  const refusal = casefileProblems['casefile.command_not_allowed'];
  const verdict = decide(photoTable, all, 'voice', actor, refusal);
  const key = report?.keyId ? await openDataKey(ctx, report.keyId) : null;
  if (!report || !key) throw new Problem(voiceProblems['voice.report_forgotten']);
  if (report.voices >= voiceLimits.perReport)
    throw new Problem(voiceProblems['voice.too_many'], { most: voiceLimits.perReport });
  return { report, key, verdict };
}

export interface NewVoiceFile {
  readonly casefileId: Id;
  readonly file: string;
  readonly key: DataKey;
  readonly sha256: string;
  readonly kind: VoiceKind;
  readonly bytes: number;
  readonly seconds: number;
}

/** `fresh` is false when the same recording was there already: then nobody needs the new file. */
export async function addVoice(ctx: Ctx, voice: NewVoiceFile): Promise<{ voiceId: Id; fresh: boolean }> {
  const { casefileId, sha256, kind, bytes, seconds } = voice;
  const file = await lockCasefile(ctx, casefileId);
  if (!file) throw new Problem(casefileProblems['casefile.not_found']);
  const { report, verdict } = await permit(ctx, file);
  const voiceId = await insertVoice(ctx, {
    ...{ casefileId, file: voice.file, keyId: voice.key.id, kind, bytes, seconds },
    ...{ id: ctx.ids.newId(), reportId: report.id, sha256: Buffer.from(sha256, 'hex') },
    addedBy: ctx.actor.kind === 'account' ? ctx.actor.personId : '',
    addedAt: later(ctx.now, file.changedAt),
  });
  if (voiceId === null) return { voiceId: (await voiceByHash(ctx, casefileId, sha256)) ?? '', fresh: false };
  record(ctx, {
    kind: photoTable.rows.voice.entry,
    about: subjectOf(file),
    postId: verdict.postId ?? undefined,
    body: { voiceId, bytes, seconds },
  });
  return { voiceId, fresh: true };
}
