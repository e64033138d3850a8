import { earlier, later } from '../../../kernel/clock.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { DataKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type Sweep, sweepAway } from '../../../kernel/sweep.ts';
import { casefileProblems } from '../casefiles/casefile.model.ts';
import { lockCasefile, subjectOf } from '../casefiles/index.ts';
import { PREVIEW_KEPT_MS } from './late.model.ts';
import { limits } from './limits.model.ts';
import { verdictOn } from './photo.commands.ts';
import { photoProblems } from './photo.model.ts';
import { photosByHash } from './photo.queries.ts';
import { countPreviews, insertPreview, removePreviews } from './preview.queries.ts';
import { previewBound } from './preview.views.ts';
import type { Stage } from './stage.model.ts';

export interface NewPreview {
  readonly casefileId: Id;
  readonly stage: Stage;
  readonly sha256: string;
  readonly key: DataKey;
  readonly picture: Buffer;
}

/** Only who may add the photo may announce it. Null: the photo overtook it. */
export async function addPreview(ctx: Ctx, preview: NewPreview): Promise<{ previewId: Id | null }> {
  const { casefileId, stage, sha256, key, picture } = preview;
  const file = await lockCasefile(ctx, casefileId);
  if (!file) throw new Problem(casefileProblems['casefile.not_found']);
  if ((await photosByHash(ctx, { kind: 'casefile', id: casefileId }, stage, [sha256])).size > 0)
    return { previewId: null };
  const { postId } = await verdictOn(ctx, file, stage);
  if ((await countPreviews(ctx, casefileId)) >= limits.perCase)
    throw new Problem(photoProblems['photo.too_many'], { most: limits.perCase });
  const { previewId, fresh } = await insertPreview(ctx, {
    ...{ id: ctx.ids.newId(), casefileId, stage, keyId: key.id, sha256: Buffer.from(sha256, 'hex') },
    sealed: seal(key.bytes, picture, previewBound(casefileId, stage, sha256)),
    addedBy: ctx.actor.kind === 'account' ? ctx.actor.personId : null,
    addedAt: later(ctx.now, file.changedAt),
  });
  if (fresh)
    record(ctx, {
      kind: 'casefile.preview_added',
      about: subjectOf(file),
      postId: postId ?? undefined,
      body: { previewId, stage, bytes: picture.length },
    });
  return { previewId };
}

export const previewRetention: readonly Sweep[] = [
  sweepAway('previews of photos that never came', (ctx, most) =>
    removePreviews(ctx, earlier(ctx.now, PREVIEW_KEPT_MS), most),
  ),
];
