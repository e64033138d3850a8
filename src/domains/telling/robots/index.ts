export { robotReactions } from './robot.reactions.ts';
export { robotRoutes } from './robot.routes.ts';
