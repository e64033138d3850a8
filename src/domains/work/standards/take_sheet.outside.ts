import { createHash } from 'node:crypto';
import { execute } from '../../../kernel/command.ts';
import type { UploadedFile } from '../../../kernel/endpoint.ts';
import type { Entrance } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { keepDraft } from './draft.commands.ts';
import { draftProblems } from './draft.model.ts';
import { readSheetFile } from './sheet_file.outside.ts';

export interface SentSheet {
  readonly entrance: Entrance;
  readonly commandId: Id;
  readonly occurredAt: Date;
  readonly replaces: Id | null;
  readonly file: UploadedFile | undefined;
}

/** The file is read between transactions; the command is told apart by its bytes, so that a repeat keeps nothing twice. */
export async function takeSheet(runtime: Runtime, { entrance, commandId, occurredAt, replaces, file }: SentSheet) {
  if (!file || (file.name === '' && file.bytes.length === 0)) throw new Problem(draftProblems['standard.file_missing']);
  const lines = await readSheetFile(file);
  const fileName = file.name.replace(/[\p{Cc}\p{Surrogate}]/gu, '').slice(0, 120) || '—';
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const command = { id: commandId, name: 'standard.import', input: { sha256, replaces }, occurredAt };
  const { answer } = await execute(runtime, entrance, command, {
    work: (ctx) => keepDraft(ctx, { fileName, lines, replaces }),
  });
  return answer;
}
