import { execute } from '../../../kernel/command.ts';
import type { Entrance } from '../../../kernel/entrance.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { faultOf } from '../../../kernel/log.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import type { PhotoRoom } from './room.outside.ts';
import { type VoiceKind, voiceKindOf, voiceLimits, voiceTypes } from './sound.model.ts';
import type { PhotoStore } from './store.outside.ts';
import { uploadProblems } from './upload.model.ts';
import { arrived } from './upload.outside.ts';
import { addVoice, type NewVoiceFile, prepareVoice } from './voice.commands.ts';
import { voiceProblems } from './voice.model.ts';
import { type FoundVoice, voiceBound } from './voice.views.ts';

/** Recordings in and out: work with files lies between the transactions, none in one. */
export interface VoiceUpload {
  readonly entrance: Entrance;
  readonly commandId: Id;
  readonly occurredAt: Date;
  readonly casefileId: Id;
  readonly sha256: string;
  readonly seconds: number;
}

/** What arrived in pieces; those go when it is saved. */
export async function takeVoiceIn(runtime: Runtime, room: PhotoRoom, upload: VoiceUpload): Promise<VoiceTaken> {
  const { entrance, casefileId, sha256 } = upload;
  const prepared = await transact(runtime, entrance, (ctx) => prepareVoice(ctx, casefileId, sha256));
  const pieces = await arrived(runtime, room, entrance, { recordId: casefileId, stage: 'report', sha256 });
  const voiceId = prepared.there ?? (await keep(runtime, room.store, upload, prepared.key, pieces.bytes));
  await pieces.drop();
  return { voiceId, sha256 };
}

interface VoiceTaken {
  readonly voiceId: Id;
  readonly sha256: string;
}

/** The file first, then the row: a crash between the two leaves a file without a row, which is swept, never the reverse. */
async function keep(
  runtime: Runtime,
  store: PhotoStore,
  { entrance, commandId, occurredAt, casefileId, sha256, seconds }: VoiceUpload,
  key: NewVoiceFile['key'] | Problem,
  bytes: Buffer | null,
): Promise<Id> {
  if (key instanceof Problem) throw key;
  if (bytes === null) throw new Problem(uploadProblems['upload.not_whole']);
  const file = runtime.ids.bytes(16).toString('hex');
  const voice = { casefileId, file, key, sha256, seconds, kind: requireKind(bytes), bytes: bytes.length };
  await put(runtime, store, voice, bytes);
  const command = {
    ...{ id: derivedId(commandId, 'voice'), name: 'voice.add_uploaded', occurredAt },
    input: { casefileId, sha256 },
  };
  try {
    const { answer, repeated } = await execute(runtime, entrance, command, { work: (ctx) => addVoice(ctx, voice) });
    if (repeated || !answer.fresh) await store.remove(file);
    return answer.voiceId;
  } catch (error) {
    // Refused means rolled back; a database that went away may have committed first, and the sweep decides.
    if (error instanceof Problem && error.kind.status !== 503) await store.remove(file);
    throw error;
  }
}

/** It is never decoded here: what it is follows from its first bytes, and it goes out as that and nothing else. */
function requireKind(bytes: Buffer): VoiceKind {
  if (bytes.length > voiceLimits.fileBytes) throw new Problem(voiceProblems['voice.too_large']);
  const kind = voiceKindOf(bytes);
  if (kind === null) throw new Problem(voiceProblems['voice.not_a_voice']);
  return kind;
}

async function put({ log }: Runtime, store: PhotoStore, voice: NewVoiceFile, bytes: Buffer): Promise<void> {
  const { file, key, casefileId, sha256 } = voice;
  try {
    await store.put(file, seal(key.bytes, bytes, voiceBound(casefileId, sha256)));
  } catch (error) {
    log.error('voice not stored', faultOf(error));
    throw new Problem(voiceProblems['voice.not_stored']);
  }
}

/** The second half of handing one out, after the transaction that found it is closed. */
export async function voiceBytes(store: PhotoStore, { kind, file, key, bound }: FoundVoice) {
  const sealed = await store.get(file);
  if (sealed === null) throw new Problem(voiceProblems['voice.not_found']);
  return { type: voiceTypes[kind], bytes: unseal(key, sealed, bound) };
}
