export { requestRoutes } from './request.routes.ts';
