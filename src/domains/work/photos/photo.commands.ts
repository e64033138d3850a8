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
import { type Opened, openHolder, takesPhotos } from './holder.commands.ts';
import type { HeldBy, Picture } from './holder.model.ts';
import { limits } from './limits.model.ts';
import { photoProblems } from './photo.model.ts';
import { countPhotos, insertPhoto, type KnownPhoto, photosByHash, wroteReport } from './photo.queries.ts';
import { type PhotoFacts, type PhotoProcess, photoTable, wayFor } from './photo.workflow.ts';
import { dropPreview } from './preview.queries.ts';
import { type Stage, stageNames } from './stage.model.ts';

/** The two short transactions of an upload, one before and one after each photo is developed. */
export interface Prepared {
  readonly held: HeldBy;
  /** The report it is added to by whoever reported; null: added by one of ours. */
  readonly reportId: Id | null;
  readonly zone: string;
  /** Photos of this step that are there already, by hash. */
  readonly known: ReadonlyMap<string, KnownPhoto>;
  /** What proves the handling must be younger than this: the round began then. Null: any age will do. */
  readonly roundSince: Date | null;
  /** The key to seal it under, or why nothing more may be added. */
  readonly key: DataKey | Problem;
}

/**
 * Who may add to what, and under which key. Sending again what is there already is no new act: it needs only the right to
 * read, so that a phone which lost our answer hears it although the record has moved on. `of` null: what the holder of the
 * tracking code reported.
 */
export async function prepareToAdd(
  ctx: Ctx,
  of: HeldBy | null,
  stage: Picture,
  hashes: readonly string[],
): Promise<Prepared> {
  const { held, opened } = await aboutWhat(ctx, of, stage);
  const [{ zone }, known] = await Promise.all([realmOf(ctx), photosByHash(ctx, held, stage, hashes)]);
  const { reportId, roundSince, most } = opened;
  const prepared = { held, reportId, zone, known, roundSince };
  try {
    const { key } = await opened.admit(hashes);
    await requireRoom(ctx, held, reportId, most);
    return { ...prepared, key };
  } catch (error) {
    if (!(error instanceof Problem) || known.size === 0) throw error;
    return { ...prepared, key: error };
  }
}

/** A reporter adds to what they reported themselves, also after it was merged: a wrong merge is undone with its photos. */
async function aboutWhat(ctx: Ctx, of: HeldBy | null, stage: Picture): Promise<{ held: HeldBy; opened: Opened }> {
  if (of !== null) return { held: of, opened: await openHolder(ctx, of, stage) };
  const { own, report } = await tracked(ctx);
  return { held: { kind: 'casefile', id: own.id }, opened: openedCase(ctx, own, stage as Stage, report.id) };
}

takesPhotos({
  kind: 'casefile',
  pictures: stageNames,
  open: async (ctx, id, picture, hold) => {
    const file = hold ? await lockCasefile(ctx, id) : await requireCasefile(ctx, id);
    if (!file) throw new Problem(casefileProblems['casefile.not_found']);
    return openedCase(ctx, file, picture as Stage, null);
  },
});

function openedCase(ctx: Ctx, file: CasefileRow, stage: Stage, reportId: Id | null): Opened {
  // Under the reporter's key when it comes from them: whoever asks to be forgotten takes their photos along.
  const subject = reportId === null ? { kind: 'casefile', id: file.id } : { kind: 'report', id: reportId };
  return {
    ...{ reportId, roundSince: stage === 'after' ? file.dispatchedAt : null, changedAt: file.changedAt },
    most: reportId === null ? limits.perCase : limits.perReport,
    admit: async () => {
      const { postId } = await verdictOn(ctx, file, stage);
      const { entry } = photoTable.rows[stage];
      return { about: subjectOf(file), postId, entry, key: await recordKey(ctx, subject) };
    },
  };
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

async function requireRoom(ctx: Ctx, held: HeldBy, reportId: Id | null, most: number): Promise<void> {
  if ((await countPhotos(ctx, held, reportId)) >= most) throw new Problem(photoProblems['photo.too_many'], { most });
}

/** A photo whose sealed bytes lie in the store under `file`. */
export interface NewPhotoFile {
  readonly held: HeldBy;
  readonly reportId: Id | null;
  readonly stage: Picture;
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
  const { held, reportId, stage, sha256, width, height, bytes } = photo;
  const opened = await openHolder(ctx, held, stage, true);
  const { about, postId, entry } = await opened.admit([sha256]);
  await requireRoom(ctx, held, reportId, reportId === null ? opened.most : limits.perReport);
  if (held.kind === 'casefile') await dropPreview(ctx, held.id, stage as Stage, sha256);
  const photoId = await insertPhoto(ctx, rowOf(ctx, photo, later(ctx.now, opened.changedAt)));
  if (photoId === null) {
    const there = await photosByHash(ctx, held, stage, [sha256]);
    return { photoId: there.get(sha256)?.id ?? '', fresh: false };
  }
  record(ctx, {
    kind: entry,
    about,
    postId: postId ?? undefined,
    body: { photoId, stage, width, height, bytes },
    ...secretOf(photo),
  });
  return { photoId, fresh: true };
}

function rowOf(ctx: Ctx, { key, point, sha256, held, ...plain }: NewPhotoFile, addedAt: Date) {
  return {
    ...plain,
    recordKind: held.kind,
    recordId: held.id,
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
