export { patrolRoutes } from './patrol.routes.ts';
export { positionRetention } from './walk.commands.ts';
