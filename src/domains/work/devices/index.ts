export { revoke } from './device.commands.ts';
export { devicesFor } from './device.queries.ts';
export { deviceRoutes } from './device.routes.ts';
export { IDLE_DAYS } from './idle.model.ts';
export { idleState } from './idle.views.ts';
export { deviceRetention } from './retention.commands.ts';
