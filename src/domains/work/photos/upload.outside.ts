import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import type { Entrance } from '../../../kernel/entrance.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { me } from '../../land/accounts/index.ts';
import type { Found, Place } from './arriving.outside.ts';
import type { HeldBy } from './holder.model.ts';
import { limits } from './limits.model.ts';
import { prepareToAdd } from './photo.commands.ts';
import { photoProblems, type Taken } from './photo.model.ts';
import type { PhotoRoom } from './room.outside.ts';
import { voiceLimits } from './sound.model.ts';
import { takeSent, type Upload } from './take_in.outside.ts';
import { type Checksum, type UploadForm, uploadForm, uploadProblems } from './upload.model.ts';
import { prepareVoice } from './voice.commands.ts';
import { voiceProblems } from './voice.model.ts';

/** Photos and recordings in pieces, as far as it is no HTTP. Who may add what is asked when it begins and again when it is whole. */
export interface Door {
  readonly runtime: Runtime;
  readonly room: PhotoRoom;
  readonly enter: () => Entrance;
  /** Throws for whoever must not be served although they are signed in. */
  readonly admit: (ctx: Ctx) => void;
}

/**
 * The same account, case, step and bytes are the same upload: a phone that was killed asks as if for the first time and
 * hears how much is there. What is saved already counts as arrived.
 */
export async function beginUpload(
  { runtime, room, enter, admit }: Door,
  given: Readonly<Record<string, unknown>>,
): Promise<{ uploadId: string; offset: number }> {
  if (Number(given.size) > limits.fileBytes) throw new Problem(photoProblems['photo.too_large']);
  const read = uploadForm.safeParse(given);
  if (!read.success) throw new Problem(uploadProblems['upload.unreadable']);
  const { kind } = read.data;
  // A recording belongs to the report of a case, whatever its stage says.
  const form: UploadForm = kind === 'voice' ? { ...read.data, recordKind: 'casefile', stage: 'report' } : read.data;
  const { place, isThere, key } = await transact(runtime, enter(), async (ctx) => {
    admit(ctx);
    return { place: placeOf(ctx, form), ...(await prepared(ctx, form)) };
  });
  const { uploadId } = place;
  if (isThere) return { uploadId, offset: form.size };
  if (key instanceof Problem) throw key;
  return { uploadId, offset: await room.arriving.begin(place, { ...form, keyId: key.id }) };
}

async function prepared(ctx: Ctx, { recordKind, recordId, stage, sha256, size, kind }: UploadForm) {
  if (kind === 'voice') {
    if (size > voiceLimits.fileBytes) throw new Problem(voiceProblems['voice.too_large']);
    const { there, key } = await prepareVoice(ctx, recordId, sha256);
    return { isThere: there !== null, key };
  }
  const { known, key } = await prepareToAdd(ctx, { kind: recordKind, id: recordId }, stage, [sha256]);
  return { isThere: known.has(sha256), key };
}

export async function findUpload({ runtime, room, enter, admit }: Door, uploadId: string): Promise<Found> {
  const place = await transact(runtime, enter(), async (ctx) => {
    admit(ctx);
    return { accountId: me(ctx).accountId, uploadId };
  });
  const found = await room.arriving.find(place);
  if (!found) throw new Problem(uploadProblems['upload.not_found']);
  return found;
}

/** A piece of an upload: where it begins, and what it must hash to where the sender said so. */
export interface Piece {
  readonly from: number;
  readonly checksum: Checksum | null;
  readonly bytes: Readable;
}

/** How much is here afterwards. */
export async function takePiece(door: Door, uploadId: string, piece: Piece): Promise<number> {
  const { runtime, room, enter } = door;
  const { about } = await findUpload(door, uploadId);
  const { accountId, key } = await transact(runtime, enter(), async (ctx) => ({
    accountId: me(ctx).accountId,
    key: await openDataKey(ctx, about.keyId),
  }));
  if (!key) throw new Problem(uploadProblems['upload.not_found']);
  return room.arriving.take({ accountId, uploadId }, key.bytes, piece);
}

export async function dropUpload({ runtime, room, enter, admit }: Door, uploadId: string): Promise<void> {
  const accountId = await transact(runtime, enter(), async (ctx) => {
    admit(ctx);
    return me(ctx).accountId;
  });
  await room.arriving.drop({ accountId, uploadId });
}

/** What arrived in pieces is taken in as if it had come at once; then its pieces go. */
export async function takeUploadedIn(
  runtime: Runtime,
  room: PhotoRoom,
  { sha256, ...upload }: Omit<Upload, 'files'> & { readonly of: HeldBy; readonly sha256: string },
): Promise<{ photos: Taken[] }> {
  const { entrance, of, stage } = upload;
  const { bytes, drop } = await arrived(runtime, room, entrance, { recordId: of.id, stage, sha256 });
  const name = `${sha256.slice(0, 12)}.jpg`;
  const taken = await takeSent(runtime, room, upload, [{ index: 0, name, sha256, bytes }]);
  if (taken.photos.every(({ outcome }) => outcome === 'saved')) await drop();
  return taken;
}

/** All of it, or null while something of it is missing; `drop` when it is kept elsewhere. */
export async function arrived(
  runtime: Runtime,
  room: PhotoRoom,
  entrance: Entrance,
  about: Pick<UploadForm, 'recordId' | 'stage' | 'sha256'>,
): Promise<{ bytes: Buffer | null; drop: () => Promise<void> }> {
  const place = await transact(runtime, entrance, async (ctx) => placeOf(ctx, about));
  const found = await room.arriving.find(place);
  const drop = async (): Promise<void> => (found ? room.arriving.drop(place) : undefined);
  const key = found && (await transact(runtime, entrance, (ctx) => openDataKey(ctx, found.about.keyId)));
  const bytes = key && (await room.arriving.whole(place, key.bytes));
  const isSound = bytes !== null && hashOf(bytes) === about.sha256;
  // Torn or mixed up on the way: what is here is of no use, and the phone begins anew.
  if (found && found.offset === found.about.size && !isSound) await drop();
  return { bytes: isSound ? bytes : null, drop };
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function placeOf(ctx: Ctx, { recordId, stage, sha256 }: Pick<UploadForm, 'recordId' | 'stage' | 'sha256'>): Place {
  const { accountId } = me(ctx);
  const name = `upload ${ctx.realm} ${accountId} ${recordId} ${stage} ${sha256}`;
  return { accountId, uploadId: createHash('sha256').update(name).digest('hex').slice(0, 32) };
}
