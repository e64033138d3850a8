export { directiveRoutes } from './directive.routes.ts';
