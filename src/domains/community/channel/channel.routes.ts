import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { trackingCodeOf } from '../../../kernel/tracking.ts';
import {
  answer,
  makeReport,
  phoneOf,
  readPhone,
  requireMessage,
  see,
  sendMessage,
  setAside,
} from './channel.commands.ts';
import {
  type FormOf,
  forms,
  type MessageCommand,
  messageLine,
  messageView,
  sendForm,
  statusNames,
  trackedView,
} from './channel.model.ts';
import { listAreaMessages } from './channel.queries.ts';
import { linesOf, lookAtMessage, writtenOf } from './channel.views.ts';
import { answering, channelReaders, messageTable } from './channel.workflow.ts';

const byReaders = { access: [{ roles: channelReaders }], lane: 'work' } as const;

const done = z.object({ messageId: idSchema, status: z.enum(statusNames) });
type CommandOf<C extends MessageCommand> = (
  ctx: Ctx,
  id: Id,
  form: FormOf<C>,
) => Promise<{ messageId: Id; status: string }>;
const commands: { readonly [C in MessageCommand]: CommandOf<C> } = {
  ...{ see, answer, report: makeReport, set_aside: setAside, read_contact: readPhone },
};

/** One endpoint per row of the table. */
const commandRoutes: Endpoint[] = (Object.keys(commands) as MessageCommand[]).map((command) => {
  const carryOut = commands[command] as CommandOf<MessageCommand>;
  // A phone is shown, not answered: an answer is stored, a phone is not.
  const shown =
    command === 'read_contact'
      ? {
          output: done.extend({ phone: z.string() }),
          show: (ctx: Ctx, { params }: { params: { id: Id } }) => phoneOf(ctx, params.id),
        }
      : {};
  return write({
    name: `area_message.${command}`,
    method: 'POST',
    path: `/api/area-messages/:id/${command.replaceAll('_', '-')}`,
    summary: messageTable.rows[command].words,
    access: [{ roles: answering }],
    lane: 'work',
    params: idParam,
    body: forms[command],
    output: done,
    ...shown,
    handle: (ctx, { params, body }) => carryOut(ctx, params.id, body as never),
    recheck: async (ctx, { params }) => void (await requireMessage(ctx, params.id)),
  });
});

export const channelRoutes: readonly Endpoint[] = [
  write({
    name: 'area_message.send',
    method: 'POST',
    path: '/api/area-messages',
    summary: { zh: '居民在频道里留言', en: 'A resident writes to the people of an area' },
    access: ['anyone'],
    lane: 'urgent',
    body: sendForm,
    output: z.object({ messageId: idSchema, trackingCode: z.string() }),
    // Behind the router of a village everybody has one address: nobody is refused for what the others send.
    triesPerMinute: 20,
    aboveTries: 'told',
    handle: (ctx, { body, isCrowded }) => sendMessage(ctx, body, isCrowded),
    show: async (ctx, _call, { messageId }) => ({ trackingCode: trackingCodeOf(ctx.keys, ctx.realm, messageId) }),
  }),
  read({
    name: 'area_message.track',
    path: '/api/track/:code/message',
    summary: { zh: '凭查询码看答复', en: 'What became of a message, by tracking code' },
    access: ['reporter'],
    lane: 'read',
    params: z.strictObject({ code: z.string().min(1).max(40) }),
    triesPerMinute: 30,
    output: trackedView,
    handle: writtenOf,
  }),
  read({
    ...byReaders,
    name: 'area_message.list',
    path: '/api/area-messages',
    summary: { zh: '我管的地方的留言，没看的在前', en: 'Messages of my areas, what nobody has read first' },
    query: z.strictObject({
      show: z.enum(['waiting', 'all']).default('waiting'),
      most: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.array(messageLine),
    handle: async (ctx, { query }) => linesOf(ctx, await listAreaMessages(ctx, query.show === 'waiting', query.most)),
  }),
  read({
    ...byReaders,
    name: 'area_message.read',
    path: '/api/area-messages/:id',
    summary: { zh: '一条留言', en: 'One message' },
    params: idParam,
    output: messageView,
    handle: async (ctx, { params }) => lookAtMessage(ctx, await requireMessage(ctx, params.id)),
  }),
  ...commandRoutes,
];
