import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type DataKey, openDataKeys } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record, type Subject } from '../../../kernel/journal.ts';
import type { FillParams } from '../../../kernel/words.ts';
import type { channelForm, Recipient, TextCode } from './message.model.ts';
import {
  insertDeliveries,
  insertDelivery,
  insertMessage,
  type MessageRow,
  markRead,
  upsertChannel,
} from './message.queries.ts';

export interface Telling {
  readonly about: Subject;
  readonly to: Recipient;
  readonly code: TextCode;
  /** Fill the text; nothing about a person. */
  readonly params: FillParams;
  readonly words?: string | undefined;
  readonly key?: DataKey | null | undefined;
}

/** One message, in the transaction that calls for it. To a reporter it also goes out on every channel in use. */
export async function tell(ctx: Ctx, { about, to, code, params, words, key }: Telling): Promise<Id> {
  const id = ctx.ids.newId();
  const sealed = words !== undefined && key ? seal(key.bytes, words, `message ${id}`) : null;
  insertMessage(ctx, {
    id,
    recordKind: about.kind,
    recordId: about.id,
    scopeNo: about.scopeNo,
    confidential: about.confidential,
    toKind: to.kind,
    toId: to.id,
    textCode: code,
    params: JSON.stringify(params),
    sealed,
    keyId: sealed === null ? null : (key?.id ?? null),
    toldAt: ctx.now,
  });
  if (to.kind === 'reporter') await insertDeliveries(ctx, id);
  return id;
}

export interface GroupTelling extends Pick<Telling, 'about' | 'code' | 'params'> {
  readonly robotId: Id;
}

/** One line to a chat group, by its robot; what fills it is public already. */
export async function tellGroup(ctx: Ctx, { about, robotId, code, params }: GroupTelling): Promise<Id> {
  const id = ctx.ids.newId();
  const { kind: recordKind, id: recordId, scopeNo, confidential } = about;
  insertMessage(ctx, {
    ...{ id, recordKind, recordId, scopeNo, confidential, toKind: 'group', toId: robotId },
    ...{ textCode: code, params: JSON.stringify(params), sealed: null, keyId: null, toldAt: ctx.now },
  });
  await insertDelivery(ctx, id, robotId);
  return id;
}

/** The free words of messages, by message id; what was forgotten is missing. */
export async function openWords(ctx: Ctx, messages: readonly MessageRow[]): Promise<Map<Id, string>> {
  const keys = await openDataKeys(
    ctx,
    messages.flatMap((message) => message.keyId ?? []),
  );
  const opened = new Map<Id, string>();
  for (const { id, keyId, sealed } of messages) {
    const key = keys.get(keyId ?? '');
    if (key && sealed) opened.set(id, unseal(key.bytes, sealed, `message ${id}`).toString());
  }
  return opened;
}

export async function readMessage(ctx: Ctx, id: Id): Promise<{ read: number }> {
  const read = await markRead(ctx, id);
  if (read > 0)
    record(ctx, {
      kind: 'message.read',
      about: { kind: 'message', id, scopeNo: 0, confidential: false },
      body: { read },
    });
  return { read };
}

/** A channel's secret lies sealed; `outbox` opens it when it signs. */
export const boundToChannel = (id: Id): string => `channel ${id}`;

export async function addChannel(ctx: Ctx, form: z.infer<typeof channelForm>): Promise<{ channelId: Id }> {
  const { id, kind, address, enabled, secret } = form;
  const sealed = secret === undefined ? null : seal(ctx.keys.wrapping, secret, boundToChannel(id));
  await upsertChannel(ctx, { id, kind, address, enabled, secret: sealed });
  record(ctx, {
    kind: 'channel.set',
    about: { kind: 'channel', id, scopeNo: 0, confidential: false },
    body: { kind, enabled },
  });
  return { channelId: id };
}
