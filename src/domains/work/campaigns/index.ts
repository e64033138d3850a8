export { campaignReaders } from './campaign.model.ts';
export { campaignReactions, forgetTargetsAgain } from './campaign.reactions.ts';
export { campaignRoutes } from './campaign.routes.ts';
export { askedTwice, readCampaign } from './campaign.views.ts';
export {
  type CarriedTarget,
  campaignsNow,
  targetMarks,
  targetsAfter,
  targetsAmong,
} from './carried.queries.ts';
export { carriedBodies, formLines } from './carried.views.ts';
