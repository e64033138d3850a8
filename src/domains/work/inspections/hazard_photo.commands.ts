import { type Ctx, workflowActor } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { Problem } from '../../../kernel/problem.ts';
import { decide } from '../../../kernel/workflow.ts';
import { isOpen, obligationsOf } from '../obligations/index.ts';
import { type HazardPicture, hazardPictureNames } from '../photos/holder.model.ts';
import { type Admitted, takesPhotos } from '../photos/index.ts';
import { requireHazard, subjectOf } from './hazard.commands.ts';
import { hazardProblems } from './hazard.model.ts';
import { type HazardRow, holdHazard } from './hazard.queries.ts';
import { hazardPhotoTable } from './hazard_photo.workflow.ts';
import { factsOf } from './hazard_step.commands.ts';

const MOST_PHOTOS = 60;

/** What was found and what was put right may be shown as well as told; both lie under the key of the hazard. */
takesPhotos({
  kind: 'hazard',
  pictures: hazardPictureNames,
  open: async (ctx, id, picture, hold) => {
    if (hold) await holdHazard(ctx, id);
    const hazard = await requireHazard(ctx, id);
    const isProof = picture === 'after';
    return {
      ...{ reportId: null, most: MOST_PHOTOS, changedAt: hazard.foundAt },
      // Sent back: what was shown before it was said to be put right proves nothing about this time.
      roundSince: isProof && hazard.rounds > 0 ? hazard.rectifiedAt : null,
      admit: () => admit(ctx, hazard, picture as HazardPicture),
    };
  },
});

async function admit(ctx: Ctx, hazard: HazardRow, picture: HazardPicture): Promise<Admitted> {
  const owed = await obligationsOf(ctx, hazard.id);
  const facts = factsOf(hazard, owed.filter(isOpen));
  const refusal = hazardProblems['hazard.not_allowed'];
  const { postId } = decide(hazardPhotoTable, facts, picture, workflowActor(ctx.actor), refusal);
  const key = await openDataKey(ctx, hazard.keyId);
  if (!key) throw new Problem(hazardProblems['hazard.erased']);
  return { about: subjectOf(hazard), postId, entry: hazardPhotoTable.rows[picture].entry, key };
}
