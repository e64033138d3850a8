import { createHash } from 'node:crypto';
import { execute } from '../../../kernel/command.ts';
import type { UploadedFile } from '../../../kernel/endpoint.ts';
import type { Entrance } from '../../../kernel/entrance.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { faultOf } from '../../../kernel/log.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import type { HeldBy, Picture } from './holder.model.ts';
import { addPhoto, type NewPhotoFile, type Prepared, prepareToAdd } from './photo.commands.ts';
import { type PhotoSize, photoProblems, type Taken } from './photo.model.ts';
import { boundOf, type FoundPhoto, fileOf } from './photo.views.ts';
import type { PhotoRoom } from './room.outside.ts';
import type { PhotoStore } from './store.outside.ts';
import { uploadProblems } from './upload.model.ts';

/** Photos in and out: all work with processes and files lies between the transactions, none in one. */
export interface Upload {
  readonly entrance: Entrance;
  readonly commandId: Id;
  readonly occurredAt: Date;
  /** Null: what the holder of the tracking code reported. */
  readonly of: HeldBy | null;
  readonly stage: Picture;
  readonly files: readonly UploadedFile[];
}

/** Bytes that are not here, although they should be, harm nothing where the photo is saved already. */
interface Sent {
  readonly index: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Buffer | null;
}

export function takePhotosIn(runtime: Runtime, room: PhotoRoom, upload: Upload): Promise<{ photos: Taken[] }> {
  const sent = upload.files.map((file, index): Sent => ({ ...file, index, sha256: hashOf(file.bytes) }));
  return takeSent(runtime, room, upload, sent);
}

/** One after the other, each with a verdict of its own: what is wrong with one is no harm to the next. */
export async function takeSent(
  runtime: Runtime,
  room: PhotoRoom,
  upload: Omit<Upload, 'files'>,
  sent: readonly Sent[],
): Promise<{ photos: Taken[] }> {
  if (sent.length === 0) throw new Problem(photoProblems['photo.none_sent']);
  const hashes = sent.map(({ sha256 }) => sha256);
  const prepared = await transact(runtime, upload.entrance, (ctx) =>
    prepareToAdd(ctx, upload.of, upload.stage, hashes),
  );
  const photos: Taken[] = [];
  for (const file of sent) photos.push(await takeOne(runtime, room, upload, prepared, file));
  return { photos };
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function takeOne(
  runtime: Runtime,
  room: PhotoRoom,
  upload: Omit<Upload, 'files'>,
  prepared: Prepared,
  file: Sent,
): Promise<Taken> {
  const { index, name, sha256 } = file;
  try {
    const photoId = thereAlready(prepared, sha256) ?? (await keep(runtime, room, upload, prepared, file));
    return { index, name, sha256, outcome: 'saved', photoId, problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, title, hint } = error;
    return { index, name, sha256, outcome: 'refused', photoId: null, problem: { code, title, hint } };
  }
}

/** A photo of an earlier round proves nothing about this one. */
function thereAlready({ known, roundSince }: Prepared, sha256: string): Id | null {
  const there = known.get(sha256);
  if (!there) return null;
  if (roundSince !== null && there.addedAt < roundSince) throw new Problem(photoProblems['photo.from_earlier_round']);
  return there.id;
}

/** The file first, then the row: a crash between the two leaves a file without a row, which is swept, never the reverse. */
async function keep(
  runtime: Runtime,
  room: PhotoRoom,
  upload: Omit<Upload, 'files'>,
  prepared: Prepared,
  sent: Sent,
): Promise<Id> {
  const { held, reportId, zone, key } = prepared;
  const { entrance, commandId, occurredAt, stage } = upload;
  if (key instanceof Problem) throw key;
  if (sent.bytes === null) throw new Problem(uploadProblems['upload.not_whole']);
  const { picture, thumb, ...facts } = await room.develop(sent.bytes, zone);
  const { index, sha256 } = sent;
  const file = runtime.ids.bytes(16).toString('hex');
  const photo = { ...facts, held, reportId, stage, file, key, sha256, bytes: picture.length };
  await store(runtime, room.store, photo, { thumb, full: picture });
  const command = {
    id: derivedId(commandId, String(index)),
    name: 'photo.add',
    input: { ...namedIn(held), stage, sha256 },
    occurredAt,
  };
  try {
    const { answer, repeated } = await execute(runtime, entrance, command, { work: (ctx) => addPhoto(ctx, photo) });
    if (repeated || !answer.fresh) await discard(room.store, file);
    return answer.photoId;
  } catch (error) {
    if (isRefusal(error)) await discard(room.store, file);
    throw error;
  }
}

/** A command that was carried out before there were other records is still known by its own words. */
const namedIn = ({ kind, id }: HeldBy) =>
  kind === 'casefile' ? { casefileId: id } : { recordKind: kind, recordId: id };

/** Refused means rolled back. A database that went away may have committed first: then the sweep decides, tomorrow. */
const isRefusal = (error: unknown): boolean => error instanceof Problem && error.kind.status !== 503;

async function store(
  { log }: Runtime,
  to: PhotoStore,
  { key, held, stage, sha256, file }: NewPhotoFile,
  pictures: Readonly<Record<PhotoSize, Buffer>>,
): Promise<void> {
  try {
    for (const size of ['thumb', 'full'] as const)
      await to.put(fileOf(file, size), seal(key.bytes, pictures[size], boundOf(held.id, stage, sha256, size)));
  } catch (error) {
    log.error('photo not stored', faultOf(error));
    throw new Problem(photoProblems['photo.not_stored']);
  }
}

const discard = async (from: PhotoStore, file: string): Promise<void> =>
  void (await Promise.all([from.remove(fileOf(file, 'full')), from.remove(fileOf(file, 'thumb'))]));

export interface PhotoBytes {
  readonly type: 'image/jpeg';
  readonly bytes: Buffer;
  readonly etag: string;
}

/** The second half of showing a photo, after the transaction that found it is closed. */
export async function photoBytes(store: PhotoStore, { file, key, bound, etag }: FoundPhoto): Promise<PhotoBytes> {
  const sealed = await store.get(file);
  if (sealed === null) throw new Problem(photoProblems['photo.not_found']);
  return { type: 'image/jpeg', bytes: unseal(key, sealed, bound), etag };
}
