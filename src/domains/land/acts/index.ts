export { type Act, carryOut } from './act.commands.ts';
export { correctForm, mergeForm, moveForm, type Preview, renameForm, splitForm } from './act.model.ts';
export { actRoutes } from './act.routes.ts';
export { followSweep, idlePostSweep } from './follow.commands.ts';
export { previewOf } from './preview.views.ts';
export { tracing } from './trace.views.ts';
export { addZone, endZone, zonesOf } from './zone.commands.ts';
export { zoneForm } from './zone.model.ts';
export { zoneRoutes } from './zone.routes.ts';
