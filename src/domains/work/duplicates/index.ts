export { alikeRoutes } from './alike.routes.ts';
export type { Earlier } from './said.model.ts';
export { type Labels, tryOut } from './trial.model.ts';
