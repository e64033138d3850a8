export { type CarriedPatrol, patrolsCarried } from './carried.views.ts';
export { patrolRoutes } from './patrol.routes.ts';
export { walkersAt } from './people.queries.ts';
export { patrolRetelling } from './verify.views.ts';
export { positionRetention } from './walk.commands.ts';
