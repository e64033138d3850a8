export { boundToChannel, tell, tellGroup } from './message.commands.ts';
export type { Recipient, TextCode } from './message.model.ts';
export { messagesFor, messagesTurnConfidential } from './message.queries.ts';
export { messageRoutes } from './message.routes.ts';
export { messageLines } from './message.views.ts';
export { outboxSweep } from './outbox.commands.ts';
export { unsentState } from './unsent.queries.ts';
