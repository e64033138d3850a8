import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { callNames } from '../../land/staff/index.ts';
import { lookAtPart, requireCasefile } from '../casefiles/index.ts';
import type { VoiceKind } from './sound.model.ts';
import { voiceProblems, type voiceView } from './voice.model.ts';
import { voiceById, voicesOf } from './voice.queries.ts';

export async function voiceLines(ctx: Ctx, casefileId: Id): Promise<z.input<typeof voiceView>[]> {
  await requireCasefile(ctx, casefileId);
  const rows = await voicesOf(ctx, casefileId);
  const names = await callNames(
    ctx,
    rows.map(({ addedBy }) => ({ kind: 'person', id: addedBy })),
  );
  return rows.map(({ addedBy, ...row }) => ({ ...row, addedBy: names.get(addedBy) ?? '—' }));
}

/** A recording that may be heard: where its bytes lie and what opens them. Never leaves the process. */
export interface FoundVoice {
  readonly kind: VoiceKind;
  readonly file: string;
  readonly key: Buffer;
  readonly bound: string;
  readonly etag: string;
}

/** One that is not there, not for the actor to hear, or forgotten: the three look alike. */
export async function findVoice(ctx: Ctx, id: Id): Promise<FoundVoice> {
  const row = await voiceById(ctx, id);
  const key = row && (await openDataKey(ctx, row.keyId));
  if (!row || !key) throw new Problem(voiceProblems['voice.not_found']);
  if (row.confidential) await lookAtPart(ctx, row.casefileId);
  return {
    ...{ kind: row.kind, file: row.file, key: key.bytes, etag: `"${row.file}"` },
    bound: voiceBound(row.casefileId, row.sha256.toString('hex')),
  };
}

/** What a sealed recording belongs to: a file that is put in another's place does not open there. */
export const voiceBound = (casefileId: Id, sha256: string): string => `voice ${casefileId} ${sha256}`;
