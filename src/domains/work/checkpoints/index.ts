export { gatesCarried } from './carried.views.ts';
export { checkpointRoutes } from './checkpoint.routes.ts';
export { goodsRetention, writtenRetention } from './gate.commands.ts';
export { unmannedSweep } from './roster.commands.ts';
export { rosterReactions } from './roster.reactions.ts';
export { checkpointRetelling } from './verify.views.ts';
