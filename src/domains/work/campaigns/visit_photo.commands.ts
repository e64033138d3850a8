import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { recordsOpened } from '../../land/registry/index.ts';
import { type Admitted, takesPhotos } from '../photos/index.ts';
import { campaignProblems, campaignReaders } from './campaign.model.ts';
import { holdTarget, type TargetRow } from './campaign.queries.ts';
import { requireTarget } from './visit.commands.ts';
import { photosAnswered } from './visit_photo.queries.ts';

const MOST_PHOTOS = 100;

/**
 * What was asked for and answered with a photo. It comes after the visit, by whoever was there, and only what that visit
 * named; also when the campaign is over by then.
 */
takesPhotos({
  kind: 'campaign_target',
  pictures: ['answer'],
  open: async (ctx, id, _picture, hold) => {
    if (hold) await holdTarget(ctx, id);
    const target = await requireTarget(ctx, id, campaignReaders);
    return {
      ...{ reportId: null, roundSince: null, most: MOST_PHOTOS, changedAt: target.changedAt },
      admit: (sha256s) => admit(ctx, target, sha256s),
    };
  },
});

async function admit(ctx: Ctx, target: TargetRow, sha256s: readonly string[]): Promise<Admitted> {
  const named = new Set(await photosAnswered(ctx, target.id, me(ctx).personId));
  if (!sha256s.every((sha256) => named.has(sha256))) throw new Problem(campaignProblems['campaign.photo_not_answered']);
  return {
    about: { kind: 'campaign_target', id: target.id, scopeNo: target.scopeNo, confidential: false },
    ...{ postId: null, entry: 'campaign.photo_added', key: await keyOf(ctx, target.recordId) },
  };
}

/** Under the key of the person who was visited: whoever is forgotten takes along what was photographed at their door. */
async function keyOf(ctx: Ctx, recordId: Id | null) {
  const person = recordId === null ? undefined : (await recordsOpened(ctx, [recordId])).get(recordId);
  if (!person) throw new Problem(campaignProblems['campaign.no_target']);
  return person.own;
}
