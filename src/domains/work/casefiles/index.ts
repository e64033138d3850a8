export {
  type CasefileRow,
  findCasefile,
  findCasefiles,
  listCasefiles,
  lockCasefile,
  reportByGrantee,
  reportsBehind,
  summonsOf,
} from './casefile.queries.ts';
export { casefileReactions, casefileSweeps } from './casefile.reactions.ts';
export { casefileRoutes } from './casefile.routes.ts';
export { lineOf, lookAtPart, stepNames, suggestBody } from './casefile.views.ts';
export { casefileTable } from './casefile.workflow.ts';
export { contactsOf, reply, secretOfReport } from './circle.commands.ts';
export { object } from './closing.commands.ts';
export { releasedPhoto } from './disclosure.queries.ts';
export { type Released, releasedOf } from './disclosure.views.ts';
export { type ForgetReason, forgetAgain, forgetReasons, forgetReporter } from './forget.commands.ts';
export { acknowledge, feedBack, sendBack } from './handling.commands.ts';
export { hear } from './heard.commands.ts';
export { amendImported, type Withdrawn, withdrawImported, wouldWithdraw } from './imported.commands.ts';
export { type Placed, putInArea, putInPlace } from './place.commands.ts';
export { reportCasefile } from './report.commands.ts';
export { begin, factsOf, finish, requireCasefile, subjectOf } from './step.commands.ts';
export { type TakenIn, takeIn } from './taking_in.commands.ts';
export { trackingRoutes } from './tracking.routes.ts';
export { tracked } from './tracking.views.ts';
export { verifyCasefiles } from './verify.views.ts';
