export { type CarriedPatrol, patrolsCarried } from './carried.views.ts';
export { walksAround } from './patrol.commands.ts';
export { patrolRoutes } from './patrol.routes.ts';
export { patrolRetelling } from './verify.views.ts';
export { positionRetention } from './walk.commands.ts';
