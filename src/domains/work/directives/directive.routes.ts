import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import { requireOwn, sendDirective } from './directive.commands.ts';
import {
  cutForm,
  directiveDetail,
  directiveView,
  itemsAsked,
  previewForm,
  previewView,
  proposal,
  sendForm,
  unitView,
} from './directive.model.ts';
import { cutWords, directiveList, itemPage, previewItems, readDirective, readItem } from './directive.views.ts';
import { draftRoutes } from './draft.routes.ts';
import { accept, moveDeadline, progress, reportDone, requireItem, returnItem, withdrawItem } from './item.commands.ts';
import {
  directiveIssuers,
  directiveReaders,
  type FormOf,
  forms,
  type ItemCommand,
  itemLine,
  itemView,
  statusNames,
} from './item.model.ts';
import { itemTable } from './item.workflow.ts';
import { unitsOf } from './unit.views.ts';

const byReaders = { access: [{ roles: directiveReaders }], lane: 'work' } as const;
const byIssuers = { access: [{ roles: directiveIssuers }], lane: 'work' } as const;

type CommandOf<C extends ItemCommand> = (ctx: Ctx, id: Id, form: FormOf<C>) => Promise<{ itemId: Id; status: string }>;
const commands: { readonly [C in ItemCommand]: CommandOf<C> } = {
  ...{ progress, report_done: reportDone, accept, return: returnItem, move_deadline: moveDeadline },
  withdraw: withdrawItem,
};

/** One endpoint per row of the table. */
const commandRoutes: Endpoint[] = (Object.keys(commands) as ItemCommand[]).map((command) => {
  const carryOut = commands[command] as CommandOf<ItemCommand>;
  const roles = itemTable.rows[command].by.flatMap((by) => (typeof by === 'string' ? [] : by.roles));
  return write({
    name: `directive_item.${command}`,
    method: 'POST',
    path: `/api/directive-items/:id/${command.replaceAll('_', '-')}`,
    summary: itemTable.rows[command].words,
    access: [{ roles: [...new Set(roles)] }],
    lane: 'work',
    params: idParam,
    body: forms[command],
    output: z.object({ itemId: idSchema, status: z.enum(statusNames) }),
    handle: (ctx, { params, body }) => carryOut(ctx, params.id, body as never),
    recheck: async (ctx, { params }) => void (await requireItem(ctx, params.id)),
  });
});

export const directiveRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'directive.list',
    path: '/api/directives',
    summary: { zh: '分解了任务的文件', en: 'Notices that were cut into items' },
    output: z.array(directiveView),
    handle: (ctx) => directiveList(ctx),
  }),
  read({
    ...byReaders,
    name: 'directive.read',
    path: '/api/directives/:id',
    summary: { zh: '一份文件：原文和各项办到哪里了', en: 'A notice: its text, and how far its items are' },
    params: idParam,
    output: directiveDetail,
    handle: (ctx, { params }) => readDirective(ctx, params.id),
  }),
  read({
    ...byIssuers,
    name: 'directive.units',
    path: '/api/directive-units',
    summary: { zh: '可以承办的单位和地方', en: 'Bodies and areas that may be given an item' },
    output: z.array(unitView),
    handle: async (ctx) => (await unitsOf(ctx)).map((unit) => ({ ...unit, called: [...unit.called] })),
  }),
  procedure({
    ...byIssuers,
    name: 'directive.cut',
    method: 'POST',
    path: '/api/directives/cut',
    summary: { zh: '把贴来的文件拆成事项，供人核对', en: 'A pasted notice in items, to be looked over' },
    body: cutForm,
    output: proposal,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => cutWords(ctx, body)),
  }),
  procedure({
    ...byIssuers,
    name: 'directive.preview',
    method: 'POST',
    path: '/api/directives/preview',
    summary: { zh: '下达前：谁得到什么、什么时候办完', en: 'Before sending: who gets what, by when' },
    body: previewForm,
    output: previewView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => previewItems(ctx, body)),
  }),
  write({
    ...byIssuers,
    name: 'directive.send',
    method: 'POST',
    path: '/api/directives',
    summary: { zh: '下达任务', en: 'Send the items out' },
    body: sendForm,
    output: z.object({ directiveId: idSchema }),
    handle: (ctx, { body }) => sendDirective(ctx, body),
    recheck: (ctx, _, { directiveId }) => requireOwn(ctx, directiveId),
  }),
  read({
    ...byReaders,
    name: 'directive_item.list',
    path: '/api/directive-items',
    summary: { zh: '事项，按文件、单位、状态', en: 'Items by notice, unit and state' },
    query: itemsAsked.extend({
      after: idSchema.optional().describe('The last of the page before'),
      most: z.coerce.number().int().min(1).max(200).default(120),
    }),
    output: z.object({ rows: z.array(itemLine), next: idSchema.nullable() }),
    handle: (ctx, { query: { directiveId = null, unitId = null, after = null, only, most } }) =>
      itemPage(ctx, { directiveId, unitId, after, only, most }),
  }),
  read({
    ...byReaders,
    name: 'directive_item.read',
    path: '/api/directive-items/:id',
    summary: { zh: '一个事项和它的经过', en: 'An item and its story' },
    params: idParam,
    output: itemView,
    handle: (ctx, { params }) => readItem(ctx, params.id),
  }),
  ...commandRoutes,
  ...draftRoutes,
];
