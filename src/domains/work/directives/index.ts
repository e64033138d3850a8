export { sendableArea } from './directive.commands.ts';
export { directiveRoutes } from './directive.routes.ts';
export { unitNamed } from './unit.model.ts';
export { unitsOf } from './unit.views.ts';
export { directiveRetellings } from './verify.views.ts';
