export { alikeRoutes } from './alike.routes.ts';
export { joiningRoutes } from './joining.routes.ts';
export type { Earlier } from './said.model.ts';
export { type Labels, tryOut } from './trial.model.ts';
