export { alikeRoutes } from './alike.routes.ts';
export { type Labels, type Trial, tryOut } from './trial.model.ts';
