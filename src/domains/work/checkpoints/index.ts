export { checkpointRoutes } from './checkpoint.routes.ts';
export { goodsRetention, writtenRetention } from './gate.commands.ts';
export { unmannedSweep } from './roster.commands.ts';
export { checkpointRetelling } from './verify.views.ts';
