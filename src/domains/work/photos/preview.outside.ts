import { execute } from '../../../kernel/command.ts';
import type { UploadedFile } from '../../../kernel/endpoint.ts';
import type { Entrance } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { prepareToAdd } from './photo.commands.ts';
import { photoProblems } from './photo.model.ts';
import { addPreview } from './preview.commands.ts';
import type { PhotoRoom } from './room.outside.ts';
import type { Stage } from './stage.model.ts';

export interface PreviewUpload {
  readonly entrance: Entrance;
  readonly commandId: Id;
  readonly occurredAt: Date;
  readonly casefileId: Id;
  readonly stage: Stage;
  /** Of the photo it announces. */
  readonly sha256: string;
  readonly files: readonly UploadedFile[];
}

/** Made anew from its pixels, in the process of all photos and outside any transaction; what was sent is not kept. */
export async function takePreviewIn(
  runtime: Runtime,
  room: PhotoRoom,
  upload: PreviewUpload,
): Promise<{ previewId: Id | null }> {
  const { entrance, commandId, occurredAt, casefileId, stage, sha256, files } = upload;
  const [sent] = files;
  if (!sent) throw new Problem(photoProblems['photo.none_sent']);
  const { known, key, zone } = await transact(runtime, entrance, (ctx) =>
    prepareToAdd(ctx, { kind: 'casefile', id: casefileId }, stage, [sha256]),
  );
  if (known.size > 0) return { previewId: null };
  if (key instanceof Problem) throw key;
  const { thumb: picture } = await room.develop(sent.bytes, zone);
  const command = {
    ...{ id: derivedId(commandId, 'preview'), name: 'photo.add_preview', occurredAt },
    input: { casefileId, stage, sha256 },
  };
  const work = { casefileId, stage, sha256, key, picture };
  const { answer } = await execute(runtime, entrance, command, { work: (ctx) => addPreview(ctx, work) });
  return answer;
}
