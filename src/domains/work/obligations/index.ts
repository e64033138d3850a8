export { isLate, isOpen } from './clock.model.ts';
export { dutyWords } from './duty.model.ts';
export { handOver } from './handing.commands.ts';
export { dutiesOn, type NumberRun } from './handing.queries.ts';
export { obligationSweeps, subjectOf } from './ladder.commands.ts';
export { movedIn } from './moved.model.ts';
export {
  act,
  actOnDuty,
  assignDuty,
  type DutyAct,
  type OpenedDuty,
  openDuty,
  openPastDuties,
  pauseAt,
  resumeAt,
  settleAt,
  withdrawAt,
} from './obligation.commands.ts';
export { type Obligation, type OwedBy, obligationProblems } from './obligation.model.ts';
export {
  clocksOn,
  type DatedGrant,
  type Grant,
  grantTo,
  holdObligationsOf,
  inboxOf,
  insertGrants,
  lockObligation,
  obligationsNamed,
  obligationsOf,
  obligationsOfAll,
  readable as readableObligation,
  turnConfidential,
} from './obligation.queries.ts';
export { obligationReactions } from './obligation.reactions.ts';
export { obligationRoutes } from './obligation.routes.ts';
export { clockOf, dutyLines } from './obligation.views.ts';
export { verifyClocks } from './verify.views.ts';
