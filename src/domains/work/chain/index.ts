export { chainQuery } from './chain.model.ts';
export { chainRoutes } from './chain.routes.ts';
export { chainOf, openFinding } from './chain.views.ts';
