export { tell } from './message.commands.ts';
export { messageView, type Recipient, type TextCode } from './message.model.ts';
export { messagesFor } from './message.queries.ts';
export { messageRoutes } from './message.routes.ts';
export { messageLines, textOf } from './message.views.ts';
export { outboxSweep } from './outbox.commands.ts';
