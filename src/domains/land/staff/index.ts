export { type Directory, deskFor } from './directory.model.ts';
export {
  addBody,
  addPerson,
  addPost,
  addRootPosts,
  appoint,
  directoryOf,
  markStaffChanged,
  putInCharge,
  requireDesk,
} from './staff.commands.ts';
export { isRole, type Role, roles } from './staff.model.ts';
export { holdersOf } from './staff.queries.ts';
export { staffRoutes } from './staff.routes.ts';
export { callNames } from './staff.views.ts';
