export { clustersIn, searchCasefiles } from './find.queries.ts';
export { findRoutes } from './find.routes.ts';
