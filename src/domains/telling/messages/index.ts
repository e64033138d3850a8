export { tell } from './message.commands.ts';
export type { Recipient, TextCode } from './message.model.ts';
export { messagesFor } from './message.queries.ts';
export { messageLines, textOf } from './message.views.ts';
export { outboxSweep } from './outbox.commands.ts';
