import './visit_photo.commands.ts';

export { answersOutForm } from './answer.model.ts';
export { type AnsweredRound, type AnswersAsked, answersPart, askAnswers } from './answers_out.views.ts';
export { campaignReaders } from './campaign.model.ts';
export { findCampaign } from './campaign.queries.ts';
export { campaignReactions, forgetTargetsAgain } from './campaign.reactions.ts';
export { campaignRoutes } from './campaign.routes.ts';
export { askedTwice, readCampaign } from './campaign.views.ts';
export {
  type CarriedCampaign,
  type CarriedTarget,
  campaignsCarried,
  campaignsNow,
  targetMarks,
  targetsAfter,
  targetsAmong,
  targetsCarriedOf,
} from './carried.queries.ts';
export { carriedBodies, formLines } from './carried.views.ts';
export { saidBy } from './said_by.views.ts';
export { makeVisit, requireTarget } from './visit.commands.ts';
