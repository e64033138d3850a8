export { casefileReactions, casefileSweeps } from './casefile.reactions.ts';
export { casefileRoutes } from './casefile.routes.ts';
export { trackingRoutes } from './tracking.routes.ts';
export { verifyCasefiles } from './verify.views.ts';
