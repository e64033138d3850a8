import { later } from '../../../kernel/clock.ts';
import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { type DataKey, recordKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { realmOf } from '../../../kernel/realm.ts';
import { decide, type Verdict } from '../../../kernel/workflow.ts';
import { casefileProblems } from '../casefiles/casefile.model.ts';
import { type CasefileRow, factsOf, lockCasefile, requireCasefile, subjectOf, tracked } from '../casefiles/index.ts';
import { limits } from './limits.model.ts';
import { photoProblems } from './photo.model.ts';
import { countPhotos, insertPhoto, type KnownPhoto, photosByHash, wroteReport } from './photo.queries.ts';
import { type PhotoFacts, type PhotoProcess, photoTable, wayFor } from './photo.workflow.ts';
import { dropPreview } from './preview.queries.ts';
import type { Stage } from './stage.model.ts';

/** The two short transactions of an upload, one before and one after each photo is developed. */
export interface Prepared {
  readonly casefileId: Id;
  /** The report it is added to by whoever reported; null: added by one of ours. */
  readonly reportId: Id | null;
  readonly zone: string;
  /** Photos of this stage that are there already, by hash. */
  readonly known: ReadonlyMap<string, KnownPhoto>;
  /** What proves the handling must be younger than this: the round began then. Null: any age will do. */
  readonly roundSince: Date | null;
  /** The key to seal it under, or why nothing more may be added. */
  readonly key: DataKey | Problem;
}

/**
 * Who may add to what, and under which key. Sending again what is there already is no new act: it needs only the right to
 * read, so that a phone which lost our answer hears it although the case has moved on.
 */
export async function prepareToAdd(
  ctx: Ctx,
  casefileId: Id | null,
  stage: Stage,
  hashes: readonly string[],
): Promise<Prepared> {
  const { file, reportId } = await aboutWhat(ctx, casefileId);
  const [{ zone }, known] = await Promise.all([realmOf(ctx), photosByHash(ctx, file.id, stage, hashes)]);
  const roundSince = stage === 'after' ? file.dispatchedAt : null;
  const prepared = { casefileId: file.id, reportId, zone, known, roundSince };
  try {
    await verdictOn(ctx, file, stage);
    await requireRoom(ctx, file.id, reportId);
    // Under the reporter's key when it comes from them: whoever asks to be forgotten takes their photos along.
    const subject = reportId === null ? { kind: 'casefile', id: file.id } : { kind: 'report', id: reportId };
    return { ...prepared, key: await recordKey(ctx, subject) };
  } catch (error) {
    if (!(error instanceof Problem) || known.size === 0) throw error;
    return { ...prepared, key: error };
  }
}

/** A reporter adds to what they reported themselves, also after it was merged: a wrong merge is undone with its photos. */
async function aboutWhat(ctx: Ctx, casefileId: Id | null): Promise<{ file: CasefileRow; reportId: Id | null }> {
  if (casefileId !== null) return { file: await requireCasefile(ctx, casefileId), reportId: null };
  const { own, report } = await tracked(ctx);
  return { file: own, reportId: report.id };
}

export async function verdictOn(ctx: Ctx, file: CasefileRow, stage: Stage): Promise<Verdict<PhotoProcess>> {
  const actor = workflowActor(ctx.actor);
  const [{ facts }, wrote] = await Promise.all([
    factsOf(ctx, file),
    actor.personId === null ? false : wroteReport(ctx, file.id, actor.personId),
  ]);
  const all: PhotoFacts = { ...facts, wroteReport: wrote };
  const way = wayFor(stage, all, actor);
  return decide(photoTable, all, way, actor, casefileProblems['casefile.command_not_allowed']);
}

async function requireRoom(ctx: Ctx, casefileId: Id, reportId: Id | null): Promise<void> {
  const most = reportId === null ? limits.perCase : limits.perReport;
  if ((await countPhotos(ctx, casefileId, reportId)) >= most)
    throw new Problem(photoProblems['photo.too_many'], { most });
}

/** A photo whose sealed bytes lie in the store under `file`. */
export interface NewPhotoFile {
  readonly casefileId: Id;
  readonly reportId: Id | null;
  readonly stage: Stage;
  readonly file: string;
  readonly key: DataKey;
  readonly sha256: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly takenAt: Date | null;
  readonly point: { readonly lon: number; readonly lat: number } | null;
}

/** `fresh` is false when the same photo was there already: then nobody needs the new file. */
export async function addPhoto(ctx: Ctx, photo: NewPhotoFile): Promise<{ photoId: Id; fresh: boolean }> {
  const { casefileId, reportId, stage, width, height, bytes } = photo;
  const file = await lockCasefile(ctx, casefileId);
  if (!file) throw new Problem(casefileProblems['casefile.not_found']);
  const { postId } = await verdictOn(ctx, file, stage);
  await requireRoom(ctx, casefileId, reportId);
  await dropPreview(ctx, casefileId, stage, photo.sha256);
  const photoId = await insertPhoto(ctx, rowOf(ctx, photo, later(ctx.now, file.changedAt)));
  if (photoId === null) {
    const there = await photosByHash(ctx, casefileId, stage, [photo.sha256]);
    return { photoId: there.get(photo.sha256)?.id ?? '', fresh: false };
  }
  record(ctx, {
    kind: photoTable.rows[stage].entry,
    about: subjectOf(file),
    postId: postId ?? undefined,
    body: { photoId, stage, width, height, bytes },
    ...secretOf(photo),
  });
  return { photoId, fresh: true };
}

function rowOf(ctx: Ctx, { key, point, sha256, ...plain }: NewPhotoFile, addedAt: Date) {
  return {
    ...plain,
    id: ctx.ids.newId(),
    keyId: key.id,
    sha256: Buffer.from(sha256, 'hex'),
    lon: point?.lon ?? null,
    lat: point?.lat ?? null,
    addedBy: ctx.actor.kind === 'account' ? ctx.actor.personId : null,
    addedAt,
  };
}

/** Where and when somebody stood with a camera says much about them: the journal holds it sealed. */
function secretOf({ key, takenAt, point }: NewPhotoFile) {
  if (takenAt === null && point === null) return {};
  return { secret: { key, value: { takenAt: takenAt?.toISOString() ?? null, ...point } } };
}
