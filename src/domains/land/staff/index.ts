export { type Body, type Directory, deskFor } from './directory.model.ts';
export { namedArea } from './named_area.model.ts';
export { closeBody, keepCalendar, makeTemporary, passCharges, passPost } from './passing.commands.ts';
export { chargesOf, peopleCalled, postsHeldBy } from './passing.queries.ts';
export { isRoster, type RosterRow, readRosterRow, roleOf, rosterProblems, rosterTitles } from './roster.model.ts';
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
  refuseTogether,
  requireDesk,
} from './staff.commands.ts';
export { isRole, type Role, roles, staffProblems } from './staff.model.ts';
export { holdersOf, namesOf, peopleNamed, responsibleFor } from './staff.queries.ts';
export { staffRoutes } from './staff.routes.ts';
export { callNames, placesHeld } from './staff.views.ts';
export { addStaff } from './staff_set.commands.ts';
export { rosterGround } from './staff_set.queries.ts';
