export { type Body, type Directory, deskFor, desksAbove, type Post } from './directory.model.ts';
export {
  addBody,
  addPerson,
  addPost,
  addRootPosts,
  appoint,
  directoryOf,
  putInCharge,
  relieve,
  requireDesk,
} from './staff.commands.ts';
export { isRole, type Role, roles } from './staff.model.ts';
export { holdersOf, namesOf, responsibleFor } from './staff.queries.ts';
export { staffRoutes } from './staff.routes.ts';
export { callNames } from './staff.views.ts';
