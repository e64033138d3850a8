import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type FillParams, fill, type Words } from '../../../kernel/words.ts';
import { callNames } from '../../land/staff/index.ts';
import { openWords } from './message.commands.ts';
import { type messageView, type TextCode, texts } from './message.model.ts';
import { deliveriesOf, type MessageRow } from './message.queries.ts';

export function textOf(message: Pick<MessageRow, 'textCode' | 'params'>): Words {
  const text: Words = texts[message.textCode as TextCode];
  return fill(text, message.params as unknown as FillParams);
}

/** Who was told what, when, and by which ways it went out. */
export async function messageLines(ctx: Ctx, messages: readonly MessageRow[]): Promise<z.input<typeof messageView>[]> {
  const [words, names, deliveries] = await Promise.all([
    openWords(ctx, messages),
    callNames(
      ctx,
      messages.map(({ toKind, toId }) => ({ kind: toKind, id: toId })),
    ),
    deliveriesOf(
      ctx,
      messages.map((message) => message.id),
    ),
  ]);
  return messages.map((message) => ({
    id: message.id,
    toKind: message.toKind as z.input<typeof messageView>['toKind'],
    to: names.get(message.toId) ?? '',
    text: textOf(message),
    words: words.get(message.id) ?? null,
    toldAt: message.toldAt,
    readAt: message.readAt,
    deliveries: deliveries
      .filter((delivery) => delivery.messageId === message.id)
      .map(({ kind, state, attempts, handedAt }) => ({ channel: kind ?? '', state, attempts, handedAt })),
  }));
}
