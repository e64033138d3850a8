import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { confirm, corrected, propose, sendBack, show } from './dealing.commands.ts';
import { handedView } from './everything.model.ts';
import { everythingFor } from './everything.views.ts';
import {
  answer,
  handOver,
  nameRecord,
  nothingKept,
  refuse,
  requireRequest,
  withdraw,
  writeRequest,
} from './request.commands.ts';
import {
  type FormOf,
  forms,
  listQuery,
  listView,
  type RequestCommand,
  requestDesk,
  requestReaders,
  requestView,
  statusNames,
  writeForm,
} from './request.model.ts';
import { readRequest, requestList } from './request.views.ts';
import { requestTable } from './request.workflow.ts';

const byReaders = { access: [{ roles: requestReaders }], lane: 'work' } as const;
const byDesk = { access: [{ roles: requestDesk }], lane: 'work' } as const;

const done = z.object({ requestId: idSchema, status: z.enum(statusNames) });
type CommandOf<C extends RequestCommand> = (
  ctx: Ctx,
  id: Id,
  form: FormOf<C>,
) => Promise<{ requestId: Id; status: string }>;
const commands: { readonly [C in RequestCommand]: CommandOf<C> } = {
  ...{ name_record: nameRecord, show, hand_over: handOver, corrected, propose, confirm, send_back: sendBack },
  ...{ answer, nothing_kept: nothingKept, refuse, withdraw },
};

/** One endpoint per row of the table. */
const commandRoutes: Endpoint[] = (Object.keys(commands) as RequestCommand[]).map((command) => {
  const carryOut = commands[command] as CommandOf<RequestCommand>;
  // All that is kept about somebody is shown, not answered: an answer is stored.
  const shown =
    command === 'show'
      ? {
          output: done.extend({ everything: handedView }),
          triesPerMinute: 30,
          show: async (ctx: Ctx, { params }: { params: { id: Id } }) => ({
            everything: await everythingFor(ctx, await requireRequest(ctx, params.id)),
          }),
        }
      : {};
  return write({
    ...byDesk,
    name: `person_request.${command}`,
    method: 'POST',
    path: `/api/person-requests/:id/${command.replaceAll('_', '-')}`,
    summary: requestTable.rows[command].words,
    params: idParam,
    body: forms[command],
    output: done,
    ...shown,
    handle: (ctx, { params, body }) => carryOut(ctx, params.id, body as never),
    recheck: async (ctx, { params }) => void (await requireRequest(ctx, params.id)),
  });
});

export const requestRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'person_request.list',
    path: '/api/person-requests',
    summary: { zh: '个人信息请求，等得久的在前', en: 'Requests of persons, what waits longest first' },
    query: listQuery,
    output: listView,
    handle: (ctx, { query }) => requestList(ctx, query),
  }),
  write({
    ...byDesk,
    name: 'person_request.write',
    method: 'POST',
    path: '/api/person-requests',
    summary: { zh: '登记一件个人信息请求', en: 'Write a request of a person down' },
    body: writeForm,
    output: z.object({ requestId: idSchema }),
    handle: (ctx, { body }) => writeRequest(ctx, body),
    recheck: async (ctx, _, { requestId }) => void (await requireRequest(ctx, requestId)),
  }),
  read({
    ...byReaders,
    name: 'person_request.read',
    path: '/api/person-requests/:id',
    summary: { zh: '一件个人信息请求', en: 'A request of a person' },
    params: idParam,
    output: requestView,
    handle: async (ctx, { params }) => readRequest(ctx, await requireRequest(ctx, params.id)),
  }),
  ...commandRoutes,
];
