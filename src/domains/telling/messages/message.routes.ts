import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { addChannel, readMessage } from './message.commands.ts';
import { channelForm, messageView } from './message.model.ts';
import { allChannels, messagesOfRecord, unreadMessages } from './message.queries.ts';
import { messageLines } from './message.views.ts';
import { sendAgain, unsent } from './unsent.commands.ts';
import { resendForm, unsentView } from './unsent.model.ts';

export const messageRoutes: readonly Endpoint[] = [
  read({
    name: 'message.unread',
    path: '/api/messages',
    summary: { zh: '提醒我的、我还没看的', en: 'What I was told and have not read' },
    access: ['account'],
    lane: 'work',
    query: z.strictObject({ most: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.array(messageView.extend({ recordKind: z.string(), recordId: idSchema })),
    handle: async (ctx, { query }) => {
      const rows = await unreadMessages(ctx, query.most);
      const lines = await messageLines(ctx, rows);
      return lines.map((line, i) => ({ ...line, recordKind: rows[i]?.recordKind, recordId: rows[i]?.recordId }));
    },
  }),
  write({
    name: 'message.read',
    method: 'POST',
    path: '/api/messages/:id/read',
    summary: { zh: '知道了', en: 'Noted' },
    access: ['account'],
    lane: 'work',
    params: idParam,
    output: z.object({ read: z.number() }),
    handle: (ctx, { params }) => readMessage(ctx, params.id),
  }),
  read({
    name: 'message.of_case',
    path: '/api/casefiles/:id/told',
    summary: { zh: '这件事告诉过谁什么', en: 'Who was told what about a case' },
    access: ['account'],
    lane: 'read',
    params: idParam,
    output: z.array(messageView),
    handle: async (ctx, { params }) => messageLines(ctx, await messagesOfRecord(ctx, params.id)),
  }),
  read({
    name: 'channel.list',
    path: '/api/channels',
    summary: { zh: '消息发往哪里', en: 'Where messages go out' },
    access: [{ roles: ['admin'] }],
    lane: 'read',
    output: z.array(z.object({ id: idSchema, kind: z.string(), address: z.string(), enabled: z.boolean() })),
    handle: (ctx) => allChannels(ctx),
  }),
  write({
    name: 'channel.set',
    method: 'POST',
    path: '/api/channels',
    summary: { zh: '设置消息渠道', en: 'Set a channel' },
    access: [{ roles: ['admin'] }],
    lane: 'work',
    body: channelForm,
    output: z.object({ channelId: idSchema }),
    handle: (ctx, { body }) => addChannel(ctx, body),
  }),
  read({
    name: 'outbox.unsent',
    path: '/api/outbox',
    summary: { zh: '发件箱：还没有发出去的', en: 'The outbox: what has not left' },
    access: [{ roles: ['admin'] }],
    lane: 'read',
    output: unsentView,
    handle: (ctx) => unsent(ctx),
  }),
  write({
    name: 'outbox.resend',
    method: 'POST',
    path: '/api/outbox/resend',
    summary: { zh: '重新发送', en: 'Send again' },
    access: [{ roles: ['admin'] }],
    lane: 'work',
    body: resendForm,
    output: z.object({ queued: z.number() }),
    handle: (ctx, { body }) => sendAgain(ctx, body.ids),
  }),
];
