export { type CasefileRow, findCasefiles, listCasefiles, lockCasefile } from './casefile.queries.ts';
export { casefileReactions, casefileSweeps } from './casefile.reactions.ts';
export { casefileRoutes } from './casefile.routes.ts';
export { lineOf } from './casefile.views.ts';
export { type ForgetReason, forgetAgain, forgetReasons, forgetReporter } from './forget.commands.ts';
export { factsOf, requireCasefile, subjectOf } from './step.commands.ts';
export { trackingRoutes } from './tracking.routes.ts';
export { tracked } from './tracking.views.ts';
export { verifyCasefiles } from './verify.views.ts';
