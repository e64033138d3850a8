import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { callNames } from '../../land/staff/index.ts';
import { lookAtPart, releasedPhoto, requireCasefile, tracked } from '../casefiles/index.ts';
import { isReadable } from './holder.commands.ts';
import type { HolderKind, Picture } from './holder.model.ts';
import { type heldPhotoView, type PhotoSize, photoProblems, type photoView } from './photo.model.ts';
import { type PhotoRow, photoById, photosOf, photosOfRecords } from './photo.queries.ts';
import type { Stage } from './stage.model.ts';

export async function photoLines(ctx: Ctx, casefileId: Id): Promise<z.input<typeof photoView>[]> {
  await requireCasefile(ctx, casefileId);
  const rows = await photosOf(ctx, casefileId);
  const persons = rows.flatMap(({ addedBy }) => (addedBy === null ? [] : [{ kind: 'person', id: addedBy }]));
  const names = await callNames(ctx, persons);
  return rows.map(({ lon, lat, addedBy, recordId, stage, ...row }) => ({
    ...row,
    ...{ casefileId: recordId, stage: stage as Stage },
    point: lon === null || lat === null ? null : { lon, lat },
    addedBy: names.get(addedBy ?? '') ?? '报事人',
  }));
}

/** A photo that may be read: where its bytes lie and what opens them. Never leaves the process. */
export interface FoundPhoto {
  readonly file: string;
  readonly key: Buffer;
  readonly bound: string;
  /** Changes whenever the bytes would; to be compared with If-None-Match before the file is touched. */
  readonly etag: string;
}

/** One that is not there, not for the actor to see, or forgotten: the three look alike. */
export async function findPhoto(ctx: Ctx, id: Id, size: PhotoSize): Promise<FoundPhoto> {
  const row = await photoById(ctx, id);
  const key = row && (await isShown(ctx, row)) ? await openDataKey(ctx, row.keyId) : null;
  if (!row || !key) throw new Problem(photoProblems['photo.not_found']);
  if (row.confidential) await lookAtPart(ctx, row.recordId);
  return {
    file: fileOf(row.file, size),
    key: key.bytes,
    bound: boundOf(row.recordId, row.stage, row.sha256.toString('hex'), size),
    etag: `"${row.file}-${size}"`,
  };
}

export async function findReleased(ctx: Ctx, id: Id, size: PhotoSize): Promise<FoundPhoto> {
  const row = await releasedPhoto(ctx, id);
  const key = row && (await openDataKey(ctx, row.keyId));
  if (!row || !key) throw new Problem(photoProblems['photo.not_found']);
  return {
    file: fileOf(row.file, size),
    key: key.bytes,
    bound: boundOf(row.casefileId, row.stage as Stage, row.sha256.toString('hex'), size),
    etag: `"${row.file}-${size}"`,
  };
}

/** Who reported sees what they sent themselves; a photo taken by a worker may show a neighbour. */
async function isShown(ctx: Ctx, row: PhotoRow): Promise<boolean> {
  if (row.recordKind !== 'casefile') return isReadable(ctx, { kind: row.recordKind, id: row.recordId }, row.stage);
  return ctx.actor.kind !== 'reporter' || row.reportId === (await tracked(ctx)).report.id;
}

export const fileOf = (file: string, size: PhotoSize): string => (size === 'full' ? file : `${file}.thumb`);

/** What a sealed photo belongs to: a file that is put in another's place does not open there. */
export const boundOf = (recordId: Id, stage: Picture, sha256: string, size: PhotoSize): string =>
  `photo ${recordId} ${stage} ${sha256} ${size}`;

/** One photo as the page of its record shows it: what of, who took it, when. */
type PhotoLine = z.input<typeof heldPhotoView>;

/** Of records the viewer may read, as their own domain has asked already. */
export async function photosHeld(ctx: Ctx, kind: HolderKind, ids: readonly Id[]): Promise<PhotoLine[]> {
  const rows = await photosOfRecords(ctx, kind, ids);
  const persons = rows.flatMap(({ addedBy }) => (addedBy === null ? [] : [{ kind: 'person', id: addedBy }]));
  const names = await callNames(ctx, persons);
  return rows.map(({ id, recordId, stage, sha256, takenAt, addedAt, addedBy }) => ({
    ...{ id, recordId, stage, takenAt, addedAt, sha256: sha256.toString('hex') },
    addedBy: names.get(addedBy ?? '') ?? '',
  }));
}
