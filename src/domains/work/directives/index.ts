export { sendableArea } from './directive.commands.ts';
export { itemsAsked } from './directive.model.ts';
export { directiveRoutes } from './directive.routes.ts';
export { directiveReaders } from './item.model.ts';
export { type ItemsOut, itemsOut } from './items_out.views.ts';
export { unitNamed } from './unit.model.ts';
export { unitsOf } from './unit.views.ts';
export { directiveRetellings } from './verify.views.ts';
