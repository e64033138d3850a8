import { createHmac } from 'node:crypto';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { unseal } from '../../../kernel/envelope.ts';
import { jitter } from '../../../kernel/ids.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import type { Sweep } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { robotBody, verdictIn } from './group.model.ts';
import { boundToChannel, openWords } from './message.commands.ts';
import { messageById, noteDelivery, noteVerdict, takeDeliveries, type WaitingDelivery } from './message.queries.ts';
import { textOf } from './message.views.ts';

/**
 * One outbox for everything that leaves. A delivery is taken, sent outside any transaction, and noted. A crash between
 * sending and noting sends it once more: the receiver knows it by the same delivery id.
 */
const AT_ONCE = 50;
const LONGEST_TRY_MS = 10_000;
const MOST_ATTEMPTS = 48;

export const outboxSweep: Sweep = { name: 'outbox', run: sendWaiting };

async function sendWaiting(runtime: Runtime, realm: number): Promise<number> {
  const taken = await transact(runtime, asSystem(realm, 'outbox'), (ctx) =>
    takeDeliveries(ctx, new Date(ctx.now.getTime() + 2 * LONGEST_TRY_MS * 6), AT_ONCE),
  );
  await Promise.all(taken.map((delivery) => sendOne(runtime, realm, delivery)));
  return taken.length;
}

async function sendOne(runtime: Runtime, realm: number, delivery: WaitingDelivery): Promise<void> {
  const content = await transact(runtime, asSystem(realm, 'outbox'), (ctx) => contentOf(ctx, delivery));
  const fault = await send(runtime, delivery, content);
  await transact(runtime, asSystem(realm, 'outbox'), (ctx) => note(ctx, delivery, fault));
}

export interface OutgoingMessage {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly recordId: string;
  readonly code: string;
  readonly text: { readonly zh: string; readonly en: string };
  readonly words: string | null;
  readonly toldAt: string;
}

async function contentOf(ctx: Ctx, delivery: WaitingDelivery): Promise<OutgoingMessage> {
  const message = await messageById(ctx, delivery.messageId);
  if (!message) throw new Error('a delivery without its message');
  const words = await openWords(ctx, [message]);
  return {
    deliveryId: delivery.id,
    messageId: message.id,
    recordId: message.recordId,
    code: message.textCode,
    text: textOf(message),
    words: words.get(message.id) ?? null,
    toldAt: message.toldAt.toISOString(),
  };
}

/** Null: handed over. Otherwise why not, in a word, without the receiver's own text. */
async function send(
  runtime: Runtime,
  { kind, channelId, address, secret, shape }: WaitingDelivery,
  content: OutgoingMessage,
): Promise<string | null> {
  // The recorder is the simulator: what it was given stands in the delivery's own row.
  if (kind === 'recorder') return null;
  const body = JSON.stringify(content);
  const key = secret && unseal(runtime.keys.wrapping, secret, boundToChannel(channelId));
  if (kind === 'robot') return sayToGroup(runtime, String(key), shape ?? '', content.text.zh);
  const signature = key ? { 'x-jingwei-signature': createHmac('sha256', key).update(body).digest('hex') } : {};
  const headers = { 'content-type': 'application/json', 'idempotency-key': content.deliveryId, ...signature };
  return runtime.outside.post(address, headers, body, LONGEST_TRY_MS);
}

/** The group is Chinese, and its chat takes one line of text. */
async function sayToGroup(runtime: Runtime, address: string, shape: string, text: string): Promise<string | null> {
  const heard = await runtime.outside.ask({
    ...{ method: 'POST', address, headers: { 'content-type': 'application/json' } },
    ...{ body: robotBody(shape, text), timeoutMs: LONGEST_TRY_MS, mostBytes: 10_000 },
  });
  return verdictIn(shape, heard);
}

/** Tried again after 10 s, 20 s, 40 s … up to an hour, with some scatter; given up after two days, for an operator to see. */
async function note(ctx: Ctx, delivery: WaitingDelivery, fault: string | null): Promise<void> {
  const { id, attempts, kind, channelId } = delivery;
  if (kind === 'robot') await noteVerdict(ctx, channelId, fault ?? 'taken');
  if (fault === null)
    return noteDelivery(ctx, id, { state: 'handed_over', handedAt: ctx.now, nextAt: null, lastFault: null });
  if (attempts >= MOST_ATTEMPTS) return noteDelivery(ctx, id, { state: 'failed', nextAt: null, lastFault: fault });
  const waitMs = Math.min(3_600_000, 10_000 * 2 ** Math.min(attempts - 1, 10)) * (0.75 + jitter() / 2);
  return noteDelivery(ctx, id, { state: 'waiting', nextAt: new Date(ctx.now.getTime() + waitMs), lastFault: fault });
}
