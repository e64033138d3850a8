export { forgetWriter } from './channel.commands.ts';
export { channelReactions } from './channel.reactions.ts';
export { channelRoutes } from './channel.routes.ts';
export { verifyChannel } from './verify.views.ts';
