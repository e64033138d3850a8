export { type Directory, deskFor } from './directory.model.ts';
export { isRoster, type RosterRow, readRosterRow, rosterProblems, rosterTitles } from './roster.model.ts';
export { planRoster, type RosterGround, type RowPlan } from './roster_plan.model.ts';
export {
  addBody,
  addPerson,
  addPost,
  addRootPosts,
  appoint,
  directoryOf,
  markStaffChanged,
  phoneMark,
  putInCharge,
  requireDesk,
} from './staff.commands.ts';
export { isRole, type Role, roles } from './staff.model.ts';
export { holdersOf } from './staff.queries.ts';
export { staffRoutes } from './staff.routes.ts';
export { callNames, placesHeld } from './staff.views.ts';
export { addStaff } from './staff_set.commands.ts';
export { rosterGround } from './staff_set.queries.ts';
