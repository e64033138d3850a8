export { burdenRoutes } from './burden.routes.ts';
